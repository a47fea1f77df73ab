"""Whether words stand in what they are said to come from, and are not turned round."""

import re
from collections.abc import Iterator, Sequence

from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.check.word_claims import NEGATIONS
from retrieval.lexical import stems

# So much of a line must be found again where it is told in other words; its figures in any case.
RETOLD = 0.75
# Words of the evidence that may be left out between two that a claim takes up: what was further apart is put together.
GAP = 2
# A line this short may be told in any order: there is little in it to be put together wrongly.
SHORT = 6
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
# A word with a capital letter in it; the first of a sentence has one in any case.
_NAME = re.compile(r"^\W*\w[\w'’+#.-]*|\b\w*[A-Z][\w+#-]*")
_PARTS = re.compile(r"[,;:—–()]+(?:\s|$)|\s(?:but|yet|while|whereas|although|though|which|where)\s")
# "market not stated" denies nothing that a guide says.
_NOT_STATED = re.compile(r"\b(?:no|not)\b[^.;,]{0,20}\bstated\b")
_HEDGES = frozenset(word_list("writing")["hedges"])
# What stands before one of these and what after it may not change places.
_TURNING = NEGATIONS | frozenset(word_list("writing")["turning"])
_SOFT = frozenset(word_list("writing")["soft"])
# One spelling for both sides of the ocean.
_BRITISH = re.compile(r"is(ation|e|ed|es|ing|er)\b")
_CONTRARY = tuple((frozenset(one), frozenset(other)) for one, other in word_list("writing")["contrary"])


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def joined(text: str) -> str:
    """Return the words of *text* with blanks around each, to look for words in."""
    return f" {' '.join(words(text))} "


def content(text: str) -> list[str]:
    """Return the stems of *text* that carry something, in order; figures are held against theirs elsewhere."""
    return [stem for stem in stems(_BRITISH.sub(r"iz\1", text), _SOFT) if not stem[0].isdigit()]


def support_faults(text: str, sources: Sequence[str], named: str) -> Iterator[str]:
    """Yield what of *text* does not stand in one of *sources*, in its order; what is *named* may be said of each."""
    beside = {*content(named)}
    lines = [[stem for stem in content(source) if stem not in beside] for source in sources]
    for sentence in sentences(text):
        for part in _PARTS.split(sentence):
            own = [stem for stem in content(part) if stem not in beside]
            ordered = bool(_TURNING & set(words(part)))
            if own and not any(_stands(own, line, ordered=ordered) for line in lines):
                yield f"'{part.strip()[:60]}' does not stand in the evidence like this"


def _stands(own: Sequence[str], line: Sequence[str], *, ordered: bool) -> bool:
    """Tell whether the words *own* stand near each other in *line*, if need be in their order."""
    if not set(own) <= set(line):
        return False
    if len(line) <= SHORT and not ordered:
        return True
    if ordered:
        return any(_follows(own, line, start) for start, word in enumerate(line) if word == own[0])
    reach = len(own) + GAP
    return any(set(own) <= set(line[start : start + reach]) for start in range(max(1, len(line) - reach + 1)))


def _follows(own: Sequence[str], line: Sequence[str], start: int) -> bool:
    place = start
    for stem in own[1:]:
        reach = line[place + 1 : place + GAP + 2]
        if stem not in reach:
            return False
        place += 1 + reach.index(stem)
    return True


def name_faults(text: str, told: str) -> Iterator[str]:
    """Yield names and skills in *text* that *told* has not: one word makes another fact of a sentence."""
    known = set(words(told))
    for sentence in sentences(text):
        first, *rest = _NAME.findall(sentence) or [""]
        named = [*rest, *([first] if first[1:] != first[1:].casefold() else [])]
        yield from (f"'{name}' stands in no evidence" for name in named if not set(words(name)) <= known)
    yield from (f"'{skill}' stands in no evidence" for skill in {*skills_in(text)} - {*skills_in(told)})


def polarity_faults(text: str, told: str) -> Iterator[str]:
    """Yield where *text* says the contrary of *told*, or is surer than the sentence of it that is nearest."""
    every = set(words(told))
    for sentence in sentences(_NOT_STATED.sub("", text)):
        said, nearest = set(words(sentence)), _nearest(sentence, told)
        denied, own = negated(nearest), negated(sentence)
        if own - denied or (denied & set(content(sentence))) - own:
            yield "it denies what the evidence says, or the other way round"
        source = set(words(nearest)) if _is_of(sentence, nearest) else every
        if source is not every and source & _HEDGES and not said & _HEDGES:
            yield "it is surer than the evidence"
        for one, other in (*_CONTRARY, *((b, a) for a, b in _CONTRARY)):
            if said & one and source & other and not source & one:
                yield f"'{min(said & one)}' is the contrary of '{min(source & other)}'"


def negated(text: str) -> set[str]:
    """Return the first stem that carries a fact after each word that denies."""
    spoken = words(text)
    after = [spoken[place + 1 :] for place, word in enumerate(spoken) if word in NEGATIONS]
    return {stem for rest in after for stem in content(" ".join(rest))[:1]}


def _nearest(sentence: str, told: str) -> str:
    own = set(content(sentence))
    return max(sentences(_NOT_STATED.sub("", told)), key=lambda one: _likeness(own, set(content(one))), default="")


def _is_of(sentence: str, source: str) -> bool:
    """Tell whether *sentence* is made from *source*: most of what it says stands there."""
    own = set(content(sentence))
    return 2 * len(own & set(content(source))) > len(own)


def _likeness(own: set[str], other: set[str]) -> tuple[float, float]:
    """Return how much of *own* stands in *other*, then how much else does not."""
    return len(own & other) / (len(own) or 1), -len(other)


def is_retold(line: str, text: str) -> bool:
    """Tell whether *text* says enough of what *line* says."""
    own = set(content(line))
    return len(own & set(content(text))) >= RETOLD * len(own)
