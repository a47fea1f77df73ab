"""The guides against the texts they were written from: every figure is carried over and no sentence copied."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.guide import Bottleneck, Span
from knowledge.levels import Years
from knowledge.library import FOLDERS, Library
from knowledge.markets import markets
from knowledge.pay import AdjustmentKind, Benchmark, PayAdjustment, PayBand

Facts = dict[str, Any]
Row = tuple[object, ...]

SHARED = Path(__file__).parents[2].parent / "shared"
SEEDS = SHARED / "seeds"
FACTS: list[Facts] = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((SHARED / "facts").glob("*.yaml"))]
SHIPPED = sorted(path for folder in FOLDERS for path in folder.glob("*.md"))

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the reference texts lie in ../shared, beside the checkout")
each_guide = pytest.mark.parametrize("facts", FACTS, ids=[facts["id"] for facts in FACTS])

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: str(number) for number, word in enumerate(WORDS, 1)}
# The layout of the page was lost on the way, and two lines stand as one word.
GLUED = {"$288ktypical": "$288k typical"}
UNIT = r"\+?[ -]?(%|weeks?|months?|years?|hours?|days?)"
RUN = 8

LEVELS = {"staff_or_principal": "staff or principal", "unspecified": "any"}
MEASURES = {"base": "base", "total": "total", "unspecified": "not stated"}
RANGES = {"stated_range": "stated range", "p25_p75": "25th–75th percentile"}
ADJUSTMENTS = {"premium": "premium", "geo_multiplier": "geographic share", "remote_vs_office": "remote versus office"}


def figures(text: str) -> set[str]:
    """Return the figures of *text* in one form: "$170K" as 170000, "four to eight weeks" as 4week and 8week."""
    text = text.lower()
    for glued, apart in GLUED.items():
        text = text.replace(glued, apart)
    text = re.sub(r"\b[a-z]+\b", lambda m: NUMBERS.get(m[0], m[0]), text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)([km])\b", _written_out, text)
    # The unit of a range stands behind its second figure.
    text = re.sub(rf"(\d+)\s*(?:–|-|to)\s*(?=\d+{UNIT})", r"\1\2 ", text)
    found = re.finditer(rf"(?<![\w.])(\d+(?:\.\d+)?)(?:{UNIT})?", text)
    return {m[1] + (m[2] or "").rstrip("s") for m in found}


def _written_out(match: re.Match[str]) -> str:
    return f"{float(match[1]) * {'k': 1e3, 'm': 1e6}[match[2]]:.0f}"


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def code(place: str) -> str | None:
    # The reference writes "Europe (remote)" and "United States (frontier AI labs)" where a guide has a condition.
    found = [*markets().phrases.exact(place), *markets().phrases.exact(place.split(" (", maxsplit=1)[0])]
    return found[0] if found else None


def years(stated: dict[str, float] | None) -> Years | None:
    return Years(stated["min"], stated["max"]) if stated else None


@pytest.mark.parametrize(
    "text, found",
    [
        ("$170K–$230K", {"170000", "230000"}),
        ("CAD 175,000 – CAD 240,000", {"175000", "240000"}),
        ("15–25%", {"15%", "25%"}),
        ("four to eight weeks", {"4week", "8week"}),
        ("5+ years, from $2.1M", {"5year", "2100000"}),
        ("$288ktypical", {"288000"}),
        ("INT8 on BDD100K", set()),  # names, not figures
    ],
)
def test_figures_are_compared_in_one_form(text: str, found: set[str]) -> None:
    assert found == figures(text)


@each_guide
def test_every_figure_of_a_seed_stands_in_its_guide(facts: Facts, library: Library) -> None:
    guide = library.by_slug[facts["id"]]
    # Columns of a table have their unit in the title; as sentences each figure has it beside it.
    served = "\n".join([guide.path.read_text("utf-8"), *(fact.sentence for fact in guide.facts)])

    lost = figures((SEEDS / facts["seed"]).read_text("utf-8")) - figures(served)
    assert not lost


@pytest.mark.parametrize("path", SHIPPED, ids=[path.name for path in SHIPPED])
def test_no_eight_words_in_a_row_are_those_of_a_seed(path: Path) -> None:
    copied = {run for seed in SEEDS.glob("*.txt") for run in runs(seed.read_text("utf-8"))}

    assert copied
    assert not copied & set(runs(path.read_text("utf-8")))


@each_guide
def test_the_pay_bands_are_those_of_the_reference(facts: Facts, library: Library) -> None:
    expected = {_band(row) for row in facts["pay"]["bands"]}
    found = library.by_slug[facts["id"]].of(PayBand)

    assert expected == {
        (
            *(band.level_words, band.years, band.market, band.currency, band.low, band.high),
            *(band.open_high, band.measure, band.range_kind),
        )
        for band in found
    }


def _band(row: Facts) -> Row:
    return (
        *(LEVELS.get(row["level"], row["level"]), years(row["years"]), code(row["market"]), row["currency"]),
        *(row["low"], row["high"], row["open_high"], MEASURES[row["measure"]], RANGES[row["range_kind"]]),
    )


@each_guide
def test_the_adjustments_are_those_of_the_reference(facts: Facts, library: Library) -> None:
    expected = {
        (ADJUSTMENTS[row["kind"]], row["low"], row["high"], tuple(map(code, row.get("markets", []))))
        for row in facts["pay"]["adjustments"]
    }
    found = library.by_slug[facts["id"]].of(PayAdjustment)

    # Only shares by place have their places in the reference; others name them among the conditions.
    assert expected == {
        (rule.kind, rule.low, rule.high, rule.markets if rule.kind is AdjustmentKind.GEOGRAPHIC else ())
        for rule in found
    }


@each_guide
def test_the_benchmarks_are_those_of_the_reference(facts: Facts, library: Library) -> None:
    expected = {
        (*(row[key] for key in ("category", "currency", "low", "high", "n")), RANGES[row["range_kind"]])
        for row in facts["pay"]["benchmarks"]
    }
    found = library.by_slug[facts["id"]].of(Benchmark)

    assert expected == {(row.category, row.currency, row.low, row.high, row.n, row.range_kind) for row in found}


@each_guide
def test_durations_and_numbers_of_stages_are_those_of_the_reference(facts: Facts, library: Library) -> None:
    weeks, stages = facts["hiring"]["duration"], facts["hiring"]["stage_count"]
    expected = {("weeks", weeks["min_weeks"], weeks["max_weeks"])} if weeks else set()
    expected |= {("stages", stages["min"], stages["max"])} if stages else set()

    assert expected == {(span.unit, span.low, span.high) for span in library.by_slug[facts["id"]].of(Span)}


@each_guide
def test_the_years_of_each_bottleneck_are_those_of_the_reference(facts: Facts, library: Library) -> None:
    expected = [years(row["years"]) for row in facts["bottlenecks"]]

    assert expected == [bottleneck.years for bottleneck in library.by_slug[facts["id"]].of(Bottleneck)]
