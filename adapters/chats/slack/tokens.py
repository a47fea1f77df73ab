"""With which token to speak in a workspace: the one of a setting, or the one its installation got by OAuth."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.chats.outcomes import Gone
from adapters.chats.slack.faults import error_of
from adapters.chats.slack.places import Tenant

# A token that ends within so many minutes is changed for a new one; they live for twelve hours.
EARLY = 120
# What says that an installation has ended; anything else is a fault that passes, or one of the operator's settings.
_ENDED = {"invalid_refresh_token", "token_revoked", "token_expired", "account_inactive", "team_not_found"}


@dataclass(frozen=True, slots=True)
class Token:
    """A bot's token in a workspace, and who the bot is there."""

    value: str
    user: str = ""
    bot: str = ""


class Tokens(Protocol):
    """Knows the tokens."""

    async def connect(self, client: AsyncWebClient) -> str:
        """Begin with *client*; return who we are as far as that is known. Raises what the library raises."""

    async def find(self, tenant: Tenant) -> Token | None:
        """Return the token for *tenant*, None where the app is not installed.

        Raises:
            Gone: the installation has a token that Slack does not renew any more.

        """

    async def remove(self, tenant: Tenant) -> None:
        """Forget the installation of *tenant*."""


class OneToken:
    """The token of one workspace."""

    def __init__(self, value: str) -> None:
        self._token = Token(value)

    async def connect(self, client: AsyncWebClient) -> str:
        """Ask Slack whose token it is."""
        who = await client.auth_test(token=self._token.value)
        self._token = Token(self._token.value, str(who.get("user_id") or ""), str(who.get("bot_id") or ""))
        return f"{who.get('user') or 'the app'} in {who.get('team') or 'a workspace'}"

    async def find(self, tenant: Tenant) -> Token | None:  # noqa: ARG002 - there is one for all
        """Return it."""
        return self._token

    async def remove(self, tenant: Tenant) -> None:
        """Do nothing: the setting stays."""


class InstalledTokens:
    """The tokens of all workspaces that installed the app, renewed before they end."""

    def __init__(self, store: AsyncInstallationStore, client_id: str, client_secret: str) -> None:
        self._store, self._id, self._secret = store, client_id, client_secret
        self._rotator: AsyncTokenRotator | None = None
        self._locks: defaultdict[Tenant, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def connect(self, client: AsyncWebClient) -> str:
        """Renew tokens with *client* from now on."""
        self._rotator = AsyncTokenRotator(client=client, client_id=self._id, client_secret=self._secret)
        return "an app for many workspaces"

    async def find(self, tenant: Tenant) -> Token | None:
        """Return the token of the installation."""
        async with self._locks[tenant]:
            bot = await self._stored(tenant)
            if bot is None:
                return None
            found = await self._renewed(bot, tenant)
            return Token(found.bot_token, found.bot_user_id or "", found.bot_id or "")

    async def _renewed(self, bot: Bot, tenant: Tenant) -> Bot:
        """Return *bot* with a token that is good for a while."""
        try:
            renewed = self._rotator and await self._rotator.perform_bot_token_rotation(
                bot=bot, minutes_before_expiration=EARLY
            )
        except SlackTokenRotationError as error:
            # The token we have is good for a while yet, and there will be other tries.
            if (bot.bot_token_expires_at or 0) > time.time():
                return bot
            if error_of(error.api_error) not in _ENDED:
                raise error.api_error from error
            # Another process may have renewed it with the same permission, which is good once.
            stored = await self._stored(tenant)
            if stored and stored.bot_token != bot.bot_token:
                return stored
            raise Gone("Slack does not renew the token; the app has to be installed again") from error
        if renewed:
            await self._store.async_save_bot(renewed)
        return renewed or bot

    async def _stored(self, tenant: Tenant) -> Bot | None:
        return await self._store.async_find_bot(
            enterprise_id=tenant.enterprise or None,
            team_id=tenant.team or None,
            is_enterprise_install=not tenant.team,
        )

    async def remove(self, tenant: Tenant) -> None:
        """Delete the installation."""
        await self._store.async_delete_all(enterprise_id=tenant.enterprise or None, team_id=tenant.team or None)
        self._locks.pop(tenant, None)
