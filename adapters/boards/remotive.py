"""Remotive's public API. Shapes as recorded in April and July 2026, and its README."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable
from typing import Any

from adapters.boards.board import BoardError, BoardSettings, Feed, Page, Terms, missing, text_of, texts_of, time_of
from adapters.boards.client import FetchError, PoliteClient
from knowledge.listing.listing import Dropped, RawListing


class Remotive:
    """A small feed without pages."""

    name = "remotive"
    terms = Terms(
        label="Remotive",
        homepage="https://remotive.com",
        attribution="Listed on Remotive",
        interval=dt.timedelta(hours=6),
        rules=(
            "link back to the Remotive address and mention Remotive as the source",
            "never behind a sign-up or an e-mail address; not to Jooble, Neuvoo, Google Jobs or LinkedIn Jobs",
            "four requests a day",
        ),
        page="https://github.com/remotive-com/remote-jobs-api (README, read 2026-11)",
    )
    url = "https://remotive.com/api/remote-jobs"

    def feeds(self, settings: BoardSettings) -> Iterable[Feed]:
        """Return the one feed."""
        return [Feed(self.name, settings.url or self.url)]

    async def pages(self, feed: Feed, client: PoliteClient) -> AsyncIterator[Page]:
        """Fetch the one page."""
        try:
            answer = await client.json(feed.url)
        except FetchError as error:
            raise BoardError(str(error)) from error
        jobs = answer.get("jobs") if isinstance(answer, dict) else None
        if not isinstance(jobs, list):
            raise BoardError(f"{feed.url} sent no list 'jobs'")
        yield Page(jobs)

    def read(self, item: Any, feed: Feed) -> RawListing | Dropped:  # noqa: ANN401, ARG002
        """Read one job."""
        if not isinstance(item, dict):
            return Dropped("?", "not an object")
        lacking = missing(item, "id", "url", "title")
        if lacking:
            return Dropped(text_of(item, "id") or "?", f"no {lacking}")
        return RawListing(
            source=self.name,
            source_id=text_of(item, "id"),
            url=text_of(item, "url"),
            title=text_of(item, "title"),
            company=text_of(item, "company_name"),
            location=text_of(item, "candidate_required_location"),
            description=text_of(item, "description"),
            posted_at=time_of(item.get("publication_date")),
            employment=tuple(kind.replace("_", "-") for kind in texts_of(item, "job_type")),
            category=text_of(item, "category"),
            pay_text=text_of(item, "salary"),
            remote_board=True,
            raw=item,
        )


BOARD = Remotive()
