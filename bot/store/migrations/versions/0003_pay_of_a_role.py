"""Openings of a role by pay: counting those that hide it read every opening of the role before."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAME = "ix_openings_role_pay_high"


def upgrade() -> None:
    """Create the index."""
    op.create_index(NAME, "openings", ["role", "pay_high"])


def downgrade() -> None:
    """Remove it."""
    op.drop_index(NAME, "openings")
