"""Replies in a terminal with colours and without: nothing is lost, and nothing in a reply acts on the terminal."""

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from adapters.chats.marked import clean
from adapters.chats.reply import Reply, SourceLine
from adapters.chats.terminal import plain, render
from knowledge.document import Block, Bullets, Line, Paragraph, Table, Tone

NAUGHTY = Path(__file__).parents[2].parent / "shared/data/eval/naughty_strings/blns.txt"
GUIDE = SourceLine(((1, "pay"),), "Data Engineer (Publisher, undated)", "https://example.org/data-engineer")
TABLE = Table(("Level", "A year"), (("mid", "$170,000"), ("senior", "$220,000")), ((1,), (1, 2)))


def say(text: str, lead: str = "") -> Reply:
    """A reply of one paragraph."""
    return Reply("answer", (Paragraph(Line(text, lead)),))


def shown(reply: Reply, *, width: int = 80, colours: bool = True) -> str:
    """Return every character that a terminal of *width* columns is sent."""
    file = io.StringIO()
    Console(
        file=file,
        width=width,
        force_terminal=True,
        color_system="truecolor" if colours else None,
        legacy_windows=False,
        _environ={},
    ).print(render(reply), highlight=False)
    return file.getvalue()


@pytest.mark.parametrize(
    "block, expected",
    [
        (Paragraph(Line("Python helps.")), "Python helps."),
        (Paragraph(Line("Python helps.", cites=(1, 3))), "Python helps.[1][3]"),
        (Paragraph(Line("it helps.", lead="Python")), "Python: it helps."),
        (Paragraph(Line("It helps.", lead="Does Python help?")), "Does Python help? It helps."),  # no second stop
        (Paragraph(Line("", lead="Recruiter screen", cites=(1,))), "Recruiter screen[1]"),  # a name that says it all
        (Bullets((Line("one"), Line("two", cites=(1,)))), "• one\n• two[1]"),
        (Bullets((Line("one", cites=(1,)), Line("two", cites=(1,))), title="Core"), "Core:[1]\n• one\n• two"),
        (Bullets((Line("one", cites=(1,)), Line("two", cites=(2,))), title="Core"), "Core:\n• one[1]\n• two[2]"),
        (Bullets((Line("one"), Line("two")), ordered=True), "1. one\n2. two"),
        (TABLE, f"Level    A year\n{'─' * 26}\nmid      $170,000   [1]\nsenior   $220,000   [1][2]"),
    ],
)
def test_a_block_is_readable_as_plain_text(block: Block, expected: str) -> None:
    assert expected == plain(Reply("answer", (block,)))


@pytest.mark.parametrize("tone", Tone)
def test_a_tone_is_no_part_of_the_plain_text(tone: Tone) -> None:
    expected = "No guide says."

    assert expected == plain(Reply("answer", (Paragraph(Line("No guide says."), tone),)))


def test_the_parts_of_a_reply_stand_in_reading_order() -> None:
    blocks = (Paragraph(Line("Said.", cites=(1,))),)
    reply = Reply("answer", blocks, "Data Engineer · pay", "Ich antworte auf Englisch.", (GUIDE,), ("And skills?",))
    expected = [
        "Ich antworte auf Englisch.",
        "Data Engineer · pay",
        "Said.[1]",
        "→ And skills?",
        "",
        "[1] pay · Data Engineer (Publisher, undated)",
    ]

    assert expected == plain(reply).split("\n")


@pytest.mark.parametrize(
    "text", ["[bold]x[/bold]", "[/]", "[red", "**x**", "`x`", "<b>x</b>", ":smile:", "[1]", r"\[x]"]
)
def test_markup_is_shown_as_it_is(text: str) -> None:
    expected = f"{text}. {text}"

    assert expected == plain(say(text, lead=f"{text}."))


@pytest.mark.parametrize("text", ["[bold]x[/bold]", "[/b]"])
def test_markup_in_a_table_is_shown_as_it_is(text: str) -> None:
    table = Table((text,), ((text,),), ((),))
    expected = 2

    assert expected == plain(Reply("answer", (table,))).count(text)


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31mred\x1b[0m",  # a colour
        "\x1b]0;title\x07",  # the window's title
        "\x9b2J",  # the same escapes in one byte
        "a\x08\x08b",  # writes over what stands there
        "a\rb",  # the same
        "\u202egnp.exe",  # turns the reading order round
    ],
)
def test_text_cannot_act_on_the_terminal(text: str) -> None:
    visible = clean(text)

    assert visible.isprintable()
    assert visible == plain(say(text))


def test_a_lone_surrogate_is_replaced() -> None:
    expected = "a?b"

    assert expected == plain(say("a\ud800b"))


@pytest.mark.parametrize("block", [Paragraph(Line("Said.", cites=(1,))), TABLE])
def test_a_citation_links_to_its_page(block: Block) -> None:
    text = shown(Reply("answer", (block,), sources=(GUIDE,)))
    in_block = text[: text.index(GUIDE.text)].rpartition("\n")[0]

    assert f";{GUIDE.href}\x1b\\" in in_block


def test_a_source_links_to_its_page() -> None:
    line = shown(Reply("answer", (), sources=(GUIDE,)))

    assert f";{GUIDE.href}\x1b\\" in line
    assert GUIDE.text in line


def test_a_source_without_a_page_has_no_link() -> None:
    assert "\x1b]8;" not in shown(Reply("answer", (), sources=(SourceLine(((1, "pay"),), "Book, undated", None),)))


def test_a_terminal_without_colours_is_sent_no_escapes() -> None:
    blocks = (Paragraph(Line("Said.", "Lead", (1,)), Tone.GAP), TABLE)

    assert "\x1b" not in shown(Reply("answer", blocks, "scope", "Hallo", (GUIDE,), ("Next?",)), colours=False)


@pytest.mark.parametrize("width", [20, 40, 200])
def test_a_line_is_no_wider_than_the_terminal(width: int) -> None:
    blocks = (Paragraph(Line("many words " * 30)), Bullets((Line("many words " * 30),)))
    text = shown(Reply("answer", blocks, sources=(GUIDE,)), width=width, colours=False)

    assert max(map(len, text.split("\n"))) <= width


def test_an_empty_reply_is_empty() -> None:
    assert not plain(Reply("social", ()))


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(Line("x" * 300)),
        Bullets((Line("x" * 300),)),
        Bullets((Line("y " * 45 + "漢字漢字" + "x" * 300),)),  # a wide character at the edge
        Table(("A", "B"), (("word " * 30, "x" * 300),), ((1,),)),
    ],
)
def test_what_is_wider_than_the_text_is_folded(block: Block) -> None:
    expected = (300, 0)
    text = plain(Reply("answer", (block,)))

    assert expected == (text.count("x"), text.count("…"))


# Words as people write them: no single word is wider than the text.
WORDS = st.lists(st.text(max_size=12), max_size=12).map(" ".join)
CITES = st.lists(st.integers(1, 9), max_size=3).map(tuple)
LINES = st.builds(Line, WORDS, WORDS, CITES)


def tables(columns: int) -> st.SearchStrategy[Table]:
    """Make tables of *columns* columns and up to four rows."""
    cells = st.tuples(*[WORDS] * columns)
    rows = st.lists(st.tuples(cells, CITES), max_size=4)
    header = st.just(tuple(f"Column {number}" for number in range(columns)))
    return st.builds(
        lambda names, body: Table(names, tuple(row for row, _ in body), tuple(cites for _, cites in body)), header, rows
    )


BLOCKS = st.one_of(
    st.builds(Paragraph, LINES, st.sampled_from(Tone)),
    st.builds(Bullets, st.lists(LINES, max_size=4).map(tuple), st.booleans(), WORDS),
    st.integers(1, 3).flatmap(tables),
)
SECTIONS = st.lists(st.tuples(st.integers(1, 9), WORDS), min_size=1, max_size=3).map(tuple)
REPLIES = st.builds(
    Reply,
    kind=st.just("answer"),
    blocks=st.lists(BLOCKS, max_size=4).map(tuple),
    scope=WORDS,
    opening=WORDS,
    sources=st.lists(st.builds(SourceLine, SECTIONS, WORDS, st.none()), max_size=3).map(tuple),
    suggestions=st.lists(WORDS, max_size=3).map(tuple),
)


def texts(reply: Reply) -> Iterator[str]:
    """Yield every text of *reply*, those of tables word by word, because cells wrap beside each other."""
    yield from (reply.opening, reply.scope, *reply.suggestions, *(source.text for source in reply.sources))
    for block in reply.blocks:
        match block:
            case Paragraph(line=line):
                yield from (line.lead, line.text)
            case Bullets(lines=lines, title=title):
                yield title
                yield from (text for line in lines for text in (line.lead, line.text))
            case Table(rows=rows):
                yield from (word for row in rows for cell in row for word in cell.split())


def squeezed(text: str) -> str:
    """Return *text* without blanks of any kind, which is what wrapping may change."""
    return "".join(text.split())


@settings(max_examples=150)
@given(REPLIES)
def test_plain_text_loses_no_word(reply: Reply) -> None:
    text = squeezed(plain(reply))

    assert not [part for part in texts(reply) if squeezed(clean(part)) not in text]


@settings(max_examples=150)
@given(REPLIES)
def test_plain_text_holds_no_control_characters(reply: Reply) -> None:
    assert not [c for c in plain(reply) if unicodedata.category(c) == "Cc" and c != "\n"]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the reference data does not lie beside this checkout")
def test_hostile_text_is_shown_whole() -> None:
    hostile = [clean(text) for text in NAUGHTY.read_text("utf-8", "surrogateescape").split("\n")]

    assert [text for text in hostile if squeezed(text) not in squeezed(plain(say(text)))] == []
