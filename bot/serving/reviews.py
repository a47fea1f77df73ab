"""Reviews of job posts in chats: what a message brings, what is saved, what its buttons do."""

import datetime as dt
from threading import Lock

from adapters.chats.platform import Button, Inbound, Outgoing
from adapters.chats.reply import Reply
from bot.serving import words
from bot.serving.buttons import DROP, KEEP, SHOW, Press, data
from bot.serving.handled import Handled, Known, say
from bot.store.saved import SavedPost
from knowledge.document import Bullets, Line
from knowledge.post.shape import Pasted, find_post, looks_like_post, whole_post

# Posts held for the button that saves them; they are written nowhere, and gone with the process.
HELD = 500
# Saved posts shown as buttons.
LISTED = 10


class Held:
    """Pasted posts by the turn that reviewed them, for a while and in memory only."""

    def __init__(self) -> None:
        self._posts: dict[str, tuple[str, str]] = {}
        self._lock = Lock()

    def hold(self, token: str, title: str, text: str) -> None:
        """Hold a post; the oldest goes where there are too many."""
        with self._lock:
            self._posts[token] = (title, text)
            if len(self._posts) > HELD:
                del self._posts[next(iter(self._posts))]

    def find(self, token: str) -> SavedPost | None:
        """Return the post of a turn as one to be saved; None where it is held no more."""
        with self._lock:
            held = self._posts.get(token)
        return SavedPost(token, *held, dt.datetime.now(dt.UTC)) if held else None


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


def how_to_review(inbound: Inbound) -> Handled:
    """Say how a post gets its review."""
    example = "Paste the whole post, forward it, or answer it with /review."
    return say(inbound, words.said(example, "What you paste is not kept, unless you save it."))


def kept(inbound: Inbound, held: Held, press: Press) -> Handled:
    """Save the post of a review."""
    post = held.find(press.token)
    if post is None:
        return say(inbound, words.said("I no longer have this post: I kept it nowhere. Paste it again and press Save."))
    done = say(inbound, words.said(f"Saved: {post.title}. /saved shows what you saved, /forget deletes it."))
    return Handled(done.outgoing, saved=post)


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


def dropped(inbound: Inbound, press: Press) -> Handled:
    """Remove a saved post."""
    return Handled(say(inbound, words.said("Removed.")).outgoing, dropped=press.token)


def saving(token: str) -> tuple[Button, ...]:
    """Return the row under the review of a pasted post."""
    return (Button("Save this post", data(KEEP, token)),)
