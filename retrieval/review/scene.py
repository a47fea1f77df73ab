"""What a review is made from."""

from dataclasses import dataclass
from functools import cached_property

from knowledge.guide import Guide
from knowledge.levels import Level
from knowledge.library import Library
from knowledge.listing.places import read_where
from knowledge.markets import WORLDWIDE
from knowledge.post.post import Post
from retrieval.review.live import Live, Reader


@dataclass(frozen=True)
class Scene:
    """A post, the library it is held against, live openings beside it (None: none are to be had), and who reads it."""

    post: Post
    library: Library
    live: Live | None
    reader: Reader

    @property
    def occupation(self) -> str | None:
        """The occupation of the guides that cover the post's role."""
        role = self.post.role
        return role.guide if role and role.guide in self.library.occupations else None

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """The guides of the post's role; empty where none covers it."""
        return self.library.occupations.get(self.occupation or "", ())

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels the post is for; empty where it does not say."""
        found, order = self.post.listing.seniority, list(Level)
        if found.low is None or found.high is None:
            return ()
        return tuple(order[order.index(found.low) : order.index(found.high) + 1])

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The market codes where the post lets people be, as far as pay can depend on them."""
        listing = self.post.listing
        if listing.eligible.everywhere:
            return (WORLDWIDE,)
        return listing.eligible.markets or tuple(sorted(read_where(listing.location).lands))
