from adapters.chats.telegram.render import write
from bot.serving.serve import read_menu
from bot.serving.words import HELP, helped, privacy


def test_it_is_said_who_else_reads_questions() -> None:
    assert "Nothing goes to others." in write(privacy(30, "")).text
    assert "Your questions go to openai as well" in write(privacy(30, "openai")).text


def test_the_help_names_commands_that_the_menu_has() -> None:
    menu = read_menu()

    assert {command.removeprefix("/") for command, _ in HELP} <= menu.names
    assert all(set(commands) == menu.names for commands in menu.commands.values())
    assert "/jobs" in write(helped(), menu.names).text
