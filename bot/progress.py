"""A progress bar for the few things that take seconds, on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


@contextmanager
def progress_bar(waiting: str = "") -> Iterator[Callable[[str, float], None]]:
    """Give a function that takes what is being done and the share done (0 to 1).

    *waiting* is shown from the start, for a wait that has no measure; else nothing is shown until there is work.
    """
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    )
    tasks: dict[str, TaskID] = {}

    def show(what: str, share: float) -> None:
        bar.start()
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=1.0)
        bar.update(tasks[what], completed=share)

    if waiting:
        bar.start()
        tasks[waiting] = bar.add_task(waiting, total=None)
    try:
        yield show
    finally:
        if tasks:
            bar.stop()
