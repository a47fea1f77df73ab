from typing import Any

import feedparser

from adapters.boards import boards
from tests.boards.payloads import weworkremotely_page
from tests.boards.reading import dropped, read


def _entries(*titles: str) -> list[dict[str, Any]]:
    return [dict(entry) for entry in feedparser.parse(weworkremotely_page(*titles), sanitize_html=False).entries]


def test_company_and_title_are_taken_apart_and_the_link_back_says_nothing_about_remote_work() -> None:
    listing = read("weworkremotely", _entries("Proxify AB: Senior QA Engineer: Long-term job")[0])

    assert (listing.company, listing.title) == ("Proxify AB", "Senior QA Engineer: Long-term job")
    assert "remote" not in listing.text.casefold()
    assert "Paris" not in listing.text
    assert listing.raw.expires_at
    assert listing.work.verdict == "remote_worldwide"


def test_an_entry_without_a_title_is_dropped() -> None:
    assert dropped("weworkremotely", {"link": "https://weworkremotely.com/remote-jobs/x"}) == "no title"


def test_it_is_off_until_its_terms_are_accepted() -> None:
    assert boards()["weworkremotely"].terms.needs_consent
