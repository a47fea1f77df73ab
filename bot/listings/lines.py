"""An opening as one JSON line for scripts: every normalised field, every listing with its attribution."""

from typing import Any

from adapters.boards import boards
from knowledge.listing.opening import Opening, Stored
from knowledge.salary.annual import annual
from knowledge.salary.reader import Pay


def opening_line(opening: Opening) -> dict[str, Any]:
    """Return *opening* as plain JSON."""
    listing = opening.listing
    low, high = opening.levels
    return {
        "id": opening.id,
        "title": listing.title,
        "company": listing.company,
        "url": listing.raw.url,
        "location": listing.location,
        "role": listing.role,
        "category": listing.category,
        "seniority": {"low": low, "high": high, "rule": listing.seniority.rule},
        "pay": _pay(opening.pay) if opening.pay else None,
        "pay_origin": opening.pay_origin,
        "pay_source": opening.pay_source,
        "pays": [_pay(pay) | {"origin": origin} for origin, pay in listing.pays],
        "work_mode": listing.work.verdict,
        "work_mode_quote": listing.work.quote,
        "transparency": transparency_line(opening),
        "signals": [{"signal": item.signal, "quote": item.quote} for item in listing.work.signals],
        "eligible": {
            "markets": [*opening.eligible.markets],
            "everywhere": opening.eligible.everywhere,
            "quote": opening.eligible.quote,
        },
        "time_zone": _zone(opening),
        "skills": [*opening.skills],
        "industries": [*listing.industries],
        "hardware": [*listing.hardware],
        "model_types": [*listing.model_types],
        "employment": [*listing.raw.employment],
        "posted_at": opening.posted_at.isoformat(),
        "first_seen": opening.first_seen.isoformat(),
        "last_seen": opening.last_seen.isoformat(),
        "live": opening.live,
        "reposted": opening.reposted,
        "listings": [member_line(member) for member in opening.members],
    }


def member_line(member: Stored) -> dict[str, Any]:
    """Return one listing of an opening with the link and the words its board asks for."""
    raw, terms = member.listing.raw, boards()[member.listing.raw.source].terms
    return {
        "source": raw.source,
        "source_id": raw.source_id,
        "url": raw.url,
        "title": member.listing.title,
        "title_raw": raw.title,
        "company_raw": raw.company,
        "location_raw": raw.location,
        "pay_raw": raw.pay_text,
        "pay": _pay(member.listing.pay) if member.listing.pay else None,
        "posted_at": raw.posted_at.isoformat() if raw.posted_at else None,
        "first_seen": member.first_seen.isoformat(),
        "last_seen": member.last_seen.isoformat(),
        "closed_at": member.closed_at.isoformat() if member.closed_at else None,
        "expires_at": raw.expires_at.isoformat() if raw.expires_at else None,
        "attribution": {"text": terms.attribution, "label": terms.label, "url": raw.url},
    }


def transparency_line(opening: Opening) -> dict[str, Any]:
    """Return the score with its parts and flags."""
    shown = opening.transparency
    return {
        "score": shown.score,
        "band": shown.band,
        "parts": {part.name: part.points for part in shown.parts},
        "quotes": {part.name: part.quote for part in shown.parts if part.quote},
        "flags": [*shown.flags],
    }


def pay_line(pay: Pay) -> dict[str, Any]:
    """Return pay as it is stated."""
    return {
        "min": pay.min,
        "max": pay.max,
        "currency": pay.currency,
        "currency_stated": pay.currency_stated,
        "period": pay.period,
        "period_stated": pay.period_stated,
        "kind": pay.kind,
        "quote": pay.quote,
    }


def _pay(pay: Pay) -> dict[str, Any]:
    """Return pay as it is stated, and for a year."""
    low, high = annual(pay)
    return pay_line(pay) | {"annual_min": low, "annual_max": high}


def _zone(opening: Opening) -> dict[str, Any] | None:
    zone = opening.listing.zone
    return {"low": zone.low, "high": zone.high, "overlap": zone.overlap, "quote": zone.quote} if zone else None
