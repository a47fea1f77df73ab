"""Greenhouse job boards: one per employer, no key. Shapes after its Job Board API docs and recordings of 2026."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml
from selectolax.lexbor import LexborHTMLParser

from adapters.boards.board import (
    BoardError,
    BoardSettings,
    Feed,
    Page,
    Terms,
    amount_of,
    missing,
    text_of,
    time_of,
)
from adapters.boards.client import FetchError, PoliteClient
from knowledge.listing.clean import line, unescape
from knowledge.listing.listing import Dropped, Origin, RawListing
from knowledge.salary.plausible import infer_period
from knowledge.salary.reader import Pay, read_pay
from knowledge.salary.signals import Kind, Period

# A place field that names a way of working instead of a place.
_MODES = {"hybrid", "in-office", "in office", "on-site", "onsite", "remote", "distributed"}
_CENTS = 100.0


class Greenhouse:
    """Employers' own boards; a listing that is gone from its board is closed."""

    name = "greenhouse"
    terms = Terms(
        label="Greenhouse",
        homepage="https://www.greenhouse.com",
        attribution="Employer's own listing (Greenhouse)",
        interval=dt.timedelta(hours=24),
        rules=("link to the employer's absolute_url", "one request a board and day, one a second"),
        page="https://developers.greenhouse.io/job-board.html (read 2026-11)",
    )
    url = "https://boards-api.greenhouse.io/v1/boards"

    def feeds(self, settings: BoardSettings) -> Iterable[Feed]:
        """Return one feed per employer."""
        base = (settings.url or self.url).rstrip("/")
        for token in settings.tokens or tokens():
            yield Feed(f"{self.name} {token}", f"{base}/{token}/jobs", complete=True)

    async def pages(self, feed: Feed, client: PoliteClient) -> AsyncIterator[Page]:
        """Fetch the whole board at once."""
        try:
            answer = await client.json(feed.url, {"content": "true", "pay_transparency": "true"})
        except FetchError as error:
            raise BoardError(str(error)) from error
        jobs = answer.get("jobs") if isinstance(answer, dict) else None
        if not isinstance(jobs, list):
            raise BoardError(f"{feed.url} sent no list 'jobs'")
        yield Page(jobs)

    def read(self, item: Any, feed: Feed) -> RawListing | Dropped:  # noqa: ANN401
        """Read one post; prospect posts (no internal id) are no openings."""
        if not isinstance(item, dict):
            return Dropped("?", "not an object")
        lacking = missing(item, "id", "absolute_url", "title")
        if lacking:
            return Dropped(text_of(item, "id") or "?", f"no {lacking}")
        if "internal_job_id" in item and item["internal_job_id"] is None:
            return Dropped(text_of(item, "id"), "a post for prospects, not an opening")
        content = unescape(text_of(item, "content"))
        place = line(text_of(_object(item, "location"), "name"))
        mode = _mode(item) or (place if place.casefold() in _MODES else "")
        return RawListing(
            source=self.name,
            source_id=text_of(item, "id"),
            url=text_of(item, "absolute_url"),
            title=text_of(item, "title"),
            company=text_of(item, "company_name") or feed.name.removeprefix(f"{self.name} ").title(),
            location=_places(item, place),
            description=content,
            posted_at=time_of(item.get("first_published")) or time_of(item.get("updated_at")),
            category=_names(item, "departments"),
            pays=_ranges(item) or _blocks(content),
            mode=mode,
            employer=True,
            raw=item,
        )


@cache
def tokens() -> tuple[str, ...]:
    """Return the curated employers, by the name of their board."""
    text = resources.files("adapters.boards").joinpath("greenhouse_tokens.yaml").read_text("utf-8")
    return tuple(str(token) for token in yaml.safe_load(text)["tokens"])


def _object(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = item.get(name)
    return value if isinstance(value, dict) else {}


def _objects(item: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    value = item.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _names(item: Mapping[str, Any], name: str) -> str:
    return ", ".join(line(text_of(entry, "name")) for entry in _objects(item, name) if text_of(entry, "name"))


def _mode(item: Mapping[str, Any]) -> str:
    """Return what the employer's own field "Location Type" says, one value or several."""
    for entry in _objects(item, "metadata"):
        if "location type" in text_of(entry, "name").casefold() or "workplace" in text_of(entry, "name").casefold():
            value = entry.get("value")
            return ", ".join(map(str, value)) if isinstance(value, list) else text_of(entry, "value")
    return ""


def _places(item: Mapping[str, Any], place: str) -> str:
    """Return the place field; offices where it names none."""
    if place and place.casefold() not in _MODES:
        return place
    offices = (text_of(office, "location") or text_of(office, "name") for office in _objects(item, "offices"))
    return "; ".join(dict.fromkeys([place, *map(line, offices)])).strip("; ")


def _ranges(item: Mapping[str, Any]) -> tuple[tuple[Origin, Pay], ...]:
    """Return `pay_input_ranges`, which are sent on request only."""
    found = []
    for entry in _objects(item, "pay_input_ranges"):
        low, high = amount_of(entry.get("min_cents")), amount_of(entry.get("max_cents"))
        currency = text_of(entry, "currency_type").upper() or None
        if low is None or high is None or low > high:
            continue
        title = f"{text_of(entry, 'title')} {text_of(entry, 'blurb')}"
        period = _period(title)
        inferred = period or infer_period(high / _CENTS, currency, title)
        pay = Pay(
            low / _CENTS, high / _CENTS, currency, currency is not None, inferred, period is not None, _kind(title)
        )
        found.append((Origin.FIELD, pay))
    return tuple(found)


def _blocks(content: str) -> tuple[tuple[Origin, Pay], ...]:
    """Return the pay widgets of the text; stripped of tags their bounds would run together."""
    if "pay-range" not in content:
        return ()
    found = []
    for block in LexborHTMLParser(content).css(".pay-input"):
        for span in block.css(".pay-range"):
            title = " ".join(node.text() for node in block.css(".title"))
            about = " ".join(node.text() for node in block.css(".description"))
            for pay in read_pay(f"{title} {span.text(separator=' ')}", field=True)[:1]:
                stated = _period(title) or _period(about)
                kind = pay.kind if pay.kind is not Kind.UNSTATED else _kind(title)
                found.append((Origin.FIELD, _with(pay, stated, kind)))
    return tuple(found)


def _with(pay: Pay, period: Period | None, kind: Kind) -> Pay:
    return Pay(
        pay.min,
        pay.max,
        pay.currency,
        pay.currency_stated,
        period or pay.period,
        period is not None or pay.period_stated,
        kind,
        pay.quote,
    )


def _period(title: str) -> Period | None:
    lower = title.casefold()
    for word, period in (
        ("annual", Period.YEAR),
        ("year", Period.YEAR),
        ("hour", Period.HOUR),
        ("month", Period.MONTH),
    ):
        if word in lower:
            return period
    return None


def _kind(title: str) -> Kind:
    lower = title.casefold()
    if "ote" in lower.split() or "on-target" in lower or "on target" in lower:
        return Kind.OTE
    return Kind.BASE if "base" in lower else Kind.UNSTATED


BOARD = Greenhouse()
