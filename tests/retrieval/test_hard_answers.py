"""Cases that once went wrong in the whole advisor, each with what a person would expect."""

import io

import pytest
from rich.console import Console

from adapters.chats.reply import Reply, SourceLine
from adapters.chats.terminal import render
from bot.wiring import Parts
from knowledge.document import Line, Paragraph
from knowledge.errors import SettingError
from retrieval.answer import Kind
from retrieval.embedding import open_named
from tests.retrieval.evidence import ask, words_of


@pytest.mark.parametrize(
    "message, expected",
    [
        ("how to stand out and what interview questions come for ML research engineers", {"standout", "hiring"}),
        ("remote work and career progression for CV engineers", {"remote", "progression"}),
    ],
)
def test_both_questions_of_one_message_are_answered(message: str, expected: set[str], parts: Parts) -> None:
    assert expected <= {citation.section for citation in ask(parts, message).citations}


@pytest.mark.parametrize("message", ["thanks", "hi", "I want to die"])
def test_what_is_no_question_carries_no_scope(message: str, parts: Parts) -> None:
    answer = ask(parts, "senior CV engineer pay in the US", message)

    assert answer.scope.words == ""


@pytest.mark.parametrize("digits", [12, 400, 5000])
def test_an_absurd_offer_is_answered(digits: int, parts: Parts) -> None:
    assert ask(parts, f"senior CV engineer in the US, offered {'9' * digits} base").blocks


def test_a_computed_difference_is_written_as_in_the_text(parts: Parts) -> None:
    answer = ask(parts, "offered 150k base, mid CV engineer, US")
    (difference,) = (figure for figure in answer.figures if figure.derived)

    assert difference.as_written in words_of(answer)


@pytest.mark.parametrize("question", ["what do seniors make", "what do senior people make per year"])
def test_pay_without_a_role_is_asked_back(question: str, parts: Parts) -> None:
    answer = ask(parts, question)
    expected = (Kind.CLARIFY, (), ())

    assert expected == (answer.kind, answer.figures, answer.citations)


def test_an_address_cannot_act_on_the_terminal() -> None:
    file = io.StringIO()
    reply = Reply(
        "answer",
        (Paragraph(Line("Said.", cites=(1,))),),
        sources=(SourceLine(((1, "pay"),), "s", "http://x/\x1b]0;t\x07"),),
    )
    Console(file=file, force_terminal=True, color_system="truecolor", _environ={}).print(render(reply))

    assert "\x07" not in file.getvalue()


def test_a_model_that_cannot_be_opened_is_one_line() -> None:
    with pytest.raises(SettingError) as caught:
        open_named("nosuchprovider:model", api_key="key", base_url=None)

    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("thing", ["matlab", "kubernetes", "docker"])
def test_a_tool_that_no_guide_of_the_role_names_is_said_to_be_unnamed(thing: str, parts: Parts) -> None:
    answer = ask(parts, f"do i need {thing} for cv")

    assert Kind.ABSTAIN is answer.kind
    assert f"mentions “{thing}”" in words_of(answer)


def test_a_place_put_aside_is_left_out(parts: Parts) -> None:
    assert [f.market for f in ask(parts, "senior ml pay germany", "not germany, uk").figures] == ["GB"]


def test_an_offer_is_held_against_a_computed_range_too(parts: Parts) -> None:
    assert "roughly $77K–$170.5K USD-equivalent. Your $60,000 is $17,000 below" in words_of(
        ask(parts, "senior cv poland 60k usd offer ok?")
    )


def test_an_offer_named_before_the_role_is_still_judged(parts: Parts) -> None:
    assert "$200,000 (taken as USD) lies inside" in words_of(ask(parts, "they offered me 200k", "senior ml", "us"))


def test_an_offer_without_a_currency_is_read_in_one_currency_only(parts: Parts) -> None:
    assert "taken as EUR" not in words_of(ask(parts, "offered 350k base as research engineer"))


def test_several_figures_for_several_roles_are_not_mixed(parts: Parts) -> None:
    answer = ask(parts, "got two offers: 230k cv senior us and 260k senior ml us. which?")

    assert "You name several figures" in words_of(answer)
    assert not any(figure.derived for figure in answer.figures)


def test_of_two_topics_the_covered_one_is_answered_and_the_other_named(parts: Parts) -> None:
    answer = ask(parts, "what does a senior cv engineer earn and do they sponsor visas?")

    assert Kind.ANSWER is answer.kind
    assert "No guide covers visas" in words_of(answer)
    assert {220_000, 170_000} == {figure.low for figure in answer.figures}


@pytest.mark.parametrize("message", ["can you find me remote cv jobs", "could you show me senior ML jobs over 200k"])
def test_a_polite_search_is_a_search(message: str, parts: Parts) -> None:
    assert Kind.LISTINGS is ask(parts, message).kind


def test_a_script_that_is_not_read_is_asked_for_again(parts: Parts) -> None:
    assert Kind.CLARIFY is ask(parts, "сколько получает senior ml engineer в германии").kind


def test_two_roles_in_a_story_are_not_compared(parts: Parts) -> None:
    answer = ask(parts, "in the ad computer vision, on the call it was plain ml with a few photos")

    assert {"flags"} == {citation.section for citation in answer.citations}


def test_where_the_line_between_two_roles_is_compares_them(parts: Parts) -> None:
    answer = ask(parts, "hr calls me data scientist, i do ml engineer work. wheres the line?")

    assert "faq" in {citation.section for citation in answer.citations}


def test_the_figure_of_a_category_is_told_apart_from_the_roles_own(parts: Parts) -> None:
    said = words_of(ask(parts, "is 197-288k what CV engineers get?"))

    assert "No: Category-level benchmark for Software Engineering (not one role)" in said
    assert "$220,000–$310,000" in said


@pytest.mark.parametrize("research", ["the research side of ml", "research style ml"])
def test_research_in_machine_learning_is_the_research_engineer(research: str, parts: Parts) -> None:
    assert "ML Research Engineer" in ask(parts, f"what does {research} pay in the us").scope.words
