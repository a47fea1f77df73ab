"""What the application and a chat platform say to each other. A platform is a module folder beside this file."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Protocol, Self

from aiohttp import web

from adapters.chats.reply import Reply

# The data of buttons that open a field, where a platform can: to change what a person told (that follows it), or to say
# what they want sent.
EDIT, ORDER = "edit:", "order:"


class InboundKind(StrEnum):
    """What came: words, a command, a press of a button, a corrected message, or news about where the bot is.

    `JOINED` and `LEFT` are about one chat, `REMOVED` about a whole workspace, whose chats begin with that of the event.
    `STOPPED` ends the answer that is being made in a chat.
    """

    TEXT = "text"
    COMMAND = "command"
    ACTION = "action"
    EDITED = "edited"
    REMOVED = "removed"
    STOPPED = "stopped"
    JOINED = "joined"
    LEFT = "left"


# Where we are, not what somebody says.
NEWS = frozenset({InboundKind.JOINED, InboundKind.LEFT, InboundKind.REMOVED})


@dataclass(frozen=True, slots=True)
class Address:
    """Where messages go: a chat of a platform, and a thread of it (empty: none)."""

    platform: str
    chat: str
    thread: str = ""

    @property
    def key(self) -> str:
        """The address as one text, for rows of a database."""
        return f"{self.platform}:{self.chat}:{self.thread}"

    @classmethod
    def of(cls, key: str) -> Self:
        """Read what `key` wrote."""
        platform, chat, thread = key.split(":", 2)
        return cls(platform, chat, thread)


@dataclass(frozen=True, slots=True)
class Inbound:
    """One event of a platform; `event` is the platform's own name for it, so that it is taken once.

    `text` is what was said, without the bot's name; of a command its words, of an action its data; `command` is a
    command's name, `message` the platform's name of the message. `long` says that it is as long as the platform allows,
    so that the rest may follow in the next message. `channel` marks a place where nobody but its administrators speaks;
    there `person` is who let us in. `outside` is somebody of another organisation, in a channel shared with it. `cited`
    are somebody else's words that the message brings: forwarded, quoted, replied to, chosen for a shortcut.
    """

    kind: InboundKind
    event: str
    address: Address
    person: str
    at: dt.datetime
    text: str = ""
    command: str = ""
    message: str = ""
    private: bool = True
    language: str = ""
    title: str = ""
    long: bool = False
    channel: bool = False
    outside: bool = False
    cited: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return asdict(self) | {"address": self.address.key, "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        fields = row | {
            "kind": InboundKind(row["kind"]),
            "address": Address.of(row["address"]),
            "at": dt.datetime.fromisoformat(row["at"]),
        }
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class About:
    """What a platform knows of who speaks; empty where it does not tell.

    A `stranger` does not belong to where they speak: a guest, somebody of another organisation. `zone` is an IANA name,
    `language` an IETF tag.
    """

    stranger: bool = False
    zone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what it says, and the data (64 bytes at most) that comes back when it is pressed."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or, where `picture`, a PNG; its text alternative is the reply it comes with."""

    name: str
    content: bytes
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way: the message it answers (`reply_to`), or the message of ours that it replaces.

    A `bulk` one nobody is waiting for: it lets answers go first.
    """

    reply: Reply
    buttons: tuple[tuple[Button, ...], ...] = ()
    reply_to: str = ""
    replaces: str = ""
    attachment: Attachment | None = None
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One request to a platform, ready to be stored and sent: plain JSON, and the bytes of a file."""

    body: dict[str, Any]
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Broken:
    """An event that cannot be read; it is kept as it came, so that somebody can look at it."""

    platform: str
    event: str
    body: Any
    reason: str


Take = Callable[[Sequence[Inbound | Broken]], Awaitable[None]]
"""Stores events for good; a platform confirms them only after it returned. An event it was given before is ignored."""


class Preview(Protocol):
    """Shows an answer as it grows; nothing depends on it. Frames are at least `pace` seconds apart."""

    pace: float

    async def show(self, reply: Reply) -> None:
        """Show *reply* as far as it has come; never raises."""

    async def end(self) -> str:
        """Show no more; return the name of the message that the answer takes the place of, empty for none."""


class ChatPlatform(Protocol):
    """A place where people talk. Rendering is pure; everything else talks to the platform."""

    name: str

    async def connect(self) -> str:
        """Connect; return who the bot is there.

        Raises:
            TokenRejected: the token is wrong.
            SendError: the platform cannot be reached.

        """

    async def open(self) -> None:
        """Connect and introduce the bot (menus, descriptions).

        Raises:
            TokenRejected: the token is wrong.
            SendError: the platform cannot be reached.

        """

    def routes(self) -> Sequence[web.RouteDef]:
        """Return what our web server answers for this platform; empty where it does not call us."""

    async def receive(self, take: Take) -> None:
        """Hand over events until cancelled."""

    def render(self, outgoing: Outgoing, address: Address) -> list[Part]:
        """Return the requests that show *outgoing*, in order."""

    async def send(self, part: Part, address: Address) -> str:
        """Send *part* and return the platform's name of the message.

        Raises:
            SendError: it was not sent, or perhaps not.

        """

    async def busy(self, address: Address, *, private: bool) -> None:
        """Show for some seconds that an answer is being made; never raises."""

    def preview(self, address: Address, *, private: bool) -> Preview | None:
        """Return what shows an answer as it grows; None where that is not to be had."""

    async def about(self, inbound: Inbound) -> About:
        """Return what is known of who speaks; little where it cannot be asked just now. Never raises."""

    def home(self, address: Address, person: str, *, private: bool) -> Address:
        """Return where *person*, who speaks at *address*, is sent what they did not just ask for."""

    async def looks_after(self, address: Address, person: str) -> bool:
        """Tell whether *person* runs the chat at *address* and we may speak there; False where nobody can say now."""

    async def close(self) -> None:
        """Let go of every connection."""
