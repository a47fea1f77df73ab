"""The command `advisor`. Only light imports here: each command loads what it needs."""

import io
import os
import sys
from typing import Annotated

import typer

from bot.explain_commands import Batch, check_one_of, explain
from bot.opening_commands import Json, openings
from knowledge.errors import AdvisorError

app = typer.Typer(
    name="advisor",
    help="A career advisor for remote tech work: answers about skills, pay and hiring, with sources.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
guides = typer.Typer(help="Look at the guides the answers come from.", no_args_is_help=True)
app.add_typer(guides, name="guides")
app.add_typer(explain, name="explain")
# Without a name its commands stand beside the others.
app.add_typer(openings)
listings = typer.Typer(help="What is known of live listings.", no_args_is_help=True)
app.add_typer(listings, name="listings")
slack = typer.Typer(help="Set the advisor up in Slack.", no_args_is_help=True)
app.add_typer(slack, name="slack")


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

    check_one_of(question, batch)
    if batch is not None:
        ask_batch(batch)
    elif question is not None:
        ask_once(question, as_json=as_json)


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


@listings.command("export")
def listings_export(as_json: Json = True) -> None:  # noqa: ARG001 - there is one form, and scripts say which they expect
    """Print every opening as one JSON line, with all its listings and their attribution."""
    from bot.listings.commands import export

    export()


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
def serve() -> None:
    """Answer in every configured chat (Telegram, Slack) until stopped."""
    from bot.serving.serve import run

    run()


@app.command()
def worker() -> None:
    """Share refreshing, embedding and digests with other processes on PostgreSQL until stopped."""
    from bot.serving.serve import run_worker

    run_worker()


@slack.command("manifest")
def slack_manifest(
    url: Annotated[str, typer.Option("--url", help="Address at which Slack reaches this process; else a socket.")] = "",
) -> None:
    """Print the manifest from which Slack makes the app."""
    import json

    from adapters.chats.slack.manifest import manifest

    typer.echo(json.dumps(manifest(url), indent=2))


@app.command()
def digest(
    due: Annotated[bool, typer.Option("--due", help="Send what is due, once.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what is due instead of sending it.")] = False,
    preview: Annotated[str | None, typer.Option("--preview", help="Print what this person would get.")] = None,
    now: Annotated[str | None, typer.Option("--now", help="As if it were this moment (ISO 8601).")] = None,
) -> None:
    """Send digests that are due, or look at them."""
    import datetime as dt

    from bot.digests.commands import preview as print_preview
    from bot.digests.commands import send_due

    try:
        moment = dt.datetime.fromisoformat(now).astimezone(dt.UTC) if now else dt.datetime.now(dt.UTC)
    except ValueError as error:
        raise typer.BadParameter(f"'{now}' is no moment such as 2026-11-23T08:00:00+01:00") from error
    if preview or dry_run:
        raise typer.Exit(print_preview(preview, moment))
    if not due:
        raise typer.BadParameter("say --due, --dry-run or --preview PERSON")
    send_due(moment)


@app.command()
def subscriptions(as_json: Json = False) -> None:
    """List saved searches: for whom, when, what for."""
    from bot.digests.commands import show

    show(as_json=as_json)


@app.command()
def usage(
    days: Annotated[int, typer.Option(min=1, max=400, help="How many days back.")] = 7, as_json: Json = False
) -> None:
    """Show what a language model did and cost, day by day."""
    from bot.writing.commands import show_usage

    show_usage(days, as_json=as_json)


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
