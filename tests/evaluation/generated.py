"""Questions made from the guides' own typed facts by templates, and unanswerable ones from what the guides leave out.

They hold the whole product to its data: a new guide brings its questions with it. The wording of each is picked by a
hash of the fact, so that the same guides always make the same questions.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.currency import money
from knowledge.guide import Bottleneck, Guide, SectionKind, Span, Statement
from knowledge.library import Library
from knowledge.markets import markets
from knowledge.mention import mention_of
from knowledge.pay import AdjustmentKind, Measure, PayAdjustment, PayBand, share_of
from knowledge.pay_sample import Sample, Setting
from knowledge.skills import skills_in
from knowledge.text import words
from knowledge.vocabulary import topics
from knowledge.word_lists import word_list
from retrieval.compose.lists import LISTS

Question = dict[str, Any]

_PAY = (
    "what does a {level} {role} earn {place}?",
    "{level} {role} salary {place}",
    "how much do they pay {level} {role}s {place}",
    "{place} {level} {role} comp range pls",
    "im a {level} {role} {place}, what can i ask for",
    "whats the going rate for a {level} {role} {place}??",
)
_SKILL = (
    "do i need {skill} as a {role}?",
    "{skill} for {role}, must have or nice to have",
    "is {skill} asked for in {role} jobs",
    "how much {skill} shud a {role} know",
)
_HIRING = (
    "how long does hiring take for a {role}",
    "{role} interview process, how many weeks / stages?",
    "applied as {role}, how long until its over",
    "hiring duration {role}",
)
_BOTTLENECK = (
    "what holds back a {level} {role}",
    "bottleneck for {level} {role}s?",
    "im a {level} {role} and feel stuck, whats missing",
)
_FLAG = ("{role} job ad, is this a {colour} flag: {name}?", "{colour} flags {role}: {name}?")
_CHECK = ("before applying as {role}, should i ask: {name}", "{name} why ask that for a {role} job")
_LIST = ("{label} for {role}?", "tell me the {label} of a {role} job", "{role}: {label}")
_NO_PLACE = ("what does a {role} earn in {place}", "{role} salary {place}?", "{place}: {role} pay")
_NO_JOB = ("what does a {job} earn?", "{job} salary in germany", "skills for a {job}", "red flags in {job} ads")
_NO_TOPIC = (
    "what about {label} as a {role}",
    "{label} for {role}s?",
    "do the guides say something on {label} for a {role}",
)
# Countries for which no reference guide has a figure or a rule, on four continents.
_FAR = ("JP", "BR", "ZA", "AE", "NZ", "IN", "MX")
_COUNTRIES = ("PL", "ES", "RO", "PT", "CZ", "DE", "GB", "NL", "IT", "GR", "BG", "HU")


def generate(library: Library) -> list[Question]:
    """Return all generated questions, numbered g001, g002, ... in the order of the guides."""
    made: list[Question] = []
    for guide in library.roles:
        made += [*_of_pay(guide), *_of_shares(guide), *_of_skills(guide), *_of_spans(guide), *_of_bottlenecks(guide)]
        made += [*_of_flags(guide), *_of_checks(guide), *_of_questions(guide)]
    for guides in library.occupations.values():
        made += [*_unknown_places(guides[0]), *_uncovered_topics(guides)]
    made += _unknown_jobs(library)
    return [question | {"id": f"g{number:03d}"} for number, question in enumerate(made, 1)]


def _of_pay(guide: Guide) -> Iterator[Question]:
    for band in guide.of(PayBand):
        if band.sample:
            yield from _of_counted(guide, band, band.sample)
            continue
        place = f"in {_place(band.market)}" if band.market else "in the us" if band.currency == "USD" else ""
        if band.market == "worldwide":
            place = "hired globally, any country"
        level = band.levels[0].value if band.levels else ""
        facts = [f"{band.range}{' base' if band.measure is Measure.BASE else ''}"]
        for wording in _pick(_PAY, band.sentence, 3):
            text = wording.format(level=level, role=guide.role, place=place)
            yield _question("pay", text, facts, guide, SectionKind.PAY)


def _of_counted(guide: Guide, band: PayBand, sample: Sample) -> Iterator[Question]:
    """Ask for one cut of counted pay in its own terms, and for the middle, which an official statistic is known by."""
    if sample.median is None:
        return
    title = guide.role if sample.is_official else sample.counted_as.rpartition(": ")[2]
    parts = [
        band.levels[0].value if band.levels else "",
        title,
        "salary",
        "fully remote" * (sample.setting is Setting.REMOTE),
    ]
    parts += [f"in {_place(band.market)}" if band.market else "", f"in {sample.dates}" * sample.is_one_year]
    parts += ["official statistics"] * sample.is_official
    yield _question("pay", " ".join(parts), [f"median {money(sample.median, band.currency)}"], guide, SectionKind.PAY)


def _of_shares(guide: Guide) -> Iterator[Question]:
    rules = [rule for rule in guide.of(PayAdjustment) if rule.kind is AdjustmentKind.GEOGRAPHIC]
    for band in (band for band in guide.of(PayBand) if band.market == "US" and band.measure is Measure.BASE):
        for rule in rules:
            inside = [code for code in _COUNTRIES if set(markets().around(code)) & set(rule.markets)]
            for code in inside[:3]:
                low, high = share_of(band, rule)
                text = _pick(_PAY, band.sentence + code, 1)[0]
                text = text.format(level=band.levels[0].value, role=guide.role, place=f"in {markets().name(code)}")
                facts = [f"derived: {money(low, band.currency)} {money(high, band.currency)} rule of thumb"]
                yield _question("pay", text, facts, guide, SectionKind.PAY)


def _of_skills(guide: Guide) -> Iterator[Question]:
    for fact in guide.section(SectionKind.SKILLS):
        for skill in skills_in(fact.sentence)[:2] if isinstance(fact, Statement) else ():
            text = _pick(_SKILL, fact.sentence + skill, 1)[0].format(skill=skill, role=guide.title)
            counted = mention_of(fact)
            told = f"{counted.name} in {counted.named} of {counted.listings} listings" if counted else skill
            yield _question("skills", text, [told], guide, SectionKind.SKILLS)


def _of_spans(guide: Guide) -> Iterator[Question]:
    for span in (span for span in guide.of(Span) if span.unit == "weeks"):
        for wording in _HIRING:
            yield _question("hiring", wording.format(role=guide.title), [span.range], guide, SectionKind.HIRING)


def _of_bottlenecks(guide: Guide) -> Iterator[Question]:
    for fact in guide.of(Bottleneck):
        if len(fact.levels) == 1:
            for wording in _BOTTLENECK:
                text = wording.format(level=fact.levels[0].value, role=guide.role)
                yield _question("bottleneck_progression", text, [fact.name], guide, SectionKind.BOTTLENECKS)


def _of_flags(guide: Guide) -> Iterator[Question]:
    for fact in guide.section(SectionKind.FLAGS):
        if isinstance(fact, Statement):
            colour = fact.group.casefold()
            text = _pick(_FLAG, fact.name, 1)[0].format(colour=colour, name=fact.name.casefold(), role=guide.title)
            yield _question("checks_flags", text, [fact.text], guide, SectionKind.FLAGS)


def _of_checks(guide: Guide) -> Iterator[Question]:
    for fact in guide.section(SectionKind.CHECKS):
        if isinstance(fact, Statement):
            text = _pick(_CHECK, fact.name, 1)[0].format(name=fact.name.casefold(), role=guide.title)
            yield _question("checks_flags", text, [fact.text], guide, SectionKind.CHECKS)


def _of_questions(guide: Guide) -> Iterator[Question]:
    """Ask the guides' own questions as people type: without capitals and marks, now and then with a slip."""
    for fact in guide.section(SectionKind.FAQ):
        if isinstance(fact, Statement):
            about = (
                ""
                if any(word in fact.name.casefold() for word in ("vision", "ml ", "research"))
                else f" ({guide.title})"
            )
            text = _slip(fact.name.casefold().rstrip("?")) + about
            yield _question("phd_transition", text, [fact.text], guide, SectionKind.FAQ)


def _unknown_places(guide: Guide) -> Iterator[Question]:
    for code in _FAR:
        text = _pick(_NO_PLACE, guide.slug + code, 1)[0].format(role=guide.role, place=markets().name(code))
        yield _unanswerable(text)


def _uncovered_topics(guides: tuple[Guide, ...]) -> Iterator[Question]:
    """Ask for what no guide covers, and for lists that the role's guides do not have."""
    there = {section for guide in guides for section in guide.sections}
    for topic in topics().values():
        if topic.theme:
            continue
        missing = not topic.sections or (topic.id in LISTS and not there & set(topic.sections))
        if missing:
            wording = _pick(_NO_TOPIC if not topic.sections else _LIST, guides[0].slug + topic.id, 1)[0]
            yield _unanswerable(wording.format(label=topic.label, role=guides[0].role))


def _unknown_jobs(library: Library) -> Iterator[Question]:
    occupations = word_list("occupations")
    known = {words(alias) for guide in library.roles for alias in guide.aliases}
    jobs = [f"{modifier} {head}" for modifier in occupations["modifiers"][::7] for head in ("engineer", "manager")]
    for job in [*occupations["names"][:12], *jobs]:
        if words(job) in known:
            continue
        yield _unanswerable(_pick(_NO_JOB, job, 1)[0].format(job=job))


def _question(kind: str, text: str, facts: list[str], guide: Guide, section: SectionKind) -> Question:
    sources = [{"guide": guide.slug, "section": section.value}]
    return {
        "type": kind,
        "turns": [" ".join(text.split())],
        "gold_facts": facts,
        "gold_sources": sources,
        "abstain": False,
    }


def _unanswerable(text: str) -> Question:
    return {"type": "out_of_scope", "turns": [text], "gold_facts": [], "gold_sources": [], "abstain": True}


def _place(code: str) -> str:
    return "the us" if code == "US" else markets().name(code)


def _pick(wordings: Iterable[str], key: str, count: int) -> list[str]:
    """Return *count* of the wordings, always the same for the same *key*."""
    return sorted(wordings, key=lambda wording: hashlib.sha256(f"{key}{wording}".encode()).digest())[:count]


def _slip(text: str) -> str:
    """Return *text* with two letters of its longest word swapped, for every third text."""
    longest = max(text.split(), key=len)
    if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 or len(longest) < 7:
        return text
    middle = len(longest) // 2
    slipped = longest[:middle] + longest[middle + 1] + longest[middle] + longest[middle + 2 :]
    return text.replace(longest, slipped, 1)
