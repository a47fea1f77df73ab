"""Whether the guides cover what a question asks: its topics, its role, its place, the employer it names."""

from collections.abc import Sequence

from knowledge.pay import PayBand
from knowledge.pay_sample import Per
from knowledge.quantity import Quantity, Wanted, read_wanted
from knowledge.vocabulary import is_single_employer, topics
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask, mentions
from retrieval.compose.lists import LISTS, is_uncovered
from retrieval.lexical import stems
from retrieval.search import Hit

# Below this cosine no passage is about the question at all; a question of a known role and topic never comes here.
OFF_TOPIC = 0.3
# Topics whose answer differs from role to role, so that a role is needed.
_NEED_ROLE = {"pay", "hiring", "interview", "bottlenecks", "progression", "gap", "responsibilities"}
# Lists that say something without a role too.
_WITHOUT_ROLE = {"listings", "remote"}
# Topics no guide covers that change what a question about pay asks: the plain figure would be no answer to it.
_BENDING = {"forecast", "trend", "job count", "equity amounts", "bonus amounts", "tax", "statistics", "contract rates"}
# Of pay, what kind of employer a company is says something; of its interviews or its remote work nothing.
_PAID = {"pay", "premium", "remote pay", "perks"}
_EMPLOYERS = "single employers"
# Asked of one employer these are its own matter, even where they are only leant towards.
_OF_ONE_EMPLOYER = {"hiring", "interview"}
_WITHIN = "places within a country"
_CONTRACT, _HOURLY = "contract rates", {"hourly", "hour", "hours"}


def uncovered_topics(ask: Ask) -> list[str]:
    """Return what is asked that no guide of the role covers; an employer's own matters rule out everything else."""
    slots = ask.slots
    asked = slots.topics or tuple(topic for topic in slots.leanings if topic in _OF_ONE_EMPLOYER)
    if asked and not _PAID & set(asked) and _asks_of_company(ask, asked):
        return [_EMPLOYERS, *slots.topics]
    found = [topic for topic in slots.topics if not topics()[topic].sections]
    found += [topic for topic in slots.topics if topic not in found and topic != "hiring" and is_uncovered(ask, topic)]
    if "pay" in slots.topics and _HOURLY & set(ask.question.query.split()) and not _has_hours(ask):
        found.append(_CONTRACT)
    # "does Munich pay more than Berlin?": figures are for countries.
    within = len(slots.cities) > 1 and len(slots.markets) == 1 and "pay" in slots.topics
    return [*found, _WITHIN] if within else found


def _has_hours(ask: Ask) -> bool:
    """Tell whether a guide of the role states pay by the hour, or the person names a figure of that kind."""
    bands = (band for guide in ask.guides for band in guide.of(PayBand))
    return any(band.per is Per.HOUR for band in bands) or any(a.period == Per.HOUR for a in ask.question.amounts)


def bends(uncovered: Sequence[str]) -> bool:
    """Tell whether what is not covered ("in five years", "after tax") makes another question of the rest."""
    return bool(_BENDING & {*uncovered})


def asked_apart(ask: Ask, uncovered: Sequence[str], covered: Sequence[str]) -> bool:
    """Tell "what do they earn, and do they sponsor visas?" from "day rate of freelance CV engineers"."""
    if all(topics()[topic].sections for topic in uncovered):
        # Other roles' guides cover it, this one's do not: the rest is answered, and that is said.
        return bool(covered)
    apart = [part.slots.topics for part in ask.question.parts if not set(part.slots.topics) & {*uncovered}]
    return any(set(topics_asked) & {*covered} for topics_asked in apart) and not bends(uncovered)


def _asks_of_company(ask: Ask, asked: Sequence[str]) -> bool:
    """Tell whether a single employer is named of which no guide of the role says anything on what is asked."""
    single = [name for name in ask.slots.companies if is_single_employer(name)]
    if not single:
        return False
    sections = {section for topic in asked for section in topics()[topic].sections}
    facts = [fact for guide in ask.guides for fact in guide.facts if fact.place.section in sections]
    return not any(mentions(fact, name) for fact in facts for name in single)


def lacks_role(ask: Ask) -> bool:
    """Tell whether only a role is missing; questions about pay or applying in general are answered by a theme."""
    named = set(ask.slots.topics) - {"compare"}
    # "what skills do I need?" is as open as "what do they earn?"; "is CUDA a skill I need?" can be looked up.
    bare = named <= set(LISTS) - _WITHOUT_ROLE and not ask.question.focus
    if not named or ask.slots.occupations or not (named <= _NEED_ROLE or bare):
        return False
    return not ask.hits or ask.library.by_slug[ask.hits[0].passage.group].occupation is not None


def is_compared(ask: Ask) -> bool:
    """Tell whether the question compares: then a guide's mention of the other role may answer it."""
    return "compare" in ask.slots.topics and not {"pay", "hiring"} & set(ask.slots.topics)


def is_off_topic(ask: Ask) -> bool:
    """Tell whether no guide uses any word of the question, or no passage comes near it."""
    known = any(hit.bm25 > 0 and _shares(hit, ask) for hit in ask.hits)
    near = max((hit.dense for hit in ask.hits), default=0.0)
    return not known or 0 < near < OFF_TOPIC


def _shares(hit: Hit, ask: Ask) -> bool:
    return bool(set(stems(" ".join(ask.question.focus))) & set(stems(f"{hit.passage.title} {hit.passage.text}")))


def missing_quantity(draft: Draft, ask: Ask) -> Wanted | None:
    """Return the quantity that is asked for and that no fact of *draft* states; None where one does or none is asked.

    A message of several questions is left alone: another part of it may be answered well.
    """
    wanted = read_wanted(ask.question.text) if draft.kind is Kind.ANSWER else None
    if wanted is not None and ask.question.parts and wanted.kind is not Quantity.MEDIAN:
        return None
    if wanted is None or any(wanted.stands_in(fact.sentence) for fact in draft.cited):
        return None
    return wanted
