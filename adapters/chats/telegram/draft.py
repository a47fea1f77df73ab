"""An answer as it grows, in a private chat of Telegram: a draft that ends with the message."""

import logging

from telegram import Bot
from telegram.error import TelegramError

from adapters.chats.page import write
from adapters.chats.platform import Address
from adapters.chats.reply import Reply
from adapters.chats.telegram.entities import TelegramPage
from adapters.chats.telegram.parts import LONGEST

LOG = logging.getLogger("advisor.telegram")
# Frames that fail in a row before no more are shown; edits instead of drafts have cost others minutes of flood control.
FAILURES = 3


class Draft:
    """Shows frames as drafts with a button that stops them.

    Drafts at least a second apart; what is sent in the end takes their place (Bot API, sendMessageDraft, `can_stop`
    since 10.3, which the library passes on without knowing it; read 2026-11).
    """

    pace = 1.0

    def __init__(self, bot: Bot, address: Address, number: int, commands: frozenset[str]) -> None:
        self._bot, self._address, self._number, self._commands = bot, address, number, commands
        self._failures = 0

    async def show(self, reply: Reply) -> None:
        """Show *reply* as far as it has come."""
        if self._failures >= FAILURES:
            return
        text = write(reply, TelegramPage(self._commands)).text[-LONGEST:]
        thread = int(self._address.thread) if self._address.thread else None
        try:
            await self._bot.send_message_draft(
                *(int(self._address.chat), self._number, text), message_thread_id=thread, api_kwargs={"can_stop": True}
            )
            self._failures = 0
        except TelegramError as error:
            self._failures += 1
            LOG.info("a draft was not shown: %s", type(error).__name__)

    async def end(self) -> str:
        """Return nothing: a draft is no message."""
        return ""
