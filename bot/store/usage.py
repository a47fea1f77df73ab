"""What language models cost and did, day by day (UTC), and the claims that passed. Over a given connection."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.store.database import replacing
from bot.store.usage_tables import CLAIMS, USAGE

# Who asked is needed for a day's budget and for nothing afterwards; sums are kept for more than a year.
NAMED, SUMMED = dt.timedelta(days=2), dt.timedelta(days=400)
# Claims are made anew after so long, with whatever the model has learnt.
KEPT = dt.timedelta(days=30)
# Reasons shown: the rest is rare.
MOST = 8
# Says that somebody was told that a budget is used up.
TOLD = "told"


@dataclass(frozen=True, slots=True)
class Use:
    """One answer that a model was asked for."""

    at: dt.datetime
    person: str
    workspace: str
    model: str
    how: str
    reason: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    micros: int | None = None
    seconds: float = 0.0


class Sum(NamedTuple):
    """Tokens and millionths of a US dollar, as far as prices are known."""

    tokens: int
    micros: int


class Day(NamedTuple):
    """One day of one model: how answers came about and how often, tokens, dollars, the median of the seconds.

    `micros` are None where the model has no known price.
    """

    day: dt.date
    model: str
    answers: dict[str, int]
    tokens_in: int
    tokens_out: int
    micros: int | None
    seconds: float


def note(connection: sa.Connection, use: Use) -> None:
    """Write down one answer."""
    row = asdict(use) | {"day": use.at.astimezone(dt.UTC).date(), "reason": use.reason[:200]}
    connection.execute(sa.insert(USAGE).values(**row))


def spent(connection: sa.Connection, day: dt.date, person: str = "", workspace: str = "") -> Sum:
    """Return what was spent on *day*: by *person*, in *workspace*, or by everybody."""
    here = [USAGE.c.day == day]
    here += [USAGE.c.person == person] if person else []
    here += [USAGE.c.workspace == workspace] if workspace else []
    tokens = sa.func.coalesce(sa.func.sum(USAGE.c.tokens_in + USAGE.c.tokens_out), 0)
    row = connection.execute(sa.select(tokens, sa.func.coalesce(sa.func.sum(USAGE.c.micros), 0)).where(*here)).one()
    return Sum(int(row[0]), int(row[1]))


def was_told(connection: sa.Connection, day: dt.date, person: str) -> bool:
    """Tell whether *person* was told on *day* that a budget is used up."""
    here = sa.select(USAGE.c.id).where(USAGE.c.day == day, USAGE.c.person == person, USAGE.c.how == TOLD)
    return connection.execute(here.limit(1)).first() is not None


def days(connection: sa.Connection, since: dt.date) -> list[Day]:
    """Return what was done and spent since *since*, the latest day first."""
    query = sa.select(USAGE).where(USAGE.c.day >= since).order_by(USAGE.c.day.desc(), USAGE.c.model, USAGE.c.seconds)
    grouped: dict[tuple[dt.date, str], list[Any]] = {}
    for row in connection.execute(query):
        grouped.setdefault((row.day, row.model), []).append(row)
    return [_day(*key, rows) for key, rows in grouped.items()]


def _day(day: dt.date, model: str, rows: Sequence[Any]) -> Day:
    asked = [row for row in rows if row.how != TOLD]
    answers: dict[str, int] = {}
    for row in asked:
        answers[row.how] = answers.get(row.how, 0) + 1
    tokens_in, tokens_out = (sum(getattr(row, name) for row in asked) for name in ("tokens_in", "tokens_out"))
    known = [row.micros for row in asked if row.micros is not None]
    # In the order of their seconds, as the query has them.
    middle = asked[len(asked) // 2].seconds if asked else 0.0
    return Day(day, model, answers, tokens_in, tokens_out, sum(known) if known else None, middle)


def today(connection: sa.Connection, now: dt.datetime) -> dict[str, float]:
    """Return how many answers came about how today (UTC), and the tokens and US dollars they took."""
    day = now.astimezone(dt.UTC).date()
    query = sa.select(USAGE.c.how, sa.func.count()).where(USAGE.c.day == day).group_by(USAGE.c.how)
    sums = spent(connection, day)
    counts = {str(how): float(number) for how, number in connection.execute(query)}
    return counts | ({"tokens": sums.tokens, "dollars": sums.micros / 1e6} if counts else {})


def reasons(connection: sa.Connection, since: dt.date) -> list[tuple[str, int]]:
    """Return why answers were composed instead since *since*, the most frequent first."""
    here = sa.and_(USAGE.c.day >= since, USAGE.c.reason != "", USAGE.c.how != TOLD)
    count = sa.func.count()
    query = sa.select(USAGE.c.reason, count).where(here).group_by(USAGE.c.reason).order_by(count.desc()).limit(MOST)
    return [(str(reason), int(number)) for reason, number in connection.execute(query)]


def claims(connection: sa.Connection, key: str) -> Any:  # noqa: ANN401 - JSON
    """Return the claims kept under *key*, None where there are none."""
    return connection.scalar(sa.select(CLAIMS.c.claims).where(CLAIMS.c.key == key))


def keep_claims(connection: sa.Connection, key: str, made: Any, now: dt.datetime) -> None:  # noqa: ANN401
    """Keep claims under *key*."""
    row = {"key": key, "claims": made, "at": now}
    connection.execute(replacing(connection.dialect.name, CLAIMS, [row], ["key"], ["claims", "at"]))


def forget_old(connection: sa.Connection, now: dt.datetime) -> None:
    """Forget who asked a while ago, sums of long ago, and claims that are old."""
    today = now.astimezone(dt.UTC).date()
    named = sa.and_(USAGE.c.day < today - NAMED, USAGE.c.person != "")
    connection.execute(sa.update(USAGE).where(named).values(person=""))
    connection.execute(sa.delete(USAGE).where(USAGE.c.day < today - SUMMED))
    connection.execute(sa.delete(CLAIMS).where(CLAIMS.c.at < now - KEPT))
