"""`advisor chat`: a conversation in the terminal, or line by line through a pipe."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from adapters.chats.marked import clean
from bot.gaps import open_keeper
from bot.listings.desk import Desk
from bot.listings.wiring import open_desk
from bot.progress import progress_bar
from bot.session import Session
from bot.settings import Settings, read_settings
from bot.wiring import open_parts, open_store
from knowledge.errors import StoreError
from knowledge.post.shape import find_post

if TYPE_CHECKING:
    from prompt_toolkit.history import History

    from bot.terminal_plans import TerminalPlans

WELCOME = """\
**Career Advisor** · skills, pay and hiring for remote tech work, with sources

Try: *what do senior CV engineers earn?* · *and in Germany?* · *red flags in senior ML job ads*

`/help` what I can do · `/sources` the last answer's sources · `/bad` it did not help · `/reset` start afresh · `/quit`
"""


def run() -> None:
    """Chat until the person leaves; through a pipe, answer each line and stop at the end."""
    settings = read_settings()
    console = Console(highlight=False)
    with progress_bar("Opening the guides …" if sys.stdin.isatty() else "") as progress:
        parts = open_parts(settings, progress)
    for notice in parts.notices:
        Console(stderr=True, highlight=False).print(Text(clean(notice), style="yellow"))
    desk = open_desk(settings, parts)
    session = Session(parts.conversation(open_keeper(settings), desk), console, desk, _plans(settings, desk))
    if sys.stdin.isatty():
        console.print(Markdown(WELCOME))
        console.print()
        lines = _typed(settings)
    else:
        lines = iter(sys.stdin)
    session.greet()
    for line in lines:
        if not session.take(line):
            break
        session.greet()


def _plans(settings: Settings, desk: Desk | None) -> "TerminalPlans | None":
    """Open what keeps saved searches; None where the database is not to be had."""
    from bot.terminal_plans import TerminalPlans  # noqa: PLC0415 - loads what chats are made of

    try:
        return TerminalPlans(open_store(settings), desk) if desk else None
    except StoreError:
        return None


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

    class Remembered(FileHistory):
        """Lines typed before, without job posts: what is pasted is not kept."""

        def store_string(self, string: str) -> None:
            if find_post(string) is None:
                super().store_string(string)

    return Remembered(str(path))
