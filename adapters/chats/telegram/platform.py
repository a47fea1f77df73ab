"""Telegram by the python-telegram-bot library: its requests and types; taking and sending follow our own mail."""

import asyncio
import itertools
import logging
import secrets
import time
from collections import deque
from collections.abc import Sequence

from aiohttp import web
from telegram import Bot, CallbackQuery, ChatMember, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from adapters.chats.limits import Limits, Pace
from adapters.chats.outcomes import TokenRejected, Unsent
from adapters.chats.platform import About, Address, Broken, Inbound, Outgoing, Part, Take
from adapters.chats.telegram.draft import Draft
from adapters.chats.telegram.faults import SETTING, fault_of
from adapters.chats.telegram.hook import PATH, hook
from adapters.chats.telegram.menu import Menu, introduce
from adapters.chats.telegram.parts import parts_of
from adapters.chats.telegram.polling import PatientRequest, fault_in, parse_update
from adapters.chats.telegram.sending import send_part
from adapters.chats.telegram.updates import ALLOWED, NAME, may_post, read_update

LOG = logging.getLogger("advisor.telegram")
API = "https://api.telegram.org"
# Seconds that Telegram holds a request for updates open, and that any other request may take.
HELD, PATIENCE = 25, 20.0
# Seconds between tries where updates cannot be fetched, doubled up to the longest.
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
# 30 messages a second in all (more where they are paid for), one a second in a chat, 20 a minute in a group (a negative
# id); a little below that, in small bursts, so that two bursts do not meet at the other end.
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (read 2026-11)
PER_SECOND, BURST, PRIVATE, GROUP = 28.0, 5, Pace(3, 3.0), Pace(5, 15.0)
_GONE_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class Telegram:
    """Telegram chats. Where the world reaches us at *public* Telegram calls us; without that we ask it.

    At most *per_second* messages are sent in all.
    """

    name = NAME

    def __init__(
        self, token: str, menu: Menu, api: str = API, public: str | None = None, per_second: float = PER_SECOND
    ) -> None:
        self._menu, self._webhook = menu, f"{public.rstrip('/')}{PATH}" if public else None
        # What was broken is kept until it is stored.
        self._broken: deque[Broken] = deque()
        self._secret = secrets.token_urlsafe(32)
        self._bot = Bot(
            token,
            base_url=f"{api.rstrip('/')}/bot",
            base_file_url=f"{api.rstrip('/')}/file/bot",
            request=HTTPXRequest(connection_pool_size=64, read_timeout=PATIENCE, write_timeout=PATIENCE),
            get_updates_request=PatientRequest(self._broken.append, HELD + 10),
        )
        self._limits = Limits(Pace(BURST, BURST / per_second), lambda chat: GROUP if chat.startswith("-") else PRIVATE)
        self._drafts = itertools.count(int(time.time()) % 1_000_000_000 + 1)
        self._take: Take | None = None
        self._noted: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Connect and introduce the bot."""
        await self.connect()
        await introduce(self._bot, self._menu)

    async def connect(self) -> str:
        """Connect; return the bot's name."""
        try:
            await self._bot.initialize()
        except InvalidToken as error:
            raise TokenRejected("Telegram does not know this token; @BotFather shows the right one", SETTING) from error
        except TelegramError as error:
            raise fault_of(error) from error
        return self._bot.name

    async def receive(self, take: Take) -> None:
        """Hand over events until cancelled."""
        self._take = take
        wait = FIRST_WAIT
        offset: int | None = None
        while True:
            try:
                if self._webhook:
                    await self._bot.set_webhook(self._webhook, allowed_updates=ALLOWED, secret_token=self._secret)
                    await asyncio.Event().wait()
                offset = await self._next(take, offset)
                wait = FIRST_WAIT
            except InvalidToken as error:
                raise TokenRejected("Telegram does not know this token any more", SETTING) from error
            except (TelegramError, OSError) as error:
                LOG.warning("updates cannot be fetched: %s", _advice(error))
                fault = fault_of(error) if isinstance(error, TelegramError) else None
                await asyncio.sleep(max(wait, fault.seconds if isinstance(fault, Unsent) else 0.0))
                wait = min(wait * 2, LONGEST_WAIT)

    async def _next(self, take: Take, offset: int | None) -> int | None:
        """Fetch a batch and store it; the number that confirms it is sent with the next request only."""
        if offset is None:
            await self._unhook()
        updates = await self._bot.get_updates(offset=offset, timeout=HELD, allowed_updates=ALLOWED)
        broken, events = list(self._broken), self._events(updates)
        if broken or events:
            await take([*broken, *events])
            self._broken.clear()
            self._notice(updates)
        return updates[-1].update_id + 1 if updates else offset or 0

    async def _unhook(self) -> None:
        """Remove a webhook of another time, which would keep updates from us."""
        try:
            await self._bot.delete_webhook(drop_pending_updates=False)
        except TelegramError as error:
            LOG.warning("a webhook was not removed: %s", error)

    def _events(self, updates: Sequence[Update]) -> list[Inbound | Broken]:
        found: list[Inbound | Broken] = []
        for update in updates:
            try:
                event = read_update(update, self._bot.bot)
            except Exception as error:  # noqa: BLE001 - one update costs only itself
                found.append(Broken(NAME, str(update.update_id), update.to_dict(), f"{type(error).__name__}: {error}"))
                continue
            found += [event] if event else []
        return found

    def routes(self) -> list[web.RouteDef]:
        """Return what our web server answers when Telegram calls it."""
        return [hook(self._secret, self._called)] if self._webhook else []

    async def _called(self, body: bytes) -> bool:
        """Take the body of a webhook call; tell whether it was an update. Raises what keeps it from being stored."""
        item = parse_update(body)
        if item is None or self._take is None:
            return False
        fault = fault_in(item)
        if fault:
            await self._take([Broken(NAME, str(item["update_id"]), item, fault)])
            return True
        update = Update.de_json(item, self._bot)
        events = self._events([update])
        if events:
            await self._take(events)
            self._notice([update])
        return True

    def _notice(self, updates: Sequence[Update]) -> None:
        """Tell each button that it was pressed: its client waits for that."""
        for update in updates:
            if update.callback_query:
                task = asyncio.create_task(self._answer(update.callback_query))
                self._noted.add(task)
                task.add_done_callback(self._noted.discard)

    async def _answer(self, query: CallbackQuery) -> None:
        try:
            await self._bot.answer_callback_query(query.id)
        except TelegramError as error:
            # An old press cannot be answered any more; what it asked for still is.
            LOG.info("a press was not confirmed: %s", error)

    def render(self, outgoing: Outgoing, address: Address) -> list[Part]:
        """Return the requests that show *outgoing*, in order."""
        return parts_of(outgoing, self._menu.names, group=address.chat.startswith("-"))

    async def send(self, part: Part, address: Address) -> str:
        """Send *part*."""
        await self._limits.wait(address.chat, bulk=bool(part.body.get("bulk")))
        try:
            return await send_part(self._bot, part.body, part.content, address)
        except BadRequest as error:
            words = str(error).casefold()
            if "not modified" in words:
                return str(part.body.get("message", ""))
            if part.body["what"] == "edit" and any(gone in words for gone in _GONE_MESSAGE):
                return await self.send(Part({**part.body, "what": "text"}), address)
            raise fault_of(error) from error
        except TelegramError as error:
            raise fault_of(error) from error

    async def busy(self, address: Address, *, private: bool) -> None:
        """Show that an answer is being made: typing, and in private chats a draft."""
        thread = int(address.thread) if address.thread else None
        try:
            await self._bot.send_chat_action(int(address.chat), ChatAction.TYPING, message_thread_id=thread)
            if private:
                await self._bot.send_message_draft(
                    int(address.chat), next(self._drafts), "Looking it up …", message_thread_id=thread
                )
        except TelegramError as error:
            LOG.info("a sign of work was not shown: %s", error)

    def preview(self, address: Address, *, private: bool) -> Draft | None:
        """Return a draft, in private chats; edits in groups would use up their twenty messages a minute."""
        return Draft(self._bot, address, next(self._drafts), self._menu.names) if private else None

    async def about(self, inbound: Inbound) -> About:
        """Return the language of their client; Telegram tells no time zone, and its groups know no strangers."""
        return About(language=inbound.language)

    async def looks_after(self, address: Address, person: str) -> bool:
        """Ask who runs a chat, and whether we may post there."""
        try:
            theirs = await self._bot.get_chat_member(int(address.chat), int(person.partition(":")[2]))
            ours = await self._bot.get_chat_member(int(address.chat), self._bot.id)
        except TelegramError as error:
            LOG.info("who runs a chat cannot be told: %s", error)
            return False
        # A group takes what any member says, a channel what its administrators post.
        return may_post(theirs) and (may_post(ours) or ours.status == ChatMember.MEMBER)

    def home(self, address: Address, person: str, *, private: bool) -> Address:  # noqa: ARG002 - as the protocol has it
        """Return the chat, or the topic of a group, in which somebody speaks."""
        return address

    async def close(self) -> None:
        """Let go of every connection."""
        await asyncio.gather(*self._noted, return_exceptions=True)
        try:
            await self._bot.shutdown()
        except TelegramError as error:
            LOG.info("the connection was not closed in order: %s", error)


def _advice(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another process asks with the same token; stop it"
    return f"{type(error).__name__}: {error}"
