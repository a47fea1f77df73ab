"""All guides and themes of questions together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from knowledge.asked import Asked, asked_name, read_asked
from knowledge.guide import Fact, Fault, Guide
from knowledge.guide_reader import read_guide
from knowledge.text import words

HOME = Path(__file__).parent
FOLDERS = (HOME / "guides", HOME / "faqs")


@dataclass(frozen=True)
class Library:
    """Every guide that can be served, in file order, and every fault found on the way."""

    guides: tuple[Guide, ...]
    faults: tuple[Fault, ...]
    asked: Asked = field(default_factory=dict)

    def asked_of(self, fact: Fact) -> tuple[str, ...]:
        """Return questions that *fact* answers, in people's own words; empty where nobody wrote any."""
        return self.asked.get((fact.place.guide, fact.place.section, asked_name(fact)), ())

    @cached_property
    def by_slug(self) -> dict[str, Guide]:
        """Guides by slug."""
        return {guide.slug: guide for guide in self.guides}

    @cached_property
    def roles(self) -> tuple[Guide, ...]:
        """The role guides, without the themes of questions."""
        return tuple(guide for guide in self.guides if guide.occupation)

    @cached_property
    def themes(self) -> frozenset[str]:
        """The slugs of the themes of questions."""
        return frozenset(guide.slug for guide in self.guides if not guide.occupation)

    @cached_property
    def vocabulary(self) -> dict[str, str]:
        """Every word of a guide's facts, once each, joined by blanks, by slug."""
        return {
            guide.slug: " ".join(dict.fromkeys(word for fact in guide.facts for word in words(fact.sentence)))
            for guide in self.guides
        }

    @cached_property
    def opposing(self) -> dict[Fact, tuple[str, Fact]]:
        """Facts that give different advice, each with what it is about and the fact on the other side."""
        found: dict[Fact, tuple[str, Fact]] = {}
        for guide in self.guides:
            for item in guide.disagreements:
                other = self.by_slug.get(item.guide)
                here, there = guide.named(item.here), other.named(item.there) if other else None
                if here and there:
                    found |= {here: (item.about, there), there: (item.about, here)}
        return found

    @cached_property
    def occupations(self) -> dict[str, tuple[Guide, ...]]:
        """Role guides by occupation (role without level): of all levels first, sourced ones before our own words."""
        found: dict[str, list[Guide]] = {}
        for guide in sorted(self.roles, key=lambda g: (g.level is not None, g.is_mostly_ours)):
            found.setdefault(guide.occupation or "", []).append(guide)
        return {occupation: tuple(guides) for occupation, guides in found.items()}


def load_library(folders: Iterable[Path] = FOLDERS) -> Library:
    """Read every Markdown file of *folders*; a file that cannot be read is a fault and the others are served."""
    guides: list[Guide] = []
    faults: list[Fault] = []
    for path in sorted(path for folder in folders for path in folder.glob("*.md")):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(Fault(path, 1, f"cannot be read: {error}"))
            continue
        guide, found = read_guide(text, path)
        faults += found
        namesake = next((other for other in guides if guide and other.slug == guide.slug), None)
        if namesake:
            faults.append(Fault(path, 1, f"duplicate file name: {namesake.path} has it and is served"))
        elif guide:
            guides.append(guide)
    asked, found = read_asked(guides)
    return Library(tuple(guides), tuple(faults + _duplicates(guides) + _unknown_disagreements(guides) + found), asked)


def _unknown_disagreements(guides: list[Guide]) -> list[Fault]:
    """Find disagreements with a guide or about a fact that is not there."""
    faults: list[Fault] = []
    by_slug = {guide.slug: guide for guide in guides}
    for guide in guides:
        for item in guide.disagreements:
            for slug, name in ((guide.slug, item.here), (item.guide, item.there)):
                if slug not in by_slug or not by_slug[slug].named(name):
                    line = _line_of(guide.path, name)
                    faults.append(Fault(guide.path, line, f"disagreements: guide '{slug}' has no fact '{name}'"))
    return faults


def _duplicates(guides: list[Guide]) -> list[Fault]:
    """Find aliases that two guides claim."""
    faults: list[Fault] = []
    owners: dict[tuple[str, ...], Guide] = {}
    for guide in guides:
        for alias in guide.aliases:
            owner = owners.setdefault(words(alias), guide)
            if owner is not guide:
                faults.append(
                    Fault(
                        guide.path, _line_of(guide.path, alias), f"duplicate alias '{alias}': {owner.path.name} has it"
                    )
                )
    return faults


def _line_of(path: Path, alias: str) -> int:
    lines = path.read_text("utf-8").splitlines()
    # An alias stands alone on a line of a list, or between brackets and commas.
    whole = re.compile(rf"(?:^\s*-|[\[,])\s*['\"]?{re.escape(alias)}['\"]?\s*(?:$|[\],])")
    return next((number for number, line in enumerate(lines, 1) if whole.search(line)), 1)
