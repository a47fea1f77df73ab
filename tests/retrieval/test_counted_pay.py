"""Pay that was counted: self-reported samples and official statistics, each source by itself, one cut at a time."""

import pytest

from bot.wiring import Parts
from knowledge.document import Table
from retrieval.answer import Answer, Kind
from retrieval.check.faithful import check_answer
from tests.retrieval.evidence import ask, words_of

SENIOR_DATA = "what does a senior data engineer earn in the US?"


def written(answer: Answer) -> set[str]:
    """Return the figures of an answer that are no sums."""
    return {figure.as_written for figure in answer.figures if not figure.derived}


@pytest.mark.parametrize(
    "question, shown",
    [
        # All years, everybody and those who work remote; the cut of 2024 would count rows twice.
        (SENIOR_DATA, {"$123,700–$190,000", "$130,000–$188,000", "$134,700"}),
        ("latest senior data engineer pay in the US", {"$125,750–$195,000", "$123,700–$190,000"}),
        ("mid data engineer salary uk", {"$59,611–$92,350", "$62,135–$92,280"}),
        # A title that the source counts by itself.
        ("senior analytics engineer salary us", {"$130,000–$189,500", "$129,000–$180,350"}),
        ("data analyst salary in london", {"$33,500–$67,672", "$49,813–$79,976", "$74,412–$123,040"}),
        ("junior data scientist us", {"$76,000–$133,000"}),
        # Two spellings of one title, reported apart.
        ("senior ml engineer base in the us", {"$190,000–$270,000", "$152,011–$235,200", "$174,000–$264,994"}),
    ],
)
def test_the_cut_that_is_asked_for_is_shown(question: str, shown: set[str], parts: Parts) -> None:
    assert shown <= written(ask(parts, question))


@pytest.mark.parametrize(
    "question, left_out",
    [
        (SENIOR_DATA, "$125,750–$195,000"),
        ("senior data scientist salary us", "$95,000–$145,000"),
        ("senior analytics engineer salary us", "$123,700–$190,000"),
        ("data engineer salary", "$142,750–$227,250"),
        ("data engineer salary", "$69,403–$125,000"),
    ],
)
def test_other_cuts_titles_places_and_heads_are_left_out(question: str, left_out: str, parts: Parts) -> None:
    assert left_out not in written(ask(parts, question))


def test_rows_of_a_sample_are_a_table_with_median_and_n(parts: Parts) -> None:
    (table,) = [block for block in ask(parts, "data engineer salary").blocks if isinstance(block, Table)]

    assert table.header[-3:] == ("Range", "Median", "n")
    assert [row[0] for row in table.rows] == ["junior", "mid", "senior"]
    assert table.rows[2][-2:] == ("$152,000", "1,943")


def test_places_that_are_left_out_are_named(parts: Parts) -> None:
    assert "Canada and United Kingdom" in words_of(ask(parts, "data engineer salary"))


@pytest.mark.parametrize("role", ["backend engineer", "frontend engineer", "sre", "security engineer"])
def test_a_statistic_of_another_occupation_says_so(role: str, parts: Parts) -> None:
    text = words_of(ask(parts, f"{role} salary in the us"))

    assert "May 2023" in text
    assert any(
        said in text for said in ("BLS has no", "BLS Web Developers also", "O*NET files", "nearest occupation BLS")
    )


def test_hours_stand_as_stated_with_our_arithmetic_beside_them(parts: Parts) -> None:
    answer = ask(parts, "backend engineer salary in the us")
    (hourly,) = [figure for figure in answer.figures if figure.as_written == "$48.65–$80.55"]

    assert (hourly.period, hourly.low, hourly.high) == ("hour", 48.65, 80.55)
    assert "$101,192–$167,544 a year at 2,080 hours, our arithmetic" in words_of(answer)


@pytest.mark.parametrize(
    "question, said",
    [
        ("offered 150k base as senior data engineer in the us", "$2,000 below its median"),
        ("security engineer, us, 140k offer", "$19,640 above this median"),
        ("frontend engineer us, they pay 20 dollars an hour", "$9.66 below the bottom of this range"),
    ],
)
def test_an_offer_is_held_against_what_was_counted(question: str, said: str, parts: Parts) -> None:
    answer = ask(parts, question)

    assert said in words_of(answer)


def test_an_hourly_offer_is_not_held_against_a_year(parts: Parts) -> None:
    text = words_of(ask(parts, "computer vision engineer us, 80 dollars an hour, ok?"))

    assert "per hour" in text
    assert "inside this range" not in text


@pytest.mark.parametrize("level", ["junior", "senior", "staff"])
def test_statistics_without_levels_are_the_nearest_and_no_answer(level: str, parts: Parts) -> None:
    answer = ask(parts, f"{level} frontend engineer salary us")

    assert answer.kind is Kind.ABSTAIN
    assert f"No guide gives Frontend Engineer pay at {level} level" in words_of(answer)
    assert "$84,960" in written(answer)


def test_weak_evidence_is_shown_only_where_it_is_asked_for(parts: Parts) -> None:
    assert "$104,920" not in written(ask(parts, "mid ml engineer salary us"))
    assert "$104,920" in written(ask(parts, "official statistics on ml engineer salary us"))


@pytest.mark.parametrize("question", ["median swe pay in the us", "median salary of a senior data scientist, us"])
def test_a_median_is_answered_where_a_guide_has_one(question: str, parts: Parts) -> None:
    answer = ask(parts, question)

    assert answer.kind is Kind.ANSWER
    assert "median" in words_of(answer)


def test_a_median_that_no_guide_has_is_a_gap(parts: Parts) -> None:
    answer = ask(parts, "median pay of a senior cv engineer in the us")

    assert answer.kind is Kind.ABSTAIN
    assert "No guide states a median" in words_of(answer)


@pytest.mark.parametrize(
    "question",
    [SENIOR_DATA, "data scientist salary", "engineering manager pay", "backend or frontend, who earns more in the us?"],
)
def test_every_figure_stands_the_check(question: str, parts: Parts) -> None:
    turn = parts.conversation().ask(question)

    assert check_answer(turn.advice.answer, turn.question, parts.library) == []
    assert turn.advice.answer.figures


@pytest.mark.parametrize("title", ["data science manager", "data analytics manager", "head of data"])
def test_managers_of_a_team_are_not_answered_with_their_team_s_pay(title: str, parts: Parts) -> None:
    answer = ask(parts, f"{title} salary us")

    assert answer.scope.roles == ("engineering-manager",)
    assert "ai-jobs.net salaries: Data Scientist," not in words_of(answer)


@pytest.mark.parametrize("offer", ["$52/h", "$30 an hour", "$120 per hour"])
def test_an_hourly_offer_held_against_hours_stands_the_check(offer: str, parts: Parts) -> None:
    turn = parts.conversation().ask(f"is {offer} ok for a backend engineer in the us")

    assert check_answer(turn.advice.answer, turn.question, parts.library) == []
    assert "an hour" in words_of(turn.advice.answer)
