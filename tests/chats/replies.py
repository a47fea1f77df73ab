"""Replies of every shape, with text that tries to be more than text."""

import os

from hypothesis import strategies as st

from adapters.chats.reply import Reply, SourceLine
from knowledge.document import Bullets, Card, Line, Link, Paragraph, Table, Tone

# Replies tried by each property; `make thorough` tries more.
TRIED = int(os.environ.get("REPLIES", "300"))
NASTY = [
    "<!channel> <@U123> <b>bold</b>",
    "@everyone @admin #tag /forget me",
    "*bold* _it_ [x](https://evil.example) `code`",
    "\u202egnirts\u202c \u2066x",
    "😀👨‍👩‍👧‍👦" * 6,
    "wort" * 300,
    "a\x00b\x1b[31mred\r\n\ttab",
    "\ud800 half",
    "مرحبا بالعالم שלום",
    "$120,000–$150,000 (as written)",
]
TEXT = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.text("ab 😀\n.", max_size=700))
CITES = st.lists(st.integers(1, 9), max_size=3).map(tuple)
LINE = st.builds(Line, TEXT, st.one_of(st.just(""), TEXT), CITES)
HREF = st.sampled_from(["https://example.com/a", "http://127.0.0.1/x y", "javascript:alert(1)", "tg://user?id=1", ""])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.tuples(*[TEXT] * width), max_size=5))
    return Table(
        draw(st.tuples(*[TEXT] * width)),
        tuple(rows),
        tuple(draw(st.lists(CITES, min_size=len(rows), max_size=len(rows)))),
    )


BLOCK = st.one_of(
    st.builds(Paragraph, LINE, st.sampled_from(Tone)),
    st.builds(Bullets, st.lists(LINE, min_size=1, max_size=8).map(tuple), st.booleans(), TEXT),
    tables(),
    st.builds(
        Card,
        TEXT,
        TEXT,
        st.lists(LINE, max_size=4).map(tuple),
        st.lists(st.builds(Link, TEXT, HREF), max_size=3).map(tuple),
    ),
)
SOURCE = st.builds(SourceLine, st.just(((1, "pay"), (2, "faq"))), TEXT, HREF)
# Long ones are short ones many times over: what must be split is large, what is drawn stays small.
BLOCKS = st.builds(
    lambda blocks, times: tuple(blocks) * times, st.lists(BLOCK, min_size=1, max_size=4), st.sampled_from([1, 1, 1, 9])
)
REPLIES = st.builds(
    Reply, st.just("answer"), BLOCKS, TEXT, st.just(""), st.lists(SOURCE, max_size=3).map(tuple), st.just(())
)
