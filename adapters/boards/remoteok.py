"""Remote OK's API. Shapes as recorded in December 2024, March and July 2026."""

import datetime as dt
import re
from collections.abc import AsyncIterator, Iterable
from typing import Any

from adapters.boards.board import BoardError, BoardSettings, Feed, Page, Terms, amount_of, text_of, time_of
from adapters.boards.client import FetchError, PoliteClient
from knowledge.listing.clean import line, plain
from knowledge.listing.listing import Dropped, Origin, RawListing
from knowledge.salary.plausible import infer_period
from knowledge.salary.reader import Pay
from knowledge.salary.signals import Kind

# Titles that are no post: tests, inboxes and advice seen in July and August 2026.
_JUNK = re.compile(
    r"\b(?:test(?:ing)? (?:posting|post|job|\d)|testing testing|test posting|resume inbox|talent (?:pool|community|network)|general application|"
    r"\d+ jobs that|lorem ipsum|do not apply)\b|^test\b",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\bremote|home[- ]based|work from home|wfh\b|distributed|anywhere|telecommut|worldwide|#li-remote", re.IGNORECASE
)


class RemoteOK:
    """The newest hundred listings; the first element is the legal notice."""

    name = "remoteok"
    terms = Terms(
        label="Remote OK",
        homepage="https://remoteok.com",
        attribution="Source: Remote OK",
        interval=dt.timedelta(hours=1),
        rules=(
            "link back to the address on Remote OK (follow, no nofollow) and name Remote OK as the source",
            "no logo without written permission",
        ),
        page="https://remoteok.com/api (legal notice in the answer, read 2026-07)",
    )
    url = "https://remoteok.com/api"

    def feeds(self, settings: BoardSettings) -> Iterable[Feed]:
        """Return the one feed."""
        return [Feed(self.name, settings.url or self.url)]

    async def pages(self, feed: Feed, client: PoliteClient) -> AsyncIterator[Page]:
        """Fetch the one page."""
        try:
            answer = await client.json(feed.url)
        except FetchError as error:
            raise BoardError(str(error)) from error
        if not isinstance(answer, list):
            raise BoardError(f"{feed.url} sent no list")
        # The notice is known by having no id, wherever it stands.
        yield Page([item for item in answer if not (isinstance(item, dict) and "legal" in item and "id" not in item)])

    def read(self, item: Any, feed: Feed) -> RawListing | Dropped:  # noqa: ANN401, ARG002
        """Read one job; blank rows, tests and what says nothing about remote work anywhere are dropped."""
        if not isinstance(item, dict):
            return Dropped("?", "not an object")
        number, title, company = text_of(item, "id"), line(text_of(item, "position")), line(text_of(item, "company"))
        url = text_of(item, "url") or text_of(item, "apply_url")
        reason = _unfit(number, title, company, url) or _not_remote(item, title)
        if reason:
            return Dropped(number or "?", reason)
        return RawListing(
            source=self.name,
            source_id=number,
            url=url,
            title=title,
            company=company,
            location=text_of(item, "location"),
            description=text_of(item, "description"),
            posted_at=time_of(item.get("date")) or _moment(item.get("epoch")),
            pays=_estimates(item),
            raw=_without_tag(item),
        )


def _unfit(number: str, title: str, company: str, url: str) -> str:
    if not number or not url:
        return "no id" if not number else "no url"
    if not title or not company:
        return "blank title or company"
    return "a test or an inbox, not a post" if _JUNK.search(title) else ""


def _not_remote(item: dict[str, Any], title: str) -> str:
    """Return why an item is no remote listing: a third of the feed says nothing about remote work."""
    told = (title, text_of(item, "location"), plain(text_of(item, "description")))
    return "" if any(_REMOTE.search(text) for text in told) else "nothing about remote work in it"


def _moment(epoch: object) -> dt.datetime | None:
    seconds = amount_of(epoch)
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds and seconds < 4e9 else None


def _estimates(item: dict[str, Any]) -> tuple[tuple[Origin, Pay], ...]:
    """Return the pair of numbers as an estimate: it has neither currency nor period, and texts seldom confirm it."""
    low, high = amount_of(item.get("salary_min")), amount_of(item.get("salary_max"))
    if low is None and high is None:
        return ()
    if low is not None and high is not None and low > high:
        low, high = high, low
    period = infer_period(high or low or 0.0, "USD", "")
    return ((Origin.ESTIMATE, Pay(low, high, "USD", False, period, False, Kind.UNSTATED)),)


def _without_tag(item: dict[str, Any]) -> dict[str, Any]:
    """Return *item* without the sentence that holds the fetcher's address; it differs from fetch to fetch."""
    return item | {
        "description": re.sub(
            r"\s*(?:<br\s*/?>\s*)*Please mention the word.*\Z", "", text_of(item, "description"), flags=re.DOTALL
        )
    }


BOARD = RemoteOK()
