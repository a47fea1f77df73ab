"""What is asked of any job goes to the theme that answers it; what a role's own guide says goes before."""

import pytest

from bot.wiring import Parts
from retrieval.answer import Kind
from tests.retrieval.evidence import ask, words_of


@pytest.mark.parametrize(
    "question, themes",
    [
        ("is this recruiter message a scam? they want my bank details", {"scams-and-ghost-posts"}),
        ("got laid off yesterday, what do i do first", {"gaps-layoffs-age"}),
        ("no reply after my final interview, am i rejected", {"waiting"}),
        ("two offers, one pays more and the other is fully remote, how do i choose", {"comparing-offers"}),
        ("can i use chatgpt in a take home test", {"take-homes-and-ai"}),
        ("contractor or employee, what should i pick", {"contractor-or-employee", "applying-remote"}),
        ("they gave me an offer, how do i negotiate", {"reading-pay", "comparing-offers"}),
        ("no experience at all, how do i get my first tech job", {"first-job"}),
    ],
)
def test_a_question_of_everybody_is_answered_by_its_theme(question: str, themes: set[str], parts: Parts) -> None:
    answer = ask(parts, question)

    assert answer.kind is Kind.ANSWER
    assert {citation.guide for citation in answer.citations} & themes


@pytest.mark.parametrize(
    "question, said",
    [
        ("is on-call unavoidable in devops", "On-call is hard to avoid in SRE"),
        ("do engineering managers still write code", "Sensible code for a manager blocks nobody"),
        ("red flags security engineer: certificates before duties?", "A pile of certificates"),
    ],
)
def test_what_a_guide_asks_itself_is_answered_whatever_topic_its_words_are(
    question: str, said: str, parts: Parts
) -> None:
    answer = ask(parts, question)

    assert answer.kind is Kind.ANSWER
    assert said in words_of(answer)


@pytest.mark.parametrize(
    "question",
    [
        "how many hours a week do data scientists work",
        "write me code to sort a list as an engineering manager",
        "will ml engineers be replaced by ai in 5 years",
        "how does stripe interview backend engineers",
    ],
)
def test_what_no_guide_covers_stays_a_gap(question: str, parts: Parts) -> None:
    assert ask(parts, question).kind is Kind.ABSTAIN


@pytest.mark.parametrize(
    "level, role, name",
    [
        ("junior", "ml engineer", "from notebook to pipeline"),
        ("senior", "computer vision engineer", "system ownership"),
        ("mid", "engineering manager", "letting go of the code"),
    ],
)
def test_stuck_at_a_level_is_answered_with_its_bottleneck(level: str, role: str, name: str, parts: Parts) -> None:
    said = words_of(ask(parts, f"im a {level} {role} and feel stuck, whats missing"))

    assert name in said
    assert "The only guide" not in said


def test_two_roles_are_told_apart_by_the_question_that_tells_them_apart(parts: Parts) -> None:
    answer = ask(parts, "difference between frontend and full-stack engineer")

    assert "Who owns the data decides" in words_of(answer)
