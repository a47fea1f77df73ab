"""Conversations of chats: kept ready between messages, and their answers as what is sent and remembered."""

from threading import Lock

from adapters.chats.platform import Attachment, Inbound, Outgoing
from bot.conversation import Conversation, Keeper, Turn
from bot.listings.desk import Desk
from bot.replies import to_reply
from bot.serving import words
from bot.serving.buttons import next_questions, under
from bot.serving.handled import Handled, Known
from bot.store.people import PastTurn, new_token
from bot.wiring import Parts
from retrieval.answer import Kind

# Conversations kept ready for the next message.
KEPT = 1000
# Openings on one page in a chat: more scroll away.
PAGE = 4


class Talks:
    """Takes conversations up where they stood. Safe to be used by several threads: a message has one of its own."""

    def __init__(self, parts: Parts, desk: Desk | None, keeper: Keeper | None) -> None:
        self._parts, self._desk, self._keeper = parts, desk, keeper
        self._kept: dict[str, tuple[str, Conversation]] = {}
        self._lock = Lock()

    def take_up(self, known: Known) -> Conversation:
        """Return a conversation that stands where *known* stands: the one kept from the last message, or a new one."""
        last = known.past[-1].token if known.past else ""
        with self._lock:
            profile, kept = self._kept.pop(last, ("", None))
        return kept if kept and profile == known.profile else self.rebuilt(known)

    def put_down(self, handled: Handled, known: Known, conversation: Conversation) -> Handled:
        """Keep *conversation* under the turn that ended it: reading it all again takes longer than answering."""
        if handled.turn:
            with self._lock:
                self._kept[handled.turn.token] = (known.profile, conversation)
                if len(self._kept) > KEPT:
                    del self._kept[next(iter(self._kept))]
        return handled

    def rebuilt(self, known: Known) -> Conversation:
        """Return a new conversation that was told everything *known*."""
        made = self._parts.conversation(self._keeper, self._desk)
        if known.profile:
            made.recall(known.profile, Kind.SOCIAL)
        for turn in known.past:
            made.recall(turn.text, Kind(turn.kind))
        return made


def answered(inbound: Inbound, turn: Turn, text: str, picture: Attachment | None = None) -> Handled:
    """Return what is sent for *turn*, with its buttons and perhaps a *picture*, and the turn kept as *text*."""
    answer, token = turn.advice.answer, new_token()
    questions = next_questions(answer, one_role=len(turn.question.slots.occupations) == 1)
    kept = PastTurn(token, inbound.message, text, answer.kind.value, questions)
    more = len(answer.listings) >= PAGE
    reply = Outgoing(to_reply(answer), under(answer, token, questions, more=more), inbound.message)
    caption = words.said(f"{answer.scope.words}: the figures above as a picture.")
    shown = (Outgoing(caption, attachment=picture),) if picture else ()
    return Handled((reply, *shown), kept)
