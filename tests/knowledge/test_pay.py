"""The small vocabulary of pay: levels, years, amounts, shares, places, phrases and typos."""

import pytest

from knowledge.currency import money, money_range, rough_range
from knowledge.levels import Level, Years, read_levels, read_years
from knowledge.markets import WORLDWIDE, markets
from knowledge.money import read_amounts, read_measure
from knowledge.pay import (
    AdjustmentKind,
    Benchmark,
    Measure,
    PayAdjustment,
    PayBand,
    Place,
    RangeKind,
    overlap,
    share_of,
)
from knowledge.phrases import Found, PhraseBook
from knowledge.spelling import Speller

PLACE = Place("guide", "pay", 1, "source")


def band(low: int, high: int, currency: str = "USD") -> PayBand:
    return PayBand(
        PLACE, (Level.SENIOR,), "senior", Years(5, 8), "US", "US", currency, low, high,
        open_high=False, measure=Measure.BASE, range_kind=RangeKind.STATED, condition="top tier",
    )  # fmt: skip


def rule(kind: AdjustmentKind, low: float, high: float) -> PayAdjustment:
    return PayAdjustment(PLACE, kind, low, high, ("ES",), "Spain", "US base", "often")


@pytest.mark.parametrize(
    "cell, levels",
    [
        ("Senior", (Level.SENIOR,)),
        ("staff or principal", (Level.STAFF, Level.PRINCIPAL)),
        ("mid to senior", (Level.MID, Level.SENIOR)),
        ("senior, staff", (Level.SENIOR, Level.STAFF)),
        ("any", ()),
        ("–", ()),
    ],
)
def test_levels_are_read_in_the_order_written(cell: str, levels: tuple[Level, ...]) -> None:
    assert levels == read_levels(cell)


@pytest.mark.parametrize("cell", ["wizard", "senior & staff", "senior or wizard"])
def test_a_word_that_is_no_level_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Level"):
        read_levels(cell)


@pytest.mark.parametrize(
    "cell, written", [("2–4", "2–4"), ("2 - 4", "2–4"), ("5+", "5+"), ("0.5–1.5", "0.5–1.5"), ("–", "None")]
)
def test_years_are_read_back_as_written(cell: str, written: str) -> None:
    assert written == str(read_years(cell))


@pytest.mark.parametrize("cell", ["two", "4–2", "5", "-3", "2–4 years"])
def test_years_in_another_form_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="years"):
        read_years(cell)


@pytest.mark.parametrize(
    "years, inside, within",
    [(2, Years(2, 4), True), (4, Years(2, 4), True), (4.5, Years(2, 4), False), (30, Years(5, None), True)],
)
def test_both_ends_of_years_lie_within(years: float, inside: Years, *, within: bool) -> None:
    assert within == (years in inside)


@pytest.mark.parametrize(
    "currency, written", [("USD", "$170,500"), ("GBP", "£170,500"), ("EUR", "€170,500"), ("CAD", "CAD 170,500")]
)
def test_an_amount_is_written_with_its_sign_or_its_code(currency: str, written: str) -> None:
    assert written == money(170_500, currency)


@pytest.mark.parametrize(
    "currency, open_high, written",
    [
        ("USD", False, "$120,000–$200,000"),
        ("USD", True, "$120,000–$200,000+"),
        ("CAD", False, "CAD 120,000–200,000"),  # a code stands once
    ],
)
def test_a_range_names_its_currency(currency: str, written: str, *, open_high: bool) -> None:
    assert written == money_range(120_000, 200_000, currency, open_high=open_high)


def test_a_range_of_one_figure_is_that_figure() -> None:
    expected = "€60,000"
    assert expected == money_range(60_000, 60_000, "EUR")


@pytest.mark.parametrize("currency, written", [("USD", "$59.5K–$126.5K"), ("CAD", "CAD 59.5K–CAD 126.5K")])
def test_a_computed_range_is_written_in_thousands(currency: str, written: str) -> None:
    assert written == rough_range(59_500, 126_500, currency)


def test_a_band_says_level_years_place_measure_and_kind_of_range() -> None:
    expected = "senior (5–8 years), US: $220,000–$310,000 a year, base, stated range; top tier"
    assert expected == band(220_000, 310_000).sentence


@pytest.mark.parametrize(
    "kind, sentence",
    [
        (AdjustmentKind.PREMIUM, "premium of 12.5–25% above US base (often)"),
        (AdjustmentKind.GEOGRAPHIC, "Spain: 12.5–25% of US base (often)"),
        (AdjustmentKind.REMOTE, "fully remote pay is within 12.5–25% of US base (often)"),
    ],
)
def test_an_adjustment_says_what_its_percentage_is_of(kind: AdjustmentKind, sentence: str) -> None:
    assert sentence == rule(kind, 0.125, 0.25).sentence


def test_a_benchmark_says_that_it_is_of_no_single_role() -> None:
    index = Benchmark(PLACE, "Data", "USD", 90_000, 120_000, Measure.UNSPECIFIED, RangeKind.QUARTILES, 322, "")

    expected = (
        "Category-level benchmark for Data (not one role): typical range $90,000–$120,000 "
        "(25th–75th percentile, 322 remote listings with salary data)."
    )
    assert expected == index.sentence


def test_a_share_takes_the_low_end_low_and_the_high_end_high() -> None:
    expected = (77_000, 170_500)
    assert expected == share_of(band(220_000, 310_000), rule(AdjustmentKind.GEOGRAPHIC, 0.35, 0.55))


@pytest.mark.parametrize(
    "bands, common",
    [
        ([band(220, 310), band(170, 240)], (220, 240)),
        ([band(100, 200), band(200, 300)], (200, 200)),  # they touch
        ([band(100, 200), band(201, 300)], None),  # they miss each other
        ([band(100, 400), band(150, 300), band(200, 500)], (200, 300)),
        ([band(100, 200)], None),  # one band has nothing in common with itself
        ([band(100, 200), band(100, 200, "EUR")], None),  # never across currencies
    ],
)
def test_bands_overlap_where_all_of_them_agree(bands: list[PayBand], common: tuple[int, int] | None) -> None:
    assert common == overlap(bands)


@pytest.mark.parametrize(
    "code, around",
    [
        ("PL", ["PL", "eastern-europe", "europe"]),
        ("BR", ["BR", "south-america", "latin-america"]),
        ("US", ["US", "north-america"]),
        (WORLDWIDE, [WORLDWIDE]),
    ],
)
def test_a_place_lies_in_ever_larger_regions(code: str, around: list[str]) -> None:
    assert (around, around[-1]) == (list(markets().around(code)), markets().continent(code))


@pytest.mark.parametrize(
    "cell, codes",
    [
        ("United Kingdom, Germany", ("GB", "DE")),
        ("Remote (global)", (WORLDWIDE,)),
        ("Southern Europe", ("southern-europe",)),
        ("not stated", ()),
    ],
)
def test_a_cell_of_places_is_read_into_codes(cell: str, codes: tuple[str, ...]) -> None:
    assert codes == markets().read(cell)


@pytest.mark.parametrize("code, name", [("GB", "United Kingdom"), ("eastern-europe", "Eastern Europe")])
def test_a_place_is_shown_by_its_name(code: str, name: str) -> None:
    assert name == markets().name(code)


@pytest.mark.parametrize(
    "text, found",
    [
        (("new", "mexico"), [Found(0, 2, "state")]),  # the longest phrase wins
        (("mexico", "new"), [Found(0, 1, "country")]),
        (("new", "new", "mexico", "city"), [Found(1, 4, "capital")]),
        (("mexicos",), []),  # whole words only
    ],
)
def test_of_overlapping_phrases_the_longest_is_found(text: tuple[str, ...], found: list[Found[str]]) -> None:
    book = PhraseBook([("mexico", "country"), ("new mexico", "state"), ("New México City", "capital")])

    assert found == book.find(text)


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("enginer", "engineer"),
        ("egnineer", "engineer"),  # two letters swapped
        ("enginnerr", "engineer"),  # two slips in a long word
        ("vison", "vision"),
        ("vsn", "vsn"),  # too short to guess
        ("cision", "cision"),  # the first letter is seldom wrong
        ("visions", "visions"),  # a word of its own
        ("kubernetes", "kubernetes"),  # nothing near
    ],
)
def test_a_typo_becomes_the_word_it_nearly_is(typed: str, meant: str) -> None:
    assert meant == Speller(["engineer", "vision"]).correct(typed)


@pytest.mark.parametrize(
    "text, amounts",
    [
        ("185k usd", [(185_000, 185_000, "USD")]),
        ("€95k-€115k", [(95_000, 115_000, "EUR")]),
        ("170-240, or 100k to 50k", [(170_000, 240_000, None), (50_000, 100_000, None)]),
        ("CAD 250,000 or £1,250,000", [(250_000, 250_000, "CAD"), (1_250_000, 1_250_000, "GBP")]),
        ("5 years, 4 weeks, 50-70%, 60-70 hours, in 2025", []),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, amounts: list[tuple[float, float, str | None]]) -> None:
    assert amounts == [(amount.low, amount.high, amount.currency) for amount in read_amounts(text)]


@pytest.mark.parametrize(
    "text, measure", [("180k base", "base"), ("TC of 300k", "total"), ("base or total?", "not stated")]
)
def test_base_and_total_are_told_apart(text: str, measure: str) -> None:
    assert measure == read_measure(text)
