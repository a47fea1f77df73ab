"""The command `advisor`. Only light imports here: each command loads what it needs."""

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from knowledge.errors import AdvisorError

app = typer.Typer(
    name="advisor",
    help="A career advisor for remote tech work: answers about skills, pay and hiring, with sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
guides = typer.Typer(help="Look at the guides the answers come from.", no_args_is_help=True)
explain = typer.Typer(help="Show how something was read and found.", no_args_is_help=True)
app.add_typer(guides, name="guides")
app.add_typer(explain, name="explain")

Json = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]
Batch = Annotated[Path | None, typer.Option("--batch", help="A file of JSON lines, or - for standard input.")]


def _check_one_of(question: str | None, batch: Path | None) -> None:
    if (question is None) == (batch is None):
        raise typer.BadParameter('give either a "QUESTION" or --batch FILE')


@app.command()
def chat() -> None:
    """Talk in the terminal."""
    from bot.chat import run

    run()


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    batch: Batch = None,
    as_json: Json = False,
) -> None:
    """Ask one question, or a file of conversations: lines of {"id": ..., "turns": [...]}."""
    from bot.batch import ask_batch, ask_once

    _check_one_of(question, batch)
    if batch is not None:
        ask_batch(batch)
    elif question is not None:
        ask_once(question, as_json=as_json)


@explain.command("question")
def explain_question(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None, batch: Batch = None
) -> None:
    """Print slots, candidates, evidence, coverage and claims of each question as one JSON line."""
    from bot.batch import explain_batch, explain_once

    _check_one_of(question, batch)
    if batch is not None:
        explain_batch(batch)
    elif question is not None:
        explain_once(question)


@guides.command("check")
def guides_check() -> None:
    """Check every guide and FAQ; print `file:line: reason` and exit 1 on a fault."""
    from bot.guides import check

    raise typer.Exit(check())


@guides.command("list")
def guides_list(as_json: Json = False) -> None:
    """List roles, levels, topics covered and not covered."""
    from bot.guides import show

    show(as_json=as_json)


@app.command()
def index(rebuild: Annotated[bool, typer.Option("--rebuild", help="Throw the index away first.")] = False) -> None:
    """Bring the search index up to date with the guides."""
    from bot.upkeep import update_index

    update_index(rebuild=rebuild)


@app.command()
def gaps(
    as_json: Json = False,
    retry: Annotated[bool, typer.Option("--retry", help="Ask each again; close those that guides answer now.")] = False,
) -> None:
    """List questions that were not answered or not liked, the most frequent first."""
    from bot.gaps import list_gaps, retry_gaps

    if retry:
        retry_gaps()
    else:
        list_gaps(as_json=as_json)


@app.command()
def doctor() -> None:
    """Say whether everything is set up, and where it lies."""
    from bot.upkeep import examine

    raise typer.Exit(examine())


def main() -> None:
    """Run the command line; an error that a person can act on is one line, not a trace."""
    import logging

    # Libraries log what only their authors need; what a person must know is printed.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without UTF-8 shows "?" for what it cannot write.
            stream.reconfigure(errors="replace")
    logging.basicConfig(level=logging.ERROR)
    logging.getLogger().handlers[0].setLevel(logging.ERROR)
    try:
        app()
    except AdvisorError as error:
        sys.stderr.write(f"advisor: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone (`| head`); without this Python complains again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
