"""Orders as words: what is to be sent and when, for replies in chats and where nothing can be set up."""

from collections.abc import Iterable

from bot.listings.cards import understood, unread
from knowledge.document import Block, Line, Paragraph, Tone
from knowledge.subscription.order import AT, WEEKDAYS, Action, Order

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DONE = {
    Action.STOP: "You want nothing sent any more",
    Action.RESUME: "You want what was paused to be sent again",
    Action.LIST: "You want to see what is sent to you",
}


def days(weekdays: Iterable[int]) -> str:
    """Name weekdays (ISO numbers): "every weekday", "every Monday and Thursday"."""
    wanted = sorted(weekdays)
    named = {(1, 2, 3, 4, 5): "every weekday", (1, 2, 3, 4, 5, 6, 7): "every day", (6, 7): "at weekends"}
    names = [_DAYS[day - 1] for day in wanted]
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return named.get(tuple(wanted), f"every {listed}")


def place(name: str) -> str:
    """Name a time zone as people do: the city, or the distance from UTC."""
    if name.startswith("Etc/GMT") and len(name) > len("Etc/GMT"):
        return f"UTC{'+' if name[7] == '-' else '-'}{name[8:]}"
    return name.rpartition("/")[2].replace("_", " ")


def order_blocks(order: Order) -> tuple[Block, ...]:
    """Name back what was understood of *order*, what would be taken for granted, and what is missing."""
    here = "Nothing was set up: here nobody can be sent anything. In a chat (advisor chat, advisor serve) I do it."
    return (Paragraph(Line(_words(order))), *unread(order.wish), Paragraph(Line(here), Tone.GAP))


def _words(order: Order) -> str:
    if order.action in _DONE:
        return f"{_DONE[order.action]}."
    if order.action is Action.PAUSE:
        return f"You want a pause{f' until {order.until}' if order.until else ''}."
    at = f"{order.at or AT:%H:%M}{'' if order.at else ' (taken for granted)'}"
    weekdays = order.weekdays or WEEKDAYS
    when = f"{days(weekdays)}{'' if order.weekdays else ' (taken for granted)'} at {at}"
    where = f", {place(order.zone)} time" if order.zone else "; in which time zone I would ask"
    verb = "change it to" if order.action is Action.CHANGE else "be sent"
    return f"You want to {verb}: {understood(order.wish)}, {when}{where}."
