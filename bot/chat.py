"""`advisor chat`: a conversation in the terminal, or line by line through a pipe."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from adapters.chats.marked import clean
from adapters.chats.reply import Reply
from adapters.chats.terminal import render, show
from bot.conversation import Conversation, Turn
from bot.gaps import open_keeper
from bot.listings.cards import found_blocks
from bot.listings.desk import Desk
from bot.listings.wiring import open_desk
from bot.progress import progress_bar
from bot.replies import to_reply
from bot.settings import Settings, read_settings
from bot.wiring import open_parts
from knowledge.errors import AdvisorError
from retrieval.answer import Answer

if TYPE_CHECKING:
    from prompt_toolkit.history import History

WELCOME = """\
**Career Advisor** · skills, pay and hiring for remote tech work, with sources

Try: *what do senior CV engineers earn?* · *and in Germany?* · *red flags in senior ML job ads*

`/help` what I can do · `/sources` the last answer's sources · `/bad` it did not help · `/reset` start afresh · `/quit`
"""
HELP = """\
Ask in your own words, short or messy; follow up with *and in Poland?* or *what about staff?*.

- **Pay** by role, level, years and country; hold an offer against the guides' ranges
- **Skills**, skill gaps, what holds people back, how to stand out
- **Hiring**: stages, duration, interview preparation, red and green flags, what to check before applying
- **Remote work**, degrees, moving into a role
- **Live openings**: *remote senior CV jobs over 180k in Europe, not edge*, or `/jobs` and what you want

Numbers in brackets are sources; `/sources` shows them with the guide's words.
`/bad why` tells those who keep the guides that an answer did not help; unanswered questions go to them by themselves.
`/reset` forgets the conversation, `/quit` or Ctrl-D ends it, Ctrl-C clears the line or stops an answer.
"""


class Session:
    """A conversation on one console: takes lines, prints replies."""

    def __init__(self, conversation: Conversation, console: Console, desk: Desk | None = None) -> None:
        self._conversation = conversation
        self._desk = desk
        self._console = console
        self._last: Answer | None = None
        self._commands: dict[str, Callable[[str], RenderableType]] = {
            "/help": lambda _: Markdown(HELP),
            "/sources": self._sources,
            "/reset": self._reset,
            "/bad": self._bad,
            "/jobs": self._jobs,
        }

    def take(self, line: str) -> bool:
        """Answer one line; return False when the person wants to leave."""
        text = line.strip()
        if text.casefold() in {"/quit", "/exit", "/q"}:
            return False
        if text.startswith("/"):
            name, _, rest = text.partition(" ")
            self._show(self._commands.get(name.casefold(), self._unknown)(rest.strip()))
        elif text:
            self._answer(text)
        return True

    def _answer(self, text: str) -> None:
        try:
            turn: Turn = self._conversation.ask(text)
        except KeyboardInterrupt:
            self._show(Text("Stopped.", style="yellow"))
            return
        except AdvisorError as error:
            # A service that fails now may answer the next question.
            self._show(Text(clean(str(error)), style="red"))
            return
        self._last = turn.advice.answer
        show(self._console, to_reply(self._last))
        self._console.print()

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

    def _jobs(self, wish: str) -> RenderableType:
        """Search openings for *wish*, whatever it looks like otherwise."""
        if self._desk is None:
            return Text(
                "The database with the openings is not to be had now; `advisor doctor` says why.", style="yellow"
            )
        found = self._desk.search(self._desk.read(wish), wish)
        return render(Reply(kind="listings", blocks=tuple(found_blocks(found))))

    def _bad(self, reason: str) -> RenderableType:
        if not self._conversation.dislike(reason or "no reason given"):
            return Text("There is no answer yet that could be bad.")
        return Text("Thank you. It is noted for those who keep the guides (advisor gaps).")

    def _reset(self, _rest: str) -> RenderableType:
        self._conversation.reset()
        self._last = None
        return Text("Forgotten. Ask afresh.")

    def _unknown(self, _rest: str) -> RenderableType:
        return Text("There is no such command: /help /jobs /sources /bad /reset /quit", style="yellow")

    def _show(self, what: RenderableType) -> None:
        self._console.print(what, highlight=False)
        self._console.print()


def run() -> None:
    """Chat until the person leaves; through a pipe, answer each line and stop at the end."""
    settings = read_settings()
    console = Console(highlight=False)
    with progress_bar("Opening the guides …" if sys.stdin.isatty() else "") as progress:
        parts = open_parts(settings, progress)
    for notice in parts.notices:
        Console(stderr=True, highlight=False).print(Text(clean(notice), style="yellow"))
    desk = open_desk(settings, parts)
    session = Session(parts.conversation(open_keeper(settings), desk), console, desk)
    if sys.stdin.isatty():
        console.print(Markdown(WELCOME))
        console.print()
        lines = _typed(settings)
    else:
        lines = iter(sys.stdin)
    for line in lines:
        if not session.take(line):
            break


def _typed(settings: Settings) -> Iterator[str]:
    """Yield lines typed at a prompt with editing and history, until Ctrl-D."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - only needed at a real terminal
    from prompt_toolkit.formatted_text import FormattedText  # noqa: PLC0415

    prompt: PromptSession[str] = PromptSession(history=_history(settings.advisor_home / "history"))
    while True:
        try:
            yield prompt.prompt(FormattedText([("bold ansigreen", "you › ")]))
        except KeyboardInterrupt:
            continue
        except EOFError:
            return


def _history(path: Path) -> "History":
    from prompt_toolkit.history import FileHistory, InMemoryHistory  # noqa: PLC0415

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        # A folder that cannot be written costs the history, not the chat.
        return InMemoryHistory()
    return FileHistory(str(path))
