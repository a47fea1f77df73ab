"""The head of a guide: without one that can be read there is a fault with its line, and no guide."""

from pathlib import Path

import pytest

from knowledge.guide import Guide
from knowledge.guide_reader import read_guide
from knowledge.levels import Level
from tests.knowledge.samples import HEAD

PATH = Path("guides/data-engineer.md")
BODY = "\n## Skills\n\n- SQL.\n"

HEADLESS = {
    "empty file": ("", 1, "the file does not begin with front matter"),
    "no front matter": ("# Data Engineer\n", 1, "the file does not begin with front matter"),
    "front matter never closed": (HEAD.removesuffix("---\n"), 1, "the file does not begin with front matter"),
    "broken YAML": (HEAD.replace("Data\n", "Data: base\n"), 4, "front matter is not YAML: mapping values"),
    "list, not keys": ("---\n- role\n- level\n---\n", 2, "front matter is not a list of keys and values"),
    "empty front matter": ("---\n\n---\n", 2, "front matter is not a list of keys and values"),
    "sources missing": ("---\nrole: Data Engineer\ncategory: Data\n---\n", 2, "sources: Field required"),
    "sources empty": ("---\nrole: Data Engineer\ncategory: Data\nsources: {}\n---\n", 4, "sources is empty"),
    "sources as a list": (
        "---\nrole: Data Engineer\ncategory: Data\nsources: [bls]\n---\n",
        4,
        "sources: Input should",
    ),
    "category missing": (HEAD.replace("category: Data\n", ""), 2, "front matter of a guide needs category"),
    "neither role nor theme": (HEAD.replace("role: Data Engineer\n", ""), 2, "front matter needs either role"),
    "role and theme": (HEAD.replace("level: all", "theme: Pay"), 2, "front matter needs either role"),
    "unknown key": (HEAD.replace("category", "colour: red\ncategory"), 4, "colour: Extra inputs are not permitted"),
    "unknown level": (HEAD.replace("all", "wizard"), 3, "level: Input should be"),
    "unknown level in the list": (HEAD.replace("level: all", "levels: [mid, wizard]"), 3, "levels.1: Input should be"),
    "aliases in one string": (HEAD.replace("level: all", "aliases: de"), 3, "aliases: Input should be a valid tuple"),
    "alias that YAML reads as false": (HEAD.replace("level: all", "aliases: [no]"), 3, "aliases.0: Input should be"),
    "source without a date": (HEAD.replace("    as_of: May 2023\n", ""), 6, "sources.bls.as_of: Field required"),
    "publisher is no text": (HEAD.replace("BLS", "[BLS]"), 7, "sources.bls.publisher: Input should be a valid string"),
    "date is a bare year": (HEAD.replace("May 2023", "2023"), 9, "sources.bls.as_of: Input should be a valid string"),
}


@pytest.mark.parametrize("text, line, reason", HEADLESS.values(), ids=HEADLESS.keys())
def test_without_a_readable_head_there_is_a_fault_and_no_guide(text: str, line: int, reason: str) -> None:
    guide, faults = read_guide(text + BODY, PATH)

    assert (None, [(line, reason)]) == (guide, [(fault.line, fault.reason[: len(reason)]) for fault in faults])


def test_a_date_of_a_source_is_kept_in_words() -> None:
    source = served(HEAD.replace("May 2023", "2026-11-20")).source("bls")

    expected = "BLS, 2026-11-20"
    assert expected == str(source)


def test_a_note_of_a_source_stands_behind_its_date() -> None:
    noted = HEAD.replace("as_of: May 2023", "as_of: undated\n    note: speaks of 2025")

    expected = "BLS, undated, speaks of 2025"
    assert expected == str(served(noted).source("bls"))


@pytest.mark.parametrize("written, level", [("all", None), ("senior", Level.SENIOR)])
def test_a_guide_is_for_one_level_or_for_all(written: str, level: Level | None) -> None:
    assert level == served(HEAD.replace("all", written)).level


@pytest.mark.parametrize(
    "role, occupation",
    [
        ("Data Engineer", "data-engineer"),
        ("Senior Data Engineer", "data-engineer"),
        ("Staff ML Research Engineer", "ml-research-engineer"),
    ],
)
def test_the_occupation_of_a_guide_is_its_role_without_the_level(role: str, occupation: str) -> None:
    assert occupation == served(HEAD.replace("Data Engineer", role)).occupation


def test_a_theme_of_questions_has_no_occupation() -> None:
    theme = served(HEAD.replace("role: Data Engineer", "theme: Reading pay"))

    expected = ("Reading pay", None)
    assert expected == (theme.title, theme.occupation)


def test_what_a_guide_does_not_cover_is_kept_in_order() -> None:
    guide = served(HEAD.replace("level: all", "not_covered: [visas, junior pay]"))

    expected = ("visas", "junior pay")
    assert expected == guide.not_covered


def served(head: str) -> Guide:
    guide, faults = read_guide(head + BODY, PATH)
    assert not faults
    assert guide is not None
    return guide
