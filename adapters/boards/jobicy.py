"""Jobicy, API v2. Shapes as recorded in December 2024 (API 2.0) and July 2026 (API 2.2.14), and its openapi.yaml."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from adapters.boards.board import (
    BoardError,
    BoardSettings,
    Feed,
    Page,
    Terms,
    amount_of,
    missing,
    text_of,
    texts_of,
    time_of,
)
from adapters.boards.client import FetchError, PoliteClient
from knowledge.listing.listing import Dropped, Origin, RawListing
from knowledge.salary.plausible import infer_period
from knowledge.salary.reader import Pay
from knowledge.salary.signals import Kind, Period

_PERIODS = {"yearly": Period.YEAR, "annually": Period.YEAR, "monthly": Period.MONTH, "weekly": Period.WEEK}
_PERIODS |= {"daily": Period.DAY, "hourly": Period.HOUR}
# 100 a page is the most that every version of the API takes.
COUNT = "100"
# Seven days of listings fill a handful of pages; a cursor that never ends is a fault.
MOST_PAGES = 30
# Ids the status call takes at once.
STATUS_IDS = 100


class Jobicy:
    """The board's public feed of the last seven days."""

    name = "jobicy"
    terms = Terms(
        label="Jobicy",
        homepage="https://jobicy.com",
        attribution="Found on Jobicy",
        interval=dt.timedelta(hours=1),
        rules=(
            "credit Jobicy with a direct link; apply buttons lead to the original Jobicy address",
            "no redistribution to other job platforms; content unchanged",
            "synchronise once an hour at most",
        ),
        page="https://github.com/Jobicy/remote-jobs-api (README, read 2026-11)",
    )
    url = "https://jobicy.com/api/v2/remote-jobs"

    def feeds(self, settings: BoardSettings) -> Iterable[Feed]:
        """Return the one feed."""
        return [Feed(self.name, settings.url or self.url)]

    async def pages(self, feed: Feed, client: PoliteClient) -> AsyncIterator[Page]:
        """Walk the cursor; a cursor seen before ends the walk."""
        cursor, walked = "", set[str]()
        for _ in range(MOST_PAGES):
            params = {"count": COUNT} | ({"cursor": cursor} if cursor else {})
            try:
                answer = await client.json(feed.url, params, conditional=not cursor)
            except FetchError as error:
                raise BoardError(str(error)) from error
            jobs = answer.get("jobs") if isinstance(answer, dict) else None
            if not isinstance(jobs, list):
                raise BoardError(f"{feed.url} sent no list 'jobs'")
            yield Page(jobs)
            cursor = text_of(answer, "nextCursor")
            if not answer.get("hasMore") or not cursor or cursor in walked:
                return
            walked.add(cursor)

    def read(self, item: Any, feed: Feed) -> RawListing | Dropped:  # noqa: ANN401, ARG002
        """Read one job, in the field names of 2024 or of 2026."""
        if not isinstance(item, dict):
            return Dropped("?", "not an object")
        lacking = missing(item, "id", "url", "jobTitle")
        if lacking:
            return Dropped(text_of(item, "id") or "?", f"no {lacking}")
        return RawListing(
            source=self.name,
            source_id=text_of(item, "id"),
            url=text_of(item, "url"),
            title=text_of(item, "jobTitle"),
            company=text_of(item, "companyName"),
            location=text_of(item, "jobGeo"),
            description=text_of(item, "jobDescription") or text_of(item, "jobExcerpt"),
            posted_at=time_of(item.get("pubDate")),
            employment=tuple(kind.casefold() for kind in texts_of(item, "jobType")),
            level=text_of(item, "jobLevel"),
            category=", ".join(texts_of(item, "jobIndustry")),
            pays=_pays(item),
            remote_board=True,
            raw=item,
        )

    async def closed(self, ids: Sequence[str], feed: Feed, client: PoliteClient) -> set[str]:
        """Return those of *ids* that the board says are closed; "unknown" is not closed."""
        found: set[str] = set()
        for start in range(0, len(ids), STATUS_IDS):
            asked = ",".join(ids[start : start + STATUS_IDS])
            try:
                answer = await client.json(f"{feed.url.rstrip('/')}/status", {"ids": asked}, conditional=False)
            except FetchError:
                return found
            found |= _closed_in(answer)
        return found


def _closed_in(answer: Any) -> set[str]:  # noqa: ANN401
    """Read {"jobs": [{"id": 1, "status": "closed"}]} or {"1": "closed"}."""
    rows = answer.get("jobs", answer.get("statuses", answer)) if isinstance(answer, dict) else answer
    if isinstance(rows, dict):
        return {str(key) for key, value in rows.items() if value == "closed"}
    if isinstance(rows, list):
        return {text_of(row, "id") for row in rows if isinstance(row, dict) and text_of(row, "status") == "closed"}
    return set()


def _pays(item: dict[str, Any]) -> tuple[tuple[Origin, Pay], ...]:
    """Return the structured pay; the fields were renamed in 2026, and either bound may be missing."""
    low = amount_of(item.get("salaryMin", item.get("annualSalaryMin")))
    high = amount_of(item.get("salaryMax", item.get("annualSalaryMax")))
    if low is None and high is None:
        return ()
    if low is not None and high is not None and low > high:
        low, high = high, low
    currency = text_of(item, "salaryCurrency").upper() or None
    annual = "annualSalaryMin" in item or "annualSalaryMax" in item
    stated = Period.YEAR if annual else _PERIODS.get(text_of(item, "salaryPeriod").casefold())
    period = stated or infer_period(high or low or 0.0, currency, "")
    pay = Pay(low, high, currency, currency is not None, period, stated is not None, Kind.UNSTATED)
    return ((Origin.FIELD, pay),)


BOARD = Jobicy()
