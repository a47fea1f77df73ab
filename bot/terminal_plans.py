"""Saved searches in the terminal: ordered as in any chat, shown when a chat begins or goes on after they are due."""

import datetime as dt
import getpass
from dataclasses import replace

import sqlalchemy as sa
import tzlocal

from adapters.chats.platform import Address, Button, Inbound, InboundKind
from adapters.chats.reply import Reply
from bot.digests.compose import Composer
from bot.digests.rendering import under
from bot.listings.desk import Desk
from bot.serving.buttons import data, read_press
from bot.serving.handled import Handled, Known
from bot.serving.plans import PLANNED, Plans
from bot.store import changes, digests, ledger, outcomes
from bot.store.database import WRITING
from bot.store.ledger import Outcome
from bot.store.people import PastTurn, new_token
from knowledge.document import Line, Paragraph
from knowledge.subscription.alerts import read_alerting
from knowledge.subscription.order import OrderReader, without
from retrieval.answer import Kind

NAME = "terminal"
# In a terminal nobody is woken: what is due waits until somebody looks.
WAITS = dt.timedelta(days=365)
WAITS_HERE = "In the terminal it waits for you: it is shown when you open the chat."
NO_ALERTS = "Alerts at once need a chat that reaches you, Telegram or Slack: here nobody can be woken."
# Turns whose buttons still work.
REMEMBERED = 20


class TerminalPlans:
    """Keeps what the person at this terminal wants sent; their time zone is the computer's."""

    def __init__(self, engine: sa.Engine, desk: Desk) -> None:
        self._engine, self._desk = engine.execution_options(**WRITING), desk
        self._plans = Plans(OrderReader(desk.wishes))
        self._home = Address(NAME, getpass.getuser().replace(":", "_"))
        self._past: list[PastTurn] = []
        self.buttons: tuple[Button, ...] = ()

    def is_order(self, text: str) -> bool:
        """Tell whether *text* speaks of the digest that is set up here."""
        return self._plans.is_order(self._inbound(text), self._known())

    def take(self, text: str) -> Reply:
        """Do what *text* orders; return what is said to it."""
        alerting, spans = read_alerting(text)
        if alerting.at_once:
            text = without(text, spans)
        reply = self._done(self._plans.take(self._inbound(text), self._known(), text, dt.datetime.now(dt.UTC)))
        return replace(reply, blocks=(*reply.blocks, Paragraph(Line(NO_ALERTS)))) if alerting.at_once else reply

    def press(self, number: int) -> Reply | str | None:
        """Press a button that was shown, counted from 1; return what is said, or a text to be asked instead."""
        if not 1 <= number <= len(self.buttons):
            return None
        button = read_press(self.buttons[number - 1].data)
        turn = next((one for one in self._past if button and one.token == button.token), None)
        if button is None or turn is None:
            return None
        if button.verb not in PLANNED:
            return turn.text
        handled = self._plans.pressed(self._inbound(""), self._known(), turn, button)
        return self._done(handled) if handled else None

    def due(self) -> Reply | None:
        """Return what is due and new, and note that it was shown; None where there is nothing."""
        now = dt.datetime.now(dt.UTC)
        with self._engine.begin() as connection:
            # Of others at this computer, who have theirs, nothing is claimed.
            claims, _ = ledger.claim(connection, now, 1, [f"{NAME}:{self._home.chat}"], WAITS)
            shown = outcomes.shown(connection, [claim.digest.id for claim in claims], now)
        if not claims:
            return None
        (composed,) = Composer(self._desk, now).compose([claims[0].digest], shown)
        with self._engine.begin() as connection:
            if ledger.finish(connection, [Outcome(claims[0], (), composed.items)], now):
                outcomes.show(connection, claims[0].digest.id, composed.items, now)
        if composed.reply is None:
            return None
        turn = PastTurn(new_token(), "", claims[0].digest.text, Kind.LISTINGS.value, composed.fewer)
        self._remember(turn, under(turn.token, fewer=bool(composed.items)))
        return composed.reply

    def _known(self) -> Known:
        with self._engine.connect() as connection:
            found = digests.find(connection, self._home.key)
        zone = tzlocal.get_localzone_name() or "UTC"
        return Known(tuple(self._past), digests=(found,) if found else (), home=self._home, zone=zone)

    def _inbound(self, text: str) -> Inbound:
        person = f"{NAME}:{self._home.chat}"
        return Inbound(InboundKind.TEXT, "", self._home, person, dt.datetime.now(dt.UTC), text)

    def _done(self, handled: Handled) -> Reply:
        if handled.planned:
            with self._engine.begin() as connection:
                changes.apply(connection, handled.planned, dt.datetime.now(dt.UTC))
        (outgoing,) = handled.outgoing
        self._remember(handled.turn, outgoing.buttons)
        plans = handled.planned and not handled.planned.removed and handled.planned.added
        here = (Paragraph(Line(WAITS_HERE)),) if plans else ()
        return replace(outgoing.reply, blocks=(*outgoing.reply.blocks, *here))

    def _remember(self, turn: PastTurn | None, rows: tuple[tuple[Button, ...], ...]) -> None:
        self._past = [*self._past, *([turn] if turn else [])][-REMEMBERED:]
        shown = (button for row in rows for button in row)
        self.buttons = tuple(button for button in shown if not button.data.startswith(data("soon", "").rstrip(":")))
