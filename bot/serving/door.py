"""Who is let in, and how fast: an operator may name people and chats, and nobody keeps everybody else waiting."""

import time
from collections.abc import Callable

from adapters.chats.platform import Inbound, Outgoing
from bot.serving.words import said

# People whose pace is remembered; those who were quiet the longest are forgotten first.
REMEMBERED = 10_000


class Door:
    """Lets in those of *allowed* (ids of people, chats, workspaces; empty: all), *burst* messages at once from each.

    Strangers, who do not belong to where they speak, are let in only by an id of their own or of the channel.
    """

    def __init__(
        self,
        allowed: frozenset[str],
        per_minute: int,
        burst: int = 10,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed, self._rate, self._burst, self._clock = allowed, per_minute / 60, float(burst), clock
        # By person: what is left of the burst, when that was so, and whether they were told.
        self._left: dict[str, tuple[float, float, bool]] = {}

    def turn_away(self, inbound: Inbound, *, stranger: bool = False) -> tuple[Outgoing, ...] | None:
        """Count a message; None lets it in, else what to say (nothing to somebody who was told already)."""
        if (self._allowed or stranger) and not self._allowed & _names(inbound, stranger=stranger):
            return (Outgoing(said("I am here for a closed group only. Ask whoever runs me to let you in.")),)
        now = self._clock()
        left, at, told = self._left.pop(inbound.person, (self._burst, now, False))
        left = min(self._burst, left + (now - at) * self._rate)
        fine = left >= 1
        self._left[inbound.person] = (left - 1 if fine else left, now, not fine)
        if len(self._left) > REMEMBERED:
            del self._left[next(iter(self._left))]
        if fine:
            return None
        wait = round((1 - left) / self._rate) + 1
        return () if told else (Outgoing(said(f"One moment, please: ask again in {wait} seconds.")),)


def _names(inbound: Inbound, *, stranger: bool) -> set[str]:
    """Return the ids by which somebody may be let in: of "T1/U2" in "T1/C3" those, U2, C3 and, for members, T1."""
    whole = (inbound.person.partition(":")[2], inbound.address.chat)
    names = {*whole, *(name.rpartition("/")[2] for name in whole)}
    return names if stranger else names | {name.partition("/")[0] for name in whole}
