"""Flags of job posts against labels: written by us, held out by role, and on recorded posts."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml

from adapters.boards import boards
from adapters.boards.board import Feed
from adapters.chats.terminal import plain
from bot.replies import to_reply
from bot.settings import Settings
from bot.wiring import Parts, open_likeness_of
from knowledge.listing.listing import Dropped, Listing
from knowledge.listing.read import read_listing
from knowledge.post.post import Likeness, read_pasted, read_post
from knowledge.post.shape import Pasted
from retrieval.review.live import Reader
from tests.evaluation.posts.judge import (
    HELD_OUT,
    HELD_OUT_SOFTWARE,
    LATER,
    first_flags,
    flags,
    judge,
    labels_of,
    together,
    written,
)
from tests.evaluation.posts.learn import HOME, posts
from tests.evaluation.shared import SHARED

RECORDED = SHARED / "data/boards"
recorded = pytest.mark.skipif(not RECORDED.is_dir(), reason="the recordings lie in ../shared, beside the checkout")
# What is held out is read well enough from here on.
ENOUGH = 0.85


@pytest.fixture(scope="module")
def likeness(parts: Parts) -> Likeness:
    found = open_likeness_of(Settings())
    if found is None or parts.index is None:
        pytest.skip("no embedding model: flags are told by their words alone")
    return Remembering(found)


class Remembering:
    """Tells likelihoods as *real* does, of the same passages only once."""

    def __init__(self, real: Likeness) -> None:
        self._real = real
        self._told: dict[tuple[str, ...], Mapping[str, Sequence[float]]] = {}

    def of(self, passages: Sequence[str]) -> Mapping[str, Sequence[float]]:
        key = tuple(passages)
        if key not in self._told:
            self._told[key] = self._real.of(passages)
        return self._told[key]


def test_there_are_enough_posts_and_enough_without_a_flag() -> None:
    labelled = [*written(), *posts(HELD_OUT)]

    assert len(labelled) >= 60
    assert sum(not post["flags"] for post in labelled) >= 15
    assert {flag for post in labelled for flag in labels_of(post)} == set(flags())


def test_every_label_quotes_its_post() -> None:
    for post in [*written(), *posts(HELD_OUT), *posts(HELD_OUT_SOFTWARE)]:
        text = " ".join(post["post"].split())
        assert all(" ".join(row["quote"].split()) in text for row in post["flags"]), post["id"]


def test_flags_of_roles_that_were_held_out_are_read(likeness: Likeness) -> None:
    judged = together([*judge(posts(HELD_OUT), likeness, first_flags()).values()])

    assert judged.f1 >= ENOUGH, judged
    assert judged.precision >= ENOUGH, judged


def test_without_a_model_words_alone_raise_few_wrong_flags() -> None:
    judged = together([*judge(posts(HELD_OUT), None, first_flags()).values()])

    assert judged.precision >= 0.75, judged
    assert judged.recall >= 0.6, judged


def test_flags_of_the_later_guides_are_seldom_wrong_where_they_are_raised() -> None:
    own = together([*judge([*written(LATER)], None, flags()).values()])
    held_out = together([*judge(posts(HELD_OUT_SOFTWARE), None, flags()).values()])

    assert min(own.precision, own.recall) >= ENOUGH, own
    assert held_out.precision >= 0.9, held_out
    # Words alone know few of the ways to say a thing.
    assert held_out.recall >= 0.3, held_out


def test_no_flag_is_raised_without_its_two_quotes(parts: Parts, likeness: Likeness) -> None:
    reads = [read_pasted(post["post"]) for post in written()]
    reads += [read_pasted(post["post"], likeness) for post in posts(HELD_OUT)]
    reads += [read_pasted(post["post"]) for post in posts(HELD_OUT_SOFTWARE)]
    for read in reads:
        text = " ".join(read.listing.text.split())
        for finding in read.findings:
            behind = [parts.library.by_slug[slug].named(name) for slug, name in finding.reader.behind.items()]
            assert " ".join(finding.quote.split()) in text
            assert all(behind)


def recordings() -> list[Listing]:
    """Return every recorded item that is a listing."""
    found: list[Listing] = []
    for path in sorted(path for path in RECORDED.rglob("*") if path.suffix in {".json", ".rss", ".xml"}):
        board = boards()[path.parent.name]
        for item in _items(path):
            raw = board.read(item, Feed(path.parent.name, "http://127.0.0.1/feed"))
            found += [] if isinstance(raw, Dropped) else [read_listing(raw)]
    return found


def _items(path: Path) -> list[Any]:
    if path.suffix != ".json":
        return [dict(entry) for entry in feedparser.parse(path.read_bytes(), sanitize_html=False).entries]
    stated = json.loads(path.read_text("utf-8"))
    items: list[Any] = stated["jobs"] if isinstance(stated, dict) else stated
    return items


@recorded
def test_every_recorded_post_gets_its_review(parts: Parts) -> None:
    listings = recordings()

    assert len(listings) >= 150
    for listing in listings:
        # By their words alone: the model takes a quarter of a second for each.
        post = read_post(listing)
        question = parts.reader.read_post(Pasted(listing.title, ""))
        assert plain(to_reply(parts.advisor.review(question, post, None, Reader()).answer))


@recorded
def test_recorded_posts_show_few_flags_that_are_not_there(likeness: Likeness) -> None:
    labels: dict[str, list[str]] = yaml.safe_load((HOME / "real_flags.yaml").read_text("utf-8"))
    found = {listing.raw.key: listing for listing in recordings() if listing.raw.key in labels}
    wrong = right = 0
    for key, listing in found.items():
        got = {one.reader.name for one in read_pasted(f"{listing.title}\n{listing.text}", likeness).findings} & set(
            first_flags()
        )
        right += len(got & set(labels[key]))
        wrong += len(got - set(labels[key]))

    assert len(found) >= 55
    assert wrong <= 12
    assert right >= 8


@recorded
def test_recorded_posts_show_hardly_any_flag_of_the_later_guides() -> None:
    later = set(flags()) - set(first_flags())
    read = {listing.raw.key: read_post(listing) for listing in recordings()}

    assert len(read) >= 150
    assert sum(one.reader.name in later for post in read.values() for one in post.findings) <= 8
