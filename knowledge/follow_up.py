"""Follow-ups: what a message leaves open is filled from the conversation before it."""

import re
from dataclasses import dataclass, field, replace

from knowledge.levels import Level
from knowledge.money import Amount
from knowledge.question import Intent, Question, Slots
from knowledge.skills import skill_words, skills_in

# The slots of which several may stand side by side, so that "the second one" picks among them.
_PLURAL = ("occupations", "levels", "markets")
_ORDER = {
    **dict.fromkeys(("first", "1st", "former"), 0),
    **dict.fromkeys(("second", "2nd"), 1),
    **dict.fromkeys(("third", "3rd"), 2),
    **dict.fromkeys(("last", "latter"), -1),
}
# "the second one", "the latter", "only the first"; not "the second round" or "my first job".
_PICK = re.compile(
    r"\b(?:the\s+)?(first|1st|former|second|2nd|third|3rd|last|latter|other)\s+(?:one|role|option|place|country|level)\b"
    r"|\bthe\s+(former|latter)\b"
    r"|^\W*(?:(?:and|ok|only|no|so|just|for|what about)\W+)*the\s+(first|second|third|last|other)\W*$",
    re.IGNORECASE,
)
# "sorry, I meant research": one word at the end, after a word that leads over to it.
# "sorry, I meant research": one word at the end, after a word that leads over to it.
_SWITCH = re.compile(r"\b(?:meant|mean|and|about|for|vs|or|same)\s+(?:for\s+)?(?:the\s+)?[\w-]+\W*$", re.IGNORECASE)
# "and with 9?", "actually 6", after a question that named years of experience.
_YEARS_ALONE = re.compile(
    r"\b(?:with|at|after|for|if|actually|sorry|rather|make it|i have|i meant)\s+(?:like\s+|about\s+)?"
    r"(\d{1,2}(?:\.\d)?)\s*[?!.]*\s*$",
    re.IGNORECASE,
)
# "ok forget taxes. and staff there?": what was put aside is not what is asked.
_PUT_ASIDE = re.compile(r"\b(?:forget|never\s?mind|nvm|skip|leave)\s+(?:about\s+|the\s+)?\w+\s*[.,;:!-]", re.IGNORECASE)
# What a greeting or a cry for help is about was not said before it.
_CARRYING = frozenset({Intent.ASK, Intent.LISTINGS, Intent.SUBSCRIPTION, Intent.POST, Intent.DEMAND})
# What narrows a search for jobs, said as a condition and not as a question.
_CONDITIONS = {"pay", "remote"}
_ASKS = re.compile(r"\b(?:what|how|which|why|who|is|are|do|does)\b", re.IGNORECASE)
# The role that guides measure a premium against.
_YARDSTICK = ("software-engineer",)
# Words that hint at these ("backend") also tell where somebody comes from.
_WIDE = {"backend-engineer", "frontend-engineer"}
_EITHER = re.compile(r"\b(?:or|vs|versus|than|against|between)\b", re.IGNORECASE)
# Ways to work, not things to ask: beside a place they leave open what is asked.
_MANNER = {"remote"}


@dataclass(frozen=True, slots=True)
class Thread:
    """What a conversation remembers: the reading of its last question, and what may be picked from (`options`).

    `topics` are the topics before the last ones, to go back to when a person puts the last ones aside.
    """

    slots: Slots = field(default_factory=Slots)
    intent: Intent = Intent.ASK
    text: str = ""
    amounts: tuple[Amount, ...] = ()
    options: tuple[str, tuple[str, ...]] = ("", ())
    topics: tuple[str, ...] = ()


def follow(question: Question, thread: Thread) -> Question:
    """Fill what *question* leaves open from *thread*, and a role that nobody named from what hints at one.

    A named role starts afresh except for the topic and the level the person named; years were years in the old role.
    """
    if question.intent not in _CARRYING or not thread.text:
        return _with_hinted(question)
    picked = _nicknamed(_picked(question, thread), question)
    now = _years_alone(picked, question, thread)
    if now.other_occupations and not now.occupations:
        return replace(question, slots=replace(now, topics=now.topics or thread.slots.topics))
    earlier = thread.slots
    if _PUT_ASIDE.search(question.text):
        now, earlier = replace(now, topics=()), replace(earlier, topics=thread.topics)
    elif earlier.topics and now.topics and set(now.topics) <= _MANNER and now.markets and _is_short(question):
        now = replace(now, topics=())
    merged = _merged(now, earlier, question)
    intent = question.intent
    if intent is Intent.ASK and thread.intent is Intent.LISTINGS and _narrows(question):
        intent = Intent.LISTINGS
    # "they offered me 200k", "for which role?", "senior ML": the figure still stands.
    other_level = bool(now.levels and thread.slots.levels) and now.levels != thread.slots.levels
    stands = not now.topics and _carries_topic(question) and not other_level
    kept = question.amounts or (thread.amounts if stands else ())
    # "and for senior ML?" after "I know PyTorch, what am I missing": what the person knows still counts.
    asked, focus = question.query, question.focus
    if "gap" in merged.topics and "gap" in thread.slots.topics and not skills_in(asked):
        asked, focus = f"{thread.text} {asked}", (*focus, *skill_words(thread.text))
    follows = merged != question.slots
    filled = replace(question, query=asked, focus=focus, slots=merged, intent=intent, amounts=kept, follows=follows)
    return _with_hinted(filled)


def _narrows(question: Question) -> bool:
    """Tell a condition of the search before ("only above 220k") from a question ("what do they pay?")."""
    asks = "?" in question.text or bool(_ASKS.search(question.text))
    return not question.slots.topics or (set(question.slots.topics) <= _CONDITIONS and not asks)


def _with_hinted(question: Question) -> Question:
    """Take the one role that the words of the question point to, where neither it nor the thread names any."""
    slots = question.slots
    # "do image people make more than a programmer?" asks for the premium of the role that is hinted at.
    yardstick = slots.occupations == _YARDSTICK and "premium" in slots.topics
    named = (slots.occupations and not yardstick) or slots.other_occupations
    hinted = slots.hinted
    if not (len(hinted) == 2 and _EITHER.search(question.text)):
        # "backend or frontend?" means both; "does backend, do image people earn more?" asks of the particular one.
        hinted = tuple(role for role in hinted if role not in _WIDE) or hinted
        hinted = () if len(hinted) > 1 or ("transition" in slots.topics and {*hinted} <= _WIDE) else hinted
    if named or not hinted or question.intent not in _CARRYING:
        return question
    return replace(question, slots=replace(slots, occupations=hinted))


def remember(thread: Thread, question: Question, text: str, offered: tuple[str, ...]) -> Thread:
    """Return what to remember after *question* was answered; *offered* are the roles the answer asked to choose from.

    A role without a guide leads nowhere: "and a data engineer?", "ok, back to Germany" go on where it stood.
    """
    if question.intent not in _CARRYING:
        return thread
    slots = question.slots
    if slots.other_occupations and not slots.occupations:
        old = thread.slots
        slots = replace(
            slots, occupations=old.occupations, levels=slots.levels or old.levels, markets=slots.markets or old.markets
        )
    several = next(((name, getattr(slots, name)) for name in _PLURAL if len(getattr(slots, name)) > 1), None)
    options = ("occupations", offered) if offered else several or thread.options
    before = thread.slots.topics if thread.slots.topics != slots.topics else thread.topics
    kept = replace(slots, other_occupations=())
    return Thread(kept, question.intent, text, question.amounts, options, before)


def _merged(now: Slots, earlier: Slots, question: Question) -> Slots:
    changed = bool(now.occupations) and bool(earlier.occupations) and now.occupations != earlier.occupations
    return replace(
        now,
        occupations=now.occupations or earlier.occupations,
        levels=now.levels or (() if now.years is not None else earlier.levels),
        years=now.years if now.years is not None or now.levels or changed else earlier.years,
        markets=now.markets or (() if changed and now.topics else earlier.markets),
        topics=now.topics or (earlier.topics if _carries_topic(question) else ()),
    )


def _picked(question: Question, thread: Thread) -> Slots:
    """Return the slots with what "the second one" picks among the last things that stood side by side."""
    found = _PICK.search(question.text)
    name, values = thread.options
    if not found or not values or getattr(question.slots, name):
        return question.slots
    word = next(filter(None, found.groups())).casefold()
    if word == "other":
        current = getattr(thread.slots, name)
        left = [value for value in values if value not in current]
        return _with(question.slots, name, left[0]) if left else question.slots
    place = _ORDER[word]
    return _with(question.slots, name, values[place]) if place < len(values) else question.slots


def _nicknamed(slots: Slots, question: Question) -> Slots:
    """Return the slots with the role that "and research?" or "sorry, I meant research" names."""
    switches = len(slots.nicknamed) == 1 and not slots.occupations and bool(_SWITCH.search(question.text))
    return replace(slots, occupations=slots.nicknamed) if switches else slots


def _with(slots: Slots, name: str, value: str) -> Slots:
    match name:
        case "occupations":
            return replace(slots, occupations=(value,))
        case "levels":
            return replace(slots, levels=(Level(value),))
        case _:
            return replace(slots, markets=(value,))


def _years_alone(slots: Slots, question: Question, thread: Thread) -> Slots:
    found = _YEARS_ALONE.search(question.text)
    if thread.slots.years is None or slots.years is not None or not found or question.amounts:
        return slots
    return replace(slots, years=float(found[1]))


def _carries_topic(question: Question) -> bool:
    """Tell "and in Germany?" (the topic goes on) from "how do teams replace hallway chats" (a new one)."""
    return _is_short(question) or bool(question.amounts)


def _is_short(question: Question) -> bool:
    return len(question.focus) <= 2
