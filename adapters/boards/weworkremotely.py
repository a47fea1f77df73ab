"""We Work Remotely's RSS. Shapes as recorded in November 2022, March and July 2026; parsed by feedparser."""

import datetime as dt
import re
from collections.abc import AsyncIterator, Iterable
from time import struct_time
from typing import Any

import feedparser

from adapters.boards.board import BoardError, BoardSettings, Feed, Page, Terms, text_of
from adapters.boards.client import FetchError, PoliteClient
from knowledge.listing.clean import line
from knowledge.listing.listing import Dropped, RawListing

# The company's own place and address stand before the text; they say nothing about where one may work.
_HEADER = re.compile(
    r"<p>\s*<strong>\s*Headquarters:.*?</p>|<strong>\s*(?:Headquarters|URL):\s*</strong>.*?<br\s*/?>",
    re.IGNORECASE | re.DOTALL,
)
_APPLY = re.compile(r"<p>\s*<strong>\s*To apply:.*?</p>", re.IGNORECASE | re.DOTALL)


class WeWorkRemotely:
    """Off until the operator says that its terms are accepted: they forbid job search services."""

    name = "weworkremotely"
    terms = Terms(
        label="We Work Remotely",
        homepage="https://weworkremotely.com",
        attribution="From We Work Remotely",
        interval=dt.timedelta(hours=1),
        rules=(
            "not to be used for a search service for remote workers or a job advertising or search service",
            "applying leads through weworkremotely.com; no use of name or logo as branding",
        ),
        page="https://weworkremotely.com/api-terms-and-guidelines (read 2026-11)",
        needs_consent=True,
    )
    url = "https://weworkremotely.com/remote-jobs.rss"

    def feeds(self, settings: BoardSettings) -> Iterable[Feed]:
        """Return the feed of all categories."""
        return [Feed(self.name, settings.url or self.url)]

    async def pages(self, feed: Feed, client: PoliteClient) -> AsyncIterator[Page]:
        """Fetch and parse the one page; what feedparser can still read of a broken one is taken."""
        try:
            body = await client.body(feed.url)
        except FetchError as error:
            raise BoardError(str(error)) from error
        parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
        if not parsed.entries and (parsed.bozo or "title" not in parsed.feed):
            reason = parsed.get("bozo_exception", "no channel in it")
            raise BoardError(f"{feed.url} sent no readable RSS: {reason}")
        yield Page([dict(entry) for entry in parsed.entries])

    def read(self, item: Any, feed: Feed) -> RawListing | Dropped:  # noqa: ANN401, ARG002
        """Read one entry; "Company: Title" is taken apart by whoever reads the listing."""
        url, title = text_of(item, "link") or text_of(item, "id"), line(text_of(item, "title"))
        if not url or not title:
            return Dropped(url or "?", "no link" if not url else "no title")
        company, colon, rest = title.partition(":")
        described = _APPLY.sub(" ", _HEADER.sub(" ", text_of(item, "summary") or text_of(item, "description")))
        tags = item.get("tags") or [{}]
        return RawListing(
            source=self.name,
            source_id=url.rstrip("/").rsplit("/", 1)[-1],
            url=url,
            title=rest.strip() if colon and rest.strip() else title,
            company=company.strip() if colon and rest.strip() else "",
            location=text_of(item, "region"),
            description=described,
            posted_at=_moment(item.get("published_parsed")),
            expires_at=_date(text_of(item, "expires_at")),
            employment=tuple(kind.casefold() for kind in [text_of(item, "type")] if kind),
            category=str(tags[0].get("term") or "") if isinstance(tags, list) and tags else text_of(item, "category"),
            remote_board=True,
            raw={
                key: value for key, value in item.items() if isinstance(value, str | int | float | list | dict | None)
            },
        )


def _moment(parsed: struct_time | None) -> dt.datetime | None:
    return dt.datetime(*parsed[:6], tzinfo=dt.UTC) if isinstance(parsed, struct_time | tuple) else None


def _date(text: str) -> dt.datetime | None:
    return _moment(feedparser.datetimes._parse_date(text)) if text else None  # noqa: SLF001 - its only reader of dates


BOARD = WeWorkRemotely()
