"""What holds for every text, however broken: readers answer, and what they answer fits the text."""

import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.currency import money_range
from knowledge.guide import TITLES, Guide
from knowledge.guide_reader import read_guide
from knowledge.library import FOLDERS
from knowledge.money import read_amounts
from knowledge.pay import PayBand
from knowledge.question_reader import QuestionReader
from knowledge.text import fold
from knowledge.text import words as words_of
from tests.knowledge.samples import HEAD

NAUGHTY = Path(__file__).parents[2].parent / "shared/data/eval/naughty_strings/blns.txt"
PATH = Path("guide.md")
often = settings(max_examples=150)

KNOWN = ["senior", "cv", "us", "150k", "3", "yrs", "lead", "engineer", "in", "the", "?", "my", "pay", "not", "Berlin"]
words = st.text(max_size=40)
cells = st.one_of(words, st.sampled_from(["senior", "2–4", "US", "USD", "170,000", "50%", "base", "stated range", "–"]))
rows = st.lists(cells, min_size=1, max_size=9).map(lambda row: f"| {' | '.join(row)} |")
figures = st.one_of(st.integers(0, 999_999).map(lambda figure: f"{figure:,}"), words)
BAND = "| Level | Years | Market | Currency | Low | High | Measure | Range kind | Condition |\n" + "|---" * 9 + "|"
tables = st.sampled_from(
    [
        BAND,
        "| Adjustment | Low | High | Markets | Of | Condition |\n" + "|---" * 6 + "|",
        "| Category | Currency | Low | High | Measure | Range kind | Listings | Note |\n" + "|---" * 8 + "|",
    ]
)
lines = st.one_of(
    st.sampled_from(list(TITLES.values())).map(lambda title: f"\n## {title}\n"),
    words.map(lambda text: f"\n### {text}\n"),
    words.map(lambda text: f"- **Duration:** {text}"),
    words.map(lambda text: f"1. **{text}** — {text} [^bls]"),
    st.tuples(tables, rows).map("\n".join),
    rows,
    words,
)
markdown = st.lists(lines, max_size=12).map("\n".join)
shipped = sorted(path for folder in FOLDERS for path in folder.glob("*.md"))


class Change(NamedTuple):
    """What to do to one line of a shipped guide."""

    path: Path
    line: int
    becomes: str

    @property
    def text(self) -> str:
        text = self.path.read_text("utf-8").split("\n")
        text[self.line] = self.becomes
        return "\n".join(text)


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Draw one line of a shipped guide and have it cut, doubled, written over or interrupted."""
    path = draw(st.sampled_from(shipped))
    text = path.read_text("utf-8").split("\n")
    at = draw(st.integers(0, len(text) - 1))
    line, cut = text[at], draw(st.integers(0, len(text[at])))
    typed = draw(words)
    return Change(
        path,
        at,
        draw(st.sampled_from([line[:cut], line[cut:], f"{line}\n{line}", typed, line[:cut] + typed + line[cut:]])),
    )


def check(text: str) -> Guide | None:
    """Read *text* and check what holds for every reading; return the guide."""
    guide, faults = read_guide(text, PATH)
    facts = guide.facts if guide else ()
    places = {fault.line for fault in faults} | {fact.place.line for fact in facts}
    assert guide or faults, "no guide and no reason"
    assert all(1 <= line <= len(text.splitlines()) + 1 for line in places), "a line outside the file"
    return guide


@often
@given(st.text())
def test_any_text_is_a_guide_or_a_fault(text: str) -> None:
    check(text)


@often
@given(st.text())
def test_any_front_matter_is_read_or_a_fault(text: str) -> None:
    check(f"---\n{text}\n---\n\n## Skills\n\n- SQL.\n")


@often
@given(markdown)
def test_under_a_good_head_any_markdown_is_a_guide(body: str) -> None:
    assert check(f"{HEAD}\n{body}\n")


@often
@given(low=figures, high=figures)
def test_a_pay_row_is_a_band_with_its_ends_in_order_or_a_fault(low: str, high: str) -> None:
    row = f"| senior | – | US | USD | {low} | {high} | base | stated range | – |"
    guide = check(f"{HEAD}\n## Pay\n\n{BAND}\n{row}\n")

    assert guide
    assert all(band.low <= band.high for band in guide.of(PayBand))


@often
@given(changes())
def test_a_shipped_guide_with_one_line_changed_is_a_guide_or_a_fault(change: Change) -> None:
    check(change.text)


@often
@example(text="\uff9e")  # a letter that folds to nothing
@given(text=st.text())
def test_any_message_is_read_and_kept_as_typed(reader: QuestionReader, text: str) -> None:
    assert text == reader.read(text).text


@often
@given(text=st.lists(st.sampled_from(KNOWN)).map(" ".join))
def test_messages_of_known_words_are_read_and_kept_as_typed(reader: QuestionReader, text: str) -> None:
    assert text == reader.read(text).text


@often
@given(st.text() | st.from_regex(r"[$£€]?\d{1,7}[,.]?\d{0,3}k?[-–]?[$£€]?\d{1,7}k? ?(usd|CAD|euro)?"))
def test_every_amount_in_any_text_has_its_ends_in_order(text: str) -> None:
    assert all(amount.low <= amount.high for amount in read_amounts(text))


@often
@given(
    ends=st.tuples(st.integers(1_000, 9_999_999), st.integers(1_000, 9_999_999)).map(sorted),
    currency=st.sampled_from(["USD", "GBP", "EUR", "CAD"]),
    open_high=st.booleans(),
)
def test_a_range_as_we_write_it_is_read_back(ends: list[int], currency: str, *, open_high: bool) -> None:
    low, high = ends
    written = money_range(low, high, currency, open_high=open_high)

    assert [(low, high, currency)] == [(amount.low, amount.high, amount.currency) for amount in read_amounts(written)]


@often
@given(st.text())
def test_a_word_has_letters_or_digits_and_no_accents(text: str) -> None:
    assert all(word and not any(map(unicodedata.combining, word)) for word in words_of(text))


@often
@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(text) == fold(fold(text))


naughty = pytest.mark.skipif(not NAUGHTY.exists(), reason="the strings lie in ../shared, beside the checkout")


def strings() -> list[str]:
    return [line for line in NAUGHTY.read_text("utf-8").split("\n") if line and not line.startswith("#")]


@naughty
def test_naughty_strings_are_guides_or_faults() -> None:
    for text in strings():
        check(text)


@naughty
def test_naughty_strings_are_facts_under_a_good_head() -> None:
    for text in strings():
        assert check(f"{HEAD}\n## Skills\n\n{text}\n")


@naughty
def test_naughty_strings_are_read_and_kept_as_typed(reader: QuestionReader) -> None:
    for text in strings():
        assert text == reader.read(text).text
