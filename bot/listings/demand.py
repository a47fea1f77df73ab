"""Which skills live openings of one kind ask for: counted in the database, with how many openings and their dates."""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.finding import conditions
from bot.store.tables import FACETS, OPENINGS
from knowledge.document import Block, Line, Paragraph, Table, Tone
from knowledge.listing.classify import roles, skill_book
from knowledge.listing.wish import Wish
from knowledge.post.asks import FIELDS
from retrieval.review.live import Demand

# With fewer openings a share says nothing.
ENOUGH = 8
# Skills shown: more bars are not read.
SHOWN = 10
_SKILL = "skill:"


async def demand_for(engine: AsyncEngine, wish: Wish, now: dt.datetime) -> Demand | None:
    """Count the skills of live openings for *wish*, the most often asked for first; None below the number."""
    where = conditions(wish, now)
    spans = sa.select(sa.func.count(), sa.func.min(OPENINGS.c.posted_at), sa.func.max(OPENINGS.c.posted_at)).where(
        *where
    )
    many = sa.func.count().label("many")
    joined = FACETS.join(OPENINGS, FACETS.c.opening == OPENINGS.c.id)
    skills = sa.select(FACETS.c.facet, many).select_from(joined).where(*where, FACETS.c.facet.startswith(_SKILL))
    async with engine.connect() as connection:
        n, oldest, newest = (await connection.execute(spans)).one()
        if n < ENOUGH:
            return None
        rows = (await connection.execute(skills.group_by(FACETS.c.facet).order_by(many.desc(), FACETS.c.facet))).all()
    names = {name.casefold()[: 80 - len(_SKILL)]: name for _, name in skill_book().items()}
    found = ((names.get(row.facet.removeprefix(_SKILL)), row.many) for row in rows)
    counts = {name: count for name, count in found if name and name not in FIELDS}
    return Demand(whose(wish), n, counts, oldest.date(), newest.date())


def whose(wish: Wish) -> str:
    """Say of which openings: "senior Machine Learning Engineer"."""
    named = " or ".join(roles()[slug].name for slug in wish.roles if slug in roles())
    levels = " or ".join(wish.levels)
    return f"{levels} {named}".strip() or "of every kind"


def kind_of(wish: Wish) -> Wish:
    """Return the wish for openings of one kind, whatever skills and pay they have."""
    return Wish(roles=wish.roles, levels=wish.levels, regions=wish.regions)


def demand_blocks(demand: Demand | None, wish: Wish, told: frozenset[str]) -> list[Block]:
    """Return what live openings ask for: what the person did not tell of first, as bars, then what they have of it."""
    if demand is None:
        text = (
            f"Fewer than {ENOUGH} live openings are stored ({whose(wish)}), too few to count skills. From the guides:"
        )
        return [Paragraph(Line(text), Tone.GAP)]
    shown = missing(demand, told)
    title = "Asked for most often, and not among what you told me" if told else "Asked for most often"
    rows = tuple(
        (skill, f"{bar(demand.share(skill))} {demand.share(skill):.0%}", str(demand.counts[skill])) for skill in shown
    )
    dates = f"posted {demand.oldest} to {demand.newest}"
    blocks: list[Block] = [Paragraph(Line(f"{demand.n} live openings, {dates}: {demand.whose}.", title))]
    blocks += [Table(("Skill", "Share", f"of {demand.n}"), rows, ((),) * len(rows))] if rows else []
    have = sorted((skill for skill in demand.counts if skill in told), key=lambda skill: -demand.counts[skill])
    if have:
        named = ", ".join(f"{skill} ({demand.share(skill):.0%})" for skill in have[:SHOWN])
        blocks.append(Paragraph(Line(f"{named}.", "You have")))
    if not told:
        blocks.append(Paragraph(Line("Tell me what you know (“I know Python and SQL”), and I leave it out.")))
    return blocks


def missing(demand: Demand, told: frozenset[str]) -> list[str]:
    """Return the skills asked for most often that are not among those *told*, the most often first."""
    return [skill for skill in demand.counts if skill not in told and demand.counts[skill] > 1][:SHOWN]


def bar(share: float) -> str:
    """Return a share of one as blocks, ten for the whole."""
    return "▇" * max(1, round(share * 10))
