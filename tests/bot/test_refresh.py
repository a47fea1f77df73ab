"""A refresh from loopback boards into both databases: every listing accounted for, safe to repeat and to break off."""

import asyncio
import datetime as dt
import json
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.boards import boards
from adapters.boards.board import BoardSettings
from bot.listings.refresh import Report, refresh
from bot.store.listings import ListingStore
from bot.store.tables import METADATA
from knowledge.listing.opening import Opening
from tests.boards.loopback import Answer, Server, serving
from tests.boards.payloads import (
    greenhouse,
    greenhouse_page,
    jobicy,
    jobicy_page,
    remoteok,
    remoteok_page,
    remotive,
    remotive_page,
    weworkremotely_page,
)

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def site(pages: dict[str, bytes | Answer]) -> Any:
    """Serve *pages* by path; a path that is not among them is not found."""

    def answer(path: str, _query: dict[str, str], _headers: dict[str, str]) -> Answer:
        page = pages.get(path, Answer(status=404))
        return page if isinstance(page, Answer) else Answer(page)

    return serving(answer)


def run(
    store: ListingStore, server: Server, only: dict[str, BoardSettings] | None = None, *, now: dt.datetime = NOW
) -> dict[str, Report]:
    settings = only or {
        name: BoardSettings(True, f"{server.url}/{name}", ("lumen",) if name == "greenhouse" else ())
        for name in boards()
    }
    chosen = {name: board for name, board in boards().items() if name in settings}
    reports = asyncio.run(refresh(store, chosen, settings, now=now, back_off=0.01))
    return {report.board: report for report in reports}


def openings(store: ListingStore) -> list[Opening]:
    async def collect() -> list[Opening]:
        return [opening async for opening in store.openings()]

    return asyncio.run(collect())


def pages(**changed: bytes | Answer) -> dict[str, bytes | Answer]:
    found: dict[str, bytes | Answer] = {
        "/jobicy": jobicy_page(jobicy(1), jobicy(2, jobTitle="Data Engineer"), jobicy(3, jobTitle="")),
        "/remoteok": remoteok_page(remoteok(7), remoteok(8, position="Test posting")),
        "/remotive": remotive_page(remotive(5)),
        "/weworkremotely": weworkremotely_page("Lumen: Go Developer"),
        "/greenhouse/lumen/jobs": greenhouse_page(greenhouse(1)),
    }
    return found | {f"/{name}": page for name, page in changed.items()}


def test_every_item_is_kept_or_dropped_with_a_reason(store: ListingStore) -> None:
    with site(pages()) as server:
        reports = run(store, server)

    assert {name: (report.fetched, report.new, sum(report.dropped.values())) for name, report in reports.items()} == {
        "greenhouse": (1, 1, 0),
        "jobicy": (3, 2, 1),
        "remoteok": (2, 1, 1),
        "remotive": (1, 1, 0),
        "weworkremotely": (1, 1, 0),
    }
    assert reports["jobicy"].dropped == {"no jobTitle": 1}
    keys = [member.listing.raw.key for opening in openings(store) for member in opening.members]
    assert len(keys) == len(set(keys)) == 6


def test_a_second_run_is_not_due_and_changes_nothing(store: ListingStore) -> None:
    with site(pages()) as server:
        run(store, server)
        before, asked = openings(store), len(server.asked)
        reports = run(store, server, now=NOW + dt.timedelta(minutes=5))

        assert len(server.asked) == asked
    assert all(report.status.startswith("not due") for report in reports.values())
    assert openings(store) == before


def test_the_store_knows_how_much_is_live_and_when_boards_answered(store: ListingStore) -> None:
    with site(pages()) as server:
        run(store, server)

    async def known() -> tuple[int, dict[str, dt.datetime]]:
        return await store.live(), dict(await store.fetches())

    live, fetches = asyncio.run(known())
    assert live == sum(opening.live for opening in openings(store))
    assert fetches == dict.fromkeys(fetches, NOW)
    assert {"jobicy", "remoteok"} <= set(fetches)


def test_the_same_answer_later_is_the_same(store: ListingStore) -> None:
    with site(pages()) as server:
        run(store, server)
        before = [opening.id for opening in openings(store)]
        reports = run(store, server, now=NOW + 2 * DAY)

    assert all((report.new, report.updated) == (0, 0) for report in reports.values())
    assert [opening.id for opening in openings(store)] == before


def test_copies_on_several_boards_are_one_opening_with_every_link(store: ListingStore) -> None:
    alike = {
        "title": "Senior Computer Vision Engineer",
        "company_name": "Lumen GmbH",
        "candidate_required_location": "Germany",
    }
    with site(
        pages(
            remotive=remotive_page(remotive(5, **alike)),
            jobicy=jobicy_page(
                jobicy(1, companyName="Lumen", jobTitle="Senior Computer Vision Engineer", jobGeo="Germany")
            ),
        )
    ) as server:
        run(store, server)

    (found,) = [one for one in openings(store) if len(one.members) > 1]
    assert {member.listing.raw.source for member in found.members} >= {"jobicy", "remotive"}
    assert found.listing.raw.source == "greenhouse"
    assert found.pay
    assert found.pay.currency == "USD"


def test_a_change_is_an_update_and_keeps_the_opening(store: ListingStore) -> None:
    with site(pages()) as server:
        run(store, server)
    before = {member.listing.raw.key: opening.id for opening in openings(store) for member in opening.members}
    with site(pages(jobicy=jobicy_page(jobicy(1, salaryMax=130000)))) as server:
        reports = run(store, server, now=NOW + DAY)

    after = {member.listing.raw.key: opening for opening in openings(store) for member in opening.members}
    assert (reports["jobicy"].new, reports["jobicy"].updated) == (0, 1)
    assert after["jobicy:1"].id == before["jobicy:1"]


def test_what_is_gone_from_an_employers_board_is_closed_and_what_aged_out_elsewhere_is_not(store: ListingStore) -> None:
    with site(pages()) as server:
        run(store, server)
        first = server.url
    gone: dict[str, bytes | Answer] = {"/greenhouse/lumen/jobs": greenhouse_page(), "/remotive": remotive_page()}
    with site(pages() | gone) as server:
        # Feeds are known by their address, so the second server stands in under the first one's name.
        asyncio.run(_moved(store, first, server.url))
        reports = run(store, server, now=NOW + 2 * DAY)

    assert reports["greenhouse"].closed == 1
    members = {
        member.listing.raw.source: (member, opening) for opening in openings(store) for member in opening.members
    }
    assert members["greenhouse"][0].closed_at
    assert members["remotive"][0].closed_at is None
    # What the employer closed is closed, whoever still lists a copy.
    assert not members["remotive"][1].live
    assert members["jobicy"][1].live


async def _moved(store: ListingStore, old: str, new: str) -> None:
    async with store.engine.begin() as connection:
        for table in ("listings", "feeds"):
            column = METADATA.tables[table].c["feed" if table == "listings" else "key"]
            await connection.execute(sa.update(column.table).values({column: sa.func.replace(column, old, new)}))


def test_jobicy_tells_closed_from_aged_out(store: ListingStore) -> None:
    asked: list[str] = []

    def answer(path: str, query: dict[str, str], _headers: dict[str, str]) -> Answer:
        if path.endswith("/status"):
            asked.append(query["ids"])
            rows = [{"id": 1, "status": "closed"}, {"id": 2, "status": "unknown"}]
            return Answer(json.dumps({"jobs": rows}).encode())
        first = not asked and len(server.asked) == 1
        return Answer(jobicy_page(jobicy(1), jobicy(2)) if first else jobicy_page(jobicy(3)))

    with serving(answer) as server:
        only = {"jobicy": BoardSettings(True, f"{server.url}/jobicy")}
        run(store, server, only)
        reports = run(store, server, only=only, now=NOW + DAY)

    assert asked == ["1,2"]
    assert reports["jobicy"].closed == 1


def test_pages_are_walked_by_their_cursor_once(store: ListingStore) -> None:
    def answer(_path: str, query: dict[str, str], _headers: dict[str, str]) -> Answer:
        return Answer(jobicy_page(jobicy(2 if query.get("cursor") else 1), cursor="same"))

    with serving(answer) as server:
        reports = run(store, server, {"jobicy": BoardSettings(True, f"{server.url}/jobicy")})

    assert reports["jobicy"].new == 2
    assert len([path for path in server.asked if "status" not in path]) == 2


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[" * 50_000,
        b"null",
        b'{"jobs": 3}',
        b'"text"',
        Answer(status=500),
        Answer(status=302, headers={"Location": "/jobicy"}),
    ],
)
def test_a_broken_board_costs_only_itself(bad: bytes | Answer, store: ListingStore) -> None:
    with site(pages(jobicy=bad)) as server:
        reports = run(store, server)

    assert reports["jobicy"].failed
    assert len(reports["jobicy"].errors) == 1
    assert server.url in reports["jobicy"].errors[0]
    assert all(not report.failed for name, report in reports.items() if name != "jobicy")
    assert sum(len(opening.members) for opening in openings(store)) == 4


def test_items_of_wrong_types_cost_only_themselves(store: ListingStore) -> None:
    odd: list[Any] = [
        None,
        3,
        [],
        {"id": {}},
        jobicy(1, jobGeo=["x"], jobType=7, salaryMin="lots", pubDate=12, jobDescription=None),
    ]
    with site(pages(jobicy=jobicy_page(*odd))) as server:
        report = run(store, server)["jobicy"]

    assert (report.fetched, report.new, sum(report.dropped.values())) == (5, 1, 4)


def test_a_column_that_empties_is_told(store: ListingStore) -> None:
    full = [jobicy(n) for n in range(12)]
    bare = [{key: value for key, value in job.items() if not key.startswith("salary")} for job in full]
    # Texts without any figure, so that the field is all there is.
    with site({"/jobicy": jobicy_page(*full)}) as server:
        only = {"jobicy": BoardSettings(True, f"{server.url}/jobicy")}
        for day in range(3):
            run(store, server, only=only, now=NOW + day * DAY)
        first = server.url
    with site({"/jobicy": jobicy_page(*bare)}) as server:
        asyncio.run(_moved(store, first, server.url))
        report = run(store, server, {"jobicy": BoardSettings(True, f"{server.url}/jobicy")}, now=NOW + 4 * DAY)[
            "jobicy"
        ]

    assert any("have pay, usually 100%" in note for note in report.notes)


def test_a_board_whose_terms_forbid_it_is_asked_nothing_without_consent(store: ListingStore) -> None:
    with site(pages()) as server:
        report = run(store, server, {"weworkremotely": BoardSettings(None, f"{server.url}/weworkremotely")})[
            "weworkremotely"
        ]

        assert server.asked == []
    assert report.status == "off: its terms need your consent"


def test_a_run_broken_off_before_openings_were_made_is_completed_by_the_next(store: ListingStore) -> None:
    with site(pages()) as server:
        settings = {"jobicy": BoardSettings(True, f"{server.url}/jobicy")}
        run(store, server, settings)
        expected = [opening.id for opening in openings(store)]
        asyncio.run(_half(store))
        run(store, server, only=settings, now=NOW + HOUR + HOUR)

    assert [opening.id for opening in openings(store)] == expected


async def _half(store: ListingStore) -> None:
    """Leave the database as a process leaves it that is killed between storing listings and making openings."""
    async with store.engine.begin() as connection:
        for statement in (
            "DELETE FROM facets",
            "DELETE FROM cards",
            "DELETE FROM openings",
            "DELETE FROM feeds",
            "UPDATE listings SET opening = NULL, dirty = true",
        ):
            await connection.execute(sa.text(statement))
