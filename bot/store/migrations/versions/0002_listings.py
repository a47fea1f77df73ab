"""Listings, openings, and what feeds said last."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _feeds_and_listings()
    op.create_table(
        "openings",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("company", sa.Text, nullable=False),
        sa.Column("role", sa.String(60)),
        sa.Column("category", sa.String(80), nullable=False),
        sa.Column("level_low", sa.SmallInteger),
        sa.Column("level_high", sa.SmallInteger),
        sa.Column("mode", sa.String(24), nullable=False),
        sa.Column("transparency", sa.SmallInteger, nullable=False),
        sa.Column("everywhere", sa.Boolean, nullable=False),
        sa.Column("currency", sa.String(3)),
        sa.Column("pay_low", sa.Float),
        sa.Column("pay_high", sa.Float),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("text_hash", sa.String(32), nullable=False),
    )
    op.create_table(
        "cards",
        sa.Column("opening", sa.String(32), sa.ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("card", sa.JSON, nullable=False),
    )
    op.create_index("ix_openings_live_posted_at", "openings", ["live", "posted_at"])
    op.create_index("ix_openings_role_posted_at", "openings", ["role", "posted_at"])
    op.create_table(
        "facets",
        sa.Column("facet", sa.String(80), primary_key=True),
        sa.Column("opening", sa.String(32), sa.ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("ix_facets_opening", "facets", ["opening"])


def _feeds_and_listings() -> None:
    op.create_table(
        "feeds",
        sa.Column("key", sa.String(400), primary_key=True),
        sa.Column("board", sa.String(40), nullable=False),
        sa.Column("fetched_at", MOMENT, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("coverage", sa.JSON, nullable=False),
    )
    op.create_table(
        "listings",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("feed", sa.String(400), nullable=False),
        sa.Column("opening", sa.String(32)),
        sa.Column("company", sa.String(80), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("posted_at", MOMENT),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("expires_at", MOMENT),
        sa.Column("dirty", sa.Boolean, nullable=False),
        sa.Column("told", sa.String(3), nullable=False),
        sa.Column("reading", sa.JSON, nullable=False),
        sa.Column("raw", sa.JSON, nullable=False),
    )
    for column in ("feed", "opening", "company", "dirty"):
        op.create_index(f"ix_listings_{column}", "listings", [column])


def downgrade() -> None:
    """Remove the tables."""
    for table in ("facets", "cards", "openings", "listings", "feeds"):
        op.drop_table(table)
