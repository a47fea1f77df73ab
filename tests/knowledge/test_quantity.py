import pytest

from knowledge.quantity import Quantity, read_wanted


@pytest.mark.parametrize(
    "text, kind",
    [
        ("swe -> computer vision how many months realistically", Quantity.DURATION),
        ("avg years from senior to staff", Quantity.DURATION),
        ("how often am i on call", Quantity.FREQUENCY),
        ("what % pass the take home", Quantity.SHARE),
        ("how many papers do i need", Quantity.COUNT),
    ],
)
def test_a_question_for_a_number_is_known_by_its_kind(text: str, kind: Quantity) -> None:
    wanted = read_wanted(text)

    assert wanted
    assert wanted.kind is kind


@pytest.mark.parametrize(
    "text", ["how much PyTorch should I know", "which skills", "how do i get in", "years of what?"]
)
def test_other_questions_ask_for_no_number(text: str) -> None:
    assert read_wanted(text) is None


@pytest.mark.parametrize(
    "text, answer, stands",
    [
        ("how many months does it take", "Typically 6–9 months of deliberate practice.", True),
        ("how many months does it take", "The path has three steps.", False),
        ("how many rounds", "4–6 stages over some weeks.", True),
        ("how many papers", "Publications count more than 5 years of work.", False),
        ("how many papers", "Two or more papers at a named venue.", True),
        ("how often do they meet", "Teams meet weekly.", True),
        ("what share is research", "Roughly 20–30% of the time.", True),
        ("what share is research", "Mostly engineering with research on top.", False),
    ],
)
def test_only_a_number_of_the_thing_asked_answers(text: str, answer: str, *, stands: bool) -> None:
    wanted = read_wanted(text)

    assert wanted
    assert wanted.stands_in(answer) is stands
