"""Openings as cards, and what a search found as blocks of a reply. Nothing is shown without its board's attribution."""

import datetime as dt
from collections.abc import Sequence

from adapters.boards import boards
from bot.listings.finding import Found
from knowledge.document import Block, Bullets, Card, Line, Link, Paragraph, Tone
from knowledge.listing.classify import names_of, roles
from knowledge.listing.listing import Origin
from knowledge.listing.opening import Opening, Stored
from knowledge.listing.wish import Wish
from knowledge.markets import markets
from knowledge.salary.wording import pay_text
from knowledge.workmode.wording import FLAGS, MODES

# Places people call by their letters.
_SHORT = {"GB": "UK", "US": "US"}
# Quotes on cards are cut here; the whole sentence stands in the listing.
QUOTE = 110
# Links of one card: an opening listed in twenty cities shows the first ones and says how many more there are.
LINKS = 4


def found_blocks(found: Found) -> list[Block]:
    """Return what a search found: what was understood, cards, what else there is."""
    blocks: list[Block] = [Paragraph(Line(understood(found.wish), "Looking for"))]
    blocks += unread(found.wish)
    if found.latest is None:
        return [*blocks, none_stored()]
    if not found.openings:
        blocks.append(Paragraph(Line("No stored opening matches all of this."), Tone.GAP))
    blocks += [card(opening, found.wish, found.now) for opening in found.openings]
    if found.undisclosed.number:
        text = f"{found.undisclosed.words} more match otherwise but disclose no pay; ask without the pay to see them."
        blocks.append(Paragraph(Line(text)))
    if found.relaxed:
        lines = tuple(Line(f"{one.count.words} {one.words}") for one in found.relaxed)
        blocks.append(Bullets(lines, title="What there is"))
    return [*blocks, Paragraph(Line(counted(found, "that match")))]


def unread(wish: Wish) -> list[Block]:
    """Say which words of a wish were not understood, if there are some."""
    words = ", ".join(f"“{word}”" for word in wish.unparsed)
    return [Paragraph(Line(f"I did not understand: {words}."), Tone.GAP)] if words else []


def none_stored() -> Block:
    """Say that there are no listings at all, and how that is changed."""
    text = "No listings are stored yet. Whoever runs this advisor fetches them with: advisor refresh"
    return Paragraph(Line(text), Tone.GAP)


def counted(found: Found, which: str) -> str:
    """Say how many there are beyond those shown, and how old the data is."""
    shown = len(found.openings)
    many = f"{shown} of {found.count.words} {which}. " if found.count.number > shown > 0 else ""
    return f"{many}Listings last seen {age(found.latest, found.now) if found.latest else 'never'}."


def card(opening: Opening, wish: Wish, now: dt.datetime) -> Card:
    """Return *opening* as a card: pay as written, way of working with its quote, transparency, age, why it matched."""
    listing = opening.listing
    lines = [
        Line(_pay_words(opening), "Pay"),
        Line(_mode_words(opening), "Where"),
        Line(_open_words(opening), "Transparency"),
        Line(_posted_words(opening, now), "Posted"),
    ]
    told = (*lines, *_matches(opening, wish))
    return Card(listing.title, listing.company, told, _links(opening.members), opening.id)


def brief_card(opening: Opening, wish: Wish, now: dt.datetime) -> Card:
    """Return *opening* in two lines, for a message that shows many: pay, way of working, transparency, age, and why."""
    pay = pay_text(opening.pay) if opening.pay else "pay not disclosed"
    shown = f"transparency {opening.transparency.score}/100 · {_posted_words(opening, now)}"
    line = Line(f"{pay} · {_where(opening)} · {shown}")
    told, listing = (line, *_matches(opening, wish)), opening.listing
    return Card(listing.title, listing.company, told, _links(opening.members), opening.id)


def _posted_words(opening: Opening, now: dt.datetime) -> str:
    return f"{age(opening.posted_at, now)}{', reposted' if opening.reposted else ''}"


def _matches(opening: Opening, wish: Wish) -> list[Line]:
    why = _why(opening, wish)
    return [Line("; ".join(why), "Matches")] if why else []


def age(moment: dt.datetime, now: dt.datetime) -> str:
    """Return how long ago something was, in whole days."""
    days = max(0, (now - moment).days)
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"


def _pay_words(opening: Opening) -> str:
    if opening.pay is None:
        return "not disclosed"
    source = "" if opening.pay_origin is Origin.FIELD else " — " + _cut(opening.pay.quote) if opening.pay.quote else ""
    return f"{pay_text(opening.pay)}{source}"


def _mode_words(opening: Opening) -> str:
    work = opening.listing.work
    return _where(opening) + (f" — “{_cut(work.quote)}”" if work.quote else "")


def _where(opening: Opening) -> str:
    codes = opening.eligible.markets
    places = ", ".join(markets().name(code) for code in codes[:5]) + (
        f" and {len(codes) - 5} more" if len(codes) > 5 else ""
    )
    place = f", {places}" if places and not opening.eligible.everywhere else ""
    return f"{MODES[opening.listing.work.verdict]}{place}"


def _open_words(opening: Opening) -> str:
    shown = opening.transparency
    flags = "; ".join(FLAGS[flag] for flag in shown.flags if flag in FLAGS)
    return f"{shown.score}/100, {shown.band}" + (f" ({flags})" if flags else "")


def _links(members: Sequence[Stored]) -> tuple[Link, ...]:
    links = []
    for member in members[:LINKS]:
        raw, terms = member.listing.raw, boards()[member.listing.raw.source].terms
        place = f" · {member.listing.location}" if len(members) > 1 and member.listing.location else ""
        links.append(Link(f"{terms.attribution}{place}", raw.url))
    if len(members) > LINKS:
        more = members[LINKS].listing.raw
        links.append(
            Link(
                f"and {len(members) - LINKS} more listings of it, such as {boards()[more.source].terms.label}", more.url
            )
        )
    return tuple(links)


def _why(opening: Opening, wish: Wish) -> list[str]:
    """Return why the opening matched, as far as a filter was asked for."""
    listing = opening.listing
    found = []
    if wish.levels and listing.seniority.low:
        found.append(f"{listing.seniority.low} by its {listing.seniority.rule}")
    if wish.industries:
        found.append(", ".join(names_of("industries")[slug] for slug in wish.industries if slug in listing.industries))
    if wish.hardware:
        found.append(", ".join(names_of("hardware")[slug] for slug in wish.hardware if slug in listing.hardware))
    if wish.model_types:
        found.append(
            ", ".join(names_of("model_types")[slug] for slug in wish.model_types if slug in listing.model_types)
        )
    if wish.include:
        found.append("asks for " + ", ".join(skill for skill in wish.include if skill in opening.skills))
    if wish.regions:
        found.append("open to anybody anywhere" if opening.eligible.everywhere else "open in the place asked for")
    return [reason for reason in found if reason]


def understood(wish: Wish) -> str:
    """Say what is being looked for."""
    parts = [roles()[slug].name if slug in roles() else slug for slug in wish.roles] or ["any role"]
    parts += [f"{level} level" for level in wish.levels]
    parts += [{"worldwide": "remote worldwide"}.get(mode, mode) for mode in wish.work_modes]
    parts += [_SHORT.get(code, markets().name(code)) for code in wish.regions]
    if wish.min_pay:
        parts.append(f"at least {wish.min_pay.words}")
    elif wish.pay_disclosed:
        parts.append("pay disclosed")
    for kind, slugs in (
        ("industries", wish.industries),
        ("hardware", wish.hardware),
        ("model_types", wish.model_types),
    ):
        parts += [names_of(kind)[slug] for slug in slugs]
    parts += [f"with {skill}" for skill in wish.include]
    parts += [f"not {_ruled_out(facet)}" for facet in wish.exclude]
    if wish.max_age_days:
        parts.append(f"posted in the last {wish.max_age_days} days")
    return " · ".join(parts)


def _ruled_out(facet: str) -> str:
    kind, _, name = facet.partition(":")
    return f"from {name}" if kind == "company" else name.replace("-", " ")


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTE else f"{text[:QUOTE].rsplit(' ', 1)[0]} …"
