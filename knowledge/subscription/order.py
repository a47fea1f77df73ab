"""What somebody wants sent and when, out of one sentence: "senior ML jobs every weekday at 8, Berlin time"."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.listing.wish import Wish
from knowledge.listing.wish_reader import WishReader
from knowledge.subscription.alerts import NOTHING, Alerting, read_alerting
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
    r"\bunsubscribe\b|\bdiscontinue\b|\b(?:take|get|count) me (?:off|out)\b|\bremove me\b|\bopt me out\b"
    r"|\bquit (?:sending|messaging|pinging|notifying|spamming|bothering)\b"
    r"|\b(?:don'?t|do not) want (?:to )?(?:receive|recieve|get|see|have)?\b[^.;]*\b(?:any ?more|any longer)\b"
    r"|\b(?:not|no longer|stopped) (?:looking|searching|job hunting)\b|\baccept(?:ed)? (?:an|the) (?:offer|job)\b"
    r"|\b(?:stop|cancel|end|delete|remove|kill|(?:turn|switch|shut) off|disable|no more|quit|wipe)\b"
    rf"(?:(?!\bpaus)[^.;])*\b(?:{_SAVED}|notif\w*|alert\w*|digest\w*)\b"
    r"|^\W*(?:please\s+|ok\s+)?(?:stop|cancel)\b\W*(?:it|this|all|everything|sending.*|please|now|pls)*\W*$"
    r"|\b(?:don'?t|do not) (?:send|message|ping|notify)\b|\bstop (?:sending|messaging|pinging|notifying|spamming)\b"
    r"|\b(?:leave me alone|opt out|no longer (?:want|need)|that'?s enough|not interested any ?more)\b"
    r"|\b(?:found|got) a (?:new )?job\b|\bgot hired\b|\b(?:shut|turn|switch) (?:it|this|them) off\b"
)
_LIST = (
    rf"\b(?:list|show(?: me)?|what(?: are|'s|s| is)?|which|see|view)\b[^.;]*\b(?:my|i|active|set up|running)\b[^.;]*"
    rf"\b{_SAVED}\b"
    rf"|\b(?:list|show(?: me)?|what|which|see|view)\b[^.;]*\b{_SAVED}\b[^.;]*\b(?:i|active|set up|running|on)\b"
    rf"|\bdo i (?:still )?have\b[^.;]*\b{_SAVED}\b|\b(?:am i|i'?m) (?:subscribed|signed up)\b"
    r"|\bwhat (?:do|will|are) you send(?:ing)? me\b"
    r"|\bwhat(?:'s| is| have)\b[^.;]*\b(?:saved|scheduled|set up|planned)\b"
    rf"|\bwhen (?:is|does|do|will|am|are)\b[^.;]*\b(?:next|my)\b[^.;]*\b{_SAVED}\b"
    rf"|\bhow many (?:of )?{_SAVED}\b|\b{_SAVED}\b[^.;]*\b(?:saved|stored|set up) for me\b"
    rf"|\blist (?:them|everything|all)\b|^\W*my {_SAVED}\W*$"
)
_CHANGE = (
    r"\b(?:move|change|shift|set|make|reschedule|switch|update|edit|adjust|push|bump|raise|lower|increase|reduce|bring"
    r"|swap|replace)\b[^.;]*\b(?:my|the|it|them|that|this)\b"
    rf"|\badd\b[^.;]*\b(?:to|too|as well|also)\b|\badd\b[^.;]*\b{_SAVED}\b|\binstead\b|\b(?:later|earlier)\b\W*$"
    rf"|\buse\b[^.;]*\b(?:for|in) my {_SAVED}\b|\bnot\b[^.;]*\bany ?more\b[^.;]*\b(?:works?|better|instead)\b"
    rf"|\bi meant\b|\bfrom now on\b|\brather than\b|\b(?:only|also|include)\b[^.;]*\bin my {_SAVED}\b"
)
_RESUME = (
    r"\bback from (?:my )?(?:vacation|holidays?|leave|a break|my trip)\b"
    r"|\b(?:digests?|alerts?|messages) (?:back )?on again\b"
    r"|\b(?:resume|un-?pause|un-?mute|un-?snooze|restart|continue|(?:turn|switch) (?:it |them |my \w+ )?back on|back on"
    r"|(?:start|begin|send\w*|go\w*|kick\w*)\b[^.;]*\bagain|carry on|re-?enable|re-?activate|i'?m back|wake up"
    r"|bring (?:it|them|my \w+) back|pick (?:it )?up (?:again|where))\b"
)
# "I'll tell you when to continue" is no wish to continue.
_LATER = (
    r"\b(?:i'?ll|i will|until i)\b[^.;]*\b(?:continue|resume|restart|start again)\b"
    r"|\b(?:take a break|hold off)\b[^.;]*\b(?:send|messag|ping|alert|digest|job|msg)"
)
_PAUSE = (
    r"\b(?:pause|snooze|mute|hold|suspend|skip|freeze|hush|silence|quiet|take a break|give it a rest)\b"
    r"|\b(?:on|going on|for my) (?:vacation|holidays?|leave|a break)\b"
    r"|\b(?:away|travelling|traveling|off)\b[^.;]*\b(?:until|till?|for|through)\b"
    r"|\b(?:no|nothing)\b[^.;]*\b(?:until|till?|for (?:a|the|\d+|two|three))\b"
)
# In this order: "start sending again" before "stop sending", "pause all alerts" before "no more alerts".
_PATTERNS = tuple(
    (action, re.compile(pattern, re.IGNORECASE))
    for action, pattern in (
        (Action.PAUSE, _LATER),
        (Action.RESUME, _RESUME),
        (Action.PAUSE, _PAUSE),
        (Action.STOP, _STOP),
        (Action.LIST, _LIST),
        (Action.CHANGE, _CHANGE),
    )
)
# How people write in a hurry.
_SHORT = tuple(
    (re.compile(rf"\b{short}\b", re.IGNORECASE), whole)
    for short, whole in (
        ("u", "you"),
        ("ur", "your"),
        ("plz|pls", "please"),
        ("dont", "don't"),
        ("im", "I'm"),
        ("ill", "I'll"),
        ("msgs?", "messages"),
        ("recieve", "receive"),
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
_ABOUT = re.compile(
    rf"\b{_SAVED}\b|\b(?:daily|weekly|every|each|notify|alert|ping|unsubscribe|subscribe|pause|resume|stop|mondays?|weekdays?)\b",
    re.IGNORECASE,
)
_ADDING = re.compile(r"\b(?:add|minimum|instead|include|only)\b", re.IGNORECASE)
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
    alerting: Alerting = NOTHING

    def to_json(self) -> dict[str, Any]:
        """Return the order as the contract's object."""
        return {
            "action": self.action.value,
            "wish": self.wish.to_json(),
            "time": f"{self.at:%H:%M}" if self.at else None,
            "zone": self.zone or None,
            "weekdays": sorted(self.weekdays),
            "at_once": bool(self.alerting.at_once),
        }


class OrderReader:
    """Reads orders; *wishes* reads what is to be sent."""

    def __init__(self, wishes: WishReader) -> None:
        self._wishes = wishes

    def read(self, text: str, today: dt.date) -> Order:
        """Return what *text* orders on *today*, the person's own date."""
        alerting, spans = read_alerting(text)
        # "turn off instant alerts" is no end of everything, "quiet hours" are no pause.
        text = without(text, spans)
        action = read_action(text)
        until = read_until(text, today) if action in {Action.PAUSE, Action.STOP} else None
        if until:
            # "stop sending until Friday" is no end.
            action = Action.PAUSE
        rest = without(text, (until[1],)) if until else text
        # Each reader works on what the ones before it left, so that no word is read twice.
        zone = read_zone(rest)
        rest = without(rest, ((zone.start, zone.end),)) if zone else rest
        days = None if action in _WISHLESS else read_weekdays(rest)
        rest = without(rest, days[1]) if days else rest
        at = read_time(rest)
        rest = without(rest, (at[1],)) if at else rest
        said = "" if action in _WISHLESS else " ".join(_ORDERING.sub(" ", rest).split()).strip(" ,.;:-–!?")
        return Order(
            action=action,
            wish=self._wishes.read(said) if said else Wish(),
            text=said,
            at=at[0] if at else None,
            zone=zone.zone if zone else "",
            weekdays=days[0] if days else frozenset(),
            until=until[0] if until else None,
            alerting=alerting,
        )


def is_about_digests(text: str) -> bool:
    """Tell whether *text* may order something to be sent again and again; the order itself says more."""
    return bool(_ABOUT.search(text))


def is_change(text: str) -> bool:
    """Tell whether *text* can only be meant to change what is sent: it says when, or what to add, and asks nothing."""
    asks = re.search(r"^\s*(?:what|how|why|which|should|is|are|do|does)\b|\?\s*$", text, re.IGNORECASE)
    says = read_time(text) or read_weekdays(text) or read_zone(text) or _ADDING.search(text)
    return bool(says) and not asks and read_action(text) is Action.CHANGE


def is_planned(text: str) -> bool:
    """Tell whether *text* says when, or what is to become of what is sent, and not only what for."""
    said = read_alerting(text)[0] or read_weekdays(text) or read_time(text)
    return bool(said) or read_action(text) is not Action.CREATE


def read_action(text: str) -> Action:
    """Return what *text* wants done; to create one where it says nothing else."""
    for short, whole in _SHORT:
        text = short.sub(whole, text)
    return next((action for action, pattern in _PATTERNS if pattern.search(text)), Action.CREATE)


def without(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return *text* with the characters of *spans* (start, end) left out."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
