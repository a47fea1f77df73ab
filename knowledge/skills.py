"""Skills by name: which of the known ones a text speaks of. The list is `words/skills.yaml`."""

from functools import cache, lru_cache

from knowledge.phrases import PhraseBook
from knowledge.text import words
from knowledge.word_lists import word_list

# Shorter names are words too ("go", "r u"): these are found by their other spellings only.
SHORTEST = 3


@cache
def skills() -> PhraseBook[str]:
    """Return every spelling with the skill's name, read once."""
    book: PhraseBook[str] = PhraseBook()
    for names in word_list("skills").values():
        for name, spellings in names.items():
            for spelling in (name, *spellings):
                if spelling is not name or len(name) >= SHORTEST:
                    book.add(str(spelling), str(name))
    return book


@lru_cache(maxsize=8192)
def skills_in(text: str) -> tuple[str, ...]:
    """Return the names of the skills *text* speaks of, in order, each once."""
    return tuple(dict.fromkeys(found.value for found in skills().find(words(text))))


def skill_words(text: str) -> tuple[str, ...]:
    """Return the words of *text* that name skills, in order."""
    message = words(text)
    return tuple(word for found in skills().find(message) for word in message[found.start : found.end])
