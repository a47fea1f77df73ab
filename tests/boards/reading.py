"""One item through its board's adapter and the reader of listings."""

from typing import Any

from adapters.boards import boards
from adapters.boards.board import Feed
from knowledge.listing.listing import Dropped, Listing
from knowledge.listing.read import read_listing


def read(board: str, item: object) -> Listing:
    raw = boards()[board].read(item, Feed(board, "http://127.0.0.1/feed"))
    assert not isinstance(raw, Dropped), raw
    return read_listing(raw)


def dropped(board: str, item: Any) -> str:
    raw = boards()[board].read(item, Feed(board, "http://127.0.0.1/feed"))
    assert isinstance(raw, Dropped), raw
    return raw.reason
