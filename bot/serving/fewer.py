"""What is said to "fewer like this": what may be left out, and what is left out from now on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from adapters.chats.platform import Address, Button, Inbound
from bot.serving import plan_words
from bot.serving.buttons import Press, data
from bot.serving.handled import Handled, say
from bot.store.changes import Change
from bot.store.digest_tables import MOST
from bot.store.digests import Digest
from bot.store.people import PastTurn

_FEWER = re.compile(
    r"\b(?:fewer|less|no more|not)\b(?: \w+){0,2}? (?:like|of) (?:this|these|those|that|them)\b", re.IGNORECASE
)
# The argument of the button that wants half as many.
HALF = "most"


def wants_fewer(text: str) -> bool:
    """Tell whether *text* asks for fewer like what was sent."""
    return bool(_FEWER.search(text))


def _facets(turn: PastTurn) -> tuple[str, ...]:
    """Return what a digest showed that somebody may not want; empty for a turn that was none."""
    return tuple(one for one in turn.suggestions if one.startswith(("mode:", "company:")))


def which(inbound: Inbound, past: Sequence[PastTurn]) -> Handled:
    """Ask what of the last digest among *past* is to be left out from now on."""
    turn = next((one for one in reversed(past) if _facets(one)), None)
    if turn is None:
        return say(inbound, plan_words.fewer_of_what())
    rows = tuple(
        (Button(plan_words.without(facet), data("less", turn.token, n)),) for n, facet in enumerate(_facets(turn))
    )
    half = (Button(plan_words.HALF_AS_MANY, data("less", turn.token, HALF)),)
    return say(inbound, plan_words.which_fewer(), (*rows, half))


def less(inbound: Inbound, target: Address, digest: Digest | None, turn: PastTurn, press: Press) -> Handled | None:
    """Leave something out from now on, or take that back."""
    facets = _facets(turn)
    if digest is None:
        return say(inbound, plan_words.nothing())
    back = press.verb == "again"
    change = Change(target.key, inbound.person)
    if press.argument == HALF:
        change = replace(change, most=min(MOST, digest.most * 2) if back else max(1, digest.most // 2))
        told = plan_words.at_most(change.most or MOST)
    elif press.argument.isdigit() and int(press.argument) < len(facets):
        facet = facets[int(press.argument)]
        change = replace(change, again=(facet,)) if back else replace(change, without=(facet,))
        told = plan_words.with_again(facet) if back else plan_words.without(facet)
    else:
        return None
    undo = () if back else ((Button("Undo", data("again", press.token, press.argument)),),)
    return replace(say(inbound, plan_words.from_now_on(told), undo), planned=change)
