"""Honest gaps: what no guide answers, the nearest thing one does, and one thing to do."""

import re
from dataclasses import replace

from knowledge.document import Tone
from knowledge.guide import Fact, SectionKind, Statement
from knowledge.offering import near_role
from knowledge.pay import Benchmark
from knowledge.quantity import Wanted
from knowledge.skills import skill_words
from knowledge.vocabulary import topics, weak_words
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask
from retrieval.compose.best import compose_best
from retrieval.compose.lines import names_line
from retrieval.compose.pay import compose_pay
from retrieval.compose.scope import covered, for_roles
from retrieval.lexical import STOP_WORDS, stems

# Gaps whose first sentence already leads over to what is near.
_INTRODUCED = {"forecast", "job count"}
# With fewer words of its topic's label in it, the nearest fact is about something else, and silence is better.
CLOSE = 2
# So many skills say what kind of skills a guide names.
SKILLS_NAMED = 12
# "is that frontend or am I a web designer?"
_WHICH, _OR = (
    re.compile(r"\bor\b|\bam i\b|\bdifference\b", re.IGNORECASE),
    re.compile(r"\bor\b|\bdiffer", re.IGNORECASE),
)
_ACTION = {
    "visa": "For visas ask the authority in charge or an immigration lawyer, and the employer whether it sponsors.",
    "papers of application": "I cannot write or review documents; ask me what makes an application stand out instead.",
    "personal": "I am sorry; that is hard. Talk to somebody you trust. I can help with the search itself.",
    "law": "For this ask a lawyer or an advice centre in your country.",
    "verdicts": "Nobody can tell from here; ask me what the guides name as criteria.",
    "tax": "For taxes ask a tax adviser in your country.",
    "forecast": "Look again when the guides are updated, or compare with live postings.",
    "job count": "Count live postings on the job boards for this.",
}


def compose_gap(draft: Draft, ask: Ask, topic: str) -> None:
    """Say that no guide covers *topic*, then the nearest thing one does cover, then one thing to do."""
    draft.kind = Kind.ABSTAIN
    label = topics()[topic].label
    near = topics()[topic].near
    spoken = len(draft.blocks) + 1
    role = for_roles(ask)
    if topic == "forecast":
        draft.say("No guide forecasts pay, and I will not guess. What the guides state now:", tone=Tone.GAP)
    elif topic == "job count":
        draft.say(f"No guide counts open jobs{role}. The nearest figure counts something else:", tone=Tone.GAP)
    else:
        draft.say(f"No guide covers {label}{role}.", tone=Tone.GAP)
    _say_near(draft, ask, near)
    _say_beside(draft, ask, topics()[topic].beside)
    if topics()[topic].sections:
        _say_other_roles(draft, ask, topic)
    if len(draft.blocks) > spoken and topic not in _INTRODUCED:
        draft.insert(spoken, "The nearest they say:")
    draft.say(_ACTION.get(topic, "Ask the employer, or check the single posting."))


def compose_without_number(draft: Draft, ask: Ask, wanted: Wanted) -> None:
    """Turn an answer that lacks the number asked for into a gap, with what was found as the nearest."""
    draft.kind = Kind.ABSTAIN
    draft.insert(0, f"No guide states a {wanted.kind} for this{for_roles(ask)}. The nearest they say:")
    draft.say("Ask the employer, or check the single posting.")


def say_uncovered(draft: Draft, ask: Ask, uncovered: list[str]) -> None:
    """Say that no guide covers some of the topics of a question whose other topics are answered."""
    labels = " or ".join(topics()[topic].label for topic in uncovered)
    draft.say(f"No guide covers {labels}{for_roles(ask)}.", tone=Tone.GAP)


def _say_near(draft: Draft, ask: Ask, near: tuple[str, ...]) -> None:
    if "benchmark" in near:
        for fact in (fact for guide in ask.guides for fact in guide.of(Benchmark)):
            count = f"{fact.n} remote listings with salary data"
            draft.say(f"{count} stand behind the category-level benchmark for {fact.category} (not one role).", fact)
            draft.say("That is no count of open jobs.")
            return
    if "pay" in near and ask.slots.occupations:
        compose_pay(draft, ask)
        draft.kind = Kind.ABSTAIN
        return
    _say_close(draft, ask, near)


def _say_beside(draft: Draft, ask: Ask, theme: str | None) -> None:
    """Show the advice of a theme that speaks of the same thing, if it shares a word that tells what is asked."""
    asked = set(stems(" ".join((*ask.question.focus, ask.question.query)), STOP_WORDS))
    ranked = ask.ranked([ask.library.by_slug[theme]]) if theme and theme in ask.library.by_slug else iter(())
    found = next((fact for _, fact in ranked if isinstance(fact, Statement) and asked & set(stems(fact.name))), None)
    draft.bullets([draft.line(found.text, found, lead=found.name)] if found else [])


def _say_other_roles(draft: Draft, ask: Ask, topic: str) -> None:
    """Show what guides of other roles say on *topic*, each with its role."""
    question = replace(ask.question, slots=replace(ask.slots, occupations=()))
    compose_best(draft, replace(ask, question=question), topics()[topic].sections[:1], most=2)


def _say_close(draft: Draft, ask: Ask, near: tuple[str, ...]) -> None:
    """Show the one nearest fact, if any is near enough to be worth reading."""
    role = next(iter(ask.slots.occupations), None)
    for topic in near:
        narrowed = ask.about(topic, role) if role else ask
        sections = topics()[topic].sections
        top = next(narrowed.ranked(narrowed.guides if role else (), sections), None)
        label = set(stems(topics()[topic].label, STOP_WORDS))
        if (
            top
            and len(label & set(stems(top[1].sentence))) >= CLOSE
            and compose_best(draft, narrowed, sections, most=1)
        ):
            return


def compose_unknown_role(draft: Draft, ask: Ask) -> None:
    """Say that no guide is about the role asked for; show where one mentions it, and which role is nearest."""
    name = ask.slots.other_occupations[0]
    mentioned = [fact for _, fact in ask.ranked(sections=("faq",)) if name.rstrip("s") in fact.sentence.casefold()]
    if mentioned and _asks_which(ask, mentioned[0]):
        draft.bullets([draft.line(mentioned[0].sentence, mentioned[0])])
        return
    draft.kind = Kind.ABSTAIN
    draft.say(f"No guide covers the role “{name}”, so no figure or list for it either.", tone=Tone.GAP)
    _say_benchmark(draft, ask, name)
    if mentioned:
        draft.say("What a guide says of it in passing:")
        draft.bullets([draft.line(fact.sentence, fact) for fact in mentioned[:1]])
    near = near_role(ask.library, name)
    if near is None:
        draft.say(f"Covered roles: {covered(ask)}. Ask about one of them.")
        return
    title = ask.guides_of(near)[0].role
    draft.say(f"The nearest role with a guide, though another one: {title}. Ask about it, or name another role.")
    draft.suggestions += [f"{title}: {topics()[topic].label}?" for topic in ask.slots.topics[:1] or ("overview",)]


def _asks_which(ask: Ask, fact: Fact) -> bool:
    """Tell whether a question asks which of two roles something is, and *fact* answers the very question."""
    pay = {"pay", "hiring"} & set(ask.slots.topics)
    return not pay and isinstance(fact, Statement) and bool(_WHICH.search(ask.question.text) and _OR.search(fact.name))


def _say_benchmark(draft: Draft, ask: Ask, name: str) -> None:
    """Show the benchmark of the category the role belongs to, if a guide has one, with its label."""
    wanted = set(stems(name))
    for guide in ask.library.roles:
        for fact in guide.of(Benchmark):
            if "pay" in ask.slots.topics and wanted <= set(stems(fact.category)):
                draft.figure(fact)
                draft.say(fact.sentence, fact)


def is_unnamed(ask: Ask) -> bool:
    """Tell whether what is asked about ("do I need Matlab?") stands in no fact of the role's guides."""
    asked = set(stems(_things(ask)))
    written_out = asked | set(stems(ask.question.query)) - set(stems(ask.question.text))
    return bool(asked) and not ask.on_skill and not written_out & ask.spoken


def _things(ask: Ask) -> str:
    """Return the words that name what is asked about, without those that only lean towards a topic."""
    named = [word for word in ask.question.focus if word not in weak_words()]
    skills = skill_words(" ".join(named))
    return " ".join(skills or named)


def compose_unnamed(draft: Draft, ask: Ask) -> None:
    """Say that the role's guides do not mention it; a theme that does answers, else the skills they name follow."""
    asked = set(stems(_things(ask)))
    themes = [guide for guide in ask.library.guides if guide.occupation is None]
    # One common word ("invent") is no answer to a question of several.
    told = next((f for _, f in ask.ranked(themes) if len(asked & set(stems(f.sentence))) >= min(2, len(asked))), None)
    draft.say(f"No guide{for_roles(ask)} mentions “{_things(ask)}”.", tone=Tone.GAP)
    if told:
        draft.bullets([draft.line(told.sentence, told)])
        return
    draft.kind = Kind.ABSTAIN
    skills = [fact for guide in ask.guides for fact in guide.section(SectionKind.SKILLS) if isinstance(fact, Statement)]
    if skills:
        draft.bullets([names_line(draft, skills, SKILLS_NAMED, "Skills they name")])
    draft.say("Ask the employer, or look whether the single posting asks for it.")
