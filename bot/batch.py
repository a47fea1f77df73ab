"""Questions from a command line or a file, answered as text or JSON lines."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from adapters.chats.terminal import show
from bot.conversation import Keeper
from bot.explain import explain_turn
from bot.gaps import open_keeper
from bot.listings.desk import Desk
from bot.listings.wiring import open_desk
from bot.progress import progress_bar
from bot.replies import to_json, to_reply
from bot.settings import Settings, read_settings
from bot.wiring import Parts, open_parts
from bot.writing.scribe import Errand
from knowledge.errors import AdvisorError, InputError

Line = dict[str, Any]


def ask_once(question: str, *, as_json: bool) -> None:
    """Answer one question on standard output."""
    settings = read_settings()
    parts, keeper = _open(settings), open_keeper(settings)
    turn = parts.conversation(keeper, open_desk(settings, parts)).ask(question, errand=Errand())
    if as_json:
        _print(to_json(turn.advice.answer, turn.seconds))
    else:
        show(Console(), to_reply(turn.advice.answer))


def ask_batch(file: Path) -> None:
    """Answer each line `{"id", "turns"}` of *file* as a conversation of its own, in order."""
    settings = read_settings()
    keeper = open_keeper(settings)
    parts = _open(settings)
    desk = open_desk(settings, parts)
    _each(file, lambda row: _answer_line(parts, row, keeper, desk))


def explain_once(question: str) -> None:
    """Explain one question on standard output."""
    _print(explain_turn(_open(read_settings()).conversation().ask(question)))


def explain_batch(file: Path) -> None:
    """Explain each line `{"text"}` (or the last of its `turns`) of *file*, in order."""
    parts = _open(read_settings())
    _each(file, lambda row: _explain_line(parts, row), identified=False)


def read_batch(file: Path, read: Callable[[Line], Line]) -> None:
    """Print what *read* makes of each line of *file*, in order."""
    _each(file, read, identified=False)


def _answer_line(parts: Parts, row: Line, keeper: Keeper | None, desk: Desk | None) -> Line:
    if not isinstance(row.get("id"), str):
        raise InputError('a line needs "id": a text')
    conversation = parts.conversation(keeper, desk)
    replies = []
    for text in _turns(row):
        turn = conversation.ask(text, errand=Errand())
        replies.append(to_json(turn.advice.answer, turn.seconds))
    return {"id": row["id"], "replies": replies}


def _explain_line(parts: Parts, row: Line) -> Line:
    conversation = parts.conversation()
    turns = [conversation.ask(text) for text in _turns(row)]
    return explain_turn(turns[-1])


def _turns(row: Line) -> list[str]:
    turns = row.get("turns", [row["text"]] if "text" in row else None)
    if not isinstance(turns, list) or not turns or not all(isinstance(text, str) for text in turns):
        raise InputError('a line needs "turns": a list of texts (or "text": one)')
    return turns


def _each(file: Path, work: Callable[[Line], Line], *, identified: bool = True) -> None:
    """Do *work* for each line; a line that cannot be read gives an error line and the next one follows.

    Error lines carry an "id" where the lines of *file* do (*identified*).
    """
    for text in _lines(file):
        row: Line = {}
        try:
            row = _read(text)
            result = work(row)
        except (ValueError, RecursionError, InputError) as error:
            result = {"id": None, "error": f"line cannot be read: {error}"}
        except AdvisorError as error:
            # The line is fine, a service is not; the next line may find it back.
            result = {"id": row.get("id"), "error": str(error)}
        if not identified:
            result.pop("id", None)
        _print(result)


def _read(text: str) -> Line:
    row = json.loads(text, parse_constant=_refuse)
    if not isinstance(row, dict):
        raise InputError("a line is a JSON object")
    return row


def _refuse(constant: str) -> None:
    raise InputError(f"{constant} is no JSON")


def _lines(file: Path) -> Iterator[str]:
    try:
        text = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise InputError(f"--batch {file}: {error.strerror}") from error
    # Only a line feed ends a line: JSON text may hold every other separator.
    return (line.decode("utf-8", "replace") for line in text.split(b"\n") if line.strip())


def _print(row: Line) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
    sys.stdout.flush()


def _open(settings: Settings) -> Parts:
    with progress_bar() as progress:
        parts = open_parts(settings, progress)
    for notice in parts.notices:
        sys.stderr.write(f"advisor: {notice}\n")
    return parts
