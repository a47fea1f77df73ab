"""Takes out of a text what could name or unlock a person: addresses, numbers to call, keys."""

import re

# In this order: an address of the web may hold an e-mail address.
_MASKS = (
    (re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE), "[link]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"(?<!\w)@\w{3,}"), "[name]"),
    # Keys and tokens: long, without blanks, letters and digits mixed.
    (re.compile(r"\b(?=[\w:-]*\d)(?=[\w:-]*[A-Za-z])[\w:-]{20,}\b"), "[key]"),
    # Nine digits and more, grouped as people write numbers to call; pay has at most seven.
    (re.compile(r"(?<![\w,.])\+?\d(?:[\s()./-]{0,2}\d){8,}(?!\w)"), "[number]"),
    (
        re.compile(r"\b((?:my name is|i am called|i'm called|this is|mein name ist|je m'appelle|me llamo)\s+)[A-Z]\w+"),
        r"\1[name]",
    ),
)


def mask(text: str) -> str:
    """Return *text* with each of them replaced by what it was: "[e-mail]"."""
    for pattern, label in _MASKS:
        text = pattern.sub(label, text)
    return text
