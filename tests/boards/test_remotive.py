from tests.boards.payloads import remotive
from tests.boards.reading import dropped, read


def test_a_job_is_read_with_its_salary_text() -> None:
    listing = read("remotive", remotive())

    assert listing.company == "Lumen"
    assert listing.pay
    assert (listing.pay.min, listing.pay.max, listing.pay.currency, listing.pay.period_stated) == (
        95000,
        115000,
        "EUR",
        False,
    )
    assert listing.zone
    assert listing.raw.posted_at
    assert listing.raw.posted_at.isoformat() == "2026-11-17T09:30:00+00:00"


def test_an_item_without_its_link_is_dropped() -> None:
    assert dropped("remotive", remotive(url="")) == "no url"
    assert dropped("remotive", None) == "not an object"
