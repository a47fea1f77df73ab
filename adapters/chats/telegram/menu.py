"""What Telegram shows of a bot before anybody speaks: its commands, by kind of chat and language, and what it is."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

LOG = logging.getLogger("advisor.telegram")


@dataclass(frozen=True, slots=True)
class Menu:
    """Commands with what they do, by language ("" is everybody else's), and what the bot is.

    `in_groups` are the commands that groups see. Limits of the Bot API: names 1-32 of a-z, 0-9 and _, descriptions
    256 characters, what the bot is 512 and in short 120.
    """

    commands: Mapping[str, Mapping[str, str]]
    in_groups: frozenset[str]
    about: str
    about_in_short: str

    @property
    def names(self) -> frozenset[str]:
        """The names of all commands."""
        return frozenset(self.commands[""])


async def introduce(bot: Bot, menu: Menu) -> None:
    """Set what differs from what Telegram has; a refusal is noted and costs only the menu."""
    for scope, names in (
        (BotCommandScopeAllPrivateChats(), menu.names),
        (BotCommandScopeAllGroupChats(), menu.in_groups),
    ):
        for language, commands in menu.commands.items():
            shown = [BotCommand(name, words) for name, words in commands.items() if name in names]
            await _set_commands(bot, scope, language, shown)
    try:
        if (await bot.get_my_description()).description != menu.about:
            await bot.set_my_description(menu.about)
        if (await bot.get_my_short_description()).short_description != menu.about_in_short:
            await bot.set_my_short_description(menu.about_in_short)
    except TelegramError as error:
        LOG.warning("the description was not set: %s", error)


async def _set_commands(bot: Bot, scope: BotCommandScope, language: str, shown: list[BotCommand]) -> None:
    try:
        if [*await bot.get_my_commands(scope, language or None)] != shown:
            await bot.set_my_commands(shown, scope, language or None)
    except TelegramError as error:
        LOG.warning("the commands in '%s' were not set: %s", language, error)
