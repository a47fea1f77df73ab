from adapters.chats.page import write
from adapters.chats.telegram.entities import TelegramPage
from bot.serving.platforms import read_menu
from bot.serving.words import HELP, helped, privacy


def test_it_is_said_who_else_reads_questions() -> None:
    assert "Nothing goes to others." in write(privacy(30, ""), TelegramPage()).text
    assert "Your questions go to openai as well" in write(privacy(30, "openai"), TelegramPage()).text


def test_the_help_names_commands_that_the_menu_has() -> None:
    menu = read_menu()

    assert {command.removeprefix("/") for command, _ in HELP} <= menu.names
    assert all(set(commands) == menu.names for commands in menu.commands.values())
    assert "/jobs" in write(helped(), TelegramPage(menu.names)).text
