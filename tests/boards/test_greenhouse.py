from adapters.boards.greenhouse import tokens
from tests.boards.payloads import greenhouse
from tests.boards.reading import dropped, read


def test_the_pay_widget_of_escaped_html_is_read_whole() -> None:
    listing = read("greenhouse", greenhouse())

    assert listing.pay
    assert (listing.pay.min, listing.pay.max, listing.pay.currency, listing.pay.kind) == (190000, 240000, "USD", "base")
    assert listing.pay.period_stated
    assert listing.title == "Senior Computer Vision Engineer"


def test_ranges_in_cents_go_before_the_widget() -> None:
    ranges = [
        {"min_cents": 15000000, "max_cents": 18000000, "currency_type": "CAD", "title": "Annual salary", "blurb": ""}
    ]

    pay = read("greenhouse", greenhouse(pay_input_ranges=ranges)).pay

    assert pay
    assert (pay.min, pay.max, pay.currency, pay.period) == (150000, 180000, "CAD", "year")


def test_a_way_of_working_in_the_place_field_is_no_place() -> None:
    listing = read("greenhouse", greenhouse(metadata=None))

    assert listing.location == "Hybrid; Austin, Texas, United States"
    assert listing.raw.mode == "Hybrid"
    assert listing.raw.employer


def test_posts_for_prospects_are_no_openings() -> None:
    assert dropped("greenhouse", greenhouse(internal_job_id=None)) == "a post for prospects, not an opening"
    assert dropped("greenhouse", greenhouse(title="  ")) == "no title"


def test_at_least_sixty_employers_are_listed_once_each() -> None:
    assert len(set(tokens())) == len(tokens()) >= 60
