"""Words of a text as people mean them: folded case, accents and quotes, with their place in the original."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Letters with a trailing + or # keep it (c++, c#); numbers keep inner points and commas (4.5, 170,000).
_TOKEN = re.compile(r"[^\W\d_]+[+#]*|\d+(?:[.,]\d+)*", re.UNICODE)
# Letters with a stroke through them do not decompose in Unicode, yet people leave the stroke out.
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i"})


class Token(NamedTuple):
    """One word or number: `word` is folded, `start` and `end` count characters of the text it was read from."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return *text* in lower case without accents; the same number of words, not of characters."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_STROKES)


def tokens(text: str) -> list[Token]:
    """Return the words and numbers of *text* in order; punctuation and emoji are left out."""
    composed = unicodedata.normalize("NFC", text)
    # A few letters of rare scripts fold to nothing; they are no word then.
    return [Token(word, m.start(), m.end()) for m in _TOKEN.finditer(composed) if (word := fold(m.group()))]


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of *text*, for comparing and for phrase lists."""
    return tuple(token.word for token in tokens(text))


def slug(name: str) -> str:
    """Return *name* as lower-case words joined by hyphens: "ML Research Engineer" -> "ml-research-engineer"."""
    return "-".join(words(name))


def sentence(name: str, text: str) -> str:
    """Join a short name and its explanation as one readable line; either may be empty."""
    if not name or not text:
        return name or text
    return f"{name} {text}" if name[-1] in ".?!:" else f"{name}: {text}"
