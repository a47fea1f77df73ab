"""What somebody wants sent and when, out of one sentence: "senior ML jobs every weekday at 8, Berlin time"."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.listing.wish import Wish
from knowledge.listing.wish_reader import WishReader
from knowledge.subscription.times import read_time, read_until, read_weekdays
from knowledge.subscription.zones import read_zone

# What is taken where nothing is said; it is named back.
AT, WEEKDAYS = dt.time(9), frozenset(range(1, 6))


class Action(StrEnum):
    """What is to be done (see the outside contract)."""

    CREATE = "create"
    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    LIST = "list"


_SAVED = (
    r"(?:digests?|alerts?|subscriptions?|saved search(?:es)?|notifications?|messages|updates|searches|e-?mails|news)"
)
_STOP = (
    rf"\bunsubscribe\b|\b(?:stop|cancel|end|delete|remove|kill|turn off|disable|no more|quit)\b(?:(?!\bpaus)[^.;])*"
    rf"\b{_SAVED}\b|^\W*(?:please\s+)?stop\b\W*(?:it|this|all|everything|sending.*|please)?\W*$"
    r"|\b(?:don'?t|do not) send\b"
)
_LIST = (
    rf"\b(?:list|show(?: me)?|what(?: are|'s|s| is)?|which|see|view)\b[^.;]*\bmy\b[^.;]*\b{_SAVED}\b"
    rf"|\bwhat (?:do|will) you send me\b|\bwhen (?:is|does|do|will) (?:my|the)\b[^.;]*\b{_SAVED}\b"
)
_CHANGE = (
    r"\b(?:move|change|shift|set|make|reschedule|switch|update|edit|adjust)\b[^.;]*\b(?:my|the|it)\b"
    r"|\badd\b[^.;]*\bto (?:my|the)\b|\b(?:instead|later|earlier) (?:please)?$"
)
_RESUME = r"\b(?:resume|unpause|un-?mute|restart|continue|turn (?:back )?on|back on|start .* again)\b"
_PAUSE = r"\b(?:pause|snooze|mute|hold|suspend|skip)\b|\b(?:on|going on) (?:vacation|holidays?)\b"
# In this order: "unsubscribe" before "subscribe", "pause till Monday" before "every Monday".
_PATTERNS = tuple(
    (action, re.compile(pattern, re.IGNORECASE))
    for action, pattern in (
        (Action.STOP, _STOP),
        (Action.RESUME, _RESUME),
        (Action.PAUSE, _PAUSE),
        (Action.LIST, _LIST),
        (Action.CHANGE, _CHANGE),
    )
)
# Words of the order itself, which are no part of the wish.
_ORDERING = re.compile(
    r"\b(?:please|pls|can you|could you|would you|i(?:'d| would) (?:like|love)|i want|i need|want|send(?: me)?|give me"
    r"|get me|notify(?: me)?|alert(?: me)?|remind me|e-?mail me|message me|ping me|let me know|tell me|set up|create"
    r"|start|subscribe(?: me)?|sign me up|keep me (?:posted|updated)|save|new|a|an|my|the|of|for|about|with|to|me|when"
    r"|whenever|there(?:'s| is| are)?|every|each|move|change|shift|set|make|reschedule|switch|update|edit|adjust|add"
    rf"|also|and|instead|it|{_SAVED}|daily|weekly|time|zone)\b",
    re.IGNORECASE,
)
# Of these nothing is looked for.
_WISHLESS = frozenset({Action.STOP, Action.PAUSE, Action.RESUME, Action.LIST})


@dataclass(frozen=True, slots=True)
class Order:
    """What was understood; None and empty where nothing was said. `wish` has what was not understood as `unparsed`."""

    action: Action
    wish: Wish
    text: str = ""
    at: dt.time | None = None
    zone: str = ""
    weekdays: frozenset[int] = frozenset()
    until: dt.date | None = None
    everything: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the order as the contract's object."""
        return {
            "action": self.action.value,
            "wish": self.wish.to_json(),
            "time": f"{self.at:%H:%M}" if self.at else None,
            "zone": self.zone or None,
            "weekdays": sorted(self.weekdays),
        }


class OrderReader:
    """Reads orders; *wishes* reads what is to be sent."""

    def __init__(self, wishes: WishReader) -> None:
        self._wishes = wishes

    def read(self, text: str, today: dt.date) -> Order:
        """Return what *text* orders on *today*, the person's own date."""
        action = read_action(text)
        until = read_until(text, today) if action is Action.PAUSE else None
        rest = _without(text, (until[1],)) if until else text
        # Each reader works on what the ones before it left, so that no word is read twice.
        zone = read_zone(rest)
        rest = _without(rest, ((zone.start, zone.end),)) if zone else rest
        at = read_time(rest)
        rest = _without(rest, (at[1],)) if at else rest
        days = read_weekdays(rest)
        rest = _without(rest, days[1]) if days else rest
        said = "" if action in _WISHLESS else " ".join(_ORDERING.sub(" ", rest).split()).strip(" ,.;:-–!?")
        return Order(
            action=action,
            wish=self._wishes.read(said) if said else Wish(),
            text=said,
            at=at[0] if at else None,
            zone=zone.zone if zone else "",
            weekdays=days[0] if days else frozenset(),
            until=until[0] if until else None,
            everything=bool(re.search(r"\b(?:all|everything|every one)\b", text, re.IGNORECASE)),
        )


def read_action(text: str) -> Action:
    """Return what *text* wants done; to create one where it says nothing else."""
    return next((action for action, pattern in _PATTERNS if pattern.search(text)), Action.CREATE)


def _without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
