"""Pay of a post against the guides' ranges and live openings: like with like, one currency, base never with total."""

from knowledge.currency import money, money_range
from knowledge.document import Line
from knowledge.markets import WORLDWIDE, markets
from knowledge.money import Amount
from knowledge.pay import Measure
from knowledge.pay_sample import Per
from knowledge.post.remarks import is_wide
from knowledge.salary.reader import Pay
from knowledge.salary.signals import Kind, Period
from knowledge.salary.wording import pay_text
from retrieval.answer import Draft
from retrieval.compose.offers import Offered, Range, compared
from retrieval.compose.pay_choice import PayChoice, choose
from retrieval.review.live import LivePay
from retrieval.review.quoting import quoted
from retrieval.review.scene import Scene

_MEASURES = {Kind.BASE: Measure.BASE, Kind.TOTAL: Measure.TOTAL, Kind.OTE: Measure.TOTAL}
_FACTORS = {Period.YEAR: 1, Period.MONTH: 12}
# Of a post that names no place these come first.
_MAIN = {"US": 0, WORLDWIDE: 1}
# Ranges shown where a post names no pay, or none that can be compared.
SHOWN = 2


def say_pay(draft: Draft, scene: Scene) -> None:
    """Add what the post pays and how that lies to what guides and live openings say."""
    pay = scene.post.listing.pay
    choice = choose(scene.guides, scene.levels, scene.places) if scene.guides else PayChoice()
    lines = [_stated(pay)]
    lines += _against_guides(draft, scene, pay, choice)
    lines += [_against_live(pay, cell) for cell in (scene.live.pays if scene.live else ())]
    draft.bullets(lines, title="Pay")


def _stated(pay: Pay | None) -> Line:
    if pay is None:
        return Line("not stated.", "The post")
    wide = "; so wide a range says little" if is_wide(pay.min, pay.max) else ""
    open_kind = "; base or total is not said" if pay.kind is Kind.UNSTATED else ""
    quote = f" — {quoted(pay.quote.rstrip('.'))}" if pay.quote else ""
    return Line(f"{pay_text(pay)}{open_kind}{wide}{quote}.", "The post")


def _against_guides(draft: Draft, scene: Scene, pay: Pay | None, choice: PayChoice) -> list[Line]:
    """Hold the post's pay against every stated and computed range in its currency."""
    bands = sorted(choice.bands or choice.nearest, key=lambda band: _MAIN.get(band.market or "", len(_MAIN)))
    stated = [Range.stated(band) for band in bands]
    ranges = [*stated, *(item.range for item in choice.derived)]
    if not ranges:
        return [Line("No guide gives a range for this role.", "Guides")] if scene.post.role else []
    amount = _yearly(pay) or _hourly(pay)
    ranges = [one for one in ranges if amount is None or one.band.per == amount.period] or ranges
    if pay is None or amount is None or ranges[0].band.per != amount.period:
        why = "" if pay is None else f"Not comparable: the post pays by the {pay.period}, guides by the year. "
        return _orientation(draft, ranges, why, choice)
    if choice.other_level:
        levels = " or ".join(choice.missing_levels)
        why = f"No guide gives a range at {levels} level, so nothing is compared. The nearest:"
        return _orientation(draft, ranges, why, choice)
    fitting = [one for one in ranges if one.band.currency == amount.currency]
    if not fitting:
        why = f"Not comparable: the post is in {amount.currency or 'no stated currency'}, and no rate is assumed. "
        return _orientation(draft, ranges, why, choice)
    offered = Offered((amount,), measure_of(pay), "The post's")
    unsaid = [name for name, said in (("level", scene.levels), ("place", scene.places)) if not said]
    note = (
        [Line(f"the post names no {' and no '.join(unsaid)}, so look which of these fits.", "Guides")] if unsaid else []
    )
    return [*note, *(_held(draft, offered, amount, one, choice) for one in fitting)]


def _yearly(pay: Pay | None) -> Amount | None:
    """Return the pay of a year, None where there is none or it is of another kind (by the hour, a bonus)."""
    if pay is None or pay.period not in _FACTORS or pay.kind in {Kind.BONUS, Kind.COMMISSION}:
        return None
    factor = _FACTORS[pay.period]
    ends = [end * factor for end in (pay.min, pay.max) if end is not None]
    return Amount(min(ends), max(ends), pay.currency)


def _hourly(pay: Pay | None) -> Amount | None:
    ends = [end for end in (pay.min, pay.max) if end is not None] if pay and pay.period is Period.HOUR else []
    return Amount(min(ends), max(ends), pay.currency, Per.HOUR.value) if pay and ends else None


def _held(draft: Draft, offered: Offered, amount: Amount, one: Range, choice: PayChoice) -> Line:
    said = compared(draft, offered, amount, one)
    if one.band.measure is Measure.UNSPECIFIED or offered.measure is Measure.UNSPECIFIED:
        said += " Base or total is open on at least one side."
    return _range_line(draft, one, choice, f"{said}", _status(offered, amount, one))


def _status(offered: Offered, amount: Amount, one: Range) -> str:
    """Return where the pay lies, in two words."""
    measures = {offered.measure, one.band.measure}
    if len(measures) == 2 and Measure.UNSPECIFIED not in measures:
        return "Not comparable"
    if amount.high < one.low:
        return "Below the guide's range"
    if amount.low > one.high and not one.band.open_high:
        return "Above the guide's range"
    inside = one.low <= amount.low and (amount.high <= one.high or one.band.open_high)
    return "Within the guide's range" if inside else "Partly within the guide's range"


def _orientation(draft: Draft, ranges: list[Range], why: str, choice: PayChoice) -> list[Line]:
    """Return the first ranges, with *why* the post is not held against them."""
    lines = [_range_line(draft, one, choice, "", "For orientation") for one in ranges[:SHOWN]]
    return [*([Line(why.strip(), "Guides")] if why else []), *lines]


def _range_line(draft: Draft, one: Range, choice: PayChoice, said: str, lead: str) -> Line:
    """Return a line that states a guide's range, or how one is computed, and what is *said* of it."""
    band = one.band
    derived = next((item for item in choice.derived if item.range == one), None)
    if derived:
        draft.figure(band, (derived.low, derived.high, derived.market))
        what = (
            f"{derived.rule.market_words}: {derived.rule.range} of US base {band.range} ({band.level_words}), roughly "
            f"{money_range(derived.low, derived.high, band.currency)}, a rule of thumb"
        )
        return draft.line(f"{what}. {said}".strip(), derived.rule, band, lead=lead)
    draft.figure(band)
    wider = [code for code in choice.broader if code != band.market]
    own = f" {markets().name(wider[0])} has no figure of its own." if wider else ""
    nearest = " The nearest there is." if band in choice.nearest else ""
    return draft.line(f"{band.sentence}.{own}{nearest} {said}".strip(), band, lead=lead)


def _against_live(pay: Pay | None, cell: LivePay) -> Line:
    """Say where the middle of the post's pay lies by the middle half of live openings that disclose base pay."""
    span = money_range(round(cell.low), round(cell.high), cell.currency)
    span += f", median {money(round(cell.median), cell.currency)}"
    source = f"middle half of {cell.n} live openings that disclose base pay ({cell.whose}, {cell.date}): {span}."
    amount = _yearly(pay)
    if amount is None or pay is None:
        return Line(source, "Live openings")
    if measure_of(pay) is Measure.TOTAL:
        return Line(f"{source} Not comparable: the post's figure is no base pay.", "Live openings")
    if amount.currency != cell.currency:
        return Line(f"{source} Not comparable: another currency.", "Live openings")
    middle = (amount.low + amount.high) / 2
    place = "below" if middle < cell.low else "above" if middle > cell.high else "within"
    return Line(f"{source} The middle of the post's pay lies {place} that.", "Live openings")


def measure_of(pay: Pay | None) -> Measure:
    """Return what a stated pay measures, as far as it says so."""
    return _MEASURES.get(pay.kind, Measure.UNSPECIFIED) if pay else Measure.UNSPECIFIED


def measure_is_open(pay: Pay | None) -> bool:
    """Tell whether a stated pay leaves open what it measures."""
    return pay is not None and measure_of(pay) is Measure.UNSPECIFIED


def offered_by(pay: Pay | None) -> tuple[Amount, ...]:
    """Return what a post pays as amounts: for a year where that is known, and as stated."""
    ends = [end for end in (pay.min, pay.max) if end is not None] if pay else []
    stated = (Amount(min(ends), max(ends), pay.currency),) if pay and ends else ()
    yearly = _yearly(pay)
    return tuple(dict.fromkeys([*((yearly,) if yearly else ()), *stated]))
