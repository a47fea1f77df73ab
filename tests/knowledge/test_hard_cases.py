"""Cases that were once read wrongly, each with what a person would expect."""

from pathlib import Path

import pytest

from knowledge.guide_reader import read_guide
from knowledge.library import Library, load_library
from knowledge.question import Intent
from knowledge.question_reader import QuestionReader
from tests.knowledge.samples import HEAD
from tests.knowledge.test_library import write

PATH = Path("guide.md")


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader(load_library())


@pytest.mark.parametrize("alias", ["team lead", "senior", "'!!!'", "tech lead"])
def test_an_alias_of_level_words_or_signs_breaks_nothing(tmp_path: Path, alias: str) -> None:
    write(tmp_path, "a.md", alias)
    assert QuestionReader(load_library([tmp_path])).read("data engineer pay").slots.occupations


def test_a_role_whose_name_holds_a_level_word_is_found_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "a.md", role="Tech Writer")
    expected = ("tech-writer",)
    assert expected == QuestionReader(load_library([tmp_path])).read("tech writer salary").slots.occupations


@pytest.mark.parametrize("yaml", ["a: !!bool maybe", "a: !!int ''", "a: !!timestamp soon", "a: " + "[" * 2000])
def test_odd_yaml_is_a_fault(yaml: str) -> None:
    assert read_guide(f"---\n{yaml}\n---\n", PATH)[1]


def test_a_fault_is_one_line() -> None:
    assert "\n" not in str(read_guide("---\nrole: \x01\n---\n", PATH)[1][0])


def test_a_bottleneck_heading_that_does_not_parse_is_a_fault_of_the_heading() -> None:
    _, faults = read_guide(f"{HEAD}\n## Bottlenecks by level\n\n### Junior\n\nText.\n\n## Skills\n\n- A.\n", PATH)
    expected = [14]
    assert expected == [f.line for f in faults]


@pytest.mark.parametrize(
    "lost",
    [
        "\nWords before the first section.\n\n## Skills\n\n- A.\n",
        "\n## Skills\n\n- A.\n\n## Questions and answers\n\n### No answer?\n",
        "\n## Skills\n\n- A.\n\n## Bottlenecks by level\n\n### Junior: depth\n",
    ],
)
def test_what_is_not_served_is_a_fault(lost: str) -> None:
    assert read_guide(HEAD + lost, PATH)[1]


@pytest.mark.parametrize("market", ["Germany and France", "Germany and Narnia", "Germany or Narnia"])
def test_a_market_read_only_in_part_is_a_fault(market: str) -> None:
    table = (
        "| Level | Years | Market | Currency | Low | High | Measure | Range kind | Condition |\n" + "|---" * 9 + "|\n"
    )
    assert read_guide(
        f"{HEAD}\n## Pay\n\n{table}| mid | – | {market} | EUR | 1 | 2 | base | stated range | – |\n", PATH
    )[1]


def test_an_alias_twice_is_a_fault_of_the_line_it_stands_on(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "data wrangler")
    write(tmp_path, "b.md", "\n  big data wrangler,\n  data wrangler")
    (tmp_path / "b.md").write_text(
        (tmp_path / "b.md")
        .read_text()
        .replace(
            "aliases: [\n  big data wrangler,\n  data wrangler]", "aliases:\n  - big data wrangler\n  - data wrangler"
        )
    )
    expected = [6]
    assert expected == [f.line for f in load_library([tmp_path]).faults]


def test_of_two_files_of_one_name_the_first_keeps_it(tmp_path: Path) -> None:
    for folder, role in (("one", "Data Engineer"), ("two", "Copywriter")):
        write(tmp_path / folder, "a.md", role=role)
    library: Library = load_library([tmp_path / "one", tmp_path / "two"])
    expected = "Data Engineer"
    assert expected == library.by_slug["a"].title


@pytest.mark.parametrize(
    "text, amounts",
    [
        ("110.000 euro", [(110_000, 110_000, "EUR")]),
        ("170 000 €", [(170_000, 170_000, "EUR")]),
        ("C$180k", [(180_000, 180_000, "CAD")]),
        ("A$200k", [(200_000, 200_000, "AUD")]),
        ("120k chf", [(120_000, 120_000, "CHF")]),
        ("$1.5m", [(1_500_000, 1_500_000, "USD")]),
        ("50-200 employees", []),
        ("50k images", []),
        ("100000 users", []),
    ],
)
def test_more_amounts(reader: QuestionReader, text: str, amounts: list[object]) -> None:
    assert amounts == [(a.low, a.high, a.currency) for a in reader.read(text).amounts]


@pytest.mark.parametrize(
    "text",
    [
        "tell us about the bonus?",
        "tell us about gpu usage",
        "can you tell us about our status",
        "what can they pay us?",
    ],
)
def test_us_is_a_pronoun(reader: QuestionReader, text: str) -> None:
    assert not reader.read(text).slots.markets


@pytest.mark.parametrize("text", ["mle salary us remote", "ml engineer us senior pay"])
def test_us_is_a_country(reader: QuestionReader, text: str) -> None:
    expected = ("US",)
    assert expected == reader.read(text).slots.markets


@pytest.mark.parametrize(
    "text", ["review my cv please", "is my cv good enough", "put it on my cv as a hobby", "my cv is two pages"]
)
def test_my_cv_is_a_resume(reader: QuestionReader, text: str) -> None:
    assert not reader.read(text).slots.occupations


@pytest.mark.parametrize("text", ["mles in berlin, pay", "senior mles pay"])
def test_plural_of_mle(reader: QuestionReader, text: str) -> None:
    expected = ("machine-learning-engineer",)
    assert expected == reader.read(text).slots.occupations


@pytest.mark.parametrize(
    "text",
    [
        "what is the cv interview made up of",
        "do recruiters lie about remote",
        "is moving into cv career suicide",
        "what does a system prompt do for an ml engineer",
        "is jailbreak research part of ml research engineering",
        "the black box models are worse at explanation, why",
    ],
)
def test_ordinary_questions_are_answered(reader: QuestionReader, text: str) -> None:
    assert reader.read(text).intent == Intent.ASK


def test_a_search_may_end_in_a_question_mark(reader: QuestionReader) -> None:
    assert reader.read("any ml research openings above 200k?").intent == Intent.LISTINGS


def test_places_with_spanish_names_leave_a_message_english(reader: QuestionReader) -> None:
    assert None is reader.read("mle salary los angeles or las vegas").language


@pytest.mark.parametrize("text, years", [("4,5 jahre erfahrung als cv engineer", 4.5), ("five years in cv, pay?", 5)])
def test_years(reader: QuestionReader, text: str, years: float) -> None:
    assert years == reader.read(text).slots.years


def test_jnr_is_junior(reader: QuestionReader) -> None:
    expected = "junior"
    assert expected == reader.read("jnr cv engineer pay").slots.level
