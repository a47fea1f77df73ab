"""Whether words stand in what they are said to come from, and are not turned round."""

import re
from collections.abc import Iterator

from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.word_lists import word_list
from retrieval.check.word_claims import FRAME, NEGATIONS
from retrieval.lexical import STOP_WORDS, stems

# Of the words of each sentence so many must stand in its evidence. Own wordings of 40 right claims reach .67 to 1;
# what was made up .0 to .45 (see tests/retrieval/writing).
SUPPORTED, ALL = 0.6, 1.0
# So many of the words of a line must be found again where it is told in other words; its figures in any case.
RETOLD = 0.4
# Of what stands between two commas so many words must stand in the evidence: "..., and you will be rich" does not.
PART = 0.5
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
# A word with a capital letter in it; the first of a sentence has one in any case.
_NAME = re.compile(r"^\W*\w[\w'’+#.-]*|\b\w*[A-Z][\w+#-]*")
_PARTS = re.compile(r"[,;:—–()]+\s|\s(?:but|which|while|because|although|though|whereas)\s|\sand the\s")
# "market not stated" denies nothing that a guide says.
_NOT_STATED = re.compile(r"\b(?:no|not)\b[^.;,]{0,20}\bstated\b")
_BESIDE = STOP_WORDS | frozenset(word_list("writing")["frame"])
_HEDGES = frozenset(word_list("writing")["hedges"])
_FRAME = FRAME | frozenset(word_list("writing")["frame"])
_CONTRARY = tuple((frozenset(one), frozenset(other)) for one, other in word_list("writing")["contrary"])


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def content(text: str) -> list[str]:
    """Return the stems of *text* that carry a fact; figures are held against theirs elsewhere."""
    return [stem for stem in stems(text, _FRAME) if not stem[0].isdigit()]


def support_faults(text: str, told: str, asked: str, share: float = SUPPORTED) -> Iterator[str]:
    """Yield what of *text* does not stand in *told*; words of the question (*asked*) may be taken up.

    Of every sentence so great a *share* of its words must stand there, and half of every part of one.
    """
    known = {*content(told), *content(asked)}
    for sentence in sentences(text):
        for part, enough in ((sentence, share), *((part, PART) for part in _PARTS.split(sentence))):
            own = content(part)
            if sum(stem in known for stem in own) < enough * len(own):
                yield f"'{part.strip()[:60]}' does not stand in the evidence"


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
        if own - denied or (denied & set(stems(sentence))) - own:
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
    return {stem for rest in after for stem in stems(" ".join(rest), _BESIDE)[:1]}


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
