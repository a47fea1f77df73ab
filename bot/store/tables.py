"""Every table. Moments are UTC; JSON columns hold plain JSON only."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.TypeDecorator[dt.datetime]):
    """A moment in UTC: SQLite would give it back without its zone, and compare it as text."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Store UTC."""
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ANN401, ARG002
        """Give UTC back."""
        return (
            None
            if value is None
            else value.replace(tzinfo=dt.UTC)
            if value.tzinfo is None
            else value.astimezone(dt.UTC)
        )


GAPS = sa.Table(
    "gaps",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("slots", sa.JSON, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("answer", sa.String(64), nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("first_seen", sa.Date, nullable=False),
    sa.Column("last_seen", sa.Date, nullable=False),
    sa.Column("closed", sa.Date),
)
# What a feed said last: when it may be fetched again, and what it usually holds.
FEEDS = sa.Table(
    "feeds",
    METADATA,
    sa.Column("key", sa.String(400), primary_key=True),
    sa.Column("board", sa.String(40), nullable=False),
    sa.Column("fetched_at", Moment, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("coverage", sa.JSON, nullable=False),
)
# One row per listing of a board, as it was stated and read. `hash` is of what the board stated;
# `dirty` rows have changed since openings were made of them, `told` says what the listing tells (see `coverage`).
LISTINGS = sa.Table(
    "listings",
    METADATA,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("source", sa.String(40), nullable=False),
    sa.Column("feed", sa.String(400), nullable=False, index=True),
    sa.Column("opening", sa.String(32), index=True),
    sa.Column("company", sa.String(80), nullable=False, index=True),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("posted_at", Moment),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("last_seen", Moment, nullable=False),
    sa.Column("closed_at", Moment),
    sa.Column("expires_at", Moment),
    sa.Column("dirty", sa.Boolean, nullable=False, index=True),
    sa.Column("told", sa.String(3), nullable=False),
    sa.Column("reading", sa.JSON, nullable=False),
    sa.Column("raw", sa.JSON, nullable=False),
)
# One row per opening: what searches filter by in columns, small, so that a filter
# reads many rows of one page; what a card shows lies in `cards`.
OPENINGS = sa.Table(
    "openings",
    METADATA,
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
    sa.Column("posted_at", Moment, nullable=False),
    sa.Column("first_seen", Moment, nullable=False),
    sa.Column("last_seen", Moment, nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("text_hash", sa.String(32), nullable=False),
    sa.Index("ix_openings_live_posted_at", "live", "posted_at"),
    sa.Index("ix_openings_role_posted_at", "role", "posted_at"),
    sa.Index("ix_openings_role_pay_high", "role", "pay_high"),
)
CARDS = sa.Table(
    "cards",
    METADATA,
    sa.Column("opening", sa.String(32), sa.ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("card", sa.JSON, nullable=False),
)
# What an opening is found by besides its columns: "market:DE", "skill:python", "industry:fintech".
FACETS = sa.Table(
    "facets",
    METADATA,
    sa.Column("facet", sa.String(80), primary_key=True),
    sa.Column("opening", sa.String(32), sa.ForeignKey("openings.id", ondelete="CASCADE"), primary_key=True),
    sa.Index("ix_facets_opening", "opening"),
)
# Every event of a chat platform, once, in the order it came; `conversation` is its address.
# `state`: waiting, done, dead.
INBOX = sa.Table(
    "inbox",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("platform", sa.String(16), nullable=False),
    sa.Column("event", sa.String(120), nullable=False),
    sa.Column("conversation", sa.String(200), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("received_at", Moment, nullable=False),
    sa.UniqueConstraint("platform", "event"),
    sa.Index("ix_inbox_state_conversation", "state", "conversation"),
)
# Every request to a chat platform that an answer is made of. `state`: waiting, sending, sent, unknown, failed, gone;
# `repeats` counts how often it was sent again though it may have arrived; `delivery` is the digest it belongs to,
# `lease` how long one of a digest is left to the process that is sending it.
_OF_DIGESTS = sa.text("delivery IS NOT NULL AND state IN ('waiting', 'sending')")
OUTBOX = sa.Table(
    "outbox",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation", sa.String(200), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("content", sa.LargeBinary),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("repeats", sa.SmallInteger, nullable=False),
    sa.Column("message", sa.String(80), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("delivery", sa.Integer, index=True),
    sa.Column("lease", Moment),
    sa.Index("ix_outbox_state_conversation", "state", "conversation"),
    sa.Index("ix_outbox_made_at", "made_at"),
    sa.Index("ix_outbox_open_digests", "conversation", sqlite_where=_OF_DIGESTS, postgresql_where=_OF_DIGESTS),
)
# What a person said and how it was answered: enough to go on where the conversation stood. `token` names it in buttons.
TURNS = sa.Table(
    "turns",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(12), nullable=False, unique=True),
    sa.Column("conversation", sa.String(200), nullable=False),
    sa.Column("person", sa.String(120), nullable=False),
    sa.Column("message", sa.String(80), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("suggestions", sa.JSON, nullable=False),
    sa.Column("feedback", sa.String(200), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("ix_turns_conversation_person", "conversation", "person"),
    sa.Index("ix_turns_person", "person"),
)
# What a person chose to tell, in their own words; their time zone and language, where their platform tells them.
PEOPLE = sa.Table(
    "people",
    METADATA,
    sa.Column("person", sa.String(120), primary_key=True),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("language", sa.String(35), nullable=False),
    sa.Column("at", Moment, nullable=False),
)
# Chats as far as we know them; `state`: open, gone. `owner` is the person who let us into a channel, empty elsewhere.
CHATS = sa.Table(
    "chats",
    METADATA,
    sa.Column("chat", sa.String(120), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("owner", sa.String(120), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("ix_chats_owner", "owner"),
)
# Job posts that people chose to save, as they pasted them; `token` names one in buttons.
SAVED_POSTS = sa.Table(
    "saved_posts",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(12), nullable=False, unique=True),
    sa.Column("person", sa.String(120), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)
