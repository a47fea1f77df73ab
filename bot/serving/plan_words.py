"""What is said of saved searches and digests, in plain words."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from adapters.chats.reply import Reply
from bot.listings.cards import understood, unread
from bot.listings.orders import days, place
from bot.serving.words import said
from bot.store.digests import Digest, Search
from knowledge.document import Block, Bullets, Line, Paragraph
from knowledge.listing.wish import Wish
from knowledge.subscription.schedule import zone

_EXAMPLE = "send me remote senior ML jobs in Europe every weekday at 8, Berlin time"


def moment(when: dt.datetime, where: ZoneInfo) -> str:
    """Say when something is, on the clocks of *where*."""
    local = when.astimezone(where)
    return f"{local:%A}, {local.day} {local:%B}, {local:%H:%M}"


def planned(digest: Digest, assumed: tuple[str, ...], wish: Wish, title: str = "") -> Reply:
    """Name back what is sent and when, what was taken for granted, and what of *wish* was not understood."""
    to = f" in {title}" if title else ""
    blocks: list[Block] = [
        Paragraph(Line(f"at {digest.at:%H:%M} ({place(digest.zone)} time){to}", "What is new is sent")),
        Bullets(tuple(map(_search, digest.searches))),
        Paragraph(Line(moment(digest.due.moment, zone(digest.zone)), "Next")),
        *_alerts(digest),
    ]
    if assumed:
        blocks.append(Paragraph(Line(f"{', '.join(assumed)}: say it if you want it otherwise.", "Taken for granted")))
    return Reply("subscription", (*blocks, *unread(wish)))


def _alerts(digest: Digest) -> list[Block]:
    if not digest.at_once:
        return []
    quiet = f", none from {digest.quiet.replace('-', ' to ')}" if digest.quiet else ", day and night"
    return [Paragraph(Line(f"as soon as something comes in, {digest.alerts} a day at most{quiet}", "Alerts"))]


def _search(search: Search) -> Line:
    at_once = ", and at once" if search.at_once else ""
    return Line(f"{days(search.weekdays)}{at_once}: {understood(search.wish)}")


HALF_AS_MANY = "Half as many a day"


def without(facet: str) -> str:
    """Say what is left out: a way of working, an employer."""
    kind, _, name = facet.partition(":")
    return f"Nothing from {name}" if kind == "company" else f"Nothing {name.replace('onsite', 'on site')}"


def with_again(facet: str) -> str:
    """Say what is no longer left out."""
    name = facet.partition(":")[2].replace("onsite", "on site")
    return f"{name} is no longer left out"


def at_most(count: int) -> str:
    """Say how many openings are shown."""
    return f"At most {count} openings for each of your searches"


def which_fewer() -> Reply:
    """Ask what is to be left out."""
    return said("What shall I leave out from now on? You can also say it: not hybrid, at least 150k, only senior.")


def fewer_of_what() -> Reply:
    """Say that there is nothing of which there could be fewer."""
    return said("Fewer of which? Press “Fewer like this” under a digest, or say what to leave out: not hybrid.")


def from_now_on(told: str) -> Reply:
    """Say what changes with the next digest."""
    return said(f"{told}, from the next message on. “Settings” under it shows everything you set up.")


def listed(digests: Iterable[Digest]) -> Reply:
    """Show everything somebody set up."""
    blocks: list[Block] = []
    for digest in digests:
        lines = tuple(map(_search, digest.searches))
        blocks.append(Bullets(lines, title=f"At {digest.at:%H:%M} ({place(digest.zone)} time), {state(digest)}"))
    return Reply("subscription", tuple(blocks)) if blocks else nothing()


def state(digest: Digest) -> str:
    """Say whether a digest is sent, and when next."""
    if digest.state == "active":
        goes_on = "paused, goes on" if digest.paused_until else "next"
        return f"{goes_on} {moment(digest.due.moment, zone(digest.zone))}"
    return "paused" if digest.state == "paused" else f"not sent: {digest.reason}"


def nothing() -> Reply:
    """Say that nothing is set up."""
    return said("You have no saved search. Say what you want and when, for example:", _EXAMPLE)


def what_for() -> Reply:
    """Ask what is wanted."""
    return said("What shall I look for? Name a role, a level, a place or pay, for example:", _EXAMPLE)


def which_zone(wish: Wish, at: dt.time) -> Reply:
    """Ask for the time zone."""
    return Reply(
        "subscription",
        (
            Paragraph(Line(understood(wish), "I look for")),
            Paragraph(Line(f"{at:%H:%M} in which time zone? Press one, or write a city (Lima) or an offset (UTC+2).")),
        ),
    )


def only_administrators() -> Reply:
    """Refuse to set something up for everybody."""
    return said(
        "Only an administrator of this chat sets up what everybody gets. In a private chat I do it for you alone."
    )


def stopped() -> Reply:
    """Say that nothing is sent any more."""
    return said("Stopped: nothing is sent any more, and your saved searches are deleted.")


def quiet(digest: Digest) -> Reply:
    """Ask once, after days without news, whether the searches should be wider."""
    asked = Paragraph(Line("Shall I look wider? Say what to change, for example: add any level. I do not ask again."))
    return Reply(
        "digest",
        (Paragraph(Line("Nothing new for seven days in")), Bullets(tuple(map(_search, digest.searches))), asked),
    )


def rests(digest: Digest, until: dt.date | None) -> Reply:
    """Say how long a digest rests."""
    if until is None:
        return said("Paused until you say resume.")
    return said(f"Paused. Next: {moment(digest.due.moment, zone(digest.zone))}.", "Say resume to have it earlier.")
