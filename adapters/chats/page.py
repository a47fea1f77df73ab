"""Replies as text with marks instead of markup, tables as short lines that a phone can show."""

from dataclasses import replace

from adapters.chats.marked import Writer, web_address
from adapters.chats.reply import Reply, SourceLine
from knowledge.document import Block, Bullets, Card, Line, Paragraph, Table, Tone, numbered

_TONES = {Tone.PLAIN: "", Tone.GAP: "⚠️ ", Tone.CONFLICT: "⚖️ ", Tone.DERIVED: "🧮 "}
# Words of this many characters and more are no words; they are cut so that a screen is not filled with one.
LONGEST_WORD = 200
# Rows with longer cells than this do not stand on one line: a phone shows about 38 characters in a row.
SHORT = 28


class Page(Writer):
    """A page for replies; `on_card` while it writes what a listing says."""

    def __init__(self) -> None:
        super().__init__()
        self.on_card = False

    def add(self, text: str, kind: str = "", url: str = "") -> None:
        """Append *text*, cut where no screen could show it."""
        super().add(self.shown(text), kind, url)

    def shown(self, text: str) -> str:
        """Return *text* as it may stand on the page."""
        return polite(text)


def write(reply: Reply, page: Page) -> Writer:
    """Write *reply* on *page*, an empty one; return the text with its marks.

    Suggestions are buttons and stand elsewhere.
    """
    links = {number: web_address(source.href) for source in reply.sources for number, _ in source.sections}
    if reply.opening:
        page.add(reply.opening, "italic")
        page.gap()
    if reply.scope:
        page.add(reply.scope, "italic")
        page.gap()
    for block in numbered(reply.blocks):
        _block(page, block, links)
        page.gap()
    for source in reply.sources:
        _source(page, source)
    return Writer(page.text.rstrip("\n"), page.marks)


def polite(text: str) -> str:
    """Return *text* with words that no screen can show cut short."""
    if len(text) <= LONGEST_WORD:
        return text
    return " ".join(f"{word[:LONGEST_WORD]}…" if len(word) > LONGEST_WORD else word for word in text.split(" "))


def _block(page: Page, block: Block, links: dict[int, str]) -> None:
    match block:
        case Paragraph(line=line, tone=tone):
            page.add(_TONES[tone])
            _line(page, line, links)
        case Bullets():
            _bullets(page, block, links)
        case Table():
            _table(page, block, links)
        case Card():
            page.on_card = True
            _card(page, block)
            page.on_card = False


def _line(page: Page, line: Line, links: dict[int, str]) -> None:
    if line.lead:
        page.add(line.label, "bold")
        page.add(" " if line.text else "")
    page.add(line.text)
    _cites(page, line.cites, links)


def _cites(page: Page, numbers: tuple[int, ...], links: dict[int, str]) -> None:
    """Add "[1]" behind a text, as a link where the source has an address."""
    for place, number in enumerate(numbers):
        page.add("" if place else " ")
        url = links.get(number, "")
        page.add(f"[{number}]", "link" if url else "", url)


def _bullets(page: Page, block: Bullets, links: dict[int, str]) -> None:
    shared = block.shared_cites
    if block.title:
        page.add(block.title.rstrip(":") + ":", "bold")
        _cites(page, shared, links)
        page.line()
    for number, line in enumerate(block.lines, 1):
        page.add(f"{number}. " if block.ordered else "• ")
        _line(page, replace(line, cites=()) if shared else line, links)
        page.line()


def _table(page: Page, table: Table, links: dict[int, str]) -> None:
    """Show each row on a line of its own, or its cells under its first one where they are long.

    What all rows share is said once, above them.
    """
    shared = [n for n in range(len(table.header)) if len(table.rows) > 1 and len({row[n] for row in table.rows}) == 1]
    cites = set(table.cites) if len(table.rows) > 1 else set()
    common = " · ".join(table.rows[0][n] for n in shared if table.rows[0][n]) if shared else ""
    if common:
        page.add(common, "bold")
        _cites(page, table.cites[0] if len(cites) == 1 else (), links)
        page.line()
    own = [n for n in range(len(table.header)) if n not in shared]
    long = any(len(row[n]) > SHORT for row in table.rows for n in own)
    for row, numbers in zip(table.rows, table.cites, strict=True):
        cells = [(table.header[n], row[n]) for n in own if row[n]]
        _row(page, cells, () if common and len(cites) == 1 else numbers, links, long=long)


def _row(
    page: Page, cells: list[tuple[str, str]], numbers: tuple[int, ...], links: dict[int, str], *, long: bool
) -> None:
    if not cells:
        return
    (_, first), *others = cells
    page.add(first if long else f"• {first}", "bold")
    if not long:
        page.add(f": {' · '.join(cell for _, cell in others)}" if others else "")
    _cites(page, numbers, links)
    page.line()
    for title, cell in others if long else []:
        page.add(f"   {title}: {cell}" if title else f"   {cell}")
        page.line()


def _card(page: Page, card: Card) -> None:
    page.add(card.heading, "bold")
    page.add(f" · {card.company}" if card.company else "")
    page.line()
    for line in card.lines:
        page.add(f"{line.lead}: " if line.lead else "", "italic")
        page.add(line.text)
        page.line()
    for place, link in enumerate(card.links):
        page.add(" · " if place else "🔗 ")
        url = web_address(link.href)
        page.add(link.label, "link" if url else "", url)


def _source(page: Page, source: SourceLine) -> None:
    url = web_address(source.href)
    for place, (number, section) in enumerate(source.sections):
        page.add(", " if place else "")
        page.add(f"[{number}] {section}")
    page.add(" · ")
    page.add(source.text, "link" if url else "", url)
    page.line()
