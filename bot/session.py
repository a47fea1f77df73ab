"""One conversation on one console: lines in, replies out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markdown import Markdown
from rich.padding import Padding
from rich.spinner import Spinner
from rich.text import Text

from adapters.chats.marked import clean
from adapters.chats.reply import Reply
from adapters.chats.terminal import render, show
from bot.conversation import Conversation, Turn
from bot.listings.cards import found_blocks
from bot.listings.desk import Desk
from bot.replies import so_far, to_reply
from bot.writing.scribe import Errand
from knowledge.document import Card
from knowledge.errors import AdvisorError
from knowledge.post.shape import find_post, whole_post
from knowledge.question import Intent
from retrieval.answer import Answer

if TYPE_CHECKING:
    from bot.terminal_plans import TerminalPlans

HELP = """\
Ask in your own words, short or messy; follow up with *and in Poland?* or *what about staff?*.

- **Pay** by role, level, years and country; hold an offer against the guides' ranges
- **Skills**, skill gaps, what holds people back, how to stand out
- **Hiring**: stages, duration, interview preparation, red and green flags, what to check before applying
- **Remote work**, degrees, moving into a role
- **Live openings**: *remote senior CV jobs over 180k in Europe, not edge*, or `/jobs` and what you want
- **A job post**: paste all of it, or `/review 2` for the second opening shown: pay, flags, skills, what to ask
- **What is new**: *show me senior ML jobs every weekday at 8*; it waits here until you look. `/digest` lists it

Numbers in brackets are sources; `/sources` shows them with the guide's words.
`/bad why` tells those who keep the guides that an answer did not help; unanswered questions go to them by themselves.
`/reset` forgets the conversation, `/quit` or Ctrl-D ends it, Ctrl-C clears the line or stops an answer.
"""


class Session:
    """A conversation on one console: takes lines, prints replies."""

    def __init__(
        self,
        conversation: Conversation,
        console: Console,
        desk: Desk | None = None,
        plans: "TerminalPlans | None" = None,
    ) -> None:
        self._conversation, self._plans = conversation, plans
        self._desk = desk
        self._console = console
        self._last: Answer | None = None
        # The openings shown last, for "/review 2".
        self._cards: tuple[Card, ...] = ()
        self._commands: dict[str, Callable[[str], RenderableType | None]] = {
            "/help": lambda _: Markdown(HELP),
            "/sources": self._sources,
            "/reset": self._reset,
            "/bad": self._bad,
            "/jobs": self._jobs,
            "/review": self._review,
            "/digest": self._digest,
        }

    def take(self, line: str) -> bool:
        """Answer one line; return False when the person wants to leave."""
        text = line.strip()
        if text.casefold() in {"/quit", "/exit", "/q", "quit", "exit"}:
            return False
        if text.isdigit() and self._plans and self._plans.buttons:
            self._press(self._plans, int(text))
        elif text.startswith("/"):
            name, _, rest = text.partition(" ")
            self._show(self._commands.get(name.casefold(), self._unknown)(rest.strip()))
        elif text:
            self._answer(text)
        return True

    def greet(self) -> None:
        """Show what is due for the person at this terminal."""
        due = self._plans.due() if self._plans else None
        if due:
            self._tell(due)

    def _press(self, plans: "TerminalPlans", number: int) -> None:
        said = plans.press(number)
        if isinstance(said, str):
            self._show(self._jobs(said))
        elif said:
            self._tell(said)
        else:
            self._show(Text("There is no such button: " + self._labels(), style="yellow"))

    def _tell(self, reply: Reply) -> None:
        """Show a reply about saved searches, with its buttons as numbers to be typed."""
        show(self._console, reply)
        if self._labels():
            self._console.print(Text(self._labels(), style="cyan"))
        self._console.print()

    def _labels(self) -> str:
        buttons = self._plans.buttons if self._plans else ()
        return " · ".join(f"{number} {button.label}" for number, button in enumerate(buttons, 1))

    def _digest(self, order: str) -> RenderableType | None:
        """Take an order, or show what is set up."""
        if self._plans is None:
            return Text("Nothing can be set up now; `advisor doctor` says why.", style="yellow")
        self._tell(self._plans.take(order or "show my alerts"))
        return None

    def _answer(self, text: str) -> None:
        if self._plans and not find_post(text) and self._plans.is_order(text):
            self._tell(self._plans.take(text))
            return
        try:
            turn = self._ask(text)
        except KeyboardInterrupt:
            self._show(Text("Stopped.", style="yellow"))
            return
        except AdvisorError as error:
            # A service that fails now may answer the next question.
            self._show(Text(clean(str(error)), style="red"))
            return
        if turn.question.intent is Intent.SUBSCRIPTION and self._plans:
            self._tell(self._plans.take(text))
            return
        self._last = turn.advice.answer
        if self._plans:
            # A bare number speaks of this answer now.
            self._plans.buttons = ()
        self._shown(to_reply(self._last))

    def _shown(self, reply: Reply) -> None:
        """Print *reply* and remember its openings."""
        self._cards = tuple(block for block in reply.blocks if isinstance(block, Card) and block.name) or self._cards
        show(self._console, reply)
        self._console.print()

    def _review(self, words: str) -> RenderableType | None:
        """Review an opening that was shown, by its number, or the post that follows the command."""
        if not words.isdigit() and words:
            turn = self._conversation.review(whole_post(words))
        else:
            place = int(words or 1) - 1
            card = self._cards[place] if 0 <= place < len(self._cards) else None
            listing = self._desk.listing(card.name) if card and self._desk else None
            if listing is None:
                return Text("Paste the whole post, or name an opening that was shown: /review 2", style="yellow")
            turn = self._conversation.review(listing)
        self._last = turn.advice.answer
        self._shown(to_reply(self._last))
        return None

    def _ask(self, text: str) -> Turn:
        """Have *text* answered; on a terminal the answer is shown as a model writes it."""
        if not (self._conversation.is_written and self._console.is_terminal):
            return self._conversation.ask(text, errand=Errand())
        # What was shown meanwhile goes when the whole answer comes.
        waiting = Spinner("dots", text="Putting it into words …", style="cyan")
        with Live(waiting, console=self._console, transient=True, vertical_overflow="visible") as live:
            return self._conversation.ask(text, errand=Errand(show=lambda answer: live.update(render(so_far(answer)))))

    def _sources(self, _rest: str) -> RenderableType:
        if not self._last or not self._last.citations:
            return Text("The last answer has no sources. Ask something about skills, pay or hiring first.")
        parts: list[RenderableType] = []
        quotes = {citation.n: citation.quote for citation in self._last.citations}
        for source in to_reply(self._last).sources:
            parts.append(Text(clean(source.text), style="bold"))
            if source.href:
                parts.append(Text(clean(source.href), style="blue underline"))
            for number, section in source.sections:
                parts.append(Padding(Text(f"[{number}] {section}: {clean(quotes[number])}"), (0, 0, 0, 4)))
        return Group(*parts)

    def _jobs(self, wish: str) -> RenderableType | None:
        """Search openings for *wish*, whatever it looks like otherwise."""
        if self._desk is None:
            return Text(
                "The database with the openings is not to be had now; `advisor doctor` says why.", style="yellow"
            )
        found = self._desk.search(self._desk.read(wish), wish)
        self._shown(Reply(kind="listings", blocks=tuple(found_blocks(found))))
        return None

    def _bad(self, reason: str) -> RenderableType:
        if not self._conversation.dislike(reason or "no reason given"):
            return Text("There is no answer yet that could be bad.")
        return Text("Thank you. It is noted for those who keep the guides (advisor gaps).")

    def _reset(self, _rest: str) -> RenderableType:
        self._conversation.reset()
        self._last = None
        return Text("Forgotten. Ask afresh.")

    def _unknown(self, _rest: str) -> RenderableType:
        return Text("There is no such command: /help /jobs /review /digest /sources /bad /reset /quit", style="yellow")

    def _show(self, what: RenderableType | None) -> None:
        if what is None:
            return
        self._console.print(what, highlight=False)
        self._console.print()
