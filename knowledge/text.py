"""Words of a text as people mean them, with case and accents folded."""

import re
import unicodedata
from functools import lru_cache

# Letters with a trailing + or # keep it (c++, c#); numbers keep inner points and commas (4.5, 170,000).
_TOKEN = re.compile(r"[^\W\d_]+[+#]*|\d+(?:[.,]\d+)*", re.UNICODE)
# Letters with a stroke through them do not decompose in Unicode, yet people leave the stroke out.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i"})
# A sentence ends where the next begins with a capital.
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def fold(text: str) -> str:
    """Return *text* in lower case without accents; the same number of words, not of characters."""
    # Case folding can bring accents back (the Turkish dotted I), so it stands between two decompositions.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_STROKES)


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words and numbers of *text* in order; punctuation and emoji are left out."""
    if text.isascii():
        return tuple(_TOKEN.findall(text.lower()))
    composed = unicodedata.normalize("NFC", text)
    # A few letters of rare scripts fold to nothing; they are no word then.
    return tuple(
        word for token in _TOKEN.findall(composed) if (word := token.lower() if token.isascii() else fold(token))
    )


def slug(name: str) -> str:
    """Return *name* as lower-case words joined by hyphens: "ML Research Engineer" -> "ml-research-engineer"."""
    return "-".join(words(name))


def sentence(name: str, text: str) -> str:
    """Join a short name and its explanation as one readable line; either may be empty."""
    if not name or not text:
        return name or text
    return f"{name} {text}" if name[-1] in ".?!:" else f"{name}: {text}"


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text of ours, each with its full stop."""
    return _SENTENCE.split(text)


def first_sentence(text: str) -> str:
    """Return the first sentence of a text of ours."""
    return sentences_of(text)[0]
