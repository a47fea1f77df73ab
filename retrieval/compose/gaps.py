"""Honest endings: what no guide answers, what is needed to answer, and what the advisor does not do."""

from dataclasses import replace

from knowledge.document import Line, Paragraph, Tone
from knowledge.markets import markets
from knowledge.pay import Benchmark
from knowledge.question import Intent
from knowledge.vocabulary import topics
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask
from retrieval.compose.facts import compose_best
from retrieval.compose.pay import compose_pay
from retrieval.lexical import STOP_WORDS, stems

_CARE = (
    "I am sorry that you are carrying this. The search can wait; you matter more than any job. If you might act on "
    "these thoughts, please call your local emergency number now. You can also reach a crisis line in your country "
    "(findahelpline.com lists them), or tell somebody you trust today. When you want to, I am here to talk about the "
    "search."
)
_FIXED = {
    Intent.CRISIS: _CARE,
    Intent.INJECTION: (
        "I only answer career questions from the role guides, and messages cannot change that or confirm figures. "
        "Ask me about skills, pay or hiring for a role."
    ),
    Intent.FABRICATION: (
        "I will not help to invent credentials or experience: it harms you when it is checked. "
        "I can help with honest routes, such as which shipped work or open-source contributions count."
    ),
    Intent.DISCRIMINATION: (
        "Nobody's gender, age, origin, family or health changes the answer: the same advice holds for everyone, and "
        "people should be judged by the work. What the guides name as criteria:"
    ),
}


def compose_conduct(draft: Draft, ask: Ask) -> None:
    """Answer a message that is no career question with care and without a figure."""
    draft.kind = Kind.REFUSAL
    draft.say(_FIXED[ask.question.intent])
    if ask.question.intent is Intent.DISCRIMINATION and ask.slots.occupations:
        compose_best(draft, ask, sections=("standout", "skills"))


def compose_gap(draft: Draft, ask: Ask, topic: str) -> None:
    """Say that no guide covers *topic*, then the nearest thing one does cover, then one thing to do."""
    draft.kind = Kind.ABSTAIN
    label = topics()[topic].label
    near = topics()[topic].near
    spoken = len(draft.blocks) + 1
    role = _role_words(ask)
    if topic == "forecast":
        draft.say("No guide forecasts pay, and I will not guess. What the guides state now:", tone=Tone.GAP)
    elif topic == "job count":
        draft.say(f"No guide counts open jobs{role}. The nearest figure counts something else:", tone=Tone.GAP)
    else:
        draft.say(f"No guide covers {label}{role}.", tone=Tone.GAP)
    _say_near(draft, ask, near)
    if topics()[topic].sections:
        _say_other_roles(draft, ask, topic)
    if len(draft.blocks) > spoken and topic not in _INTRODUCED:
        draft.blocks.insert(spoken, Paragraph(Line("The nearest they say:")))
    draft.say(_ACTION.get(topic, "For this, ask the employer, or check the single posting."))


# Gaps whose first sentence already leads over to what is near.
_INTRODUCED = {"forecast", "job count"}
# With fewer words of its topic's label in it, the nearest fact is about something else, and silence is better.
CLOSE = 2
_ACTION = {
    "visa": "For visas ask the authority in charge or an immigration lawyer, and the employer whether it sponsors.",
    "tax": "For taxes ask a tax adviser in your country.",
    "forecast": "Look again when the guides are updated, or compare with live postings.",
    "job count": "Count live postings on the job boards for this.",
}


def _say_near(draft: Draft, ask: Ask, near: tuple[str, ...]) -> None:
    if "benchmark" in near:
        for fact in (fact for guide in ask.guides for fact in guide.of(Benchmark)):
            draft.say(
                f"{fact.n} is the number of remote listings with salary data in the category {fact.category}; "
                "it stands behind a pay benchmark and counts no open jobs of one role.",
                fact,
            )
            return
    if "pay" in near and ask.slots.occupations:
        compose_pay(draft, ask)
        draft.kind = Kind.ABSTAIN
        return
    _say_close(draft, ask, near)


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
    """Say that no guide is about the role asked for; show where one mentions it, and which roles there are."""
    draft.kind = Kind.ABSTAIN
    name = ask.slots.other_occupations[0]
    draft.say(f"No guide covers the role “{name}”, so there is no figure or list for it here.", tone=Tone.GAP)
    _say_benchmark(draft, ask, name)
    mentioned = [fact for _, fact in ask.ranked(sections=("faq",)) if name.rstrip("s") in fact.sentence.casefold()]
    if mentioned:
        draft.say("What a guide says of it in passing:")
        draft.bullets([draft.line(fact.sentence, fact) for fact in mentioned[:1]])
    draft.say(f"Covered roles: {_covered(ask)}. Ask about one of them.")


def _say_benchmark(draft: Draft, ask: Ask, name: str) -> None:
    """Show the benchmark of the category the role belongs to, if a guide has one, with its label."""
    wanted = set(stems(name))
    for guide in ask.library.roles:
        for fact in guide.of(Benchmark):
            if "pay" in ask.slots.topics and wanted <= set(stems(fact.category)):
                draft.figure(fact)
                draft.say(fact.sentence, fact)


def compose_off_topic(draft: Draft, ask: Ask) -> None:
    """Say what this advisor is for."""
    draft.kind = Kind.ABSTAIN
    draft.say("The guides say nothing on this; I answer questions about careers in remote tech work.", tone=Tone.GAP)
    draft.say(f"Covered roles: {_covered(ask)}. Ask about skills, pay, hiring or remote work for one of them.")


def compose_clarify(draft: Draft, ask: Ask, topic: str) -> None:
    """Ask for the one thing that is missing: the role."""
    draft.kind = Kind.CLARIFY
    draft.say(f"For which role? On {topics()[topic].label} I can answer for: {_covered(ask)}.")
    draft.suggestions += [title_question(title, topic) for title in _titles(ask)]


def compose_social(draft: Draft, ask: Ask) -> None:
    """Answer a greeting, a thank-you or an emoji in few words."""
    draft.kind = Kind.SOCIAL
    said = {
        Intent.GREETING: "Hello! Ask me about skills, pay, hiring or remote work: what do senior CV engineers earn?",
        Intent.THANKS: "Glad it helped. Ask on whenever you like.",
        Intent.FAREWELL: "Good luck with the search!",
    }
    draft.say(said.get(ask.question.intent, "👍"))


_NOT_YET = {
    Intent.LISTINGS: (
        Kind.LISTINGS,
        "Live listings are not connected in this version, so I cannot search them for you",
    ),
    Intent.SUBSCRIPTION: (
        Kind.SUBSCRIPTION,
        "Alerts and the daily digest are not there in this version, so nothing was set up or changed",
    ),
    Intent.POST: (Kind.POST_REVIEW, "A full review of job posts is not there in this version"),
}


def compose_not_yet(draft: Draft, ask: Ask) -> None:
    """Say openly that the wish is understood and not served yet, with what the guides say of it meanwhile."""
    draft.kind, sentence = _NOT_YET[ask.question.intent]
    understood = scope_words(ask)
    draft.say(f"{sentence}.{f' Understood: {understood}.' if understood else ''}", tone=Tone.GAP)
    draft.say("What the guides say meanwhile:")
    if ask.question.intent is Intent.POST:
        compose_best(draft, ask, sections=("flags", "checks", "listings", "hiring"))
        if ask.question.amounts and ask.slots.occupations:
            compose_pay(draft, ask)
            draft.kind = Kind.POST_REVIEW
        return
    compose_best(draft, ask, sections=("listings",))
    if ask.question.focus or "remote" in (*ask.slots.topics, *ask.slots.leanings):
        compose_best(draft, ask, sections=("employers", "remote"))


def scope_words(ask: Ask) -> str:
    """Say what the question was taken to be about: "Computer Vision Engineer · senior · Germany · pay"."""
    slots = ask.slots
    parts = [", ".join(ask.guides_of(role)[0].title.removeprefix("Senior ") for role in slots.occupations)]
    parts += [" or ".join(ask.levels), f"{slots.years:g} years" if slots.years is not None else ""]
    parts += [", ".join(markets().name(code) for code in slots.markets)]
    parts += [", ".join(topics()[topic].label for topic in slots.topics if topic != "compare")]
    return " · ".join(part for part in parts if part)


def _role_words(ask: Ask) -> str:
    titles = [ask.guides_of(role)[0].title.removeprefix("Senior ") for role in ask.slots.occupations]
    return f" for {' or '.join(titles)}s" if titles else ""


def _titles(ask: Ask) -> list[str]:
    return [guides[0].title for guides in ask.library.occupations.values()]


def _covered(ask: Ask) -> str:
    return ", ".join(_titles(ask))


def title_question(title: str, topic: str) -> str:
    """Return a full question to offer as a next step."""
    return f"{title}: {topics()[topic].label}?"
