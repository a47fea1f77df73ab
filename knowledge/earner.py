"""Whose pay is asked about, where no list knows the name: "what do glassblowers earn", "how much does a pilot make"."""

from collections.abc import Sequence

from knowledge.phrases import Found
from knowledge.vocabulary import Meaning, level_phrases
from knowledge.word_lists import word_list

_AUXILIARY = frozenset({"do", "does", "did", "would", "can", "could", "will"})
_EARN = frozenset({"earn", "earns", "make", "makes", "paid"})
_ARTICLES = frozenset({"a", "an"})
# Whoever works at all: these name no occupation.
_ANYBODY = frozenset({*word_list("small")["question"], *word_list("small")["anybody"]})
# Words between "do" and "earn" that may be an occupation's name: longer ones are a story.
_LONGEST = 3


def read_earner(found: Sequence[Found[Meaning]], corrected: tuple[str, ...]) -> str:
    """Return who is said to earn, empty where nobody is or where a word of it is known to mean something else."""
    spans = [(f.start, f.end) for f in found] + [(f.start, f.end) for f in level_phrases().find(corrected)]
    understood = {place for start, end in spans for place in range(start, end)}
    for verb, word in enumerate(corrected):
        if word not in _EARN:
            continue
        before = next((n for n in range(verb - 1, -1, -1) if corrected[n] in _AUXILIARY), None)
        if before is None or not 1 <= before <= 2:
            continue
        subject = [n for n in range(before + 1, verb) if corrected[n] not in {"the", "get", "be", "most"}]
        article = bool(subject) and corrected[subject[0]] in _ARTICLES
        named = subject[1:] if article else subject
        words = [corrected[n] for n in named]
        if not 1 <= len(words) <= _LONGEST or understood & {*named} or _ANYBODY & {*words}:
            continue
        if all(word.isalpha() for word in words) and (article or words[-1].endswith("s")):
            return " ".join(words)
    return ""
