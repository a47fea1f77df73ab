"""What to ask before applying: what the post leaves open, out of the guides' checks and the FAQ files."""

import re
from collections.abc import Callable, Iterable, Mapping

from knowledge.guide import Fact, SectionKind, Statement
from knowledge.post.remarks import is_wide
from knowledge.post.signs import Tone
from knowledge.text import first_sentence
from knowledge.word_lists import word_list
from knowledge.workmode.patterns import Signal
from knowledge.workmode.verdict import Verdict
from retrieval.answer import Draft
from retrieval.review.pay import measure_is_open
from retrieval.review.quoting import sentence_on, statement_behind
from retrieval.review.scene import Scene

# Fewer leave too much open, more are not asked.
FEWEST, MOST = 3, 5
# So many of what the post itself raises come first, then so many of the guide's checks.
RAISED, OWN = 2, 3
_CONTRACT = re.compile(
    r"\b(?:full[- ]time|part[- ]time|permanent|employee|employment|contract(?:or)?|b2b|freelance|w-?2|1099)\b",
    re.IGNORECASE,
)
_AGED = {"old", "reposted", "evergreen"}


def say_questions(draft: Draft, scene: Scene) -> None:
    """Add the three to five questions that the post leaves most open."""
    chosen = _of(scene, _RAISED)[:RAISED]
    chosen += [(fact.name, first_sentence(fact.text), fact) for fact in _open_checks(scene)[:OWN]]
    chosen += _of(scene, _LEFT_OPEN)[: max(0, FEWEST + 1 - len(chosen))]
    lines = [draft.line(why, fact, lead=asks) for asks, why, fact in chosen[:MOST]]
    draft.bullets(lines, ordered=True, title="Ask before you apply")


def _open_checks(scene: Scene) -> list[Statement]:
    """Return the checks of the role's guides that the post does not answer, in the guide's order."""
    answered = {name for finding in scene.post.of(Tone.ANSWERED) for name in finding.reader.behind.values()}
    checks: Iterable[Fact] = (fact for guide in scene.guides for fact in guide.section(SectionKind.CHECKS))
    return [fact for fact in checks if isinstance(fact, Statement) and fact.name not in answered]


def _of(scene: Scene, asked: Mapping[str, Callable[[Scene], bool]]) -> list[tuple[str, str, Fact]]:
    """Return those of the *asked* questions that fit the post, in their order, each with why and whose word that is."""
    rows = word_list("posts")["questions"]
    fitting = [rows[name] for name, fits in asked.items() if fits(scene)]
    facts = [(row["asks"], statement_behind(scene.library, row["behind"], ())) for row in fitting]
    return [(asks, sentence_on(fact.text, asks), fact) for asks, fact in facts if fact]


def _has_signal(scene: Scene, signal: Signal) -> bool:
    return any(item.signal is signal for item in scene.post.listing.work.signals)


def _contradicts(scene: Scene) -> bool:
    work = scene.post.listing.work
    return "REMOTE_VS_OFFICE" in work.transparency.flags or work.verdict is Verdict.HYBRID


def _place_is_open(scene: Scene) -> bool:
    eligible = scene.post.listing.eligible
    doubtful = {"ANYWHERE_VS_GEO", "TITLE_VS_FIELD"} & set(scene.post.listing.work.transparency.flags)
    return bool(doubtful) or not (eligible.everywhere or eligible.markets)


def _is_aged(scene: Scene) -> bool:
    copies = scene.live.copies if scene.live else ()
    return bool(_AGED & {remark.name for remark in scene.post.remarks}) or any(copy.reposted for copy in copies)


def _range_is_wide(scene: Scene) -> bool:
    pay = scene.post.listing.pay
    return pay is not None and is_wide(pay.min, pay.max)


# By the name of the question in `posts.yaml`.
_RAISED: Mapping[str, Callable[[Scene], bool]] = {
    "pay": lambda scene: scene.post.listing.pay is None,
    "office": _contradicts,
    "active": _is_aged,
    "wide": _range_is_wide,
    "place": _place_is_open,
}
_LEFT_OPEN: Mapping[str, Callable[[Scene], bool]] = {
    "measure": lambda scene: measure_is_open(scene.post.listing.pay),
    "process": lambda scene: not scene.post.process.steps,
    "hours": lambda scene: not _has_signal(scene, Signal.TZ),
    "contract": lambda scene: not _CONTRACT.search(scene.post.listing.text),
    "travel": lambda scene: not _has_signal(scene, Signal.TRAVEL),
}
