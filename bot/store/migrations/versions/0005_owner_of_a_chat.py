"""Who let us into a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEX = "ix_chats_owner"


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("chats") as table:
        table.add_column(sa.Column("owner", sa.String(120), nullable=False, server_default=""))
        table.create_index(INDEX, ["owner"])


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("chats") as table:
        table.drop_index(INDEX)
        table.drop_column("owner")
