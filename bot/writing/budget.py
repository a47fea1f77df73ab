"""How much may be spent on models in a day (UTC): by a person, in a workspace, by all together."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from bot.settings import Settings
from bot.store import usage
from bot.writing.prices import MICROS


class Limit(NamedTuple):
    """Tokens and US dollars a day; None is no limit."""

    tokens: int | None
    dollars: float | None

    def is_reached(self, spent: usage.Sum) -> bool:
        """Tell whether nothing is left."""
        tokens = self.tokens is not None and spent.tokens >= self.tokens
        return tokens or (self.dollars is not None and spent.micros >= self.dollars * MICROS)


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of a day."""

    person: Limit
    workspace: Limit
    all: Limit

    def reached(self, connection: sa.Connection, day: dt.date, person: str, workspace: str) -> str | None:
        """Return whose budget is used up on *day* ("your", "this workspace's", "the"), None where something is left."""
        for whose, limit, own in self._asked(person, workspace):
            if limit != Limit(None, None) and limit.is_reached(usage.spent(connection, day, **own)):
                return whose
        return None

    def _asked(self, person: str, workspace: str) -> Iterator[tuple[str, Limit, dict[str, str]]]:
        if person:
            yield "your", self.person, {"person": person}
        if workspace:
            yield "this workspace's", self.workspace, {"workspace": workspace}
        yield "the", self.all, {}


def budget_of(settings: Settings) -> Budget:
    """Return the limits that the operator set."""
    return Budget(
        Limit(settings.budget_person_tokens, settings.budget_person_usd),
        Limit(settings.budget_workspace_tokens, settings.budget_workspace_usd),
        Limit(settings.budget_day_tokens, settings.budget_day_usd),
    )
