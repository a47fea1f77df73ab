"""Seconds of a piece of work, text by text."""

import time
from collections.abc import Callable

from rich.progress import track


def times(work: Callable[[str], object], texts: list[str], name: str = "") -> list[float]:
    """Return the seconds *work* takes for each text, sorted, after a warm-up over all of them that *name* shows."""
    for text in track(texts, name, disable=not name):
        work(text)
    seconds = []
    for text in texts:
        start = time.perf_counter()
        work(text)
        seconds.append(time.perf_counter() - start)
    return sorted(seconds)
