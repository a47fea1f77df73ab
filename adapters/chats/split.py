"""A long text in pieces that fit a message, cut at empty lines, lines, sentences or words, and not inside a mark."""

from collections.abc import Iterator

from adapters.chats.marked import Mark, Piece, Writer, units

_BREAKS = ("\n\n", "\n", ". ", " ")


def pieces(writer: Writer, longest: int, most_marks: int) -> list[Piece]:
    """Return what *writer* collected in pieces of at most *longest* units and *most_marks* marks, nothing lost."""
    return [
        piece
        for piece in _split(writer.text, sorted(writer.marks, key=lambda mark: mark.start), longest, most_marks)
        if piece.text
    ]


def _split(text: str, marks: list[Mark], longest: int, most_marks: int) -> Iterator[Piece]:
    start = 0
    while start < len(text):
        end = _limit(text, start, longest)
        ahead = [mark for mark in marks if mark.end > start]
        if len(ahead) > most_marks and ahead[most_marks].start < end:
            end = max(ahead[most_marks].start, start + 1)
        if end < len(text):
            end = _break(text, start, end, ahead)
        yield _piece(text, start, end, ahead)
        start = end


def _limit(text: str, start: int, longest: int) -> int:
    """Return the end of the longest part of *text* from *start* that fits."""
    end = min(len(text), start + longest)
    while units(text[start:end]) > longest:
        end -= max(1, (units(text[start:end]) - longest) // 2)
    return end


def _break(text: str, start: int, end: int, marks: list[Mark]) -> int:
    """Return the best place at or before *end* to break: a larger pause first, in the second half if there is one."""
    for pause in _BREAKS:
        place = text.rfind(pause, start + (end - start) // 2, end)
        if place > start and not _inside(place + len(pause), marks):
            return place + len(pause)
    cut = next((mark.start for mark in marks if mark.start < end < mark.end), end)
    return cut if cut > start else end


def _inside(place: int, marks: list[Mark]) -> bool:
    return any(mark.start < place < mark.end for mark in marks)


def _piece(text: str, start: int, end: int, marks: list[Mark]) -> Piece:
    """Cut one piece; a mark longer than a whole message goes on in the next piece."""
    part = text[start:end]
    lead = len(part) - len(part.lstrip("\n "))
    shown = part.strip("\n ")
    inside = []
    for mark in marks:
        low = max(mark.start - start - lead, 0)
        high = min(mark.end - start - lead, len(shown))
        if low < high:
            inside.append(Mark(mark.kind, low, high, mark.url))
    return Piece(shown, tuple(inside))
