import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.masking import mask


@pytest.mark.parametrize(
    "text, kept",
    [
        ("write to jane.doe+jobs@mail.example.org please", "write to [e-mail] please"),
        ("call +49 (170) 123-45-67-8 now", "call [number] now"),
        ("my key sk-abc123DEF456ghi789JKL", "my key [key]"),
        ("see https://example.org/me?id=7 for it", "see [link] for it"),
        ("ping @jane_doe", "ping [name]"),
        ("my name is Jane and I earn", "my name is [name] and I earn"),
        # pay, years and tools are what the question is about
        ("offered 170,000-240,000 USD with 4.5 yrs", "offered 170,000-240,000 USD with 4.5 yrs"),
        ("is 185k base low? C++ / BDD100K", "is 185k base low? C++ / BDD100K"),
    ],
)
def test_what_names_a_person_is_masked_and_the_rest_is_kept(text: str, kept: str) -> None:
    assert mask(text) == kept


@given(
    name=st.from_regex(r"[a-z]{1,12}", fullmatch=True), host=st.from_regex(r"[a-z]{2,10}\.(com|org|de)", fullmatch=True)
)
def test_no_address_survives(name: str, host: str) -> None:
    assert host not in mask(f"mail {name}@{host}, thanks")


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)
