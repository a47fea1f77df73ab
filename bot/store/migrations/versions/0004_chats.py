"""What chats need: events that came, requests that go out, turns of conversations, people and chats."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _mail()
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(12), nullable=False, unique=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("person", sa.String(120), nullable=False),
        sa.Column("message", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("suggestions", sa.JSON, nullable=False),
        sa.Column("feedback", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_turns_conversation_person", "turns", ["conversation", "person"])
    op.create_index("ix_turns_person", "turns", ["person"])
    op.create_table(
        "people",
        sa.Column("person", sa.String(120), primary_key=True),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "chats",
        sa.Column("chat", sa.String(120), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _mail() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("event", sa.String(120), nullable=False),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.UniqueConstraint("platform", "event", name="uq_inbox_platform_event"),
    )
    op.create_index("ix_inbox_state_conversation", "inbox", ["state", "conversation"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(200), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("repeats", sa.SmallInteger, nullable=False),
        sa.Column("message", sa.String(80), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
    )
    op.create_index("ix_outbox_state_conversation", "outbox", ["state", "conversation"])


def downgrade() -> None:
    """Remove the tables."""
    for table in ("chats", "people", "turns", "outbox", "inbox"):
        op.drop_table(table)
