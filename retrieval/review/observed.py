"""Observations on a post: freshness, copies, what may need a second look, instructions inside. Never a judgement."""

import datetime as dt
from collections.abc import Iterator

from knowledge.document import Line
from knowledge.text import first_sentence
from retrieval.answer import Draft
from retrieval.review.live import Copy
from retrieval.review.quoting import quoted, statement_behind
from retrieval.review.scene import Scene

# A post that is open for so long may be no longer staffed.
LONG = dt.timedelta(days=45)
# Copies told of; an agency posts the same text in many places.
COPIES = 2
# Remarks of this kind; so many of them come before everything else.
_ALARMING, ALARMS = {"money-asked", "papers-early", "chat-only", "free-mail"}, 2


def say_observed(draft: Draft, scene: Scene) -> None:
    """Add observations, nothing where there are none."""
    lines = [*_instructions(scene), *_copies(scene), *_remarks(draft, scene)]
    draft.bullets(lines, title="Look at this first" if is_alarming(scene) else "Also observed")


def is_alarming(scene: Scene) -> bool:
    """Tell whether so much of a post is as in scams that a friend would begin with it."""
    return len(_ALARMING & {remark.name for remark in scene.post.remarks}) >= ALARMS


def _instructions(scene: Scene) -> Iterator[Line]:
    for text in scene.post.instructions[:1]:
        yield Line(
            f"{quoted(text)} — it changed nothing here.", "The post gives instructions to software that reads it"
        )


def _copies(scene: Scene) -> Iterator[Line]:
    if scene.live is None:
        return
    for copy in scene.live.copies[:COPIES]:
        where = f"{copy.title} at {copy.company} on {', '.join(copy.boards)}"
        yield Line(f"{_seen(copy, scene.live.now)}.", where)


def _seen(copy: Copy, now: dt.datetime) -> str:
    days = max(0, (now - copy.posted_at).days)
    age = "today" if days == 0 else f"{days} day{'s' if days > 1 else ''} ago"
    parts = [f"posted {age}", "still listed" if copy.live else "no longer listed"]
    parts += ["listed again after a break"] if copy.reposted else []
    parts += ["open for long, so ask whether it is active"] if copy.live and now - copy.first_seen > LONG else []
    return ", ".join(parts)


def _remarks(draft: Draft, scene: Scene) -> Iterator[Line]:
    told: set[str] = set()
    for remark in scene.post.remarks:
        fact = statement_behind(scene.library, remark.behind, ())
        # What an FAQ file says of several remarks is said once.
        advice = f" {first_sentence(fact.text)}" if fact and fact.name not in told else ""
        told |= {fact.name} if fact else set()
        text = f"{quoted(remark.quote)}.{advice}"
        yield draft.line(text, *([fact] if fact else []), lead=remark.says)
    listing = scene.post.listing
    if scene.post.is_pasted and not listing.company:
        yield Line(
            "I found none in the text as pasted; look for the opening on the employer's own page.", "Employer's name"
        )
