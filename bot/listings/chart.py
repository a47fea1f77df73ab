"""Pay as a picture: the guides' ranges beside the quartiles of live openings, readable on a phone."""

import textwrap
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

# 1080 pixels wide: what chat apps show without scaling on a phone held upright.
WIDTH, DPI = 7.2, 150
ROW = 0.95
# Characters of a line under the picture.
FOOTER = 72
# From this share of the width on a bar's words stand at its right end.
FAR = 0.45
LIGHT = {"back": "#ffffff", "text": "#1f2430", "faint": "#8a93a3", "grid": "#e4e8ee"}
DARK = {"back": "#161b22", "text": "#e8ecf2", "faint": "#8b95a5", "grid": "#2b323c"}
# Distinct for the colour-blind (Okabe and Ito's blue and orange), and on both backgrounds.
GUIDE, LIVE = "#3b8fd6", "#e08a1e"
THOUSAND = 1000


class Bar(NamedTuple):
    """One range: `low` to `high` in whole units of one currency, `middle` where there is a median."""

    label: str
    note: str
    low: float
    high: float
    middle: float | None
    live: bool


def draw(title: str, bars: Sequence[Bar], symbol: str, footer: str, *, dark: bool = False) -> bytes:
    """Return a PNG of *bars*, top to bottom, with every figure written out; *footer* names the sources and the date."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to import

    look = DARK if dark else LIGHT
    height = 2.0 + ROW * len(bars)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=look["back"])
    axes = figure.add_axes((0.05, 0.95 / height, 0.9, 1 - 1.85 / height), facecolor=look["back"])
    low, high = min(bar.low for bar in bars), max(bar.high for bar in bars)
    room = (high - low) * 0.12 or high * 0.1
    for place, bar in enumerate(bars):
        _bar(axes, -place, bar, symbol, look, right=bar.low > low + FAR * (high - low))
    axes.set_xlim(low - room, high + 2 * room)
    axes.set_ylim(-len(bars) + 0.45, 0.75)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(_ticks())
    axes.xaxis.set_major_formatter(lambda value, _: f"{symbol}{value / THOUSAND:,.0f}k".replace("$", r"\$"))
    axes.tick_params(axis="x", colors=look["faint"], labelsize=11, length=0)
    axes.grid(axis="x", color=look["grid"], linewidth=1)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    figure.text(0.05, 1 - 0.5 / height, title, color=look["text"], fontsize=16, fontweight="bold", parse_math=False)
    wrapped = "\n".join(textwrap.wrap(footer, FOOTER))
    figure.text(0.05, 0.12 / height, wrapped, color=look["faint"], fontsize=10, va="bottom", parse_math=False)
    return as_png(figure, look)


def as_png(figure: Any, look: dict[str, str]) -> bytes:  # noqa: ANN401 - matplotlib is imported where it is used
    """Return *figure* drawn as a PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - slow to import

    buffer = BytesIO()
    figure.set_canvas(FigureCanvasAgg(figure))
    figure.savefig(buffer, format="png", facecolor=look["back"])
    return buffer.getvalue()


def _bar(
    axes: Any,  # noqa: ANN401 - matplotlib is imported where it is used
    place: float,
    bar: Bar,
    symbol: str,
    look: dict[str, str],
    *,
    right: bool,
) -> None:
    colour = LIVE if bar.live else GUIDE
    axes.barh(place - 0.16, bar.high - bar.low, left=bar.low, height=0.3, color=colour)
    if bar.middle is not None:
        axes.barh(place - 0.16, (bar.high - bar.low) * 0.012 or 1, left=bar.middle, height=0.3, color=look["text"])
    # A label that begins far to the right ends at its bar instead of leaving the picture.
    at, side = (bar.high, "right") if right else (bar.low, "left")
    axes.text(at, place + 0.14, bar.label, color=look["text"], fontsize=12.5, va="bottom", ha=side, parse_math=False)
    figures = f"{symbol}{bar.low / THOUSAND:,.0f}k–{symbol}{bar.high / THOUSAND:,.0f}k"
    middle = f" · median {symbol}{bar.middle / THOUSAND:,.0f}k" if bar.middle is not None else ""
    note = f"{figures}{middle}{bar.note}"
    axes.text(at, place - 0.42, note, color=look["faint"], fontsize=11, va="center", ha=side, parse_math=False)


def _ticks() -> Any:  # noqa: ANN401 - matplotlib is imported where it is used
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - slow to import

    return MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10])
