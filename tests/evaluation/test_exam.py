"""The exam that gates every change: our own questions, taken through the product's own conversation."""

import pytest

from bot.wiring import Parts
from tests.evaluation.__main__ import FLOORS, OWN
from tests.evaluation.exam import figures, read_exam, states, summary, take


@pytest.fixture(scope="module")
def results(parts: Parts) -> dict[str, float]:
    if parts.index is None:
        pytest.skip("no embedding model: the floors are those of hybrid search")
    return summary(list(take(parts, read_exam(OWN))))


@pytest.mark.parametrize("measure", FLOORS)
def test_no_measure_falls_below_its_floor(measure: str, results: dict[str, float]) -> None:
    assert results[measure] >= FLOORS[measure]


def test_hardly_any_answerable_question_is_declined(results: dict[str, float]) -> None:
    assert results["false abstentions"] <= 0.08


def test_replies_stay_short(results: dict[str, float]) -> None:
    assert results["median words"] <= 110


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
