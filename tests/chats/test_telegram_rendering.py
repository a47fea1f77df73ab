import re

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.chats.marked import Piece, Writer, clean, units
from adapters.chats.page import write
from adapters.chats.reply import Reply
from adapters.chats.split import pieces
from adapters.chats.telegram.entities import TelegramPage, entities
from adapters.chats.telegram.parts import LONGEST, MOST_MARKS
from knowledge.document import Bullets, Card, Line, Link, Paragraph, Table
from tests.chats.replies import NASTY, REPLIES, TRIED

WHITE = re.compile(r"\s+")


@settings(max_examples=TRIED, suppress_health_check=list(HealthCheck))
@given(REPLIES)
def test_whatever_is_said_fits_messages_and_nothing_is_lost(reply: Reply) -> None:
    writer = write(reply, TelegramPage())
    parts = pieces(writer, LONGEST, MOST_MARKS)

    assert WHITE.sub("", "".join(part.text for part in parts)) == WHITE.sub("", writer.text)
    for part in parts:
        sent = entities(part)
        assert part.text.strip()
        assert units(part.text) == len(part.text.encode("utf-16-le")) // 2 <= LONGEST
        assert len(sent) <= MOST_MARKS
        assert all(0 <= one["offset"] < one["offset"] + one["length"] <= units(part.text) for one in sent)  # type: ignore[operator]
        assert all(one.get("url", "https://").startswith(("http://", "https://")) for one in sent)  # type: ignore[attr-defined]
    # A mark is cut only where it is longer than a message.
    words = sorted(writer.text[mark.start : mark.end] for mark in writer.marks)
    shown = sorted(part.text[mark.start : mark.end] for part in parts for mark in part.marks)
    assert shown == words or any(units(word) > LONGEST for word in words)


@pytest.mark.parametrize("nasty", NASTY)
def test_text_of_others_is_shown_as_it_is_and_calls_nobody(nasty: str) -> None:
    card = Card(nasty, nasty, (Line(nasty, "Pay"),), (Link(nasty, "https://example.com"),))
    text = write(Reply("listings", (card,)), TelegramPage(frozenset({"forget"}))).text

    assert not re.search(r"(?<![\w/])[@#/][^\W\d_]", text)
    assert not re.search(r"[\x00-\x08\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    shown = " ".join(text.replace("\u2060", "").split())
    assert " ".join(clean(nasty).split())[:150] in shown


def test_a_word_that_no_screen_shows_is_cut() -> None:
    text = write(Reply("answer", (Paragraph(Line("wort" * 2500 + " end")),)), TelegramPage()).text

    assert len(text) < 220
    assert text.endswith("… end")


def test_our_own_commands_can_be_pressed_where_we_wrote_them() -> None:
    lines = Bullets((Line("forgets you", "/forget"), Line("is none of ours", "/sudo")))
    text = write(Reply("social", (lines,)), TelegramPage(frozenset({"forget"}))).text

    assert "/forget: forgets" in text
    assert "/sudo" not in text


def test_a_link_is_not_torn_apart() -> None:
    writer = Writer()
    writer.add("x" * 30 + " ")
    writer.add("one link of several words", "link", "https://example.com")
    writer.add(" y" * 20)
    parts = pieces(writer, 40, MOST_MARKS)

    assert Piece("one link of several words", ()).text in [
        part.text[mark.start : mark.end] for part in parts for mark in part.marks
    ]


def test_marks_beyond_a_hundred_go_to_the_next_message() -> None:
    writer = Writer()
    for number in range(250):
        writer.add(f"{number}", "bold")
        writer.add(" ")

    assert [len(part.marks) for part in pieces(writer, LONGEST, MOST_MARKS)] == [100, 100, 50]


def test_a_table_says_once_what_its_rows_share() -> None:
    rows = (("senior", "US", "$190,000–$270,000", "base"), ("senior", "UK", "£110,000–£175,000", "base"))
    table = Table(("Level", "Market", "A year", "Measure"), rows, ((1,), (1,)))

    assert write(Reply("answer", (table,)), TelegramPage()).text == (
        "senior · base [1]\n• US: $190,000–$270,000\n• UK: £110,000–£175,000"
    )


def test_long_cells_stand_under_their_row() -> None:
    rows = (("Pay", "x" * 40, "not stated"), ("Skills", "Python", "C++"))
    table = Table(("", "CV engineer", "Research engineer"), rows, ((1,), (2,)))

    assert write(Reply("answer", (table,)), TelegramPage()).text == (
        f"Pay [1]\n   CV engineer: {'x' * 40}\n   Research engineer: not stated\n"
        "Skills [2]\n   CV engineer: Python\n   Research engineer: C++"
    )
