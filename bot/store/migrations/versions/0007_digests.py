"""Digests: where, when, what for, what was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("target", sa.String(200), nullable=False, unique=True),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(120), nullable=False),
        sa.Column("paused_until", sa.Date),
        sa.Column("next_due", MOMENT, nullable=False),
        sa.Column("next_date", sa.Date, nullable=False),
        sa.Column("empty_days", sa.Integer, nullable=False),
    )
    op.create_index("ix_digests_state_next_due", "digests", ["state", "next_due"])
    op.create_index("ix_digests_owner", "digests", ["owner"])
    op.create_table(
        "searches",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_a_digest(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("wish", sa.JSON, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("weekdays", sa.JSON, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
    )
    op.create_index("ix_searches_digest", "searches", ["digest"])
    _ledger()
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("delivery", sa.Integer))


def _ledger() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_a_digest(),
        sa.Column("local_date", sa.Date, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("lease", MOMENT),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("done", MOMENT),
        sa.Column("items", sa.JSON, nullable=False),
        sa.UniqueConstraint("digest", "local_date", name="uq_deliveries_digest_local_date"),
    )
    op.create_index("ix_deliveries_state_lease", "deliveries", ["state", "lease"])
    op.create_table(
        "shown",
        _of_a_digest(primary_key=True),
        sa.Column("opening", sa.String(32), primary_key=True),
        sa.Column("print", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("outbox") as table:
        table.drop_column("delivery")
    for table_name in ("shown", "deliveries", "searches", "digests"):
        op.drop_table(table_name)


def _of_a_digest(*, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("digests.id", ondelete="CASCADE")
    return sa.Column("digest", sa.Integer, key, nullable=False, primary_key=primary_key)
