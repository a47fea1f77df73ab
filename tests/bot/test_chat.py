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


def test_what_is_ordered_in_the_terminal_waits_there(advisor: Run) -> None:
    orders = ["send me senior ML jobs every weekday at 8", "1", "show my alerts", "what do senior CV engineers earn?"]
    orders += ["1", "alert me at once about data engineers", "stop everything", "/digest"]

    told = advisor("chat", typed="".join(f"{line}\n/nosuch\n" for line in orders)).stdout.split(MARK)

    assert "every weekday: Machine Learning Engineer · senior level" in told[0]
    assert "it is shown when you open the chat" in told[0]
    assert "1 Pause a week · 2 Stop\n" in told[0]
    assert "Paused. Next: " in told[1]
    assert "paused, goes on" in told[2]
    # A bare number speaks of the answer before it.
    assert "Paused" not in told[4]
    assert "Alerts at once need a chat that reaches you" in told[5]
    assert "Stopped" in told[6]
    assert "You have no saved search" in told[7]
