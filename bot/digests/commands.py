"""`advisor digest` and `advisor subscriptions`: what an operator sends, looks at and lists by hand."""

import asyncio
import datetime as dt
import json
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from adapters.chats.marked import clean
from adapters.chats.outcomes import SendError
from adapters.chats.terminal import plain
from bot.digests.compose import Composer
from bot.listings.cards import understood
from bot.listings.orders import days, place
from bot.listings.wiring import open_desk
from bot.settings import Settings, read_settings
from bot.store import digests, outcomes
from bot.store.digests import Digest
from bot.wiring import open_parts, open_store
from knowledge.errors import SettingError


def send_due(now: dt.datetime) -> None:
    """Send what is due at *now*, once; print how much that was.

    Raises:
        SettingError: no chat is configured, or a token is wrong.

    """
    from bot.serving.platforms import configured  # noqa: PLC0415 - loads the libraries of chats
    from bot.serving.serve import open_service  # noqa: PLC0415

    settings = read_settings()

    async def sent() -> int:
        return await open_service(settings, open_parts(settings), configured(settings)).send_due(now)

    try:
        count = asyncio.run(sent())
    except SendError as error:
        raise SettingError("TELEGRAM_TOKEN, SLACK_BOT_TOKEN", f"a chat cannot be reached: {error}") from error
    sys.stdout.write(f"{count} digests sent\n")


def preview(person: str | None, now: dt.datetime) -> int:
    """Print what *person* (None: everybody who is due) would get at *now*; nothing is sent or noted."""
    settings = read_settings()
    chosen = [one for one in _all(settings) if _is_meant(one, person, now)]
    if not chosen:
        sys.stderr.write("nobody is meant: see `advisor subscriptions`\n")
        return 1
    desk = open_desk(settings, open_parts(settings))
    if desk is None:
        return 1
    engine = open_store(settings)
    with engine.connect() as connection:
        shown = outcomes.shown(connection, [one.id for one in chosen], now)
    engine.dispose()
    for composed in Composer(desk, now).compose(chosen, shown):
        text = plain(composed.reply) if composed.reply else "(nothing new: nothing is sent)"
        sys.stdout.write(f"== {composed.digest.target}\n{text}\n\n")
    return 0


def _is_meant(digest: Digest, person: str | None, now: dt.datetime) -> bool:
    if person is None:
        return digest.state == "active" and digest.due.moment <= now
    return person in {digest.owner, digest.owner.partition(":")[2], digest.target}


def show(*, as_json: bool) -> None:
    """List every digest: for whom, when, what for, and when next."""
    found = _all(read_settings())
    if as_json:
        for digest in found:
            sys.stdout.write(json.dumps(_line(digest), ensure_ascii=False) + "\n")
        return
    if not found:
        sys.stdout.write("no saved search yet; people say what they want in a chat (advisor serve)\n")
        return
    table = Table("to", "when", "looks for", "state", "next (UTC)", box=None)
    for digest in found:
        wanted = "; ".join(f"{days(one.weekdays)}: {understood(one.wish)}" for one in digest.searches)
        when = f"{digest.at:%H:%M} {place(digest.zone)}"
        due = f"{digest.due.moment:%Y-%m-%d %H:%M}" if digest.state == "active" else ""
        cells = (digest.target, when, wanted, f"{digest.state} {digest.reason}".strip(), due)
        table.add_row(*(escape(clean(cell)) for cell in cells))
    Console(highlight=False).print(table)


def _line(digest: Digest) -> dict[str, object]:
    searches = [
        {"text": one.text, "wish": one.wish.to_json(), "weekdays": sorted(one.weekdays)} for one in digest.searches
    ]
    when = {"time": f"{digest.at:%H:%M}", "zone": digest.zone, "next": digest.due.moment.isoformat()}
    return {"target": digest.target, "owner": digest.owner, "state": digest.state, **when, "searches": searches}


def _all(settings: Settings) -> list[Digest]:
    engine = open_store(settings)
    with engine.connect() as connection:
        found = digests.every(connection)
    engine.dispose()
    return found
