"""Signs that no single passage shows by its words: a long list, a main duty, a process that lacks a step."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.listing.classify import skills_named
from knowledge.listing.listing import Listing
from knowledge.post.asks import FIELDS
from knowledge.post.parts import Part, Passage
from knowledge.post.process import Process
from knowledge.post.signs import Reader, has, readers
from knowledge.post.specific import particular_words
from knowledge.text import words
from knowledge.workmode.verdict import Verdict

# A wish list names at least so many different technologies; a passage that lists so many demands them anywhere.
WISHES, LISTED = 8, 5
# So many trades asked of one person are several jobs.
TRADES = 3
# A list is a wish list where it is a good part of the post: one technology for at most so many words.
SPARSE = 28
_CHOICE = re.compile(
    r"\b(?:or|one of|any of|such as|e\.?g\.?|for example|similar|like|either|ideally)\b", re.IGNORECASE
)
# A passage with the words for a sign must be at least so likely to show it.
MAYBE = 0.2
# A passage tells a problem in the words of its field: with so many that posts hardly use, fewer where it is likely.
PARTICULAR, PARTICULAR_LIKELY, TOLD, CUED = 5, 3, 0.4, 0.05
# What is said beside the work denies nothing of it.
_BESIDE = {Part.OFFER, Part.LEGAL, Part.PROCESS}
_YOU = re.compile(r"\b(?:you|your|you['’](?:ll|d|re))\b", re.IGNORECASE)
_MAINLY = re.compile(
    r"\b(?:main|primary|core|chief|central) (?:job|task|duty|role|responsibility|focus)|\bmost of (?:your|the)\b|\bday[- ]to[- ]day\b|"
    r"\b[5-9]\d ?%|\bmainly\b|\bprimarily\b|\byour job is\b|\bfor the most part\b",
    re.IGNORECASE,
)
_DEMANDED = {Part.DEMANDS, Part.STACK, Part.OTHER}


def windows(found: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return *found*, then two neighbouring sentences of one line and part as one passage each: some signs take two."""
    near = ((one, other) for one, other in pairwise(found) if (one.line, one.part) == (other.line, other.part))
    return (*found, *(one._replace(text=f"{one.text} {other.text}") for one, other in near))


@dataclass(frozen=True, slots=True)
class Scene:
    """What rules look at: the listing, its passages in order and their windows, the steps of hiring, how many words.

    `likely` holds for each sign that was learned how likely each of the windows shows it.
    """

    listing: Listing
    found: Sequence[Passage]
    process: Process
    windows: Sequence[Passage]
    size: int
    likely: Mapping[str, Sequence[float]]

    @property
    def told(self) -> list[str]:
        """The title and the passages that speak of the work and the employer."""
        return [self.listing.title, *(passage.text for passage in self.found if passage.part not in _BESIDE)]

    def showing(self, reader: Reader) -> Iterator[Passage]:
        """Yield the passages that show the sign of *reader*, in order.

        By its cues alone; where passages were judged, a likely one needs no cue and an unlikely one not even with it.
        """
        likely = self.likely.get(reader.name)
        for place, passage in enumerate(self.windows):
            if passage.part not in reader.parts or has(reader.but, passage.text):
                continue
            cued = has(reader.cues, passage.text)
            if (cued and (likely is None or likely[place] >= MAYBE)) or (likely and likely[place] >= reader.sure):
                yield passage


def shown(reader: Reader, scene: Scene) -> str:
    """Return the first passage that shows the sign, unless something speaks against it; empty for none."""
    if reader.is_denied(scene.told):
        return ""
    return next((passage.text for passage in scene.showing(reader)), "")


def wishlist(_reader: Reader, scene: Scene) -> str:
    """Return the passage that demands most technologies, where all demands together are a wish list without a use."""
    named: dict[str, str] = {}
    for passage in scene.found:
        found = set(skills_named(words(passage.text))) - FIELDS
        if (passage.part in _DEMANDED or len(found) >= LISTED) and not _CHOICE.search(passage.text):
            named = {**dict.fromkeys(found, passage.text), **named}
    crowded = len(named) >= WISHES and scene.size <= SPARSE * len(named)
    if not crowded or specific(readers()["named-problem"], scene):
        return ""
    quotes = list(named.values())
    return max(quotes, key=quotes.count)


def spread(reader: Reader, scene: Scene) -> str:
    """Return the passage with most trades where the whole post asks one person for several, or one that shows it."""
    told = shown(reader, scene)
    if told or reader.is_denied(scene.told):
        return told
    fitting = [one.text for one in scene.found if one.part in reader.parts and not has(reader.but, one.text)]
    counts = [sum(trade.found_in(text) for trade in reader.trades) for text in fitting]
    asked = sum(any(trade.found_in(text) for text in fitting) for trade in reader.trades)
    return fitting[counts.index(max(counts))] if asked >= TRADES else ""


def main_duty(reader: Reader, scene: Scene) -> str:
    """Return the duty that shows the sign where it is the first of all or most of them are alike."""
    duties = [passage for passage in scene.found if passage.part is Part.DUTIES]
    # Without headings the duties are what is said to "you".
    duties = duties or [passage for passage in scene.found if passage.part is Part.OTHER and _YOU.search(passage.text)]
    telling = list(scene.showing(reader))
    if not telling or reader.is_denied(scene.told):
        return ""
    first = telling[0]
    leads = any(duty.text in first.text for duty in duties[:1]) or bool(_MAINLY.search(first.text))
    many = sum(any(duty.text in one.text for one in telling) for duty in duties)
    return first.text if leads or 2 * many > max(1, len(duties)) else ""


def no_design_step(reader: Reader, scene: Scene) -> str:
    """Return the first step of a hiring process that is laid out and has no step of the kind."""
    if not scene.process.is_described:
        return ""
    steps = [passage.text for passage in scene.found if passage.part is Part.PROCESS]
    return "" if reader.is_denied(steps) else steps[0]


def specific(reader: Reader, scene: Scene) -> str:
    """Return the passage that tells a problem in the words of its field."""
    likely = scene.likely.get(reader.name)
    best, quote = 0.0, ""
    for place, passage in enumerate(scene.found):
        if passage.part not in reader.parts or has(reader.but, passage.text):
            continue
        many, cued = len(particular_words(passage.text)), has(reader.cues, passage.text)
        score = likely[place] if likely else many / PARTICULAR
        told = many >= PARTICULAR_LIKELY and score >= TOLD if likely else cued
        if (told or (cued and many >= PARTICULAR and score >= CUED)) and many >= PARTICULAR_LIKELY and score > best:
            best, quote = score, passage.text
    return quote


def mode(_reader: Reader, scene: Scene) -> str:
    """Return the words that say whether the work is remote or hybrid, where they contradict nothing."""
    work = scene.listing.work
    clear = work.verdict is not Verdict.UNCLEAR and not work.transparency.flags
    return work.quote if clear else ""


RULES: Mapping[str, Callable[[Reader, Scene], str]] = {
    "shown": shown,
    "wishlist": wishlist,
    "spread": spread,
    "main_duty": main_duty,
    "no_design_step": no_design_step,
    "specific": specific,
    "mode": mode,
}
