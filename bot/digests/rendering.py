"""What was composed becomes requests: digests that say the same are rendered once, for everybody who gets them."""

import json
from collections.abc import Hashable, Mapping

from adapters.chats.platform import Address, Button, ChatPlatform, Outgoing, Part
from adapters.chats.reply import Reply
from bot.digests.compose import Composed
from bot.serving.buttons import data, resting
from bot.store.people import PastTurn, new_token
from retrieval.answer import Kind

# Stands for the token of a turn in what is rendered once for everybody.
SHARED = new_token()


class Renderer:
    """Renders for *platforms* what one composer composed."""

    def __init__(self, platforms: Mapping[str, ChatPlatform]) -> None:
        self._platforms = platforms
        self._rendered: dict[Hashable, list[tuple[str, bytes | None]]] = {}

    def render(self, composed: Composed, reply: Reply | None = None) -> tuple[list[Part], PastTurn]:
        """Return the requests of *composed*, none where nothing is said, and the turn that its buttons belong to.

        *reply* is said where there is nothing new.
        """
        digest, token = composed.digest, new_token()
        turn = PastTurn(token, "", digest.text, Kind.LISTINGS.value, composed.fewer)
        shown = composed.reply or reply
        if shown is None:
            return [], turn
        address = Address.of(digest.target)
        platform = self._platforms[address.platform]
        if not digest.personal:
            # What everybody sees has no buttons: whoever pressed one would make us write there.
            return platform.render(Outgoing(shown, bulk=True), address), turn
        key = (address.platform, composed.key)
        if composed.key is None or key not in self._rendered:
            buttons = under(SHARED, fewer=bool(composed.items))
            parts = platform.render(Outgoing(shown, buttons, bulk=True), address)
            self._rendered[key] = [(json.dumps(part.body), part.content) for part in parts]
        mine = [Part(json.loads(body.replace(SHARED, token)), content) for body, content in self._rendered[key]]
        return mine, turn


def under(token: str, *, fewer: bool) -> tuple[tuple[Button, ...], ...]:
    """Return the rows of buttons under a digest; with *fewer* one that asks for fewer like those it shows."""
    more = (Button("Fewer like this", data("fewer", token)),) if fewer else ()
    return (
        (Button("All that match", data("all", token)), *more),
        (Button("Settings", data("plan", token)), *resting(token)),
    )
