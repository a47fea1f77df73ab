"""Replies in a terminal: colours and links where it has them, plain text where it has not."""

import io
from dataclasses import replace

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text

from adapters.chats.marked import clean, web_address
from adapters.chats.reply import Reply, SourceLine
from knowledge.document import Block, Bullets, Card, Line, Paragraph, Table, Tone, numbered

# The width of text that is not shown in a terminal (pipes, JSON): readable, and the same everywhere.
PLAIN_WIDTH = 100
_TONES = {Tone.PLAIN: "", Tone.GAP: "yellow", Tone.CONFLICT: "magenta", Tone.DERIVED: "cyan"}


def render(reply: Reply) -> RenderableType:
    """Return *reply* as something a Rich console prints."""
    links = {n: web_address(source.href) for source in reply.sources for n, _ in source.sections}
    parts: list[RenderableType] = []
    if reply.opening:
        parts.append(Text(clean(reply.opening), style="italic"))
    if reply.scope:
        parts.append(Text(clean(reply.scope), style="dim"))
    parts += [_block(block, links) for block in numbered(reply.blocks)]
    parts += _numbered(reply.suggestions)
    if reply.sources:
        parts.append(Text(""))
        parts += [_source(source) for source in reply.sources]
    return Group(*parts)


def plain(reply: Reply) -> str:
    """Return *reply* as the terminal shows it, without colours and trailing blanks."""
    console = Console(file=io.StringIO(), width=PLAIN_WIDTH, color_system=None, legacy_windows=False, _environ={})
    with console.capture() as capture:
        console.print(render(reply), highlight=False)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()).strip()


def show(console: Console, reply: Reply) -> None:
    """Print *reply*: with colours and links on a terminal, as plain text into a pipe or file."""
    if console.is_terminal:
        console.print(render(reply), highlight=False)
    else:
        console.out(plain(reply), highlight=False)


def _block(block: Block, links: dict[int, str]) -> RenderableType:
    match block:
        case Paragraph(line=line, tone=tone):
            return _line(line, links, _TONES[tone])
        case Bullets():
            return _bullets(block, links)
        case Table(header=header, rows=rows, cites=cites):
            return _table(header, rows, cites, links)
        case Card():
            return _card(block)


def _card(block: Card) -> RenderableType:
    """Show a card: its title, a line per fact, and a line per link, whose address is written out."""
    title = Text(clean(block.heading), style="bold")
    if block.company:
        title.append(f" · {clean(block.company)}", style="not bold")
    grid = RichTable.grid(padding=(0, 1))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for line in block.lines:
        grid.add_row(clean(line.lead), Text(clean(line.text)))
    for link in block.links:
        address = web_address(link.href)
        shown = Text(clean(link.label)).append(f"  {address}", style=Style(color="blue", link=address or None))
        grid.add_row("Link", shown)
    return Padding(Group(title, Padding(grid, (0, 0, 0, 2))), (1, 0, 0, 0))


def _bullets(block: Bullets, links: dict[int, str]) -> RenderableType:
    grid = RichTable.grid(padding=(0, 1))
    # Folding loses nothing; Rich's default cuts what does not fit and shows an ellipsis.
    grid.add_column()
    grid.add_column(overflow="fold")
    shared = block.shared_cites
    for number, line in enumerate(block.lines, 1):
        shown = replace(line, cites=()) if shared else line
        grid.add_row(f"{number}." if block.ordered else "•", _line(shown, links))
    if not block.title:
        return grid
    return Group(_line(Line("", block.title.rstrip(":") + ":", shared), links), grid)


def _table(
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    cites: tuple[tuple[int, ...], ...],
    links: dict[int, str],
) -> RenderableType:
    table = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in (*header, ""):
        table.add_column(Text(clean(title)), overflow="fold")
    for cells, numbers in zip(rows, cites, strict=True):
        table.add_row(*(Text(clean(cell)) for cell in cells), _marks(numbers, links))
    return Padding(table, (1, 0))


def _line(line: Line, links: dict[int, str], style: str = "") -> Text:
    text = Text(style=style)
    if line.lead:
        text.append(clean(line.label), style="bold").append(" " if line.text else "")
    text.append(clean(line.text))
    if line.cites:
        text.append_text(_marks(line.cites, links))
    return text


def _marks(numbers: tuple[int, ...], links: dict[int, str]) -> Text:
    marks = Text()
    for number in numbers:
        marks.append(f"[{number}]", style=Style(color="blue", link=links.get(number)))
    return marks


def _source(source: SourceLine) -> Text:
    link = web_address(source.href)
    text = Text()
    for place, (number, section) in enumerate(source.sections):
        text.append(", " if place else "").append(f"[{number}]", style=Style(color="blue", link=link))
        text.append(f" {clean(section)}", style=Style(dim=True, link=link))
    return text.append(f" · {clean(source.text)}", style=Style(dim=True, link=link))


def _numbered(suggestions: tuple[str, ...]) -> list[RenderableType]:
    return [Text(f"→ {clean(text)}", style="cyan") for text in suggestions]
