import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.pattern_set import PatternSet
from knowledge.workmode.patterns import PATTERNS, TRAPS

SETS = {"patterns": PATTERNS, **{f"traps of {signal}": traps for signal, traps in TRAPS.items()}}
# Words that patterns are made of, with what a word boundary, a blank or a digit may be beyond ASCII.
PIECES = st.sampled_from(
    [
        "remote",
        "hybrid",
        "office",
        "days",
        "week",
        "3",
        "must be",
        "based in",
        "Germany",
        "US",
        "hours",
        "overlap",
        "CET",
        "work from",
    ]
)
ODD = st.sampled_from(
    ["home", "not", "fully", "visa", "only", "São", "Zürich", "١", "xé", "ın", "–", "•", "(", ")", ",", "."]
)
BLANKS = st.sampled_from([" ", "", "\u00a0", "\x0b", "\n", "  ", "\u2003"])


@given(st.lists(st.tuples(PIECES | ODD, BLANKS), max_size=14), st.sampled_from(sorted(SETS)))
def test_the_filter_lets_through_whatever_a_pattern_matches(pieces: list[tuple[str, str]], name: str) -> None:
    text = "".join(word + blank for word, blank in pieces)
    chosen = SETS[name]
    told = set(chosen.matching(text))
    missed = [p.pattern for place, p in enumerate(chosen.patterns) if place not in told and p.search(text)]
    assert not missed


@pytest.mark.parametrize("pattern", [p.pattern for p in PATTERNS.patterns], ids=range(len(PATTERNS.patterns)))
def test_every_pattern_can_match(pattern: str) -> None:
    """A pattern that its own filter never lets through would be silently dead."""

    @settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_regex(pattern))
    def whatever_matches_passes(text: str) -> None:
        assert PatternSet(pattern).matching(text) == [0]

    whatever_matches_passes()


def test_the_leftmost_match_wins_and_of_several_there_the_first_pattern() -> None:
    chosen = PatternSet(r"\bhome office\b", r"(?i)\boffice\b", r"\bhome\b")
    found = chosen.search("a home office")
    assert found is not None
    assert found.group() == "home office"
    assert chosen.search("nothing of the kind") is None


def test_lookarounds_narrow_and_half_a_surrogate_pair_is_no_error() -> None:
    chosen = PatternSet(r"office(?! (?:hours|(?:sup)?plies))")
    assert chosen.search("office hours, office supplies") is None
    found = chosen.search("\ud800 office")
    assert isinstance(found, re.Match)
