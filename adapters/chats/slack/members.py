"""Who people of a workspace are: asked once, and again where Slack says that something changed."""

import time

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.platform import Inbound
from adapters.chats.slack.places import Tenant, tenant_of

# Seconds for which the answer holds, and people of whom it is kept.
HOLDS, REMEMBERED = 3600.0, 10_000


class Members:
    """Knows who is a guest."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._guests: dict[tuple[Tenant, str], tuple[float, bool]] = {}

    async def is_guest(self, token: str, inbound: Inbound) -> bool:
        """Tell whether who spoke is a guest or a stranger there. Raises what the library raises."""
        tenant, user = tenant_of(inbound.address), inbound.person.partition("/")[2]
        until, guest = self._guests.pop((tenant, user), (0.0, False))
        if until < time.monotonic():
            found = (await self._client.users_info(user=user, token=token)).get("user") or {}
            guest = any(found.get(name) for name in ("is_restricted", "is_ultra_restricted", "is_stranger"))
            until = time.monotonic() + HOLDS
        self._guests[tenant, user] = (until, guest)
        if len(self._guests) > REMEMBERED:
            del self._guests[next(iter(self._guests))]
        return guest

    def forget(self, tenant: Tenant, user: str) -> None:
        """Ask anew when *user* speaks again."""
        self._guests.pop((tenant, user), None)
