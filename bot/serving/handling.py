"""From one message to what is sent and kept. Takes everything it needs as values; no platform, no database."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from adapters.chats.platform import NEWS, Attachment, Inbound, InboundKind, Outgoing
from adapters.chats.reply import Reply
from bot.conversation import Keeper, Turn
from bot.listings.cards import found_blocks
from bot.listings.desk import Desk
from bot.serving import digests, personal, words
from bot.serving.buttons import (
    KEEP,
    OF_THEIR_OWN,
    REASONS,
    Press,
    looking,
    read_press,
    turning,
    why,
)
from bot.serving.handled import Handled, Known, say
from bot.serving.plans import PLANNED, Plans
from bot.serving.reviews import Reviews, listed, post_in
from bot.serving.talks import PAGE, Talks, answered
from bot.store.people import PastTurn
from bot.wiring import Parts
from knowledge.errors import AdvisorError
from knowledge.question import Intent
from knowledge.subscription.order import OrderReader, is_planned

# Nobody turns further; a button that says so was made up.
LAST_PAGE = 50


class Handler:
    """Answers messages. Safe to be used by several threads: every message gets a conversation of its own."""

    def __init__(self, parts: Parts, desk: Desk | None, keeper: Keeper | None, keep_days: int, service: str) -> None:
        self._desk, self._keeper = desk, keeper
        self._plans = Plans(OrderReader(desk.wishes)) if desk else None
        self._talks = Talks(parts, desk, keeper)
        self._reviews = Reviews(self._talks, desk)
        self._commands: dict[str, Callable[[Inbound, Known], Handled]] = {
            "start": self._start,
            "help": lambda inbound, _: say(inbound, words.helped()),
            "privacy": lambda inbound, _: say(inbound, words.privacy(keep_days, service)),
            "ask": lambda inbound, known: self._ask(inbound, known, inbound.text),
            "review": self._reviews.ask,
            "saved": listed,
            "jobs": self._jobs,
            "salary": self._salary,
            "compare": self._compare,
            "digest": self._digest,
            "stop": lambda inbound, known: self._ordered(inbound, known, "stop everything"),
            "home": lambda inbound, known: personal.home(inbound, known, keep_days, service),
            "settings": personal.settings,
            "reset": personal.reset,
            "forget": personal.forget,
            "export": personal.export,
        }
        self._presses: dict[str, Callable[[Inbound, Known, PastTurn, Press], Handled | None]] = {
            "ask": self._follow,
            "page": self._page,
            "good": self._good,
            "bad": self._bad,
            "why": self._disliked,
            KEEP: lambda inbound, _, __, press: self._reviews.kept(inbound, press),
            "all": lambda inbound, known, pressed, _: self._ask(inbound, known, pressed.text, Intent.LISTINGS),
            **dict.fromkeys(PLANNED, self._planned),
            "post": lambda inbound, known, pressed, press: digests.post(inbound, known, desk, pressed, press),
        }

    def handle(self, inbound: Inbound, known: Known) -> Handled:
        """Answer one message or action, or greet where we were let in."""
        if inbound.kind in NEWS:
            return digests.arrived(inbound, known)
        if inbound.kind is InboundKind.ACTION:
            return self._press(inbound, known)
        if inbound.kind is InboundKind.COMMAND:
            return self._commands.get(inbound.command, self._unknown)(inbound, known)
        if not (inbound.text.strip() or inbound.cited):
            return say(inbound, words.said("I can read words only: ask about skills, pay, hiring or openings."))
        if inbound.kind is InboundKind.EDITED:
            known = replace(known, past=tuple(turn for turn in known.past if turn.message != inbound.message))
        pasted = post_in(inbound, inbound.text)
        if pasted:
            return self._reviews.review(inbound, known, pasted)
        return self._ask(inbound, known, inbound.text or inbound.cited)

    def _ask(
        self, inbound: Inbound, known: Known, text: str, intent: Intent | None = None, *, drawn: bool = False
    ) -> Handled:
        """Answer *text*; *drawn* adds a picture of pay."""
        if not text.strip():
            return say(inbound, words.helped())
        if self._plans and self._plans.is_order(inbound, known):
            return self._plans.take(inbound, known, text, dt.datetime.now(dt.UTC))
        conversation = self._talks.take_up(known)
        try:
            turn = conversation.ask(text, intent, known.errand)
        except AdvisorError as error:
            return say(inbound, words.said(f"I cannot answer just now: {error}", "Please ask again in a while."))
        if turn.question.intent is Intent.SUBSCRIPTION and self._plans:
            return self._plans.take(inbound, known, text, dt.datetime.now(dt.UTC))
        picture = self._picture(turn) if drawn else None
        if turn.question.intent is Intent.DEMAND:
            shown = conversation.demand_picture()
            picture = Attachment("skills.png", shown, picture=True) if shown else None
        return self._talks.put_down(answered(inbound, turn, text, picture), known, conversation)

    def _press(self, inbound: Inbound, known: Known) -> Handled:
        press = read_press(inbound.text)
        answer = self._presses.get(press.verb) if press else None
        done = answer(inbound, known, known.pressed, press) if answer and press and known.pressed else None
        if press and press.verb in OF_THEIR_OWN:
            done = self._reviews.pressed(inbound, known, press)
        return done or say(inbound, words.said("This button is too old for me. Please ask again."))

    def _follow(self, inbound: Inbound, known: Known, pressed: PastTurn, press: Press) -> Handled | None:
        place = int(press.argument) if press.argument.isdigit() else len(pressed.suggestions)
        return self._ask(inbound, known, pressed.suggestions[place]) if place < len(pressed.suggestions) else None

    def _good(self, inbound: Inbound, _known: Known, _pressed: PastTurn, press: Press) -> Handled:
        return replace(say(inbound, words.said("Thank you.")), rated=(press.token, "good"))

    def _bad(self, inbound: Inbound, _known: Known, _pressed: PastTurn, press: Press) -> Handled:
        asked = say(inbound, words.said("What was wrong with it?"), why(press.token))
        return replace(asked, rated=(press.token, "bad"))

    def _disliked(self, inbound: Inbound, known: Known, pressed: PastTurn, press: Press) -> Handled | None:
        reason = REASONS.get(press.argument)
        if reason is None:
            return None
        if self._keeper:
            before = self._talks.rebuilt(replace(known, past=_before(known.past, pressed)))
            self._keeper.disliked(before.look_at(pressed.text), reason)
        thanks = words.said("Thank you. Those who keep the guides will see it.")
        return replace(say(inbound, thanks), rated=(press.token, f"bad: {reason}"))

    def _page(self, inbound: Inbound, known: Known, pressed: PastTurn, press: Press) -> Handled | None:
        if not press.argument.isdigit():
            return None
        page = min(int(press.argument), LAST_PAGE)
        if self._desk is None:
            return say(inbound, words.said("The openings are not to be had just now."))
        conversation = self._talks.rebuilt(replace(known, past=(*_before(known.past, pressed), pressed)))
        wish = conversation.wish or self._desk.read(pressed.text)
        found = self._desk.search(wish, pressed.text, limit=PAGE * (page + 1))
        shown = replace(found, openings=found.openings[PAGE * page :], relaxed=())
        if page and not shown.openings:
            return say(inbound, words.said("There are no more."))
        more = found.count.number > PAGE * (page + 1)
        reply = Reply("listings", tuple(found_blocks(shown)))
        rows = (*looking(reply.blocks), turning(pressed.token, page, more=more))
        return Handled((Outgoing(reply, rows, replaces=inbound.message),))

    def _digest(self, inbound: Inbound, known: Known) -> Handled:
        """Show what is new; with a time or a day in it the words are an order."""
        if is_planned(inbound.text):
            return self._ordered(inbound, known, inbound.text)
        return digests.digest(inbound, known, self._desk)

    def _ordered(self, inbound: Inbound, known: Known, text: str) -> Handled:
        if self._plans is None:
            return say(inbound, words.said("Nothing can be set up just now. Please ask again in a while."))
        return self._plans.take(inbound, known, text, dt.datetime.now(dt.UTC))

    def _planned(self, inbound: Inbound, known: Known, pressed: PastTurn, press: Press) -> Handled | None:
        return self._plans.pressed(inbound, known, pressed, press) if self._plans else None

    def _start(self, inbound: Inbound, known: Known) -> Handled:
        """Greet, or do at once what a link asks for: "salary_ml-engineer" is /salary ml engineer."""
        command, _, rest = inbound.text.partition("_")
        if command in {"jobs", "salary", "compare"} and rest:
            asked = replace(inbound, command=command, text=rest.replace("-", " ").replace("_", " "))
            return self._commands[command](asked, known)
        return say(inbound, words.welcome(known.profile))

    def _jobs(self, inbound: Inbound, known: Known) -> Handled:
        if self._desk is None:
            return say(inbound, words.said("The openings are not to be had just now. Please ask again in a while."))
        return self._ask(inbound, known, inbound.text or known.profile or "remote", Intent.LISTINGS)

    def _compare(self, inbound: Inbound, known: Known) -> Handled:
        if not inbound.text:
            return say(inbound, words.said("Name two roles: /compare cv engineer and research engineer"))
        return self._ask(inbound, known, f"compare {inbound.text}")

    def _salary(self, inbound: Inbound, known: Known) -> Handled:
        asked = inbound.text or known.profile
        if not asked:
            return say(inbound, words.said("Name a role: /salary senior ml engineer in Germany"))
        return self._ask(inbound, known, f"what does a {asked} earn?", drawn=True)

    def _picture(self, turn: Turn) -> Attachment | None:
        """Return pay as a picture where the question was about one role with figures."""
        named = turn.question.slots.occupations
        content = self._desk.pay_picture(named[0]) if self._desk and len(named) == 1 else None
        return Attachment("pay.png", content, picture=True) if content else None

    def _unknown(self, inbound: Inbound, _known: Known) -> Handled:
        if not inbound.private:
            return Handled(())
        return say(inbound, words.said("I do not know this command; /help shows those I know."))


def _before(past: tuple[PastTurn, ...], turn: PastTurn) -> tuple[PastTurn, ...]:
    place = next((n for n, one in enumerate(past) if one.token == turn.token), 0)
    return past[:place]
