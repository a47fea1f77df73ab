"""Our own guidance: judgement that has no source, and therefore states no figure."""

import re

# What stands in quotes is an example of what people type; "25th" is the name of a percentile.
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_COUNTS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred|dozens?"
_UNITS = "years?|months?|weeks?|days?|hours?|minutes?|rounds?|stages?|per ?cent|times"
_FIGURE = re.compile(rf"(?<!\w)\d[\d.,]*(?!\d|th\b)[\w%]*|\b(?:{_COUNTS})\s+(?:or \w+ )?(?:{_UNITS})\b", re.IGNORECASE)


def figure_in(text: str) -> str:
    """Return the first figure that *text* of ours states: a number, or a counted stretch of time; empty for none."""
    found = _FIGURE.search(_QUOTED.sub(" ", text))
    return found.group() if found else ""
