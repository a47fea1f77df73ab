"""The twelve guides against the fact packs they were made from: every figure with its source, and nothing more."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.guide import EDITORIAL, SectionKind, Statement
from knowledge.library import Library
from knowledge.mention import mention_of
from knowledge.pay import Measure, PayBand
from knowledge.pay_sample import Setting

Facts = dict[str, Any]

PACKS = Path(__file__).parents[2].parent / "shared/facts/roles"
FACTS: list[Facts] = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(PACKS.glob("*.yaml"))]
pytestmark = pytest.mark.skipif(not PACKS.is_dir(), reason="the fact packs lie in ../shared, beside the checkout")
each_guide = pytest.mark.parametrize("facts", FACTS, ids=[facts["id"] for facts in FACTS])

LEVELS = {"entry": "junior", "executive_or_director": "executive", "all": "any"}
RANGES = {"p25_p75": "25th–75th percentile", "p10_p90": "10th–90th percentile", "median": "median"}
RANGES |= {"p10_only": "10th percentile"}
SHORT = {"United States": "US", "United Kingdom": "UK"}
TIERS = {
    "core": "Core",
    "observed_tools": "Also named in listings",
    "observed_practices": "Practices named in listings",
}


@each_guide
def test_the_pay_bands_are_those_of_the_pack(facts: Facts, library: Library) -> None:
    expected = {_expected(row) for row in facts["pay"]["bands"]}
    bands = library.by_slug[facts["id"]].of(PayBand)

    assert expected == {_found(band) for band in bands}
    assert {band.measure for band in bands} == {Measure.BASE}


def _expected(row: Facts) -> tuple[object, ...]:
    official = row["src"] == "bls"
    dates = "May 2023" if official else str(row["year"]).replace("-", "–")
    away = row["scope"].startswith("remote")
    return (
        row["src"],
        row["occupation"]["title"] if official else row["title_in_source"],
        LEVELS.get(row["level"], row["level"]),
        Setting.REMOTE if away else Setting.ANY,
        SHORT.get(row["market"], row["market"]),
        dates,
        (None, None) if official else (row["n"], row["n_distinct_rows"]),
        (row["low"], row["high"], bool(row.get("open_high")), row["period"], row["currency"]),
        None if row["range_kind"] in {"median", "p10_only"} else row["median"],
        RANGES[row["range_kind"]],
        row.get("proxy") or "",
    )


def _found(band: PayBand) -> tuple[object, ...]:
    sample = band.sample
    assert sample is not None
    return (
        band.place.source,
        sample.counted_as,
        band.level_words,
        sample.setting,
        band.market_words,
        sample.dates,
        (sample.n, sample.distinct),
        (band.low, band.high, band.open_high, band.per.value, band.currency),
        sample.median,
        band.range_kind.value,
        band.condition,
    )


@each_guide
def test_hours_times_a_full_year_are_the_packs_own_arithmetic(facts: Facts, library: Library) -> None:
    expected = {
        (row["low"], row["annual_equivalent"]["low"], row["annual_equivalent"]["high"])
        for row in facts["pay"]["bands"]
        if row.get("annual_equivalent")
    }
    bands = (band for band in library.by_slug[facts["id"]].of(PayBand) if band.per == "hour")

    assert expected == {(band.low, *band.yearly) for band in bands}


@each_guide
def test_the_counted_skills_are_those_of_the_pack(facts: Facts, library: Library) -> None:
    expected = set()
    for tier, group in TIERS.items():
        for row in facts["skills"][tier]:
            counted = row["listings"]
            # Of a small sample the count is told, not a share of it.
            share = None if counted.get("small_sample") else counted["share_pct"]
            expected.add((group, row["name"].casefold(), counted["k"], counted["n"], share))
    found = set()
    for fact in library.by_slug[facts["id"]].of(Statement):
        mention = mention_of(fact)
        if mention:
            found.add((fact.group, mention.name.casefold(), *mention[1:]))

    assert expected == found


@each_guide
def test_the_counts_of_titles_are_those_of_the_pack(facts: Facts, library: Library) -> None:
    told = " ".join(fact.sentence for fact in library.by_slug[facts["id"]].section(SectionKind.LISTINGS))

    for row in facts["listings"]["snapshots"]:
        levels = row["levels"]
        assert f"{row['n_role']} of {row['n_tech_titles']}" in told
        assert f"{levels['staff_or_above']} staff or above, {levels['senior_or_lead']} senior or lead" in told
        assert (f"({row['share_pct']}%)" in told) is not row.get("small_sample", False)


@each_guide
def test_stages_of_single_employers_are_those_of_the_pack(facts: Facts, library: Library) -> None:
    hiring = [f for f in library.by_slug[facts["id"]].section(SectionKind.HIRING) if isinstance(f, Statement)]
    for example in facts["hiring"]["one_employer_examples"]:
        stages = [fact for fact in hiring if fact.group == f"{example['employer']}, one employer" and fact.number]
        assert [stage["n"] for stage in example["stages"]] == [fact.number for fact in stages]
        assert [s["name"].casefold() for s in example["stages"]] == [fact.name.casefold() for fact in stages]
        assert {fact.place.source for fact in stages} <= {*example["src"]}


@each_guide
def test_every_figure_has_a_source_that_is_not_us(facts: Facts, library: Library) -> None:
    guide = library.by_slug[facts["id"]]
    ours = [fact for fact in guide.facts if fact.place.source == EDITORIAL]

    assert len(ours) >= 30
    assert {source.key for source in guide.sources} == {*facts["sources"], EDITORIAL}
    assert not [fact for fact in ours if re.search(r"\d", getattr(fact, "text", "")) and "25th" not in fact.sentence]
