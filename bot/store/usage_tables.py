"""Tables of what language models did for us: what it cost, and the claims that passed."""

import sqlalchemy as sa

from bot.store.tables import METADATA, Moment

# One row per answer that a model was asked for, and per person and day who was told that a budget is used up. `day` is
# UTC. `how` is how it came about (see `retrieval.writing.writer.How`), `micros` are millionths of a US dollar; None
# where the model's price is not known. `person` is emptied when they have themselves forgotten, and after a while.
USAGE = sa.Table(
    "usage",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("person", sa.String(120), nullable=False),
    sa.Column("workspace", sa.String(120), nullable=False),
    sa.Column("model", sa.String(120), nullable=False),
    sa.Column("how", sa.String(12), nullable=False),
    sa.Column("reason", sa.String(200), nullable=False),
    sa.Column("tokens_in", sa.Integer, nullable=False),
    sa.Column("tokens_out", sa.Integer, nullable=False),
    sa.Column("micros", sa.BigInteger),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Index("ix_usage_day_person", "day", "person"),
)
# Claims that passed every check, by a hash of what they were made from; no words of a person are in them.
CLAIMS = sa.Table(
    "claims",
    METADATA,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("claims", sa.JSON, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)
