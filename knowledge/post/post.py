"""A job post read: the listing it would be, its passages, what it asks for, and the signs a guide has a word on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from knowledge.listing.classify import Role, role_of, roles
from knowledge.listing.clean import plain
from knowledge.listing.listing import Listing, RawListing
from knowledge.listing.read import read_listing
from knowledge.post.asks import Asked, read_asked
from knowledge.post.headline import read_headline
from knowledge.post.parts import Passage, passages
from knowledge.post.process import Process, read_process
from knowledge.post.remarks import Remark, read_instructions, read_remarks
from knowledge.post.rules import RULES, Scene, windows
from knowledge.post.signs import Finding, Tone, readers
from knowledge.salary.reader import FIELD_WORDS, read_pay
from knowledge.text import words

# Where a pasted post comes from; no board is called so.
PASTED = "pasted"
# Words of a title that tell the field of work, whatever the role is called.
_FIELDS = {
    r"\b(?:vision|perception|imaging)\b": {"computer-vision-engineer", "AI / ML"},
    r"\b(?:ML|AI|LLMs?|NLP|machine learning|deep learning|speech|applied scientists?|research engineers?)\b": {
        "AI / ML"
    },
}
# What stands between two roles of a title, and what is said beside them.
_BETWEEN, _ASIDE = re.compile(r"[/|&+]|\band\b", re.IGNORECASE), re.compile(r"\([^)]*\)|\[[^\]]*\]")
# A post without a title is known by the role its first words name.
HEAD = 300


@dataclass(frozen=True, slots=True)
class Post:
    """A post read. `listing` holds title, pay, level, place and transparency, as of any listing.

    `findings` are signs with their quotes, in the order of `words/signs/`; `remarks` observations; `instructions` are
    passages that give orders to software. `size` counts words.
    """

    listing: Listing
    passages: tuple[Passage, ...]
    asked: tuple[Asked, ...]
    process: Process
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    instructions: tuple[str, ...]
    size: int

    @property
    def role(self) -> Role | None:
        """The role of the taxonomy, None where the post names none that is known."""
        return roles().get(self.listing.role or "")

    @property
    def is_pasted(self) -> bool:
        """Tell a post somebody pasted from a stored listing."""
        return self.listing.raw.source == PASTED

    def of(self, *tones: Tone) -> tuple[Finding, ...]:
        """Return the findings of some tones."""
        return tuple(finding for finding in self.findings if finding.reader.tone in tones)


class Likeness(Protocol):
    """Tells how likely passages show signs (see `retrieval.likeness`)."""

    def of(self, passages: Sequence[str]) -> Mapping[str, Sequence[float]]:
        """Return the likelihood of each passage by the name of the sign."""
        ...


def read_pasted(text: str, likeness: Likeness | None = None) -> Post:
    """Read a pasted post: title, company and place are found in its text."""
    body = plain(text)
    head = read_headline(body)
    # Without a line that looks like a title the post is known by the role it speaks of first.
    named = head.title or _role_words(body)
    raw = RawListing(PASTED, "", "", named, head.company, head.location, body)
    listing = read_listing(raw)
    if listing.pay is None:
        listing = read_listing(replace(raw, pay_text=_pay_line(body)))
    return read_post(listing, likeness)


def _pay_line(body: str) -> str:
    """Return a short line that is pay and nothing else says so: "Remote, 95k EUR."; empty for none."""
    short = (passage.text for passage in passages(body) if len(words(passage.text)) <= FIELD_WORDS)
    return next((text for text in short if any(pay.currency_stated for pay in read_pay(text))), "")


def _role_words(body: str) -> str:
    role = role_of(body[:HEAD])
    return role.name if role else ""


def read_post(listing: Listing, likeness: Likeness | None = None) -> Post:
    """Read what a listing says as a post; without a *likeness* signs are told by their words alone."""
    found = tuple(passages(listing.text))
    process = read_process(found)
    around = windows(found)
    likely = likeness.of([passage.text for passage in around]) if likeness else {}
    scene = Scene(listing, found, process, around, len(words(listing.text)), likely)
    return Post(
        listing=listing,
        passages=found,
        asked=read_asked(found),
        process=process,
        findings=tuple(_findings(scene)),
        remarks=read_remarks(found),
        instructions=read_instructions(found),
        size=scene.size,
    )


def _family(listing: Listing) -> set[str]:
    """Return the roles and categories a post is of: those its title names, and those its words for a field point to.

    Of the halves of "Data Engineer / ML Engineer" each is one; "Full-Stack Engineer (React, Node)" names one role and
    its tools.
    """
    halves = (role_of(half) for half in _BETWEEN.split(_ASIDE.sub(" ", listing.title)))
    named = {roles().get(listing.role or ""), *halves}
    fields = (family for field, family in _FIELDS.items() if re.search(field, listing.title, re.IGNORECASE))
    return {name for role in named if role for name in (role.slug, role.category)}.union(*fields)


def _findings(scene: Scene) -> list[Finding]:
    family = _family(scene.listing)
    fitting = [one for one in readers().values() if not one.roles or one.roles & family]
    found = [(one, RULES[one.rule](one, scene)) for one in fitting if scene.size >= one.least]
    names = {reader.name for reader, quote in found if quote}
    return [Finding(reader, quote) for reader, quote in found if quote and not reader.without & names]
