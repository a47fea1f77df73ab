"""Saved searches by word of mouth: set up, changed, paused, resumed, stopped, listed. Values in, values out."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from adapters.chats.platform import Address, Button, Inbound
from bot.listings.orders import days, place
from bot.serving import fewer, plan_words
from bot.serving.buttons import Press, data, resting
from bot.serving.handled import Handled, Known, say
from bot.store.changes import Change, Wanted, preview
from bot.store.digests import Digest
from bot.store.people import PastTurn, new_token
from knowledge.listing.wish import Wish
from knowledge.subscription.alerts import read_alerting
from knowledge.subscription.order import (
    AT,
    WEEKDAYS,
    Action,
    Order,
    OrderReader,
    is_about_digests,
    is_change,
    read_action,
)
from knowledge.subscription.schedule import zone
from knowledge.subscription.zones import zone_of
from knowledge.word_lists import word_list
from retrieval.answer import Kind

# Somebody who has a digest and says no more than this speaks of it: "stop", "pause till friday".
FEW_WORDS, MORE_WORDS = 7, 14
_WEEK = 7
# What buttons under a digest, or under a question about one, ask for.
PLANNED = ("zone", "rest", "stop", "plan", "soon", "fewer", "less", "again")


@dataclass(frozen=True, slots=True)
class Where:
    """Where what is ordered goes, and what that place gets now; `title` names a channel."""

    target: Address
    digest: Digest | None
    title: str = ""


class Plans:
    """Takes orders."""

    def __init__(self, reader: OrderReader) -> None:
        self._reader = reader

    def is_order(self, inbound: Inbound, known: Known) -> bool:
        """Tell whether a short message speaks of the digest somebody has, or names the time zone that was asked for."""
        if self._awaited(known) and zone_of(inbound.text):
            return True
        if not known.digests:
            return False
        action, short = read_action(inbound.text), len(inbound.text.split())
        if short <= MORE_WORDS and (fewer.wants_fewer(inbound.text) or read_alerting(inbound.text)[0]):
            return is_about_digests(inbound.text) or fewer.wants_fewer(inbound.text)
        if action is Action.CREATE:
            return False
        return short <= MORE_WORDS and is_change(inbound.text) if action is Action.CHANGE else short <= FEW_WORDS

    @staticmethod
    def _awaited(known: Known) -> PastTurn | None:
        """Return the order for which a time zone was asked a moment ago."""
        last = known.past[-1] if known.past else None
        return last if last and last.kind == Kind.SUBSCRIPTION.value and last.suggestions else None

    def take(self, inbound: Inbound, known: Known, text: str, now: dt.datetime) -> Handled:
        """Do what *text* orders."""
        awaited = self._awaited(known)
        named = zone_of(text)
        if awaited and named:
            text = f"{awaited.text} {named}"
        where, rest = _where(known, text)
        if fewer.wants_fewer(text) and where.digest:
            return fewer.which(inbound, known.past)
        if not inbound.private and not known.runs:
            return say(inbound, plan_words.only_administrators())
        order = self._reader.read(rest, now.astimezone(zone(known.zone)).date())
        match order.action:
            case Action.LIST:
                done = _listed(inbound, known, where)
            case Action.STOP:
                done = self._stop(inbound, known, where)
            case Action.PAUSE:
                done = self._pause(inbound, where, order.until, now)
            case Action.RESUME:
                done = self._resume(inbound, where, now)
            case _:
                done = self._plan(inbound, known, where, order, text, now)
        return done

    def _plan(self, inbound: Inbound, known: Known, where: Where, order: Order, text: str, now: dt.datetime) -> Handled:
        """Set up or change a digest; ask for what is missing."""
        if where.digest is None and (order.wish.empty or order.action is Action.CHANGE):
            return say(inbound, plan_words.what_for() if order.action is Action.CREATE else plan_words.nothing())
        at = order.at or (where.digest.at if where.digest else AT)
        name = order.zone or (where.digest.zone if where.digest else known.zone)
        if not name:
            return _ask_zone(inbound, order, at, text)
        assumed = [f"{at:%H:%M}"] if not order.at and where.digest is None else []
        wished = not order.wish.empty
        weekdays = order.weekdays or (where.digest.weekdays if where.digest else WEEKDAYS)
        assumed += [days(weekdays)] if wished and not order.weekdays else []
        change = Change(
            target=where.target.key,
            owner=inbound.person,
            at=at,
            zone=name,
            weekdays=frozenset() if wished else order.weekdays,
            added=(Wanted(order.text, order.wish, weekdays, bool(order.alerting.at_once)),) if wished else (),
            state="active",
            at_once=None if wished else order.alerting.at_once,
            alerts=order.alerting.most,
            quiet=order.alerting.quiet,
        )
        digest = preview(where.digest, change, now)
        assumed += ["US dollars"] if order.wish.min_pay and order.wish.min_pay.assumed else []
        reply = plan_words.planned(digest, tuple(assumed), order.wish, where.title)
        return replace(_with_turn(say(inbound, reply, _under_plan(digest)), inbound, text), planned=change)

    def _stop(self, inbound: Inbound, known: Known, where: Where) -> Handled:
        if where.digest is None:
            return say(inbound, plan_words.listed(known.digests))
        change = Change(where.target.key, inbound.person, removed=True)
        return replace(say(inbound, plan_words.stopped()), planned=change)

    def _pause(self, inbound: Inbound, where: Where, until: dt.date | None, now: dt.datetime) -> Handled:
        if where.digest is None:
            return say(inbound, plan_words.nothing())
        state = "active" if until else "paused"
        change = Change(where.target.key, inbound.person, state=state, until=until)
        reply = plan_words.rests(preview(where.digest, change, now), until)
        return replace(say(inbound, reply), planned=change)

    def _resume(self, inbound: Inbound, where: Where, now: dt.datetime) -> Handled:
        if where.digest is None:
            return say(inbound, plan_words.nothing())
        change = Change(where.target.key, inbound.person, state="active")
        reply = plan_words.planned(preview(where.digest, change, now), (), Wish(), where.title)
        return replace(say(inbound, reply), planned=change)

    def pressed(self, inbound: Inbound, known: Known, turn: PastTurn, press: Press) -> Handled | None:
        """Do what a button under a digest, or under a question of ours, says."""
        now = dt.datetime.now(dt.UTC)
        if press.verb == "plan":
            return _listed(inbound, known, _where(known, "")[0])
        if not inbound.private and not known.runs:
            # Everybody in a group sees the button, and its administrators alone decide.
            return say(inbound, plan_words.only_administrators())
        where, _ = _where(known, turn.text)
        done: Handled | None = None
        match press.verb:
            case "zone" if press.argument.isdigit() and int(press.argument) < len(turn.suggestions):
                text = f"{turn.text} {turn.suggestions[int(press.argument)]}"
                done = self.take(inbound, replace(known, past=()), text, now)
            case "rest":
                until = now.astimezone(zone(where.digest.zone if where.digest else "")).date() + dt.timedelta(_WEEK)
                done = self._pause(inbound, where, until, now)
            case "stop":
                done = self._stop(inbound, known, where)
            case "soon" if where.digest:
                change = Change(where.target.key, inbound.person, at_once=True)
                reply = plan_words.planned(preview(where.digest, change, now), (), Wish(), where.title)
                done = replace(say(inbound, reply), planned=change)
            case "fewer":
                done = fewer.which(inbound, (turn,))
            case "less" | "again":
                home, _ = _where(known, "")
                done = fewer.less(inbound, home.target, home.digest, turn, press)
        return done


def _where(known: Known, text: str) -> tuple[Where, str]:
    """Return where an order goes: to a channel of theirs that it names, else home; and the text without that name."""
    by_target = {digest.target: digest for digest in known.digests}
    for channel in known.channels:
        title = rf"(?:\b(?:to|in|for)\s+)?(?:the\s+)?{re.escape(channel.title)}(?:\s+channel)?"
        named = re.compile(title, re.IGNORECASE)
        if channel.title and named.search(text):
            return Where(channel.address, by_target.get(channel.address.key), channel.title), named.sub(" ", text)
    home = known.home or Address("", "")
    return Where(home, by_target.get(home.key)), text


def _listed(inbound: Inbound, known: Known, where: Where) -> Handled:
    """Show everything somebody set up, with buttons for what goes here."""
    reply = plan_words.listed(known.digests)
    if where.digest is None or where.digest.state != "active" or not (inbound.private or known.runs):
        return say(inbound, reply)
    return _with_turn(say(inbound, reply, _under_plan(where.digest)), inbound, "")


def _under_plan(digest: Digest) -> tuple[tuple[Button, ...], ...]:
    token = new_token()
    soon = () if digest.at_once else ((Button("Alert me at once, too", data("soon", token)),),)
    return (resting(token), *soon)


def _ask_zone(inbound: Inbound, order: Order, at: dt.time, text: str) -> Handled:
    offered = word_list("zones")["offered"]
    zones = tuple(offered.get(inbound.language[:2], ()) or offered[""])
    turn = PastTurn(new_token(), inbound.message, text, Kind.SUBSCRIPTION.value, zones)
    rows = tuple((Button(place(name), data("zone", turn.token, number)),) for number, name in enumerate(zones))
    return replace(say(inbound, plan_words.which_zone(order.wish, at), rows), turn=turn)


def _with_turn(handled: Handled, inbound: Inbound, text: str) -> Handled:
    """Return *handled* with the turn its buttons belong to."""
    (outgoing,) = handled.outgoing
    token = outgoing.buttons[0][0].data.split(":")[2]
    return replace(handled, turn=PastTurn(token, inbound.message, text, Kind.SUBSCRIPTION.value))
