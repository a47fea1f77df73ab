from tests.boards.payloads import jobicy
from tests.boards.reading import dropped, read


def test_a_job_of_2026_is_read_with_its_structured_pay() -> None:
    listing = read("jobicy", jobicy())

    assert (listing.title, listing.company, listing.location) == (
        "Senior Computer Vision Engineer – Imaging",
        "Lumen & Sons",
        "Germany, Spain",
    )
    assert listing.pay
    assert (listing.pay.min, listing.pay.max, listing.pay.currency, listing.pay.period) == (
        90000,
        120000,
        "EUR",
        "year",
    )
    assert (listing.role, listing.seniority.low, set(listing.eligible.markets)) == (
        "computer-vision-engineer",
        "senior",
        {"DE", "ES"},
    )
    assert {"PyTorch", "CUDA"} <= set(listing.skills)


def test_the_field_names_of_2024_are_read_too() -> None:
    old = jobicy(annualSalaryMin="60000", annualSalaryMax="80000", salaryCurrency="USD", pubDate="2024-12-07 04:10:26")
    for name in ("salaryMin", "salaryMax", "salaryPeriod"):
        del old[name]

    listing = read("jobicy", old)

    assert listing.pay
    assert (listing.pay.min, listing.pay.max, listing.pay.period) == (60000, 80000, "year")
    assert listing.raw.posted_at
    assert listing.raw.posted_at.isoformat() == "2024-12-07T04:10:26+00:00"


def test_one_bound_and_none_are_taken_as_they_are() -> None:
    one = read("jobicy", jobicy(salaryMax=None)).pay
    assert one
    assert (one.min, one.max) == (90000, None)
    assert read("jobicy", jobicy(salaryMin=None, salaryMax=None)).pay is None


def test_what_is_no_listing_is_dropped_with_its_reason() -> None:
    assert dropped("jobicy", "text") == "not an object"
    assert dropped("jobicy", jobicy(jobTitle="")) == "no jobTitle"
    assert dropped("jobicy", jobicy(url=None)) == "no url"
