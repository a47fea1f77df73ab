"""Which composer answers which topics of a question that the guides cover."""

import re

from knowledge.document import Tone
from knowledge.guide import Fact, Statement
from knowledge.mention import mention_of
from knowledge.vocabulary import topics
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask
from retrieval.compose.benchmarks import matched_benchmarks
from retrieval.compose.best import compose_best, compose_mention
from retrieval.compose.compare import compose_difference, compose_pair, compose_side_by_side
from retrieval.compose.gaps import compose_unnamed, is_unnamed
from retrieval.compose.hiring import asks_process, compose_hiring
from retrieval.compose.lines import item
from retrieval.compose.lists import LISTS, PARTICULAR, compose_list, is_list_question
from retrieval.compose.pay import compose_one_side, compose_pay
from retrieval.compose.scope import compose_level_note
from retrieval.compose.skill_gap import compose_skill_gap
from retrieval.lexical import STOP_WORDS, stems

# What an answer about pay covers already.
_PAY_TOPICS = {"pay", "premium", "remote pay", "perks", "conversion", "benchmark"}


# Two roles and fewer other words than this are a question for what tells them apart.
BARE = 2
# So many facts on one skill are enough.
SKILLS = 3
_SUPERLATIVES = {"most", "best", "least", "highest", "lowest", "biggest"}
# A way from one role to another.
_FROM_TO = re.compile(r"->|→|=>|\b(?:become|becoming|into|move|moving|switch|switching|transition)\b", re.IGNORECASE)
# Topics that ask of two roles what tells them apart.
_WHAT_IT_IS = {"responsibilities", "overview"}
# Topics that ask, alone or together, how somebody gets into a role.
_WAYS = {"transition", "degree", "progression"}


def answer_topics(draft: Draft, ask: Ask) -> None:
    """Answer every topic of a question whose role is known, or the question as a whole where no topic stands out."""
    slots = ask.slots
    if slots.occupations and _is_gap_question(ask) and compose_skill_gap(draft, ask):
        return
    if "pay" in slots.topics and slots.other_occupations and slots.occupations:
        compose_one_side(draft, ask)
        return
    if slots.other_occupations and _compose_from_outside(draft, ask):
        return
    for rank in slots.ranks:
        draft.say(f"“{rank}” is an employer's own level, which no guide maps to these.", tone=Tone.GAP)
    themed = [topic for topic in slots.topics if topics()[topic].theme]
    asked = [topic for topic in slots.topics if topic != "compare" and topic not in themed]
    if "bottlenecks" in asked:
        # "stuck at senior, what is missing?" asks for what holds back, not for a list of tools.
        asked = [topic for topic in asked if topic != "gap"]
    if slots.occupations and asked:
        # The role's own guide knows better what is asked of everybody.
        themed = [topic for topic in themed if not topics()[topic].general]
    for topic in themed[:1]:
        _answer_theme(draft, ask, topic)
    if not themed or (asked and (slots.occupations or not topics()[themed[0]].is_shared)):
        _answer_roles(draft, ask, asked)


def _answer_roles(draft: Draft, ask: Ask, asked: list[str]) -> None:
    """Answer what is asked of one role or of several."""
    roles = ask.slots.occupations
    if "pay" not in asked:
        compose_level_note(draft, ask)
    moving = "transition" in asked or (not asked and _FROM_TO.search(ask.question.text))
    if len(roles) > 1 and moving and _compose_way_in(draft, ask):
        return
    if len(roles) > 1 and not set(asked) & {"pay", "hiring"}:
        _answer_comparison(draft, ask, asked)
        return
    typed = [topic for topic, answer in _TYPED.items() if roles and topic in asked and answer(draft, ask)]
    if typed:
        _answer_besides(draft, ask, [topic for topic in asked if topic not in {*typed, *_PAY_TOPICS}])
    elif not (len(asked) == 1 and _answer_list(draft, ask, asked[0])):
        _answer_best(draft, ask, asked)


def _answer_theme(draft: Draft, ask: Ask, topic: str) -> None:
    """Answer a topic that is the same for every role, from its theme of questions and answers."""
    theme = topics()[topic].theme or ""
    shared = [guide for guide in ask.library.guides if not guide.occupation and guide.slug != "about"]
    pool = shared if topics()[topic].is_shared else [ask.library.by_slug[theme]]
    found = [fact for hit, fact in ask.ranked(pool) if hit.bm25 > 0 or hit.dense > 0][:1]
    draft.bullets([item(draft, fact) for fact in found])


def _compose_from_outside(draft: Draft, ask: Ask) -> bool:
    """Answer a question that names a role without a guide beside one with: by a mention, else as a way in."""
    if compose_mention(draft, ask):
        return True
    open_question = not set(ask.slots.topics) - {"transition", "skills", "progression"}
    if not (ask.slots.occupations and open_question):
        return False
    return _compose_way_in(draft, ask)


def _compose_way_in(draft: Draft, ask: Ask) -> bool:
    """Show the ways into a role that fit who asks."""
    narrowed = ask.about("transition", ask.slots.occupations[-1], whole=True)
    return compose_best(draft, narrowed, ("progression", "faq"), most=2, lead=_curated(narrowed, ["transition"]))


def _answer_comparison(draft: Draft, ask: Ask, asked: list[str]) -> None:
    told_apart = bool(asked) or _asks_difference(ask)
    if told_apart and set(asked) <= _WHAT_IT_IS and compose_pair(draft, ask):
        return
    for topic in asked[:2]:
        compose_side_by_side(draft, ask, topic)
    if not told_apart:
        compose_best(draft, ask)
    elif not asked:
        compose_difference(draft, ask)


def _asks_difference(ask: Ask) -> bool:
    """Tell "ML or CV?" from two roles in a story ("the ad said vision, on the call it was plain ML")."""
    compared = "compare" in {*ask.slots.topics, *ask.slots.leanings}
    return len(ask.question.focus) < (PARTICULAR if compared else BARE)


def _answer_pay(draft: Draft, ask: Ask) -> bool:
    compose_pay(draft, ask)
    return True


def _answer_hiring(draft: Draft, ask: Ask) -> bool:
    if not asks_process(ask):
        return False
    before = draft.kind if draft.blocks else Kind.ABSTAIN
    found = [compose_hiring(draft, ask, role) for role in ask.slots.occupations]
    # One half answered is an answer; what is missing has been said.
    draft.kind = Kind.ANSWER if any(found) else before
    return True


def _answer_benchmark(draft: Draft, ask: Ask) -> bool:
    # An answer about pay tells a benchmark apart by itself.
    return "pay" not in ask.slots.topics and matched_benchmarks(draft, ask)


# Topics answered from typed facts by slots; each tells whether it answered.
_TYPED = {"pay": _answer_pay, "hiring": _answer_hiring, "benchmark": _answer_benchmark}


def _answer_list(draft: Draft, ask: Ask, topic: str) -> bool:
    if not ask.slots.occupations or not is_list_question(ask, topic):
        return False
    found = [compose_list(draft, ask, topic, role) for role in ask.slots.occupations]
    return any(found)


def _answer_best(draft: Draft, ask: Ask, asked: list[str]) -> None:
    roles = ask.slots.occupations
    if roles and not set(asked) - {"skills"} and is_unnamed(ask):
        compose_unnamed(draft, ask)
        return
    if asked == ["skills"] and len(ask.question.focus) <= PARTICULAR and any(map(mention_of, ask.on_skill)):
        # The count of another skill beside the one asked about tells nobody anything.
        draft.bullets([item(draft, fact) for fact in ask.on_skill[:SKILLS]])
        return
    if len(roles) == 1 and "transition" in asked and set(asked) <= _WAYS and _compose_way_in(draft, ask):
        return
    lists = [topic for topic in asked if topic in LISTS]
    if len(roles) == 1 and len(lists) > 1 and _SUPERLATIVES & set(ask.question.query.split()):
        # "which industry is most remote friendly" is one question about two things.
        compose_best(draft, ask, {section for topic in lists for section in topics()[topic].sections})
    elif len(roles) == 1 and len(lists) > 1 and len(ask.question.focus) < PARTICULAR:
        _answer_besides(draft, ask, lists)
    else:
        compose_best(draft, ask, lead=_curated(ask, asked))


def _curated(ask: Ask, asked: list[str]) -> Fact | None:
    """Return the role's own question and answer on the one topic asked, if there is one."""
    if len(asked) != 1 or len(ask.slots.occupations) != 1 or topics()[asked[0]].sections[:1] != ("faq",):
        return None
    role = ask.slots.occupations[0]
    narrowed = ask.about(asked[0], role, whole=True)
    own = {stem for guide in ask.guides for stem in stems(guide.title)}
    label = set(stems(topics()[asked[0]].label, STOP_WORDS)) - own
    found = (fact for _, fact in narrowed.ranked(ask.guides, ("faq",)) if isinstance(fact, Statement))
    return next((fact for fact in found if label & set(stems(fact.name))), None)


def _answer_besides(draft: Draft, ask: Ask, asked: list[str]) -> None:
    """Answer the other topics of a question in a few facts each."""
    for topic in asked[:2]:
        for role in ask.slots.occupations:
            compose_best(draft, ask.about(topic, role), topics()[topic].sections, most=3 if topic in LISTS else 1)


def _is_gap_question(ask: Ask) -> bool:
    switching = bool(ask.slots.other_occupations) and not set(ask.slots.topics) - {"transition", "skills", "gap"}
    if "compare" in ask.slots.topics:
        return False
    return ("gap" in ask.slots.topics and "bottlenecks" not in ask.slots.topics) or switching
