"""Reviews of job posts in chats: what a message brings, what is saved, what its buttons do."""

import datetime as dt
from dataclasses import replace
from threading import Lock

from adapters.chats.platform import Button, Inbound, Outgoing
from adapters.chats.reply import Reply
from bot.listings.desk import Desk
from bot.serving import words
from bot.serving.buttons import DROP, KEEP, SHOW, Press, data
from bot.serving.handled import Handled, Known, say
from bot.serving.talks import Talks, answered
from bot.store.saved import SavedPost
from knowledge.document import Bullets, Line
from knowledge.listing.listing import Listing
from knowledge.post.shape import Pasted, find_post, looks_like_post, whole_post
from retrieval.answer import Kind

# Posts held for the button that saves them; they are written nowhere, and gone with the process.
HELD = 500
# Saved posts shown as buttons.
LISTED = 10


class Reviews:
    """Reviews posts in the conversations of *talks*; holds pasted ones in memory for the button that saves them."""

    def __init__(self, talks: Talks, desk: Desk | None) -> None:
        self._talks, self._desk = talks, desk
        self._held: dict[str, tuple[str, str]] = {}
        self._lock = Lock()

    def ask(self, inbound: Inbound, known: Known) -> Handled:
        """Review what the message of a command brings, whatever it looks like; else say how it is done."""
        pasted = asked_for(inbound)
        if pasted:
            return self.review(inbound, known, pasted)
        example = "Paste the whole post, forward it, or answer it with /review."
        return say(inbound, words.said(example, "What you paste is not kept, unless you save it."))

    def review(self, inbound: Inbound, known: Known, post: Pasted | Listing) -> Handled:
        """Review a pasted post, whose words are kept nowhere, or a stored listing."""
        conversation = self._talks.take_up(known)
        turn = conversation.review(post)
        handled = self._talks.put_down(answered(inbound, turn, turn.question.text), known, conversation)
        if not isinstance(post, Pasted) or handled.turn is None or turn.advice.answer.kind is not Kind.POST_REVIEW:
            return handled
        self._hold(handled.turn.token, turn.question.text, post.post)
        first, *others = handled.outgoing
        saving = (Button("Save this post", data(KEEP, handled.turn.token)),)
        first = replace(first, buttons=(saving, *first.buttons))
        return replace(handled, outgoing=(first, *others), unkept=True)

    def pressed(self, inbound: Inbound, known: Known, press: Press) -> Handled | None:
        """Do what a button about an opening or a saved post asks for; None where the post is gone."""
        if press.verb == DROP:
            return Handled(say(inbound, words.said("Removed.")).outgoing, dropped=press.token)
        if press.verb == SHOW:
            post = next((one for one in known.saved if one.token == press.token), None)
            return self.review(inbound, known, Pasted(post.text, "")) if post else None
        listing = self._desk.listing(press.token) if self._desk else None
        if listing is None:
            return say(inbound, words.said("This opening is no longer stored."))
        return self.review(inbound, known, listing)

    def kept(self, inbound: Inbound, press: Press) -> Handled:
        """Save the post of a review."""
        with self._lock:
            held = self._held.get(press.token)
        if held is None:
            gone = "I no longer have this post: I kept it nowhere. Paste it again and press Save."
            return say(inbound, words.said(gone))
        post = SavedPost(press.token, *held, dt.datetime.now(dt.UTC))
        done = say(inbound, words.said(f"Saved: {post.title} /saved shows what you saved, /forget deletes it."))
        return Handled(done.outgoing, saved=post)

    def _hold(self, token: str, title: str, text: str) -> None:
        with self._lock:
            self._held[token] = (title, text)
            if len(self._held) > HELD:
                del self._held[next(iter(self._held))]


def post_in(inbound: Inbound, text: str) -> Pasted | None:
    """Return the job post that a message brings: forwarded, quoted, replied to, or in its own words."""
    if inbound.cited and looks_like_post(inbound.cited):
        return Pasted(inbound.cited, text)
    return find_post(text)


def asked_for(inbound: Inbound) -> Pasted | None:
    """Return what the command to review is about: all that the message says and brings."""
    if inbound.cited:
        return Pasted(inbound.cited, inbound.text)
    return whole_post(inbound.text) if inbound.text.strip() else None


def listed(inbound: Inbound, known: Known) -> Handled:
    """Show what somebody saved, with buttons to review it again or to remove it."""
    if not known.saved:
        return say(inbound, words.said("You saved no posts yet. Under a review there is a button that does."))
    shown = known.saved[:LISTED]
    lines = tuple(Line(f"{post.title}, saved {post.at:%Y-%m-%d}") for post in shown)
    rows = tuple(
        (Button(f"Review {n}", data(SHOW, post.token)), Button(f"Remove {n}", data(DROP, post.token)))
        for n, post in enumerate(shown, 1)
    )
    reply = Reply("social", (Bullets(lines, ordered=True, title="Saved posts"),))
    return Handled((Outgoing(reply, rows, inbound.message),))
