"""Job posts that people saved."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "saved_posts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(12), nullable=False, unique=True),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_saved_posts_person", "saved_posts", ["person"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("saved_posts")
