"""Whether every flag and every check of the guides has its reader, and every reader a guide's word behind it."""

from collections.abc import Iterator

from knowledge.guide import Fault, SectionKind, Statement
from knowledge.library import Library
from knowledge.post.signs import readers
from knowledge.word_lists import word_list

_READ = (SectionKind.FLAGS, SectionKind.CHECKS)


def unread_statements(library: Library) -> list[Fault]:
    """Return a fault for each flag or check of a guide that no sign of `words/signs/` names, and the reverse."""
    named = {(slug, name) for reader in readers().values() for slug, name in reader.behind.items()}
    return [*_without_reader(library, named), *_without_statement(library)]


def _without_reader(library: Library, named: set[tuple[str, str]]) -> Iterator[Fault]:
    for guide in library.roles:
        for fact in guide.of(Statement):
            if fact.place.section in _READ and (guide.slug, fact.name) not in named:
                reason = f"'{fact.name}' is read in no job post: name it behind a sign in words/signs/"
                yield Fault(guide.path, fact.place.line, reason)


def _without_statement(library: Library) -> Iterator[Fault]:
    rows = word_list("posts")
    listed = {f"signs/: {reader.name}": reader.behind for reader in readers().values()}
    listed |= {
        f"posts.yaml: {name}": row["behind"] for part in ("remarks", "questions") for name, row in rows[part].items()
    }
    for where, behind in listed.items():
        for slug, name in behind.items():
            guide = library.by_slug.get(slug)
            if guide is not None and guide.named(name) is None:
                yield Fault(guide.path, 1, f"words/{where} names '{name}', which is not there")
