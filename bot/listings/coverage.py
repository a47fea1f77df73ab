"""How complete a feed's listings are, and whether that fell: a renamed field empties a column without an error."""

from collections.abc import Sequence
from statistics import mean

# Runs that are remembered, and how many are needed before a fall is told.
HISTORY, ENOUGH = 10, 3
# A share that falls below half of what it was, from a tenth on, and in a feed of so many listings.
FALL, WORTH, LISTINGS = 0.5, 0.1, 10
NAMES = {"pay": "pay", "location": "a location", "text": "a description"}


def coverage_of(told: Sequence[str]) -> dict[str, float]:
    """Return the shares with pay, location and text, and how many there were; *told* as `rows.told_of` has it."""
    count = len(told) or 1
    shares = {name: sum(name[0] in one for one in told) / count for name in NAMES}
    return shares | {"listings": float(len(told))}


def fallen(shares: dict[str, float], before: Sequence[dict[str, float]]) -> list[str]:
    """Return what fell against the mean of earlier runs, in words for the operator."""
    if len(before) < ENOUGH or shares["listings"] < LISTINGS:
        return []
    found = []
    for name, words in NAMES.items():
        usual = mean(run.get(name, 0.0) for run in before)
        if usual >= WORTH and shares[name] < usual * FALL:
            found.append(f"only {shares[name]:.0%} have {words}, usually {usual:.0%}: look whether a field was renamed")
    return found
