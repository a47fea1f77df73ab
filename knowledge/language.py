"""Which language a message is in, as far as its small words show."""

import unicodedata
from functools import cache

from knowledge.text import words
from knowledge.word_lists import word_list

# Small English words; as many of them as of the other language, and the message counts as English.
_ENGLISH = frozenset(word_list("small")["english"])


# Names of roles are often written in Latin letters inside a message of another script.
FOREIGN_SHARE = 0.25


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(word for phrase in row["words"] for word in words(str(phrase)))
        for code, row in word_list("languages").items()
    }


def read_language(message: tuple[str, ...]) -> str | None:
    """Return the ISO 639-1 code of a language other than English, or None (English, or too little to tell)."""
    english = sum(word in _ENGLISH for word in message)
    counts = {code: sum(word in known for word in message) for code, known in _small_words().items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 2 and counts[best] > english else None


def opening(language: str) -> str:
    """Return the line that opens an English answer to a message in *language*."""
    line: str = word_list("languages")[language]["opening"]
    return line


def is_foreign_script(text: str) -> bool:
    """Tell whether a good part of the letters of *text* is of a script that no word list has."""
    letters = [character for character in text if character.isalpha()]
    foreign = sum(not unicodedata.name(character, "").startswith("LATIN") for character in letters)
    return bool(letters) and foreign / len(letters) > FOREIGN_SHARE


def language_name(code: str) -> str:
    """Return the English name of the language *code*."""
    name: str = word_list("languages")[code]["name"]
    return name
