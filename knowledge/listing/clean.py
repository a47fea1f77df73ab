"""Text as boards send it made readable: entities, HTML, broken encodings, tracking, and what boards add of their own."""

import html
import re
from functools import lru_cache

import ftfy
from selectolax.lexbor import LexborHTMLParser

from knowledge.pattern_set import PatternSet

# Remote OK ends every text so; the tag holds the address of whoever fetched it, so it must not be kept, shown or hashed.
_MENTION = PatternSet(r"(?is)\bPlease mention the word\b.*?\Z")
# We Work Remotely adds a link back whose address says "remote-jobs", and the company's head office before the text.
_APPLY = PatternSet(r"(?i)\bTo apply:\s*https?://\S+\s*\Z")
_ADDRESS = re.compile(r"https?://\S+")
_BLOCKS = "p, div, li, br, h1, h2, h3, h4, h5, h6, tr, section, article, ul, ol, table, hr"
_ODD = r"\t\r\x0b\x0c\x1c-\x1f\x85\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000"
# Blanks that are not one usual blank already.
_SPACES = re.compile(rf"[ {_ODD}](?:(?<! )[ {_ODD}]*|[ {_ODD}]+)")
_LINES = re.compile(r"(?: \n|\n)\s*")
_MARKUP = re.compile(r"<[a-zA-Z/!]")
# Longer descriptions are cut: the longest recorded one has 27,000 characters.
LONGEST = 60_000


def plain(text: str) -> str:
    """Return the readable text of HTML or of text with entities: one line per block, no tags, no addresses."""
    text = unescape(text[:LONGEST])
    if _MARKUP.search(text):
        tree = LexborHTMLParser(text)
        for node in tree.css("script, style, img, iframe"):
            node.decompose()
        for node in tree.css(_BLOCKS):
            node.insert_before("\n")
            node.insert_after("\n")
        text = tree.text(deep=True) if tree.body is None else tree.body.text(deep=True)
    text = mend(text)
    for tail in (_MENTION, _APPLY):
        found = tail.search(text)
        text = text[: found.start()] if found else text
    return _LINES.sub("\n", _SPACES.sub(" ", _ADDRESS.sub(" ", text))).strip()


def unescape(text: str) -> str:
    """Resolve entities until none is left, three times at most: some boards escape twice."""
    for _ in range(3):
        resolved = html.unescape(text)
        if resolved == text:
            break
        text = resolved
    return text


def mend(text: str) -> str:
    """Repair text that was decoded wrongly ("FlorianÃ³polis"); leave good text alone."""
    return text if text.isascii() else _mended(text)


@lru_cache(maxsize=1024)
def _mended(text: str) -> str:
    return ftfy.fix_text(text, uncurl_quotes=False, unescape_html=False)


def line(text: object) -> str:
    """Return a short field (a title, a name, a place) as one clean line; what is no text becomes empty."""
    if not isinstance(text, str):
        return ""
    return " ".join(mend(unescape(text)).split())
