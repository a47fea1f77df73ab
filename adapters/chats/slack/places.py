"""Where things are in Slack, as addresses: `TENANT/CHANNEL` as the chat, and what an answer stands under as the thread.

A tenant is whoever installed the app: `T1` a workspace, `E1-T1` a workspace of an Enterprise Grid, `E1-` all of one.
The thread is a message's timestamp (`1700000000.000100`), a person's id where only that person sees the answer, or
`HOME`, the app's own page.
"""

from typing import NamedTuple

from adapters.chats.platform import Address

NAME = "slack"
HOME = "home"


class Tenant(NamedTuple):
    """Whose installation of the app something belongs to."""

    enterprise: str
    team: str

    @property
    def key(self) -> str:
        """The tenant as one word."""
        return f"{self.enterprise}-{self.team}" if self.enterprise else self.team

    @classmethod
    def of(cls, key: str) -> "Tenant":
        """Read what `key` wrote."""
        enterprise, dash, team = key.partition("-")
        return cls(enterprise, team) if dash else cls("", enterprise)


def address(tenant: Tenant, channel: str, thread: str = "") -> Address:
    """Return the address of a channel, a thread of it, or what one person sees there."""
    return Address(NAME, f"{tenant.key}/{channel}", thread)


def tenant_of(where: Address) -> Tenant:
    """Return whose installation *where* belongs to."""
    return Tenant.of(where.chat.partition("/")[0])


def channel_of(where: Address) -> str:
    """Return the id of the channel, or of the person whose direct messages are meant."""
    return where.chat.partition("/")[2]


def person(tenant: Tenant, user: str) -> str:
    """Return the name of a person: users of a Grid are the same in all of its workspaces."""
    return f"{NAME}:{tenant.enterprise or tenant.team}/{user}"


def only_seen_by(where: Address) -> str:
    """Return the id of the only person who sees what is sent to *where*, empty where others do."""
    return where.thread if where.thread[:1] in {"U", "W"} else ""
