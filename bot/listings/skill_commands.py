"""`advisor skills`: which skills live openings ask for, as bars, JSON or a picture."""

import json
import sys
from pathlib import Path

from rich.console import Console

from adapters.chats.reply import Reply
from adapters.chats.terminal import show
from bot.listings.demand import ENOUGH, demand_blocks, kind_of, whose
from bot.listings.share_chart import draw_demand
from bot.listings.wiring import open_desk
from bot.settings import read_settings
from bot.wiring import open_parts
from knowledge.asker import named_skills
from knowledge.errors import InputError


def show_demand(words: str, know: str, chart: Path | None, *, as_json: bool, dark: bool) -> None:
    """Print which skills the live openings for *words* ask for that *know* does not name, or draw them to *chart*.

    Raises:
        InputError: a picture was asked for and there are too few openings.

    """
    settings = read_settings()
    desk = open_desk(settings, open_parts(settings))
    if desk is None:
        raise InputError("the database with the openings is not to be had; `advisor doctor` says why")
    wish, told = desk.read(words), named_skills(know)
    demand = desk.demand(wish)
    if chart:
        if demand is None:
            raise InputError(f"fewer than {ENOUGH} live openings are stored ({whose(kind_of(wish))})")
        chart.write_bytes(draw_demand(demand, told, dark=dark))
        Console().print(f"Written to {chart}")
    elif as_json:
        counts = dict(demand.counts) if demand else {}
        told_of = (
            {"openings": demand.whose, "n": demand.n, "oldest": str(demand.oldest), "newest": str(demand.newest)}
            if demand
            else {}
        )
        sys.stdout.write(json.dumps(told_of | {"skills": counts, "known": sorted(told)}, ensure_ascii=False) + "\n")
    else:
        show(Console(), Reply("skill_gap", tuple(demand_blocks(demand, wish, told))))
