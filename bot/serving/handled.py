"""What is known when a message comes and what follows from it: plain values between handling and what is around it."""

from dataclasses import dataclass, field
from typing import Any

from adapters.chats.platform import About, Address, Button, Inbound, Outgoing
from adapters.chats.reply import Reply
from bot.store.changes import Change
from bot.store.chats import Channel
from bot.store.digests import Digest
from bot.store.people import PastTurn
from bot.store.saved import SavedPost
from bot.writing.scribe import Errand


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a message comes: the turns before it, what the person told, what a button points to.

    `channels` are those the person looks after, asked of the platform a moment ago, and `runs` says whether they run
    the chat they speak in. `digests` are what they set up, `home` is where their own goes, `zone` their time zone,
    `saved` the posts they saved. With an `errand` a model may write the answer.
    """

    past: tuple[PastTurn, ...] = ()
    profile: str = ""
    pressed: PastTurn | None = None
    channels: tuple[Channel, ...] = ()
    runs: bool = False
    digests: tuple[Digest, ...] = ()
    home: Address | None = None
    zone: str = ""
    everything: dict[str, Any] = field(default_factory=dict)
    saved: tuple[SavedPost, ...] = ()
    errand: Errand | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """What follows from a message: what is sent, here and `elsewhere`, and what is to be kept or deleted with it.

    `about` is what the platform told of the person. With `unkept` the words of the message are kept no longer than it
    takes to answer them; `saved` is a post to be kept, `dropped` names one that is not wanted any more.
    """

    outgoing: tuple[Outgoing, ...]
    turn: PastTurn | None = None
    rated: tuple[str, str] | None = None
    told: str | None = None
    forgotten: bool = False
    elsewhere: tuple[tuple[Address, Outgoing], ...] = ()
    planned: Change | None = None
    about: About = field(default_factory=About)
    unkept: bool = False
    saved: SavedPost | None = None
    dropped: str = ""


def say(inbound: Inbound, reply: Reply, buttons: tuple[tuple[Button, ...], ...] = ()) -> Handled:
    """Return what says *reply* and keeps nothing."""
    return Handled((Outgoing(reply, buttons, inbound.message),))
