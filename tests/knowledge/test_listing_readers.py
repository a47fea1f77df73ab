"""The readers of listings on labelled texts: our own, and the reference ones where they are there."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.listing.identity import compare, identify
from knowledge.listing.seniority import read_seniority
from knowledge.salary.reader import read_pay
from knowledge.workmode.patterns import Signal
from knowledge.workmode.signals import read_signals
from knowledge.workmode.verdict import read_work_mode

OWN = Path(__file__).parent / "labelled"
REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "gold"
# What the two sets must reach; each is a share of its rows.
GOALS = {"salaries": 0.95, "workmode": 0.9, "duplicates": 0.9, "seniority": 0.95}
_PREFIXES = {
    "office_optional": "hybrid",
    "company_hybrid": "hybrid",
    "no_visa": "work_auth",
    "citizenship": "work_auth",
}
_CAREFUL = {"hybrid", "commute", "geo", "tz", "travel"}


def _rows(name: str, folder: Path) -> list[dict[str, Any]]:
    path = folder / f"{name}.jsonl"
    if not path.exists():
        pytest.skip("the reference material is not there")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _signal(label: str) -> str:
    known = _PREFIXES.get(label)
    return known or next((signal.value for signal in Signal if label.startswith(signal.value)), label)


@pytest.mark.parametrize("folder", [OWN, REFERENCE], ids=["own", "reference"])
def test_pay_is_read_exactly_and_nothing_else_is_taken_for_it(folder: Path) -> None:
    wrong, false = [], []
    rows = _rows("salaries", folder)
    for row in rows:
        found = read_pay(row["text"])
        if any(flag.startswith("not_salary") or flag == "no_number" for flag in row["flags"]):
            false += [row["text"]] if found else []
            continue
        first = found[0] if found else None
        got = first and (first.min, first.max, first.currency, first.period.value)
        if got != (row["min"], row["max"], row["currency"], row["period"]):
            wrong.append((row["text"], got))

    assert 1 - len(wrong) / len(rows) >= GOALS["salaries"], wrong
    assert len(false) <= (2 if folder is OWN else 0), false


@pytest.mark.parametrize("folder", [OWN, REFERENCE], ids=["own", "reference"])
def test_ways_of_working_are_read_and_no_trap_fires(folder: Path) -> None:
    wrong = []
    rows = _rows("workmode", folder)
    for row in rows:
        got = {found.signal.value for found in read_signals(row["phrase"])} - {"onsite"}
        want = {_signal(label) for label in row["labels"] if not label.startswith("TRAP")}
        if any(label.startswith("TRAP") for label in row["labels"]):
            assert not (got - want) & _CAREFUL, row["phrase"]
        elif got != want:
            wrong.append((row["phrase"], got))

    assert 1 - len(wrong) / len(rows) >= GOALS["workmode"], wrong


@pytest.mark.parametrize("folder", [OWN, REFERENCE], ids=["own", "reference"])
def test_the_same_opening_is_recognised_and_different_ones_are_never_merged(folder: Path) -> None:
    wrong = []
    rows = _rows("duplicates", folder)
    for row in rows:
        sides = [
            identify(*(row[side].get(name, "") for name in ("company", "title", "location", "url"))) for side in "ab"
        ]
        verdict = compare(*sides)
        assert row["label"] != "different" or verdict.verdict == "different", (row, verdict)
        if verdict.verdict != row["label"]:
            wrong.append((row, verdict))

    assert 1 - len(wrong) / len(rows) >= GOALS["duplicates"], wrong


def test_levels_are_read_from_titles_fields_and_years() -> None:
    wrong = []
    rows = _rows("seniority", OWN)
    for row in rows:
        found = read_seniority(row["title"], row["level_field"], row["text"])
        if (found.low, found.high) != (row["low"], row["high"]):
            wrong.append((row, found))

    assert 1 - len(wrong) / len(rows) >= GOALS["seniority"], wrong


@pytest.mark.parametrize(
    "text, location, verdict",
    [
        ("This is a fully remote role. We hire only in the US.", "", "remote_restricted"),
        ("Work from anywhere in the world. No fixed hours.", "", "remote_worldwide"),
        ("Work from anywhere up to 4 weeks a year. Our team sits in Berlin.", "Berlin", "unclear"),
        ("3 days a week in the office.", "Berlin", "hybrid"),
        ("This role is 100% on-site.", "Austin, TX", "onsite"),
        ("We sell boots.", "Boise, Idaho", "unclear"),
        ("We sell boots.", "Hybrid", "hybrid"),
    ],
)
def test_the_verdict_rests_on_what_is_said(text: str, location: str, verdict: str) -> None:
    assert read_work_mode(text, "Engineer", location).verdict.value == verdict


@pytest.mark.parametrize(
    "clearer",
    [
        "This is a fully remote position.",
        "Candidates must be based in Germany.",
        "At least 4 hours overlap with CET.",
        "No travel.",
    ],
)
def test_a_clearer_sentence_never_lowers_a_part(clearer: str) -> None:
    plain = "We build tools for teams. You will write code with us."
    before, after = (read_work_mode(text, "Engineer", "").transparency for text in (plain, f"{plain} {clearer}"))

    assert all(new.points >= old.points for old, new in zip(before.parts, after.parts, strict=True))


def test_the_order_of_sentences_changes_no_score() -> None:
    told = [
        "This is a remote role.",
        "You must reside in Canada.",
        "Core hours are 9am-5pm EST.",
        "We meet at a yearly retreat.",
    ]

    scores = {read_work_mode(" ".join(order), "", "").transparency.score for order in (told, told[::-1])}

    assert len(scores) == 1


def test_a_worldwide_field_that_the_text_denies_is_flagged() -> None:
    work = read_work_mode("Fully remote. Candidates must be located in Brazil.", "", "Anywhere in the World")

    assert "ANYWHERE_VS_GEO" in work.transparency.flags
    assert work.verdict.value == "remote_restricted"


@given(st.text(max_size=300))
def test_no_text_breaks_a_reader(text: str) -> None:
    for pay in read_pay(text):
        assert pay.min is None or pay.max is None or pay.min <= pay.max
    assert 0 <= read_work_mode(text, text[:50], text[:30]).transparency.score <= 100
    read_seniority(text[:80], "", text)
    assert compare(identify(text, text), identify(text, text)).verdict in {"same", "different"}


@given(st.integers(20, 400), st.integers(1, 200), st.sampled_from(["USD", "EUR", "GBP", "CAD", "CHF"]))
def test_a_range_is_read_however_it_is_written(low: int, more: int, currency: str) -> None:
    high = low + more
    written = [
        f"{currency} {low}k - {high}k per year",
        f"{low},000 – {high},000 {currency} per year",
        f"{low}k to {high}k {currency} a year",
        f"Salary: {currency} {low}-{high}k annually",
    ]
    for text in written:
        found = read_pay(text)
        assert found, text
        assert (found[0].min, found[0].max, found[0].currency) == (low * 1000, high * 1000, currency), text


def test_every_signal_quotes_the_text() -> None:
    text = "We are remote. You must be based in Spain or Italy. Travel up to 20%."

    assert all(found.quote in text for found in read_signals(text))
