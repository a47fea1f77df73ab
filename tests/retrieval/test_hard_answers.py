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
        "answer", (Paragraph(Line("Said.", cites=(1,))),), sources=(SourceLine(1, "s", "http://x/\x1b]0;t\x07"),)
    )
    Console(file=file, force_terminal=True, color_system="truecolor", _environ={}).print(render(reply))

    assert "\x07" not in file.getvalue()


def test_a_model_that_cannot_be_opened_is_one_line() -> None:
    with pytest.raises(SettingError) as caught:
        open_named("nosuchprovider:model", api_key="key", base_url=None)

    assert len(str(caught.value).splitlines()) == 1
