"""From what a board states to a listing read. Pure: no network, no clock, no store."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.listing.classify import MOST_WORDS, named_in, often_named, role_of
from knowledge.listing.clean import line, plain
from knowledge.listing.identity import split_company
from knowledge.listing.listing import Eligibility, Listing, Origin, RawListing
from knowledge.listing.places import read_where
from knowledge.listing.seniority import read_seniority
from knowledge.listing.zones import read_zone
from knowledge.salary.reader import Pay, read_pay
from knowledge.text import words
from knowledge.workmode.patterns import Signal
from knowledge.workmode.verdict import Verdict, WorkMode, read_work_mode

# A wish of the employer limits nobody.
_SOFT = re.compile(r"\b(?:preferred|preferably|ideally|a plus|bonus if|nice to have)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:unable|not|cannot|can['’]t|exclud\w*|except|outside)\b", re.IGNORECASE)
# Whose bare dollar sign means a dollar of their own.
_DOLLARS = {"CA": "CAD", "AU": "AUD", "SG": "SGD", "NZ": "NZD", "HK": "HKD"}


def read_listing(raw: RawListing) -> Listing:
    """Read every field of *raw*; what it does not say stays empty."""
    company, title = split_company(line(raw.company), line(raw.title))
    text, location = plain(raw.description), line(raw.location)
    pays = _pays(raw, text, location)
    points = pay_points([pay for origin, pay in pays if origin is not Origin.ESTIMATE])
    work = read_work_mode(text, title, location, raw.mode, points, remote_board=raw.remote_board)
    in_title, in_text = named_in(words(title)), named_in(words(text)[:MOST_WORDS])
    role = role_of(title)
    return Listing(
        raw=raw,
        title=title,
        company=company,
        location=location,
        text=text,
        seniority=read_seniority(title, raw.level, text),
        role=role.slug if role else None,
        category=role.category if role else line(raw.category),
        skills=tuple(dict.fromkeys([*in_title["skills"], *in_text["skills"]])),
        industries=often_named(in_title["industries"], in_text["industries"]),
        hardware=often_named(in_title["hardware"], in_text["hardware"]),
        model_types=often_named(in_title["model_types"], in_text["model_types"]),
        pays=pays,
        work=work,
        eligible=_eligible(work, location, title),
        zone=read_zone(work.signals),
    )


def _pays(raw: RawListing, text: str, location: str) -> tuple[tuple[Origin, Pay], ...]:
    """Return pay from the most reliable place on: fields of numbers, a field of text, the description; estimates last."""
    stated = [pair for pair in raw.pays if pair[0] is not Origin.ESTIMATE]
    stated += [(Origin.TEXT, pay) for pay in read_pay(raw.pay_text, field=True)]
    if not stated:
        stated = [(Origin.PROSE, pay) for pay in read_pay(text, field=False)]
    lands = read_where(location).lands
    own = _DOLLARS.get(next(iter(lands))) if len(lands) == 1 else None
    if own:
        # Still inferred, but by the place: a bare dollar sign in Toronto is Canadian.
        stated = [
            (origin, replace(pay, currency=own) if pay.currency == "USD" and not pay.currency_stated else pay)
            for origin, pay in stated
        ]
    return (*stated, *(pair for pair in raw.pays if pair[0] is Origin.ESTIMATE))


def _excludes(quote: str) -> bool:
    """Tell a place that is ruled out from one that is asked for: "unable to hire in", but not "not open outside the UK"."""
    return len(_NOT.findall(quote)) % 2 == 1


def pay_points(stated: Sequence[Pay]) -> int:
    """Return how openly pay is stated, of 15: a whole range with everything said, with something inferred, one bound."""
    if not stated:
        return 0
    pay = stated[0]
    if pay.min is None or pay.max is None:
        return 5
    return 15 if pay.currency_stated and pay.period_stated else 10


def _eligible(work: WorkMode, location: str, title: str) -> Eligibility:
    """Return who may apply: what the text limits it to, else the board's field, else the title."""
    for item in work.signals:
        lands = read_where(item.quote).lands if item.signal is Signal.GEO else frozenset()
        if lands and not _SOFT.search(item.quote) and not _excludes(item.quote):
            codes = lands
            return Eligibility(tuple(sorted(codes)), everywhere=False, quote=item.quote)
    where = read_where(location)
    codes = where.lands or read_where(title).lands
    everywhere = work.verdict is Verdict.WORLDWIDE or (where.everywhere and not codes)
    return Eligibility(tuple(sorted(codes)), everywhere, location)
