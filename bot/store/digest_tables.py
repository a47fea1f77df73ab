"""Tables of digests: where, when, what for, what was sent. Moments are UTC; JSON columns hold plain JSON only."""

import sqlalchemy as sa

from bot.store.tables import METADATA, Moment

# What a digest has where nobody says otherwise: openings of a search, alerts of a day, hours without alerts.
MOST, ALERTS, QUIET_HOURS = 10, 5, "22:00-08:00"

# One row per place that gets a digest: a person's chat, a group, a channel; at most one message a day goes there.
# `owner` set it up. `state`: active, paused (until `paused_until`, or for good), gone. `next_due` and `next_date`
# are the next moment and the local date it belongs to; `empty_days` counts dates with nothing new. `most` openings are
# shown for a search, at most `alerts` are sent at once on a day, none in the `quiet` hours; `next_alert` is when it is
# looked for some again, None where none is wanted.
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
    sa.Column("most", sa.SmallInteger, nullable=False, default=MOST),
    sa.Column("alerts", sa.SmallInteger, nullable=False, default=ALERTS),
    sa.Column("quiet", sa.String(11), nullable=False, default=QUIET_HOURS),
    sa.Column("next_alert", Moment, index=True),
    sa.Index("ix_digests_state_next_due", "state", "next_due"),
    sa.Index("ix_digests_owner", "owner"),
)
# What a digest looks for; `key` is equal for equal wishes, `weekdays` are ISO numbers; of what is wanted `at_once` an
# alert is sent besides.
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
    sa.Column("at_once", sa.Boolean, nullable=False, default=False),
)
# The ledger: what became of each date of each digest; `number` 0 is the digest, 1 and up are alerts. `state`: claimed
# (it is being composed, until `lease`), posted, sent, empty, late, unknown, failed, gone. `items` are the openings
# shown, with what is compared when they change.
DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.Integer, sa.ForeignKey("digests.id", ondelete="CASCADE"), nullable=False),
    sa.Column("local_date", sa.Date, nullable=False),
    sa.Column("number", sa.SmallInteger, nullable=False, default=0),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("lease", Moment),
    sa.Column("due", Moment, nullable=False),
    sa.Column("done", Moment),
    sa.Column("items", sa.JSON, nullable=False),
    sa.UniqueConstraint("digest", "local_date", "number"),
    sa.Index("ix_deliveries_state_lease", "state", "lease"),
    sa.Index("ix_deliveries_due_state", "due", "state"),
    # The outbox keeps names of deliveries that are gone: none is given twice.
    sqlite_autoincrement=True,
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
