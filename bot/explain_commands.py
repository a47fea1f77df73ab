"""The commands `advisor explain`: how something was read. Only light imports, as in `bot.commands`."""

from pathlib import Path
from typing import Annotated

import typer

explain = typer.Typer(help="Show how something was read and found.", no_args_is_help=True)
Batch = Annotated[Path | None, typer.Option("--batch", help="A file of JSON lines, or - for standard input.")]


def check_one_of(question: str | None, batch: Path | None) -> None:
    """Refuse to go on with both or neither of *question* and *batch*."""
    if (question is None) == (batch is None):
        raise typer.BadParameter('give either a "QUESTION" or --batch FILE')


@explain.command("question")
def explain_question(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None, batch: Batch = None
) -> None:
    """Print slots, candidates, evidence, coverage and claims of each question as one JSON line."""
    from bot.batch import explain_batch, explain_once

    check_one_of(question, batch)
    if batch is not None:
        explain_batch(batch)
    elif question is not None:
        explain_once(question)


def _explain_reader(name: str, text: str | None, batch: Path | None) -> None:
    import json

    from bot.batch import read_batch
    from bot.explain_listings import READERS

    if (text is None) == (batch is None):
        raise typer.BadParameter('give either a "TEXT" or --batch FILE')
    if batch is not None:
        read_batch(batch, READERS[name])
    else:
        typer.echo(json.dumps(READERS[name]({"text": text}), ensure_ascii=False))


Text = Annotated[str | None, typer.Argument(help="The text, in quotes.")]


@explain.command("pay")
def explain_pay(text: Text = None, batch: Batch = None) -> None:
    """Print every pay a listing's text states."""
    _explain_reader("pay", text, batch)


@explain.command("workmode")
def explain_work_mode(text: Text = None, batch: Batch = None) -> None:
    """Print from where a listing's text lets people work, with quotes, and how openly it says so."""
    _explain_reader("workmode", text, batch)


@explain.command("seniority")
def explain_seniority(text: Text = None, batch: Batch = None) -> None:
    """Print the level a title asks for, and the rule that told it."""
    _explain_reader("seniority", text, batch)


@explain.command("same")
def explain_same(
    batch: Annotated[Path, typer.Option("--batch", help='Lines of {"a": {...}, "b": {...}}, or - for standard input.')],
) -> None:
    """Print for pairs of listings whether they are one opening, and why."""
    _explain_reader("same", None, batch)


@explain.command("post")
def explain_post(
    file: Annotated[
        Path | None, typer.Argument(help="A job post as a text or HTML file, or - for standard input.")
    ] = None,
    batch: Batch = None,
) -> None:
    """Print what every reader makes of a job post, each with the words it read it from, as one JSON line."""
    import json

    from bot.batch import read_batch
    from bot.reviewing import explain_line, explain_post, read_text

    check_one_of(str(file) if file else None, batch)
    if batch is not None:
        read_batch(batch, explain_line)
    elif file is not None:
        typer.echo(json.dumps(explain_post(read_text(file)), ensure_ascii=False))
