"""A guide's Markdown as plain blocks with line numbers. Nothing here knows what a guide means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").use(front_matter_plugin)
# A footnote mark names the source of one fact where a guide has several: [^bls].
_SOURCE_MARK = re.compile(r"\s*\[\^([\w-]+)\]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML between the first two `---` lines, unparsed; `line` is its first line of content."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph or list item; `lead` is its bold beginning, `source` its footnote mark, `number` its place if any."""

    lead: str
    text: str
    source: str | None
    number: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table by column title (lower case)."""

    cells: dict[str, str]
    line: int


Block = FrontMatter | Heading | Words | Row


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of *text* in order. Any text can be read; what is no known block is a paragraph."""
    stream = _PARSER.parse(text)
    lists = _Lists()
    index = 0
    while index < len(stream):
        token = stream[index]
        line = (token.map or [0])[0] + 1
        lists.see(token)
        match token.type:
            case "front_matter":
                yield FrontMatter(token.content, line + 1)
            case "heading_open":
                yield Heading(int(token.tag[1]), _plain(stream[index + 1]), line)
                index += 1
            case "table_open":
                end = next(i for i in range(index, len(stream)) if stream[i].type == "table_close")
                yield from _rows(stream[index:end])
                index = end
            case "inline":
                yield _words(token, lists.number, line)
            case "fence" | "code_block" | "html_block":
                yield Words("", token.content.strip(), None, None, line)
        index += 1


class _Lists:
    """Remembers which lists are open and what number the current item has."""

    def __init__(self) -> None:
        self._open: list[int | None] = []

    @property
    def number(self) -> int | None:
        return self._open[-1] if self._open else None

    def see(self, token: Token) -> None:
        match token.type:
            case "ordered_list_open":
                start = token.attrGet("start")
                self._open.append((1 if start is None else int(start)) - 1)
            case "bullet_list_open":
                self._open.append(None)
            case "ordered_list_close" | "bullet_list_close":
                self._open.pop()
            case "list_item_open" if self._open[-1] is not None:
                self._open[-1] += 1


def _rows(stream: list[Token]) -> Iterator[Row]:
    header: list[str] = []
    cells: list[str] = []
    line = 0
    for token in stream:
        if token.type == "tr_open":
            cells, line = [], (token.map or [0])[0] + 1
        elif token.type == "inline":
            cells.append(_plain(token))
        elif token.type == "tr_close" and not header:
            header = [cell.casefold() for cell in cells]
        elif token.type == "tr_close":
            yield Row(dict(zip(header, cells, strict=False)), line)


def _words(token: Token, number: int | None, line: int) -> Words:
    children = token.children or []
    lead = ""
    # An empty text child may stand before the bold beginning.
    while children and children[0].type == "text" and not children[0].content:
        children = children[1:]
    if children and children[0].type == "strong_open":
        end = next((i for i, child in enumerate(children) if child.type == "strong_close"), 0)
        lead, children = _join(children[1:end]), children[end + 1 :]
    body = _join(children)
    mark = _SOURCE_MARK.search(body)
    body = _SOURCE_MARK.sub("", body).strip()
    return Words(lead.strip().rstrip(":"), re.sub(r"^[—–:]\s*", "", body), mark[1] if mark else None, number, line)


def _plain(token: Token) -> str:
    return _join(token.children or []).strip()


def _join(children: list[Token]) -> str:
    parts = (" " if child.type in {"softbreak", "hardbreak"} else child.content for child in children)
    return "".join(parts)
