"""Shares of live openings that ask for each skill, as a picture: readable on a phone."""

import textwrap
from collections.abc import Sequence
from typing import Any

from bot.listings.chart import DARK, DPI, FOOTER, GUIDE, LIGHT, LIVE, WIDTH, as_png
from bot.listings.demand import missing
from retrieval.review.live import Demand

ROW = 0.52
# Bars of a picture that a phone still shows well; skills the reader has come after those they lack.
KNOWN = 4
# Characters of a line of the title.
TITLE = 50


def draw_demand(demand: Demand, told: frozenset[str], *, dark: bool = False) -> bytes:
    """Return a PNG with a bar per skill, those the reader told of in another colour; figures are written out."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to import

    look = DARK if dark else LIGHT
    known = [skill for skill in demand.counts if skill in told][:KNOWN]
    rows = [(skill, LIVE) for skill in missing(demand, told)] + [(skill, GUIDE) for skill in known]
    height = 1.9 + ROW * len(rows)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=look["back"])
    axes = figure.add_axes((0.34, 0.8 / height, 0.5, 1 - 1.7 / height), facecolor=look["back"])
    _bars(axes, demand, rows, look)
    title = "\n".join(textwrap.wrap(f"Skills that live openings ask for: {demand.whose}", TITLE))
    above, below = 1 - 0.25 / height, 0.12 / height
    figure.text(0.05, above, title, color=look["text"], fontsize=15, fontweight="bold", va="top", parse_math=False)
    figure.text(0.05, below, _footer(demand, told), color=look["faint"], fontsize=10, va="bottom", parse_math=False)
    return as_png(figure, look)


def _bars(
    axes: Any,  # noqa: ANN401 - matplotlib is imported where it is used
    demand: Demand,
    rows: Sequence[tuple[str, str]],
    look: dict[str, str],
) -> None:
    axes.set_axis_off()
    axes.set_xlim(0, max([demand.share(skill) for skill, _ in rows], default=1))
    axes.set_ylim(-len(rows) + 0.5, 0.5)
    beside = {"textcoords": "offset points", "va": "center", "parse_math": False}
    for place, (skill, colour) in enumerate(rows):
        share = demand.share(skill)
        axes.barh(-place, share, height=0.62, color=colour)
        axes.annotate(skill, (0, -place), (-8, 0), ha="right", color=look["text"], fontsize=12, **beside)
        told = f"{share:.0%}  ({demand.counts[skill]})"
        axes.annotate(told, (share, -place), (6, 0), ha="left", color=look["faint"], fontsize=11.5, **beside)


def _footer(demand: Demand, told: frozenset[str]) -> str:
    legend = " Orange: not among what you told. Blue: you have it." if told else ""
    dates = f"posted {demand.oldest} to {demand.newest}"
    text = f"{demand.n} live openings, {dates}; share and number that ask for it.{legend}"
    return "\n".join(textwrap.wrap(text, FOOTER))
