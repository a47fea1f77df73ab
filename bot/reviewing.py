"""`advisor review FILE` and `advisor explain post`: a job post from a file."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from rich.console import Console

from adapters.chats.terminal import show
from bot.listings.wiring import open_desk
from bot.replies import to_json, to_reply
from bot.settings import read_settings
from bot.wiring import open_likeness_of, open_parts
from knowledge.errors import InputError
from knowledge.listing.clean import plain
from knowledge.post.post import Post, read_pasted
from knowledge.post.shape import LONGEST, Pasted
from knowledge.question import Intent
from retrieval.likeness import Likeness
from retrieval.review.review import is_readable

Line = dict[str, Any]


def review_file(file: Path, know: str, *, as_json: bool) -> None:
    """Review the post in *file* on standard output; *know* is what the reader knows.

    Raises:
        InputError: the file cannot be read, or holds no post.

    """
    text = read_text(file)
    settings = read_settings()
    parts = open_parts(settings)
    for notice in parts.notices:
        sys.stderr.write(f"advisor: {notice}\n")
    conversation = parts.conversation(None, open_desk(settings, parts))
    if know:
        conversation.ask(f"I know {know}")
    turn = conversation.review(Pasted(text, ""))
    if as_json:
        sys.stdout.write(json.dumps(to_json(turn.advice.answer, turn.seconds), ensure_ascii=False) + "\n")
    else:
        show(Console(), to_reply(turn.advice.answer))


def read_text(file: Path) -> str:
    """Return the words of a post in *file*, "-" for standard input.

    Raises:
        InputError: the file cannot be read, or has too few words.

    """
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}") from error
    text = content.decode("utf-8", "replace")[:LONGEST]
    if not is_readable(plain(text)):
        raise InputError(f"{file}: too few words for a job post")
    return text


def explain_post(text: str) -> Line:
    """Return what every reader makes of a post, each with the words it read it from."""
    return post_json(read_pasted(text, _likeness()))


@cache
def _likeness() -> Likeness | None:
    return open_likeness_of(read_settings())


def explain_line(row: Line) -> Line:
    """Read {"text"}: the post as it was pasted."""
    if not isinstance(row.get("text"), str):
        raise InputError('a line needs "text": a text')
    return explain_post(row["text"])


def post_json(post: Post) -> Line:
    """Return *post* with the evidence of every reader."""
    listing = post.listing
    pays = [
        {"origin": origin.value, "min": pay.min, "max": pay.max, "currency": pay.currency, "quote": pay.quote}
        for origin, pay in listing.pays
    ]
    shown = listing.work.transparency
    return {
        "intent": Intent.POST.value,
        "title": listing.title,
        "company": listing.company,
        "location": listing.location,
        "role": listing.role,
        "guide": post.role.guide if post.role else None,
        "level": {"low": listing.seniority.low, "high": listing.seniority.high, "rule": listing.seniority.rule},
        "pays": pays,
        "workmode": {"verdict": listing.work.verdict.value, "quote": listing.work.quote},
        "transparency": {"score": shown.score, "flags": [*shown.flags]},
        "passages": [{"part": passage.part.value, "text": passage.text} for passage in post.passages],
        "skills": [{"name": one.name, "optional": one.optional, "quote": one.quote} for one in post.asked],
        "process": {"steps": [*post.process.steps], "stated": post.process.stated},
        "signs": [
            {
                "sign": one.reader.name,
                "tone": one.reader.tone.value,
                "quote": one.quote,
                "behind": dict(one.reader.behind),
            }
            for one in post.findings
        ],
        "remarks": [{"remark": one.name, "quote": one.quote} for one in post.remarks],
        "instructions": [*post.instructions],
    }
