"""The chat through a pipe: each line answered, and the commands that begin with a stroke."""

import pytest

from tests.bot.conftest import Run

PAY = "what do senior CV engineers earn in the US?"
# An unknown command marks where the answer to one line ends and the next begins.
MARK = "There is no such command"
TYPED = [PAY, "/sources", "/help", "/reset", "/sources", "and in Eastern Europe?", "", "/quit", PAY]


@pytest.fixture(scope="module")
def chat(advisor: Run) -> dict[int, str]:
    """What the chat prints for each line of `TYPED`, by its number."""
    typed = "".join(f"{line}\n/nosuch\n" for line in TYPED)
    return dict(enumerate(advisor("chat", typed=typed).stdout.split(MARK)))


@pytest.mark.parametrize(
    "number, expected",
    [
        (0, "$220,000–$310,000"),  # the answer
        (1, "Computer Vision Engineer (RemNavi"),  # its sources
        (2, "/sources"),  # the help names the commands
        (3, "Forgotten"),
        (4, "no sources"),  # nothing was asked since
    ],
)
def test_a_line_of_a_chat_is_answered(number: int, expected: str, chat: dict[int, str]) -> None:
    assert expected in chat[number]


def test_a_reset_chat_has_forgotten_the_role(chat: dict[int, str]) -> None:
    assert "$77K" not in chat[5]


def test_a_chat_ends_at_quit(chat: dict[int, str]) -> None:
    expected = TYPED.index("/quit")

    assert expected == max(chat)
    assert not chat[expected].partition("\n")[2].strip()
