"""The commands about openings and job posts. Only light imports, as in `bot.commands`."""

from pathlib import Path
from typing import Annotated

import typer

openings = typer.Typer()
Json = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]


@openings.command()
def refresh(
    board: Annotated[str | None, typer.Option("--board", help="Only this board.")] = None, as_json: Json = False
) -> None:
    """Fetch the job boards once, now."""
    from bot.listings.commands import run_refresh

    raise typer.Exit(run_refresh(board, as_json=as_json))


@openings.command()
def jobs(
    words: Annotated[str, typer.Argument(help='What you want, in plain words: "remote senior CV jobs over 180k".')],
    as_json: Json = False,
) -> None:
    """Search stored openings."""
    from bot.listings.commands import jobs as search

    search(words, as_json=as_json)


@openings.command("salary-index")
def salary_index(
    role: Annotated[str | None, typer.Option("--role", help="A role's slug; else all.")] = None,
    as_json: Json = False,
    chart: Annotated[Path | None, typer.Option("--chart", help="Write a picture (PNG) for the role.")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="A picture for dark backgrounds.")] = False,
) -> None:
    """Quartiles of disclosed base pay of live openings."""
    from bot.listings.salary_commands import show_index

    show_index(role, chart, as_json=as_json, dark=dark)


@openings.command()
def review(
    file: Annotated[Path, typer.Argument(help="A job post as a text or HTML file, or - for standard input.")],
    know: Annotated[str, typer.Option("--know", help='What you know: "Python, SQL and Spark".')] = "",
    as_json: Json = False,
) -> None:
    """Review a job post: role, pay, flags, skills, and what to ask. Nothing of it is kept."""
    from bot.reviewing import review_file

    review_file(file, know, as_json=as_json)


@openings.command()
def skills(
    words: Annotated[str, typer.Argument(help='Which openings, in plain words: "senior ML".')],
    know: Annotated[str, typer.Option("--know", help='What you know: "Python, SQL and Spark".')] = "",
    as_json: Json = False,
    chart: Annotated[Path | None, typer.Option("--chart", help="Write a picture (PNG).")] = None,
    dark: Annotated[bool, typer.Option("--dark", help="A picture for dark backgrounds.")] = False,
) -> None:
    """Which skills live openings ask for, and which of them you lack."""
    from bot.listings.skill_commands import show_demand

    show_demand(words, know, chart, as_json=as_json, dark=dark)
