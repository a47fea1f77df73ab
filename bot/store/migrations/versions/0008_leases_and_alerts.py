"""Requests that are being sent have a lease, so that several processes may send; searches that alert at once."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = {"searches": ["at_once"], "digests": ["next_alert", "quiet", "alerts", "most"], "outbox": ["lease"]}
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("delivery IS NOT NULL AND state IN ('waiting', 'sending')")
UNIQUE, BEFORE = "uq_deliveries_digest_local_date_number", "uq_deliveries_digest_local_date"


def upgrade() -> None:
    """Add the columns; digests that are there already get what a new one gets."""
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("lease", MOMENT))
    op.create_index("ix_outbox_delivery", "outbox", ["delivery"])
    op.create_index("ix_outbox_made_at", "outbox", ["made_at"])
    op.create_index("ix_outbox_open_digests", "outbox", ["conversation"], sqlite_where=OPEN, postgresql_where=OPEN)
    with op.batch_alter_table("digests") as table:
        table.add_column(sa.Column("most", sa.SmallInteger, nullable=False, server_default="10"))
        table.add_column(sa.Column("alerts", sa.SmallInteger, nullable=False, server_default="5"))
        table.add_column(sa.Column("quiet", sa.String(11), nullable=False, server_default="22:00-08:00"))
        table.add_column(sa.Column("next_alert", MOMENT))
    op.create_index("ix_digests_next_alert", "digests", ["next_alert"])
    with op.batch_alter_table("searches") as table:
        table.add_column(sa.Column("at_once", sa.Boolean, nullable=False, server_default=sa.false()))
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("number", sa.SmallInteger, nullable=False, server_default="0"))
        table.drop_constraint(BEFORE, type_="unique")
        table.create_unique_constraint(UNIQUE, ["digest", "local_date", "number"])
    op.create_index("ix_deliveries_due_state", "deliveries", ["due", "state"])


def downgrade() -> None:
    """Remove them; of alerts nothing is kept."""
    op.drop_index("ix_deliveries_due_state", "deliveries")
    op.execute("DELETE FROM deliveries WHERE number > 0")
    with op.batch_alter_table("deliveries") as table:
        table.drop_constraint(UNIQUE, type_="unique")
        table.create_unique_constraint(BEFORE, ["digest", "local_date"])
        table.drop_column("number")
    op.drop_index("ix_digests_next_alert", "digests")
    for name in ("ix_outbox_open_digests", "ix_outbox_made_at", "ix_outbox_delivery"):
        op.drop_index(name, "outbox")
    # Dropped in place: making the table of digests anew would take everything with it that belongs to a digest.
    for table_name, columns in COLUMNS.items():
        for name in columns:
            op.drop_column(table_name, name)
