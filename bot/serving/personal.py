"""Commands about the person: what they told, what is kept of them, and its end."""

import datetime as dt
import json
from dataclasses import replace

from adapters.chats.platform import EDIT, ORDER, Attachment, Button, Inbound, Outgoing
from bot.serving import plan_words, words
from bot.serving.handled import Handled, Known, say
from bot.store.people import RESET, PastTurn, new_token

# What a person tells of themselves is a line, not a story; these words remove it.
LONGEST = 300
NOTHING = frozenset({"none", "nothing", "off", "delete"})


def settings(inbound: Inbound, known: Known) -> Handled:
    """Show what the person told, or take note of it; "none" removes it."""
    text = " ".join(inbound.text.split())[:LONGEST]
    if not text:
        return say(inbound, words.settings(known.profile))
    if text.casefold() in NOTHING:
        return replace(say(inbound, words.said("Removed: I know nothing of you now.")), told="")
    return replace(say(inbound, words.settings(text)), told=text)


def home(inbound: Inbound, known: Known, days: int, service: str) -> Handled:
    """Fill a person's own page: what can be done, what is known of them, what is kept. Words change what is known."""
    told = None
    if inbound.text:
        told = "" if inbound.text in NOTHING else inbound.text[:LONGEST]
        known = replace(known, profile=told)
    change, order = Button("Change what I know of you", f"{EDIT}{known.profile}"), Button("Have jobs sent", ORDER)
    sent = plan_words.listed(known.digests).blocks
    page = words.page(known.profile, sent, days, service)
    return Handled((Outgoing(page, ((change, order),)),), told=told)


def reset(inbound: Inbound, _known: Known) -> Handled:
    """Begin afresh: what was said before no longer counts."""
    turn = PastTurn(new_token(), inbound.message, "", RESET)
    return replace(say(inbound, words.said("Forgotten. Ask afresh.")), turn=turn)


def forget(inbound: Inbound, _known: Known) -> Handled:
    """Delete everything of the person."""
    done = words.said("Everything of you is deleted: your messages, your settings, your feedback.")
    return replace(say(inbound, done), forgotten=True)


def export(inbound: Inbound, known: Known) -> Handled:
    """Send everything that is kept of the person, where nobody else reads along."""
    if not inbound.private:
        return say(inbound, words.said("I send that in a private chat only: write to me there."))
    content = json.dumps(known.everything, ensure_ascii=False, indent=1).encode()
    name = f"career-advisor-{dt.datetime.now(dt.UTC).date()}.json"
    reply = words.said("This is everything that is kept of you.")
    return Handled((Outgoing(reply, attachment=Attachment(name, content)),))
