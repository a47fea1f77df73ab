"""The exam that gates every change: our own questions and dialogues, taken through the product's own conversation."""

import dataclasses
import io

import pytest
from rich.console import Console

from bot.wiring import Parts
from tests.evaluation import scoreboard
from tests.evaluation.exam import figures, states
from tests.evaluation.generated import generate
from tests.evaluation.measures import HELD_OUT, WRITTEN, Measured, measure
from tests.evaluation.scoreboard import drops, read_baseline, to_json, to_markdown


@pytest.fixture(scope="module")
def measured(parts: Parts) -> Measured:
    if parts.index is None:
        pytest.skip("no embedding model: the baseline is that of hybrid search")
    return measure(parts)


def test_no_share_falls_half_a_point_below_the_baseline(measured: Measured) -> None:
    assert drops(measured.columns, read_baseline()) == []


@pytest.mark.parametrize("column", ["written", "held out", "generated"])
def test_nothing_is_said_that_its_source_does_not_say(column: str, measured: Measured) -> None:
    figures = measured.columns[column]
    assert (figures["citation precision"], figures["figure faithfulness"]) == (1, 1)


def test_corrupted_answers_are_caught(measured: Measured) -> None:
    written = measured.columns["written"]
    assert written["corruptions"] >= 500
    assert written["corruptions caught"] >= 0.99
    assert written["numeric ones caught"] == 1


def test_replies_stay_short(measured: Measured) -> None:
    assert all(c["median words"] <= 90 and c["p90 words"] <= 200 for c in measured.columns.values())


def test_a_share_that_falls_is_named(measured: Measured) -> None:
    better = {"written": measured.columns["written"] | {"required facts": 1.1, "false abstentions": -0.1}}
    fallen = drops(measured.columns, better)

    assert len(fallen) == 2
    assert fallen[0].startswith("written: required facts 1.1000")
    assert fallen[1].startswith("written: false abstentions -0.1000")


def test_the_scoreboard_shows_the_change(measured: Measured) -> None:
    earlier = {"written": measured.columns["written"] | {"retrieval MRR": 0.5}}
    console = Console(file=io.StringIO(), width=150)
    scoreboard.show(console, measured, earlier)

    assert isinstance(console.file, io.StringIO)
    change = f"({measured.columns['written']['retrieval MRR'] - 0.5:+.3g})"
    assert change in console.file.getvalue()
    assert change in to_markdown(measured, earlier)
    assert to_json(dataclasses.replace(measured, columns={}), earlier)["drops"]


def test_the_same_guides_make_the_same_questions(parts: Parts) -> None:
    made = generate(parts.library)

    assert made == generate(parts.library)
    assert len({question["turns"][0] for question in made if not question["abstain"]}) >= 125
    assert sum(question["abstain"] for question in made) >= 50


def test_there_are_enough_questions_of_our_own(parts: Parts) -> None:
    written = sum(len(path.read_text("utf-8").splitlines()) for path in (WRITTEN, HELD_OUT))

    assert written >= 250
    assert written + len(generate(parts.library)) >= 500


@pytest.mark.parametrize(
    "text, expected",
    [
        ("$170K–$230K", {170000, 230000}),
        ("170,000 to 230,000", {170000, 230000}),
        ("four to six stages", {4, 6}),
        ("0.5 × 170 = 85", {0.5, 170, 85}),
    ],
)
def test_the_grader_reads_figures_as_people_write_them(text: str, expected: set[float]) -> None:
    assert expected == figures(text)


def test_the_grader_misses_a_fact_with_another_figure() -> None:
    assert not states("Senior CV engineers earn $170K–$240K", "senior: $220K–$310K")
