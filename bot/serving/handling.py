"""From one message to what is sent and kept. Takes everything it needs as values; no platform, no database."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from adapters.chats.platform import NEWS, Attachment, Inbound, InboundKind, Outgoing
from adapters.chats.reply import Reply
from bot.conversation import Conversation, Keeper, Turn
from bot.listings.cards import found_blocks
from bot.listings.desk import Desk
from bot.replies import to_reply
from bot.serving import digests, personal, reviews, words
from bot.serving.buttons import (
    DROP,
    KEEP,
    OF_THEIR_OWN,
    REASONS,
    SHOW,
    Press,
    looking,
    next_questions,
    read_press,
    turning,
    under,
    why,
)
from bot.serving.handled import Handled, Known, say
from bot.serving.plans import PLANNED, Plans
from bot.serving.reviews import Held
from bot.store.people import PastTurn, new_token
from bot.wiring import Parts
from knowledge.errors import AdvisorError
from knowledge.post.shape import Pasted
from knowledge.question import Intent
from knowledge.subscription.order import OrderReader, is_planned
from retrieval.answer import Kind

# Conversations kept ready for the next message.
KEPT = 1000
# Openings on one page in a chat: more scroll away.
PAGE = 4
# Nobody turns further; a button that says so was made up.
LAST_PAGE = 50


class Handler:
    """Answers messages. Safe to be used by several threads: every message gets a conversation of its own."""

    def __init__(self, parts: Parts, desk: Desk | None, keeper: Keeper | None, keep_days: int, service: str) -> None:
        self._parts, self._desk, self._keeper = parts, desk, keeper
        self._plans = Plans(OrderReader(desk.wishes)) if desk else None
        self._held = Held()
        self._kept: dict[str, tuple[str, Conversation]] = {}
        self._lock = Lock()
        self._commands: dict[str, Callable[[Inbound, Known], Handled]] = {
            "start": self._start,
            "help": lambda inbound, _: say(inbound, words.helped()),
            "privacy": lambda inbound, _: say(inbound, words.privacy(keep_days, service)),
            "ask": lambda inbound, known: self._ask(inbound, known, inbound.text),
            "review": self._review,
            "saved": reviews.listed,
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
            KEEP: lambda inbound, _, __, press: reviews.kept(inbound, self._held, press),
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
        pasted = reviews.post_in(inbound, inbound.text)
        return (
            self._reviewed(inbound, known, pasted)
            if pasted
            else self._ask(inbound, known, inbound.text or inbound.cited)
        )

    def _review(self, inbound: Inbound, known: Known) -> Handled:
        """Review what the message brings, whatever it looks like."""
        pasted = reviews.asked_for(inbound)
        return self._reviewed(inbound, known, pasted) if pasted else reviews.how_to_review(inbound)

    def _reviewed(self, inbound: Inbound, known: Known, pasted: Pasted) -> Handled:
        """Review a post; its words are kept nowhere, but held for the button that saves it."""
        conversation = self._conversation(known)
        turn = conversation.review(pasted)
        handled = self._answered(inbound, turn, turn.question.text, None)
        if not handled.turn or turn.advice.answer.kind is not Kind.POST_REVIEW:
            return handled
        self._keep(handled.turn.token, known.profile, conversation)
        self._held.hold(handled.turn.token, turn.question.text, pasted.post)
        first, *others = handled.outgoing
        under_it = replace(first, buttons=(reviews.saving(handled.turn.token), *first.buttons))
        return replace(handled, outgoing=(under_it, *others), unkept=True)

    def _ask(
        self, inbound: Inbound, known: Known, text: str, intent: Intent | None = None, *, drawn: bool = False
    ) -> Handled:
        """Answer *text*; *drawn* adds a picture of pay."""
        if not text.strip():
            return say(inbound, words.helped())
        if self._plans and self._plans.is_order(inbound, known):
            return self._plans.take(inbound, known, text, dt.datetime.now(dt.UTC))
        conversation = self._conversation(known)
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
        handled = self._answered(inbound, turn, text, picture)
        if handled.turn:
            self._keep(handled.turn.token, known.profile, conversation)
        return handled

    def _answered(self, inbound: Inbound, turn: Turn, text: str, picture: Attachment | None) -> Handled:
        answer, token = turn.advice.answer, new_token()
        questions = next_questions(answer, one_role=len(turn.question.slots.occupations) == 1)
        kept = PastTurn(token, inbound.message, text, answer.kind.value, questions)
        more = len(answer.listings) >= PAGE
        reply = Outgoing(to_reply(answer), under(answer, token, questions, more=more), inbound.message)
        caption = words.said(f"{answer.scope.words}: the figures above as a picture.")
        shown = (Outgoing(caption, attachment=picture),) if picture else ()
        return Handled((reply, *shown), kept)

    def _conversation(self, known: Known) -> Conversation:
        """Return a conversation that stands where *known* stands: the one kept from the last message, or a new one."""
        last = known.past[-1].token if known.past else ""
        with self._lock:
            profile, kept = self._kept.pop(last, ("", None))
        return kept if kept and profile == known.profile else self._rebuilt(known)

    def _keep(self, token: str, profile: str, conversation: Conversation) -> None:
        """Keep a conversation under the turn that ended it: reading it all again takes longer than answering."""
        with self._lock:
            self._kept[token] = (profile, conversation)
            if len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]

    def _rebuilt(self, known: Known) -> Conversation:
        made = self._parts.conversation(self._keeper, self._desk)
        if known.profile:
            made.recall(known.profile, Kind.SOCIAL)
        for turn in known.past:
            made.recall(turn.text, Kind(turn.kind))
        return made

    def _press(self, inbound: Inbound, known: Known) -> Handled:
        press = read_press(inbound.text)
        answer = self._presses.get(press.verb) if press else None
        done = answer(inbound, known, known.pressed, press) if answer and press and known.pressed else None
        if press and press.verb in OF_THEIR_OWN:
            done = self._own(inbound, known, press)
        return done or say(inbound, words.said("This button is too old for me. Please ask again."))

    def _own(self, inbound: Inbound, known: Known, press: Press) -> Handled | None:
        """Do what a button about an opening or a saved post asks for."""
        post = next((one for one in known.saved if one.token == press.token), None)
        if press.verb == DROP:
            return reviews.dropped(inbound, press)
        if press.verb == SHOW:
            return self._reviewed(inbound, known, Pasted(post.text, "")) if post else None
        listing = self._desk.listing(press.token) if self._desk else None
        if listing is None:
            return say(inbound, words.said("This opening is no longer stored."))
        conversation = self._conversation(known)
        turn = conversation.review(listing)
        handled = self._answered(inbound, turn, turn.question.text, None)
        if handled.turn:
            self._keep(handled.turn.token, known.profile, conversation)
        return handled

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
            before = self._rebuilt(replace(known, past=_before(known.past, pressed)))
            self._keeper.disliked(before.look_at(pressed.text), reason)
        thanks = words.said("Thank you. Those who keep the guides will see it.")
        return replace(say(inbound, thanks), rated=(press.token, f"bad: {reason}"))

    def _page(self, inbound: Inbound, known: Known, pressed: PastTurn, press: Press) -> Handled | None:
        if not press.argument.isdigit():
            return None
        page = min(int(press.argument), LAST_PAGE)
        if self._desk is None:
            return say(inbound, words.said("The openings are not to be had just now."))
        conversation = self._rebuilt(replace(known, past=(*_before(known.past, pressed), pressed)))
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
