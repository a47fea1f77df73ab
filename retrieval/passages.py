"""What is searched: one passage per fact, its text together with the role and heading it stands under."""

import hashlib
from dataclasses import dataclass

from knowledge.guide import TITLES, Bottleneck, Fact, SectionKind, Statement
from knowledge.library import Library

# Between a passage's id and what tells its questions apart.
MARK = "."


@dataclass(frozen=True, slots=True)
class Passage:
    """A searchable text. `id` is a hash of what is embedded, so that an unchanged fact keeps its vector.

    `owner` is the role or theme it belongs to, `topic` the section it stands in, `title` what it is about (a question,
    the name of a skill; may be empty), `text` what it says. `asked` are questions it answers, in the words of people
    who have not read it.
    """

    id: str
    group: str
    section: str
    owner: str
    topic: str
    title: str
    text: str
    asked: tuple[str, ...] = ()

    @property
    def embedded(self) -> str:
        """The text itself with where it stands."""
        where = " — ".join(part for part in (self.owner, self.topic) if part)
        return ". ".join(part for part in (where, self.title, self.text) if part)

    @property
    def entries(self) -> dict[str, str]:
        """Everything that is turned into a vector, by id: the text itself and each question it answers."""
        return {self.id: self.embedded} | {f"{self.id}{MARK}{_digest(question)}": question for question in self.asked}


def passage(
    group: str,
    section: str,
    text: str,
    *,
    owner: str = "",
    topic: str = "",
    title: str = "",
    asked: tuple[str, ...] = (),
) -> Passage:
    """Make a passage; the same words under the same heading of the same group always get the same id."""
    parts = (group, section, owner, topic, title, text)
    return Passage(_digest("\n".join(parts)), *parts, asked)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def passages(library: Library) -> dict[str, tuple[Passage, Fact]]:
    """Return every fact of *library* as a passage by id, in file order; a fact written twice counts once."""
    found: dict[str, tuple[Passage, Fact]] = {}
    for guide in library.guides:
        for fact in guide.facts:
            title, text = _title_and_text(fact)
            made = passage(
                guide.slug,
                fact.place.section,
                text,
                owner=guide.title,
                topic=_topic(fact),
                title=title,
                asked=library.asked_of(fact),
            )
            found.setdefault(made.id, (made, fact))
    return found


def searchable(library: Library) -> dict[str, Passage]:
    """Return the passages of *library* by id, as the index and the search take them."""
    return {key: made for key, (made, _) in passages(library).items()}


def _topic(fact: Fact) -> str:
    title = TITLES[SectionKind(fact.place.section)]
    return f"{title} — {fact.group}" if isinstance(fact, Statement) and fact.group else title


def _title_and_text(fact: Fact) -> tuple[str, str]:
    match fact:
        case Statement(name=name, text=text) if text:
            return name, text
        case Bottleneck(heading=heading, name=name, text=text):
            return f"{heading}: {name}", text
        case _:
            return "", fact.sentence
