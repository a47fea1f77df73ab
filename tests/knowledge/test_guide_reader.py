"""Guides as the linter sees them: every fault with its line, and everything else of the file still served."""

from pathlib import Path

import pytest

from knowledge.guide import Bottleneck, Fact, Fault, Guide, Span, Statement
from knowledge.guide_reader import read_guide
from knowledge.levels import Level, Years
from knowledge.pay import AdjustmentKind, Benchmark, Measure, PayAdjustment, PayBand, Place, RangeKind
from tests.knowledge.samples import HEAD

PATH = Path("guides/data-engineer.md")
# What is broken begins at line 16, a row of its table is line 20; a whole fact stands before it and one behind it.
BEFORE = f"{HEAD}\n## Overview\n\n- Before.\n\n"
AFTER = "\n\n## Skills\n\n- After.\n"

BAND = "| Level | Years | Market | Currency | Low | High | Measure | Range kind | Condition |"
RULE = "| Adjustment | Low | High | Markets | Of | Condition |"
INDEX = "| Category | Currency | Low | High | Measure | Range kind | Listings | Note |"


def table(header: str, row: str, section: str = "Pay") -> str:
    return f"## {section}\n\n{header}\n{'|---' * (header.count('|') - 1)}|\n{row}"


def band(**cells: str) -> str:
    row = {"level": "mid", "years": "–", "market": "Spain", "currency": "EUR", "low": "60,000", "high": "70,000"}
    row |= {"measure": "base", "kind": "stated range", "condition": "–"}
    return table(BAND, f"| {' | '.join((row | cells).values())} |")


def read(text: str) -> tuple[Guide, list[Fault]]:
    guide, faults = read_guide(text, PATH)
    assert guide is not None
    return guide, faults


BROKEN = {
    "unknown section kind": ("## Perks\n\n- Free fruit.", 16, "unknown section kind 'Perks'"),
    "pay as prose": (band(high="about 70k"), 20, "'about 70k' is not a whole number"),
    "pay left out": (band(high=""), 20, "'' is not a whole number"),
    "pay with cents": (band(high="70,000.50"), 20, "'70,000.50' is not a whole number"),
    "high below low": (band(high="50,000"), 20, "high 50,000 is below low 60,000"),
    "unknown level": (band(level="wizard"), 20, "unknown level 'wizard'"),
    "one of two levels unknown": (band(level="staff or wizard"), 20, "unknown level 'staff or wizard'"),
    "years in words": (band(years="two"), 20, "years 'two' is neither a range"),
    "years turned round": (band(years="8–5"), 20, "years '8–5' ends before it starts"),
    "unknown market": (band(market="Narnia"), 20, "unknown market 'Narnia'"),
    "two markets in one band": (band(market="Spain, Italy"), 20, "a pay band has one market"),
    "currency as a sign": (band(currency="€"), 20, "unknown currency '€'"),
    "missing measure": (band(measure="–"), 20, "missing measure: one of base, total, not stated"),
    "row cut off before its measure": (table(BAND, "| mid | – | Spain | EUR | 6 | 7 |"), 20, "missing measure"),
    "unknown measure": (band(measure="gross"), 20, "unknown measure 'gross'"),
    "unknown range kind": (band(kind="average"), 20, "unknown range kind 'average'"),
    "pay row of an unknown source": (band(kind="average [^glass]"), 20, "fact with unknown source 'glass'"),
    "unknown adjustment": (table(RULE, "| bonus | 5% | 9% | – | base | – |"), 20, "unknown adjustment 'bonus'"),
    "share without percent": (table(RULE, "| premium | 5 | 9% | – | base | – |"), 20, "'5' is not a percentage"),
    "shares turned round": (table(RULE, "| premium | 9% | 5% | – | base | – |"), 20, "high 5% is below low 9%"),
    "share of an unknown place": (
        table(RULE, "| geographic share | 5% | 9% | Spain, Narnia | US base | – |"),
        20,
        "unknown market 'Narnia'",
    ),
    "benchmark without a count": (
        table(INDEX, "| Data | USD | 5 | 9 | base | single figure | many | – |", "Category benchmark"),
        20,
        "'many' is not a whole number",
    ),
    "unknown table": (table("| Tool | Use |", "| dbt | daily |"), 20, "no pay table has the columns tool, use"),
    "unknown source": ("## Remote work\n\n- Common. [^glass]", 18, "fact with unknown source 'glass': one of bls"),
    "duration in words": ("## Hiring process\n\n- **Duration:** a month", 18, "'a month' is no count such as '3–6 w"),
    "duration turned round": ("## Hiring process\n\n- **Duration:** 6–3 weeks", 18, "high 3 is below low 6"),
    "duration in stages": ("## Hiring process\n\n- **Duration:** 3–6 stages", 18, "'3–6 stages' is no count"),
    "stages in words": ("## Hiring process\n\n- **Stages:** several", 18, "'several' is no count such as '3–6 stages"),
    "answer without question": ("## Questions and answers\n\nYes.", 18, "an answer needs its question"),
}


@pytest.mark.parametrize("broken, line, reason", BROKEN.values(), ids=BROKEN.keys())
def test_what_cannot_be_read_is_one_fault_with_its_line(broken: str, line: int, reason: str) -> None:
    _, faults = read(BEFORE + broken + AFTER)

    assert [(line, reason)] == [(fault.line, fault.reason[: len(reason)]) for fault in faults]


@pytest.mark.parametrize("broken", [case[0] for case in BROKEN.values()], ids=BROKEN.keys())
def test_the_facts_around_a_fault_are_still_served(broken: str) -> None:
    guide, _ = read(BEFORE + broken + AFTER)

    expected = ["Before.", "After."]
    assert expected == [fact.sentence for fact in guide.facts]


def test_a_fault_reads_as_file_line_reason() -> None:
    _, faults = read(BEFORE + band(high="50,000"))

    expected = ["guides/data-engineer.md:20: high 50,000 is below low 60,000"]
    assert expected == [str(fault) for fault in faults]


def test_faults_come_in_line_order() -> None:
    _, faults = read(f"{BEFORE}## Perks\n\n## Remote work\n\n- Yes. [^glass]\n\n## Extras\n")

    expected = [16, 20, 22]
    assert expected == [fault.line for fault in faults]


@pytest.mark.parametrize(
    "heading, reason",
    [
        ("Junior", "'Junior' is no heading such as"),  # neither years nor what holds people back
        ("Wizard: magic", "unknown level 'Wizard'"),
        ("Junior (5–2 years): depth", "years '5–2' ends before it starts"),
    ],
)
def test_a_bottleneck_heading_that_does_not_parse_is_a_fault_that_quotes_it(heading: str, reason: str) -> None:
    _, faults = read(f"{BEFORE}## Bottlenecks by level\n\n### {heading}\n\nText.{AFTER}")

    assert [reason] == [fault.reason[: len(reason)] for fault in faults]


def test_with_several_sources_a_fact_without_a_mark_is_a_fault() -> None:
    two = HEAD.replace("\n---\n", "\n  own:\n    publisher: We\n    page: Here\n    as_of: undated\n---\n")
    guide, faults = read(f"{two}\n## Skills\n\n- SQL. [^own]\n- Spark.\n")

    expected = [(19, "fact without source")], ["own"]
    assert expected == ([(f.line, f.reason[:19]) for f in faults], [fact.place.source for fact in guide.facts])


def test_a_guide_without_any_fact_is_a_fault() -> None:
    assert [Fault(PATH, 1, "the file holds no fact")] == read(HEAD)[1]


GOLDEN = f"""{HEAD}
# Data Engineer

## Overview

- **What it is** — Builds
  pipelines.
- Pay is `fair` [^bls].

## Checks before applying

1. **Who is on call?** — Ask *early*.
2. Which cloud?

## Bottlenecks by level

### Junior (0–2 years): breadth

Go deep.

### Mid to senior: ownership

Own one.

## Pay

{BAND}
{"|---" * 9}|
| senior or staff | 5+ | United States | USD | 150,000 | 190,000+ | base | stated range | often |
| any | – | not stated | EUR | 60,000 | 60,000 | not stated | single figure | – |

### Adjustments

{RULE}
{"|---" * 6}|
| geographic share | 50% | 62.5% | Spain, Eastern Europe | US base | remote |

## Hiring process

- **Duration:** 3–6 weeks (most companies)
- **Stages:** 4–6

## Red and green flags

### Red

- No data.

## Questions and answers

### Is SQL enough?

No.

Not ever.

## Category benchmark

{INDEX}
{"|---" * 8}|
| Data | USD | 90,000 | 120,000 | total | 25th–75th percentile | 1,200 | – |
"""


def at(section: str, line: int) -> Place:
    return Place("data-engineer", section, line, "bls")


FACTS: tuple[Fact, ...] = (
    Statement(at("overview", 16), "", "What it is", "Builds pipelines."),
    Statement(at("overview", 18), "", "", "Pay is fair."),
    Statement(at("checks", 22), "", "Who is on call?", "Ask early.", 1),
    Statement(at("checks", 23), "", "", "Which cloud?", 2),
    Bottleneck(
        at("bottlenecks", 29), (Level.JUNIOR,), Years(0, 2), "Junior (0–2 years)", "breadth", "Go deep."
    ),
    Bottleneck(
        at("bottlenecks", 33), (Level.MID, Level.SENIOR), None, "Mid to senior", "ownership", "Own one."
    ),
    PayBand(
        at("pay", 39), (Level.SENIOR, Level.STAFF), "senior or staff", Years(5, None), "US", "US",
        "USD", 150_000, 190_000, True, Measure.BASE, RangeKind.STATED, "often",
    ),
    PayBand(
        at("pay", 40), (), "any", None, None, "market not stated",
        "EUR", 60_000, 60_000, False, Measure.UNSPECIFIED, RangeKind.POINT, "",
    ),
    PayAdjustment(
        at("pay", 46), AdjustmentKind.GEOGRAPHIC, 0.5, 0.625, ("ES", "eastern-europe"), "Spain, Eastern Europe",
        "US base", "remote",
    ),
    Span(at("hiring", 50), "weeks", 3, 6, "most companies"),
    Span(at("hiring", 51), "stages", 4, 6, ""),
    Statement(at("flags", 57), "Red", "", "No data."),
    Statement(at("faq", 63), "", "Is SQL enough?", "No."),
    Statement(at("faq", 65), "", "Is SQL enough?", "Not ever."),
    Benchmark(
        at("benchmark", 71), "Data", "USD", 90_000, 120_000, Measure.TOTAL, RangeKind.QUARTILES, 1200, ""
    ),
)  # fmt: skip


def test_every_kind_of_fact_is_read_exactly_as_written() -> None:
    guide, faults = read(GOLDEN)

    expected: tuple[tuple[Fact, ...], list[Fault]] = (FACTS, [])
    assert expected == (guide.facts, faults)
