"""Replies as Telegram text: marks instead of markup, tables as short lines that a phone can show."""

from dataclasses import replace

from adapters.chats.reply import Reply, SourceLine
from adapters.chats.telegram.entities import Writer, defuse
from knowledge.document import Block, Bullets, Card, Line, Paragraph, Table, Tone

_TONES = {Tone.PLAIN: "", Tone.GAP: "⚠️ ", Tone.CONFLICT: "⚖️ ", Tone.DERIVED: "🧮 "}
# Words of this many characters and more are no words; they are cut so that a screen is not filled with one.
LONGEST_WORD = 200
# Rows with longer cells than this do not stand on one line: a phone shows about 38 characters in a row.
SHORT = 28


class Page(Writer):
    """A writer whose text calls nobody; commands of ours that stand in it stay commands."""

    def __init__(self, commands: frozenset[str]) -> None:
        super().__init__()
        self.commands = commands

    def add(self, text: str, kind: str = "", url: str = "") -> None:
        """Append *text*, cut where no screen could show it."""
        super().add(defuse(polite(text), self.commands), kind, url)


def write(reply: Reply, commands: frozenset[str] = frozenset()) -> Writer:
    """Return the text of *reply* with its marks; suggestions are buttons and stand elsewhere.

    The names of *commands* may be pressed where we wrote them, never on the card of a listing.
    """
    writer = Page(commands)
    links = {number: _web(source.href) for source in reply.sources for number, _ in source.sections}
    if reply.opening:
        writer.add(reply.opening, "italic")
        writer.gap()
    if reply.scope:
        writer.add(reply.scope, "italic")
        writer.gap()
    for block in reply.blocks:
        _block(writer, block, links)
        writer.gap()
    for source in reply.sources:
        _source(writer, source)
    return Writer(writer.text.rstrip("\n"), writer.marks)


def polite(text: str) -> str:
    """Return *text* with words that no screen can show cut short."""
    if len(text) <= LONGEST_WORD:
        return text
    return " ".join(f"{word[:LONGEST_WORD]}…" if len(word) > LONGEST_WORD else word for word in text.split(" "))


def _block(writer: Page, block: Block, links: dict[int, str]) -> None:
    match block:
        case Paragraph(line=line, tone=tone):
            writer.add(_TONES[tone])
            _line(writer, line, links)
        case Bullets():
            _bullets(writer, block, links)
        case Table():
            _table(writer, block, links)
        case Card():
            writer.commands, kept = frozenset(), writer.commands
            _card(writer, block)
            writer.commands = kept


def _line(writer: Page, line: Line, links: dict[int, str]) -> None:
    if line.lead:
        writer.add(line.label, "bold")
        writer.add(" " if line.text else "")
    writer.add(line.text)
    _cites(writer, line.cites, links)


def _cites(writer: Page, numbers: tuple[int, ...], links: dict[int, str]) -> None:
    """Add "[1]" behind a text, as a link where the source has an address."""
    for place, number in enumerate(numbers):
        writer.add("" if place else " ")
        url = links.get(number, "")
        writer.add(f"[{number}]", "text_link" if url else "", url)


def _bullets(writer: Page, block: Bullets, links: dict[int, str]) -> None:
    shared = block.shared_cites
    if block.title:
        writer.add(block.title.rstrip(":") + ":", "bold")
        _cites(writer, shared, links)
        writer.line()
    for number, line in enumerate(block.lines, 1):
        writer.add(f"{number}. " if block.ordered else "• ")
        _line(writer, replace(line, cites=()) if shared else line, links)
        writer.line()


def _table(writer: Page, table: Table, links: dict[int, str]) -> None:
    """Show each row on a line of its own, or its cells under its first one where they are long.

    What all rows share is said once, above them.
    """
    shared = [n for n in range(len(table.header)) if len(table.rows) > 1 and len({row[n] for row in table.rows}) == 1]
    cites = set(table.cites) if len(table.rows) > 1 else set()
    common = " · ".join(table.rows[0][n] for n in shared if table.rows[0][n]) if shared else ""
    if common:
        writer.add(common, "bold")
        _cites(writer, table.cites[0] if len(cites) == 1 else (), links)
        writer.line()
    own = [n for n in range(len(table.header)) if n not in shared]
    long = any(len(row[n]) > SHORT for row in table.rows for n in own)
    for row, numbers in zip(table.rows, table.cites, strict=True):
        cells = [(table.header[n], row[n]) for n in own if row[n]]
        _row(writer, cells, () if common and len(cites) == 1 else numbers, links, long=long)


def _row(
    writer: Page, cells: list[tuple[str, str]], numbers: tuple[int, ...], links: dict[int, str], *, long: bool
) -> None:
    if not cells:
        return
    (_, first), *others = cells
    writer.add(first if long else f"• {first}", "bold")
    if not long:
        writer.add(f": {' · '.join(cell for _, cell in others)}" if others else "")
    _cites(writer, numbers, links)
    writer.line()
    for title, cell in others if long else []:
        writer.add(f"   {title}: {cell}" if title else f"   {cell}")
        writer.line()


def _card(writer: Page, card: Card) -> None:
    writer.add(card.title, "bold")
    writer.add(f" · {card.company}" if card.company else "")
    writer.line()
    for line in card.lines:
        writer.add(f"{line.lead}: " if line.lead else "", "italic")
        writer.add(line.text)
        writer.line()
    for place, link in enumerate(card.links):
        writer.add(" · " if place else "🔗 ")
        url = _web(link.href)
        writer.add(link.label, "text_link" if url else "", url)


def _source(writer: Page, source: SourceLine) -> None:
    url = _web(source.href)
    for place, (number, section) in enumerate(source.sections):
        writer.add(", " if place else "")
        writer.add(f"[{number}] {section}")
    writer.add(" · ")
    writer.add(source.text, "text_link" if url else "", url)
    writer.line()


def _web(href: str | None) -> str:
    """Return the address of a web page, empty for everything else: no other scheme is opened from a chat."""
    return "".join(href.split()) if href and href.startswith(("http://", "https://")) else ""
