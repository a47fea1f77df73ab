"""Tables of digests: where, when, what for, what was sent. Moments are UTC; JSON columns hold plain JSON only."""

import sqlalchemy as sa

from bot.store.tables import METADATA, Moment

# One row per place that gets a digest: a person's chat, a group, a channel; at most one message a day goes there.
# `owner` set it up. `state`: active, paused (until `paused_until`, or for good), gone. `next_due` and `next_date`
# are the next moment and the local date it belongs to; `empty_days` counts dates with nothing new.
DIGESTS = sa.Table(
    "digests",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("target", sa.String(200), nullable=False, unique=True),
    sa.Column("owner", sa.String(120), nullable=False),
    sa.Column("at", sa.String(5), nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("reason", sa.String(120), nullable=False),
    sa.Column("paused_until", sa.Date),
    sa.Column("next_due", Moment, nullable=False),
    sa.Column("next_date", sa.Date, nullable=False),
    sa.Column("empty_days", sa.Integer, nullable=False),
    sa.Index("ix_digests_state_next_due", "state", "next_due"),
    sa.Index("ix_digests_owner", "owner"),
)
# What a digest looks for; `key` is equal for equal wishes, `weekdays` are ISO numbers.
SEARCHES = sa.Table(
    "searches",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Integer, sa.ForeignKey("digests.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("wish", sa.JSON, nullable=False),
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("weekdays", sa.JSON, nullable=False),
    sa.Column("since", Moment, nullable=False),
)
# The ledger: what became of each date of each digest. `state`: claimed (it is being composed, until `lease`), posted,
# sent, empty, late, unknown, failed, gone. `items` are the openings shown, with what is compared when they change.
DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Integer, sa.ForeignKey("digests.id", ondelete="CASCADE"), nullable=False),
    sa.Column("local_date", sa.Date, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("lease", Moment),
    sa.Column("due", Moment, nullable=False),
    sa.Column("done", Moment),
    sa.Column("items", sa.JSON, nullable=False),
    sa.UniqueConstraint("digest", "local_date"),
    sa.Index("ix_deliveries_state_lease", "state", "lease"),
)
# What a digest has shown already; `print` is of pay, way of working and who may apply.
SHOWN = sa.Table(
    "shown",
    METADATA,
    sa.Column("digest", sa.Integer, sa.ForeignKey("digests.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("opening", sa.String(32), primary_key=True),
    sa.Column("print", sa.String(16), nullable=False),
    sa.Column("at", Moment, nullable=False),
)
