"""What is known when a message comes and what follows from it: plain values between handling and what is around it."""

from dataclasses import dataclass, field
from typing import Any

from adapters.chats.platform import Button, Inbound, Outgoing
from adapters.chats.reply import Reply
from bot.store.people import PastTurn


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a message comes: the turns before it, what the person told, what a button points to."""

    past: tuple[PastTurn, ...] = ()
    profile: str = ""
    pressed: PastTurn | None = None
    everything: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handled:
    """What follows from a message: what is sent, and what is to be kept or deleted with it."""

    outgoing: tuple[Outgoing, ...]
    turn: PastTurn | None = None
    rated: tuple[str, str] | None = None
    told: str | None = None
    forgotten: bool = False


def say(inbound: Inbound, reply: Reply, buttons: tuple[tuple[Button, ...], ...] = ()) -> Handled:
    """Return what says *reply* and keeps nothing."""
    return Handled((Outgoing(reply, buttons, reply_to(inbound)),))


def reply_to(inbound: Inbound) -> str:
    """Return the message an answer stands under: in groups always, in private chats never."""
    return "" if inbound.private else inbound.message
