import json

from tests.boards.payloads import remoteok
from tests.boards.reading import dropped, read


def test_broken_letters_are_mended_and_the_tag_with_an_address_is_gone() -> None:
    listing = read("remoteok", remoteok())

    assert listing.company == "São Vision"
    assert "mention the word" not in listing.text
    assert "RMTkyLjAuMi4x" not in json.dumps(listing.raw.raw)
    assert listing.role == "computer-vision-engineer"


def test_zero_is_unknown_and_numbers_are_estimates_never_shown_as_pay() -> None:
    assert read("remoteok", remoteok()).pays == ()
    estimated = read("remoteok", remoteok(salary_min=90000, salary_max=140000))
    assert estimated.pays[0][0] == "estimate"
    assert estimated.pay is None


def test_junk_is_dropped_with_its_reason() -> None:
    assert dropped("remoteok", remoteok(position="", company="")) == "blank title or company"
    assert dropped("remoteok", remoteok(position="Testing Testing Test")) == "a test or an inbox, not a post"
    office = remoteok(location="Boise, Idaho", description="<p>We sell boots in our shop.</p>", position="Shop Clerk")
    assert dropped("remoteok", office) == "nothing about remote work in it"
