"""What a listing is about: its role by the title, skills, industries, hardware and model types by the words of its text."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from knowledge.phrases import Found, PhraseBook
from knowledge.text import words
from knowledge.word_lists import word_list

# An industry, a kind of hardware or of model counts when the title names it or the text does twice.
OFTEN = 2
# Names that are everyday words too, and how near another skill must stand that they are meant.
_BESIDE, NEAR = {"spark": "Spark"}, 2
KINDS = ("skills", "industries", "hardware", "model_types")
# Words of a text that are looked at: the rest of a long posting is about the company and its benefits.
MOST_WORDS = 2500


class Role(NamedTuple):
    """A role of the taxonomy: `guide` is the occupation of our guides that answers for it, if any."""

    slug: str
    name: str
    category: str
    guide: str | None


@cache
def roles() -> dict[str, Role]:
    """Return every role by slug, the most specific first."""
    rows = word_list("listing_roles")["roles"]
    return {row["slug"]: Role(row["slug"], row["name"], row["category"], row.get("guide")) for row in rows}


@cache
def _titles() -> tuple[PhraseBook[str], dict[str, int]]:
    book: PhraseBook[str] = PhraseBook()
    for row in word_list("listing_roles")["roles"]:
        for phrase in row["titles"]:
            book.add(str(phrase), row["slug"])
    return book, {slug: place for place, slug in enumerate(roles())}


@lru_cache(maxsize=16_384)
def role_of(title: str) -> Role | None:
    """Return the role a title names, the most specific where it names several; None where none is known."""
    book, order = _titles()
    found = {match.value for match in book.find(words(title))}
    return roles()[min(found, key=order.__getitem__)] if found else None


@cache
def listing_roles(occupation: str) -> tuple[str, ...]:
    """Return the roles of listings that an *occupation* of the guides is.

    The one of its name, else all it answers for: DevOps, reliability and platform engineers have one guide. Empty where
    no listing is of it.
    """
    covered = (role.slug for role in roles().values() if role.guide == occupation)
    return (occupation,) if occupation in roles() else tuple(covered)


@cache
def skill_book() -> PhraseBook[str]:
    """Return every spelling of a skill with its name."""
    book: PhraseBook[str] = PhraseBook()
    for group, names in word_list("listing_skills").items():
        for name, spellings in names.items():
            for spelling in spellings if group == "exact" else (name, *spellings):
                book.add(str(spelling), str(name))
    return book


def skills_named(message: tuple[str, ...]) -> list[str]:
    """Return the skills that folded words name, in order, some perhaps twice."""
    found = skill_book().find(message)
    return [one.value for one in found] + _beside(message, found)


def _beside(message: tuple[str, ...], found: Sequence[Found[str]]) -> list[str]:
    """Return skills whose names are everyday words, where they stand beside another skill: "Kafka, Spark"."""
    places = [place for place, word in enumerate(message) if word in _BESIDE]
    near = (place for place in places if any(one.start - NEAR <= place < one.end + NEAR for one in found))
    return [_BESIDE[message[place]] for place in near]


@cache
def book_of(kind: str) -> PhraseBook[str]:
    """Return the words of *kind* ("industries", "hardware", "model_types") with the slug they mean."""
    book: PhraseBook[str] = PhraseBook()
    for slug, row in word_list("listing_roles")[kind].items():
        for phrase in (row["name"], *row["words"]):
            book.add(str(phrase), slug)
    return book


@cache
def names_of(kind: str) -> dict[str, str]:
    """Return the display names of *kind* by slug."""
    return {slug: row["name"] for slug, row in word_list("listing_roles")[kind].items()}


@cache
def _text_book() -> PhraseBook[tuple[str, str]]:
    """Return skills, industries, hardware and kinds of models in one book: a long text is walked through once."""
    book: PhraseBook[tuple[str, str]] = PhraseBook()
    for kind in KINDS:
        source = skill_book() if kind == "skills" else book_of(kind)
        for phrase, value in source.items():
            book.add(" ".join(phrase), (kind, value))
    return book


def named_in(message: tuple[str, ...]) -> dict[str, list[str]]:
    """Return what folded words name, by kind ("skills", "industries", "hardware", "model_types"), in order."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    named = _text_book().find(message)
    for one in named:
        kind, value = one.value
        found[kind].append(value)
    found["skills"] += _beside(
        message, [Found(one.start, one.end, one.value[1]) for one in named if one.value[0] == "skills"]
    )
    return found


def often_named(in_title: list[str], in_text: list[str]) -> tuple[str, ...]:
    """Return what a listing is about: what its title names or its text names twice, the most often named first."""
    counts: dict[str, int] = {}
    for slug in in_title:
        counts[slug] = counts.get(slug, 0) + OFTEN
    for slug in in_text:
        counts[slug] = counts.get(slug, 0) + 1
    often = [slug for slug, count in counts.items() if count >= OFTEN]
    return tuple(sorted(often, key=lambda slug: -counts[slug]))
