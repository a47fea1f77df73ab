"""Who let us into a channel; where a person is and what they speak, as their platform tells."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEX = "ix_chats_owner"


def upgrade() -> None:
    """Add the columns."""
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("zone", sa.String(64), nullable=False, server_default=""))
        table.add_column(sa.Column("language", sa.String(35), nullable=False, server_default=""))
    with op.batch_alter_table("chats") as table:
        table.add_column(sa.Column("owner", sa.String(120), nullable=False, server_default=""))
        table.create_index(INDEX, ["owner"])


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("people") as table:
        table.drop_column("language")
        table.drop_column("zone")
    with op.batch_alter_table("chats") as table:
        table.drop_index(INDEX)
        table.drop_column("owner")
