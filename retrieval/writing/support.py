"""Whether words stand in what they are said to come from, and are not turned round."""

import re
from collections.abc import Iterator

from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.check.word_claims import FRAME, NEGATIONS
from retrieval.lexical import stems

# Of the words of each sentence so many must stand in its evidence. Own wordings of 40 right claims reach .67 to 1;
# what was made up .0 to .45 (see tests/retrieval/writing).
SUPPORTED = 0.6
# So many of the words of a line must be found again where it is told in other words; its figures in any case.
RETOLD = 0.4
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
# A word with a capital letter in it; the first of a sentence has one in any case.
_NAME = re.compile(r"^\W*\w[\w'’+#.-]*|\b\w*[A-Z][\w+#-]*")
_FRAME = FRAME | frozenset(word_list("writing")["frame"])
_CONTRARY = tuple((frozenset(one), frozenset(other)) for one, other in word_list("writing")["contrary"])


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def content(text: str) -> list[str]:
    """Return the stems of *text* that carry a fact; figures are held against theirs elsewhere."""
    return [stem for stem in stems(text, _FRAME) if not stem[0].isdigit()]


def support_faults(text: str, told: str, asked: str) -> Iterator[str]:
    """Yield what of *text* does not stand in *told*; words of the question (*asked*) may be taken up."""
    known = {*content(told), *content(asked)}
    for sentence in sentences(text):
        own = content(sentence)
        found = [stem in known for stem in own]
        if own and sum(found) < SUPPORTED * len(own):
            yield f"'{sentence[:60]}' does not stand in the evidence"


def name_faults(text: str, told: str) -> Iterator[str]:
    """Yield names and skills in *text* that *told* has not: one word makes another fact of a sentence."""
    known = set(words(told))
    for sentence in sentences(text):
        first, *rest = _NAME.findall(sentence) or [""]
        named = [*rest, *([first] if first[1:] != first[1:].casefold() else [])]
        yield from (f"'{name}' stands in no evidence" for name in named if not set(words(name)) <= known)
    yield from (f"'{skill}' stands in no evidence" for skill in {*skills_in(text)} - {*skills_in(told)})


def polarity_faults(text: str, told: str) -> Iterator[str]:
    """Yield where *text* says the contrary of what *told* says in the sentence nearest to it."""
    sources = sentences(told)
    for sentence in sentences(text):
        own = set(content(sentence))
        nearest = max(sources, key=lambda source: _likeness(own, set(content(source))), default="")
        said, source = set(words(sentence.replace("not stated", ""))), set(words(nearest.replace("not stated", "")))
        if own and bool(said & NEGATIONS) != bool(source & NEGATIONS):
            yield "it denies what the evidence says, or the other way round"
        every = set(words(told))
        for one, other in (*_CONTRARY, *((b, a) for a, b in _CONTRARY)):
            if said & one and source & other and not every & one:
                yield f"'{min(said & one)}' is the contrary of '{min(source & other)}'"


def _likeness(own: set[str], other: set[str]) -> tuple[float, float]:
    """Return how much of *own* stands in *other*, then how much else does not."""
    return len(own & other) / (len(own) or 1), -len(other)


def is_retold(line: str, text: str) -> bool:
    """Tell whether *text* says enough of what *line* says."""
    own = set(content(line))
    return len(own & set(content(text))) >= RETOLD * len(own)
