"""One opening made of all its listings: the employer's own words and pay first, every listing kept with its link."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.levels import Level
from knowledge.listing.listing import Eligibility, Listing, Origin
from knowledge.markets import markets
from knowledge.salary.reader import Pay
from knowledge.workmode.transparency import Transparency
from knowledge.workmode.verdict import Verdict

# A listing that comes back after so long was posted again.
REPOST = dt.timedelta(days=14)
# A listing not seen for so long is taken for gone, whatever its board says.
STALE = dt.timedelta(days=30)
CONFLICT = "CROSS_BOARD_CONFLICT"
CONFLICT_PENALTY = 10
# Characters of the text that tell what an opening is about; the rest is about the company.
TOLD = 700


@dataclass(frozen=True, slots=True)
class Stored:
    """A listing with what the store knows of it; times are UTC."""

    listing: Listing
    first_seen: dt.datetime
    last_seen: dt.datetime
    closed_at: dt.datetime | None = None

    def live(self, now: dt.datetime) -> bool:
        """Tell whether one may still apply, as far as is known."""
        expires = self.listing.raw.expires_at
        return self.closed_at is None and (expires is None or expires > now) and now - self.last_seen < STALE

    @property
    def posted_at(self) -> dt.datetime:
        """When it was posted; where the board does not say, when it was seen first."""
        return self.listing.raw.posted_at or self.first_seen


@dataclass(frozen=True, slots=True)
class Opening:
    """A job one can apply for. `main` is the listing whose words are shown, `members` are all, the main one first."""

    id: str
    main: Stored
    members: tuple[Stored, ...]
    pay: Pay | None
    pay_origin: Origin | None
    pay_source: str
    transparency: Transparency
    eligible: Eligibility
    skills: tuple[str, ...]
    posted_at: dt.datetime
    first_seen: dt.datetime
    last_seen: dt.datetime
    live: bool
    reposted: bool

    @property
    def listing(self) -> Listing:
        """The listing whose words are shown."""
        return self.main.listing

    @property
    def levels(self) -> tuple[Level | None, Level | None]:
        """The range of levels."""
        return self.listing.seniority.low, self.listing.seniority.high

    @property
    def told(self) -> str:
        """What it is about, to be found by meaning."""
        listing = self.listing
        parts = (
            listing.title,
            listing.category,
            ", ".join(self.skills[:25]),
            ", ".join(listing.industries),
            listing.text[:TOLD],
        )
        return ". ".join(part for part in parts if part)

    @property
    def facets(self) -> frozenset[str]:
        """What it is found by: skills, industries, hardware, kinds of models, who may apply, companies."""
        listing = self.listing
        named = {f"skill:{skill.casefold()}" for skill in self.skills}
        named |= {f"industry:{slug}" for slug in listing.industries}
        named |= {f"hardware:{slug}" for slug in listing.hardware}
        named |= {f"model:{slug}" for slug in listing.model_types}
        for code in self.eligible.markets:
            # "open" is what it says itself, "in" every region around.
            named.add(f"open:{code}")
            named |= {f"in:{region}" for region in markets().around(code)}
        return frozenset(name[:80] for name in named)


def build(members: Sequence[Stored], now: dt.datetime, name: str = "") -> Opening:
    """Make an opening of its listings; *name* is the id it has already, if it has one."""
    ordered = sorted(members, key=lambda one: _preference(one, now))
    main = ordered[0]
    pay, origin, source = _pay(ordered)
    first = min(one.first_seen for one in members)
    latest = max(one.posted_at for one in members)
    return Opening(
        id=name or _new_id(members),
        main=main,
        members=tuple(ordered),
        pay=pay,
        pay_origin=origin,
        pay_source=source,
        transparency=_transparency(ordered, main),
        eligible=_eligible(ordered, main),
        skills=tuple(dict.fromkeys(skill for one in ordered for skill in one.listing.skills)),
        posted_at=latest,
        first_seen=first,
        last_seen=max(one.last_seen for one in members),
        live=_live(members, now),
        reposted=latest - min(one.posted_at for one in members) >= REPOST,
    )


def _live(members: Sequence[Stored], now: dt.datetime) -> bool:
    """Tell whether one may still apply: what the employer's own board closed is closed, whoever lists a copy."""
    own = [one for one in members if one.listing.raw.employer]
    return any(one.live(now) for one in own or members)


def _new_id(members: Sequence[Stored]) -> str:
    oldest = min(members, key=lambda one: (one.posted_at, one.listing.raw.key))
    return hashlib.sha256(oldest.listing.raw.key.encode()).hexdigest()[:32]


def _preference(one: Stored, now: dt.datetime) -> tuple[bool, bool, bool, int, str]:
    """Order listings: live, the employer's own, with pay, the longest text."""
    listing = one.listing
    return (not one.live(now), not listing.raw.employer, listing.pay is None, -len(listing.text), listing.raw.key)


def _pay(ordered: Sequence[Stored]) -> tuple[Pay | None, Origin | None, str]:
    """Return the pay to show with its origin and the board that states it: disclosed before estimated."""
    found = [(origin, pay, one.listing.raw.source) for one in ordered for origin, pay in one.listing.pays]
    disclosed = [row for row in found if row[0] is not Origin.ESTIMATE]
    for origin, pay, source in disclosed or found[:0]:
        return pay, origin, source
    return None, None, ""


def _transparency(ordered: Sequence[Stored], main: Stored) -> Transparency:
    own = main.listing.work.transparency
    verdicts = {one.listing.work.verdict for one in ordered} & {Verdict.WORLDWIDE, Verdict.RESTRICTED}
    if len(verdicts) < 2:
        return own
    return replace(own, score=max(0, own.score - CONFLICT_PENALTY), flags=(*own.flags, CONFLICT))


def _eligible(ordered: Sequence[Stored], main: Stored) -> Eligibility:
    """Return who may apply: of location variants all places together; worldwide only where the main listing says so."""
    own = main.listing.eligible
    if own.everywhere:
        return own
    codes = dict.fromkeys(code for one in ordered for code in one.listing.eligible.markets)
    return Eligibility(tuple(codes), everywhere=False, quote=own.quote)
