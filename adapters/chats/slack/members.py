"""Who people of a workspace are: asked once, and again where Slack says that something changed."""

import time

from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.platform import About, Inbound
from adapters.chats.slack.places import Tenant, tenant_of

# Seconds for which the answer holds, and people of whom it is kept.
HOLDS, REMEMBERED = 3600.0, 10_000
_GUESTS = ("is_restricted", "is_ultra_restricted", "is_stranger")


class Members:
    """Knows members and guests, their time zones and languages."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[tuple[Tenant, str], tuple[float, About]] = {}

    async def find(self, token: str, inbound: Inbound) -> About:
        """Return what is known of who spoke. Raises what the library raises."""
        tenant, user = tenant_of(inbound.address), inbound.person.partition("/")[2]
        until, about = self._known.pop((tenant, user), (0.0, About()))
        if until < time.monotonic():
            asked = await self._client.users_info(user=user, include_locale=True, token=token)
            found = asked.get("user") or {}
            guest = any(found.get(name) for name in _GUESTS)
            about = About(guest, str(found.get("tz") or ""), str(found.get("locale") or ""))
            until = time.monotonic() + HOLDS
        self._known[tenant, user] = (until, about)
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
        return about

    def forget(self, tenant: Tenant, user: str) -> None:
        """Ask anew when *user* speaks again."""
        self._known.pop((tenant, user), None)
