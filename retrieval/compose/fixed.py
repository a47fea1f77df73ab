"""Answers that need no guide: no career question, something that is not served yet, a missing role."""

from knowledge.document import Tone
from knowledge.question import Intent
from knowledge.vocabulary import topics
from retrieval.answer import Draft, Kind
from retrieval.ask import Ask
from retrieval.compose.best import compose_best
from retrieval.compose.scope import covered, titles

# More choices are no choice; who means another role writes it.
CHOICES = 6
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
    Intent.PRIVACY: (
        "I share no keys, settings or other people's data; I only answer from the role guides. "
        "Ask me about skills, pay or hiring for a role."
    ),
    Intent.FABRICATION: (
        "I will not help to invent credentials or experience: it harms you when it is checked. "
        "I can help with honest routes, such as which shipped work or open-source contributions count."
    ),
    Intent.DISCRIMINATION: (
        "Gender, age, origin, family or health change nothing: the same advice holds for everyone, and the work is "
        "what counts. Criteria the guides name:"
    ),
}
# Said before the answer to the honest part of a message.
_REFUSED = {
    Intent.INJECTION: "Messages cannot change my rules or figures. To your question:",
    Intent.PRIVACY: "I share no secrets and nobody's data. To your question:",
    Intent.FABRICATION: "I do not help to invent credentials or experience. To your question:",
}
_NOT_YET = {
    Intent.LISTINGS: (
        Kind.LISTINGS,
        "Live listings are not connected in this version, so I cannot search them for you",
    ),
    Intent.SUBSCRIPTION: (
        Kind.SUBSCRIPTION,
        "The openings are not to be had just now, so nothing was set up or changed",
    ),
}


def compose_conduct(draft: Draft, ask: Ask) -> None:
    """Answer a message that is no career question with care and without a figure."""
    draft.kind = Kind.REFUSAL
    draft.say(_FIXED[ask.question.intent])
    if ask.question.intent is Intent.DISCRIMINATION and ask.slots.occupations:
        compose_best(draft, ask, sections=("standout", "skills"))


def say_refused(draft: Draft, refused: Intent) -> None:
    """Say briefly what is not done, before the rest of the message is answered."""
    draft.say(_REFUSED[refused])


def compose_social(draft: Draft, ask: Ask) -> None:
    """Answer a greeting, a thank-you or an emoji in few words."""
    draft.kind = Kind.SOCIAL
    said = {
        Intent.GREETING: "Hello! Ask me about skills, pay, hiring or remote work: what do senior CV engineers earn?",
        Intent.THANKS: "Glad it helped. Ask on whenever you like.",
        Intent.FAREWELL: "Good luck with the search!",
        Intent.DISLIKED: "Thank you for saying so; it is noted for those who keep the guides. What did you mean?",
        Intent.RESET: "A fresh start: nothing said before counts any more. What would you like to know?",
    }
    # An emoji is answered in kind; nothing at all with what can be asked.
    written = ask.question.text.strip(" \t\n?!.,;:-")
    draft.say(said.get(ask.question.intent, "👍" if written else said[Intent.GREETING]))


def compose_clarify(draft: Draft, ask: Ask, topic: str) -> None:
    """Ask for the one thing that is missing: the role."""
    draft.kind = Kind.CLARIFY
    draft.say(f"For which role? On {topics()[topic].label} I can answer for: {covered(ask)}.")
    draft.suggestions += [f"{title}: {topics()[topic].label}?" for title in titles(ask)[:CHOICES]]


def compose_unclear(draft: Draft, ask: Ask) -> None:
    """Ask what a message in another language is about, of which only the role or nothing was understood."""
    draft.kind = Kind.CLARIFY
    title = ask.guides_of(ask.slots.occupations[0])[0].role if ask.slots.occupations else titles(ask)[0]
    draft.say("I did not understand what you want to know. Name it in a word, in English if you can:")
    draft.suggestions += [f"{title}: {what}" for what in ("salary", "skills", "interviews", "remote work", "PhD")]


def compose_unread(draft: Draft, ask: Ask) -> None:
    """Ask for a language that can be read."""
    draft.kind = Kind.CLARIFY
    draft.say(
        "I can read questions in English, German, French, Spanish, Portuguese, Italian and romanised Hindi. "
        f"Please ask in one of these. Covered roles: {covered(ask)}."
    )


def compose_off_topic(draft: Draft, ask: Ask) -> None:
    """Say what this advisor is for."""
    draft.kind = Kind.ABSTAIN
    draft.say("The guides say nothing on this; I answer questions about careers in remote tech work.", tone=Tone.GAP)
    draft.say(f"Covered roles: {covered(ask)}. Ask about skills, pay, hiring or remote work for one of them.")


def compose_not_yet(draft: Draft, ask: Ask) -> None:
    """Say openly that the wish is understood and not served yet, with what the guides say of it meanwhile."""
    draft.kind, sentence = _NOT_YET[ask.question.intent]
    figures = ", ".join(f"{amount.low:,.0f} {amount.currency or ''}".strip() for amount in ask.question.amounts)
    understood = f" Pay understood: {figures}." if figures else ""
    draft.say(f"{sentence}.{understood} What the guides say meanwhile:", tone=Tone.GAP)
    compose_best(draft, ask, sections=("listings",), most=2)
    if ask.slots.occupations and (ask.question.focus or "remote" in (*ask.slots.topics, *ask.slots.leanings)):
        compose_best(draft, ask, sections=("employers", "remote"), most=2)
