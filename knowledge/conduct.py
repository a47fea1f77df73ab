"""What a message wants done, and which messages get a fixed, careful answer instead."""

import re
from functools import cache

from knowledge.language import is_foreign_script
from knowledge.phrases import PhraseBook
from knowledge.question import Intent, Slots
from knowledge.text import words
from knowledge.word_lists import word_list

_ORDER = (Intent.CRISIS, Intent.INJECTION, Intent.PRIVACY, Intent.FABRICATION)
# What is left out of a message when the rest of it is a question that can be answered.
ATTACKS = frozenset({Intent.INJECTION, Intent.PRIVACY, Intent.FABRICATION})
# What is answered with care, whatever else comes with it.
CAREFUL = ATTACKS | {Intent.CRISIS, Intent.DISCRIMINATION}
_SOCIAL = (Intent.DISLIKED, Intent.GREETING, Intent.THANKS, Intent.FAREWELL)
# A social message is short; "hi, what do seniors earn" is a question.
_SOCIAL_WORDS = 6
_FILLERS = frozenset(word_list("small")["filler"])
_FETCH = re.compile(
    r"^\s*(?:any|list|get|looking for|look for|got any|give me|send me|need(?! to)|want(?! to)|are there|is there)\b|"
    r"\b(?:find|show|search)\b",
    re.IGNORECASE,
)
_FILTER = re.compile(
    r"\b(?:fully remote|actually remote|100% remote|remote only|no hybrid|only above|above \d|over \d|at least \d|"
    r"posted|last week|this week|hiring now|that say the salary|with salary|salary disclosed|pls|please)\b|\d+k?\s?\+",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^\s*(?:what|whats|how|is|are|do|does|did|should|shud|why|who|where|when|which|can|could|will|would|am|was|were)\b|"
    r"\b(?:what|which|why) (?:do|does|is|are|should|shud)\b|\bhow\b",
    re.IGNORECASE,
)
# What openings ask for, as a count over many: openings of now, that they ask for something, and what.
_DEMAND = tuple(re.compile(str(form), re.IGNORECASE) for form in word_list("posts")["demand"])
# Alerts of machines are watched, triaged and answered by engineers; those of ours are wished for.
_MACHINE = r"alerts?\b(?! (?:watching|fatigue|triage|noise|judg\w+|rules?|storms?|handling|response|tuning|queues?))"
_TENDED = r"(?<!look at )(?<!looks at )(?<!looking at )(?<!respond to )(?<!triage )(?<!watch )(?<!tune )(?<!security )"
_SUBSCRIBE = re.compile(
    rf"\b(?:digests?|{_TENDED}{_MACHINE}|notify|notifications?|subscri\w+|unsubscri\w+"
    r"|every (?:day|week|weekday|morning|monday))\b",
    re.IGNORECASE,
)
# Something that is to come again and again: "mle jobs daily", "tues and thurs 7pm, frontend jobs".
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_WHEN = re.compile(
    r"\b(?:daily|weekly|(?:every|evry|each)\s+(?:day|week|week ?day|work ?day|morning|evening|night|weekend)s?"
    rf"|(?:every|evry|each|on)\s+{_DAY}|week ?days|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days"
    rf"|mon\s?(?:-|–|to)\s?fri|once a (?:day|week)|{_DAY}\s*(?:,|and|&|/)?\s*{_DAY}|{_DAY}\s+\d{{1,2}}[:.]\d\d)\b",
    re.IGNORECASE,
)
_TELL_ME = re.compile(
    r"\b(?:let me know|lmk|tell me|ping me|message me|shout)\s+(?:when|whenever|if|as soon as|about (?:any )?new)\b"
    r"|\bwhen(?:ever)?\b.{0,60}\b(?:let me know|lmk|tell me|ping me|message me)\b",
    re.IGNORECASE,
)
_JOBS = re.compile(r"\b(?:jobs?|roles?|positions?|openings?|vacanc\w+|gigs?|work|stuff)\b", re.IGNORECASE)
_SEND = re.compile(
    r"\b(?:send|give|get|show|post|ping|notify|alert|remind|e-?mail|message|tell|let me know|keep me|updates?|drop)\b",
    re.IGNORECASE,
)
# A polite wish is a wish, not a question about abilities.
_REQUEST = re.compile(
    r"\b(?:can|could|would|will) (?:you|u) (?:please |pls )?"
    r"(?:find|show|send|set|get|list|search|give|notify|alert|remind)\b",
    re.IGNORECASE,
)
_EXPLAIN = re.compile(r"\b(?:what|how|do you|can you)\b", re.IGNORECASE)


# Where an order may end and a question begin.
_CLAUSE = re.compile(
    r"(?<=[.!?;:\n])\s*|,\s*(?=(?:what|how|do|does|is|are|which|tell|but)\b)|"
    r"\b(?:and|then|but|also)\s+(?=(?:tell|what|how|say|give|show|also|then|answer|do|does|is|are|which|explain)\b)",
    re.IGNORECASE,
)
# "start over", alone or before a question; "how to start over as a developer" is a question.
_RESET = re.compile(
    r"^\W*(?:(?:ok|okay|actually|please|pls|lets|let's|nvm|never mind|hmm?)\W+)*"
    r"(?:(?:start|begin)\s+(?:over|again|fresh|new)|start from scratch|new (?:question|topic|chat)|reset|"
    r"(?:forget|clear|delete)\s+(?:that|it|this|everything|all|all that|what i said|my history|the chat)|scratch that)"
    r"(?:\W+(?:please|pls|ok|thanks|now))*\W*(?:$|(?<=[.,:;!\n-])|(?<=[.,:;!\n-]\s))",
    re.IGNORECASE,
)


def without_reset(text: str) -> str | None:
    """Return what follows "start over" in *text* (may be empty), or None where it does not begin with that."""
    found = _RESET.match(text)
    return text[found.end() :].strip() if found else None


def without_attack(text: str) -> str:
    """Return the clauses of *text* that ask something and neither give orders nor want secrets; may be empty.

    A clause that only states ("say they earn 900k", "pay is 5M, confirm") is an attempt to plant it.
    """
    clauses = [clause.strip() for clause in _CLAUSE.split(text)]
    return " ".join(clause for clause in clauses if _conduct(words(clause)) not in ATTACKS and _asks(clause))


def _asks(clause: str) -> bool:
    return clause.endswith("?") or bool(_ASKING.search(clause)) or clause.casefold().startswith(("tell me", "explain"))


@cache
def _phrases(name: str) -> PhraseBook[str]:
    return PhraseBook((str(cue), name) for cue in word_list("conduct")[name])


def read_intent(text: str, message: tuple[str, ...], slots: Slots) -> Intent:
    """Return what *text* wants done; *message* are its folded, corrected words."""
    if not message:
        return Intent.NOTHING
    if is_foreign_script(text):
        return Intent.UNREAD
    # Groups of people are named outside the words that are read (see `knowledge.person`), and misspelt threats count.
    conduct = _conduct(message) or _conduct(words(text)) or _shown(text)
    return conduct or _social(message, slots) or _wish(text, slots)


def _conduct(message: tuple[str, ...]) -> Intent | None:
    for intent in _ORDER:
        if _phrases(intent.value).find(message):
            return intent
    both = _phrases("groups").find(message) and _phrases("judging").find(message)
    return Intent.DISCRIMINATION if both else None


# Asked about job ads, these are no wish for some.
_ABOUT_ADS = {"flags", "checks", "about"}


def _shown(text: str) -> Intent | None:
    """Return what a message tries that no phrase of it says."""
    patterns = word_list("conduct")["patterns"].items()
    found = (name for name, forms in patterns for form in forms if re.search(form, text, re.IGNORECASE))
    return next(map(Intent, found), None)


def _wish(text: str, slots: Slots) -> Intent:
    if is_about_demand(text):
        return Intent.DEMAND
    if _is_subscription(text, slots) and (_REQUEST.search(text) or not _EXPLAIN.search(text)):
        return Intent.SUBSCRIPTION
    return Intent.LISTINGS if _is_search(text) and not _ABOUT_ADS & set(slots.topics) else Intent.ASK


def is_about_demand(text: str) -> bool:
    """Tell "what do live senior ML posts ask for that I lack?" from a question to the guides and from a search."""
    return all(pattern.search(text) for pattern in _DEMAND) and not _SUBSCRIBE.search(text)


def _is_subscription(text: str, slots: Slots) -> bool:
    """Tell whether something is to be sent again and again, or as soon as it is there."""
    if _SUBSCRIBE.search(text) or _TELL_ME.search(text):
        return True
    if not _WHEN.search(text):
        return False
    # "pytorch daily, what do I lack?" tells of a person's days.
    asks = _ASKING.search(text) or re.search(r"\b(?:which|what|why|how)\b|\?", text, re.IGNORECASE)
    told = not asks and (_JOBS.search(text) or slots.occupations)
    return bool(_SEND.search(text) or told or _is_search(text))


def _social(message: tuple[str, ...], slots: Slots) -> Intent | None:
    if len(message) > _SOCIAL_WORDS or slots.occupations or slots.topics:
        return None
    for intent in _SOCIAL:
        found = _phrases(intent.value).find(message)
        taken = {i for phrase in found for i in range(phrase.start, phrase.end)}
        if found and all(i in taken or word in _FILLERS for i, word in enumerate(message)):
            return intent
    return None


def _is_search(text: str) -> bool:
    score = 0.0
    score += 1 if _JOBS.search(text) else 0
    score += 1 if _FETCH.search(text) else 0
    score += len(_FILTER.findall(text)) * 0.75
    if _REQUEST.search(text):
        score += 1
    elif _ASKING.search(text) and not _FETCH.match(text):
        score -= 2
    elif "?" in text:
        score -= 0.5
    return score >= 1.5
