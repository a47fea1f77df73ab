"""What is new for a wish, as the blocks of one message that shows many openings."""

from dataclasses import replace

from bot.listings.cards import brief_card, counted, none_stored, understood, unread
from bot.listings.finding import Found
from knowledge.document import Block, Line, Paragraph

# Openings of one digest; more are not read.
MOST = 10
# Days that count as new, the second where the first brought nothing.
WITHIN = (1, 7)


def news_blocks(found: Found) -> list[Block]:
    """Return what a search among the new openings found; its wish says since when they are new."""
    days = found.wish.max_age_days or WITHIN[-1]
    since = "since yesterday" if days == 1 else f"in the last {days} days"
    wish = replace(found.wish, max_age_days=None)
    if found.latest is None:
        return [none_stored()]
    if not found.openings:
        return [Paragraph(Line(understood(wish), f"Nothing new {since}")), Paragraph(Line(counted(found, "")))]
    cards = [brief_card(opening, wish, found.now) for opening in found.openings]
    lead, end = Paragraph(Line(understood(wish), f"New {since}")), Paragraph(Line(counted(found, "new ones")))
    return [lead, *unread(wish), *cards, end]


def hint_blocks(found: Found) -> list[Block]:
    """Return a few openings beside an answer about something else; nothing where there are none."""
    cards = [brief_card(opening, replace(found.wish, levels=()), found.now) for opening in found.openings]
    return [*cards, Paragraph(Line(counted(found, "that match")))] if cards else []
