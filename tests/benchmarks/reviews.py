"""`make bench`: what reading and reviewing a job post costs, by its words alone and with likelihoods of passages."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.settings import read_settings
from bot.wiring import open_parts
from knowledge.post.post import read_pasted
from knowledge.post.shape import Pasted, find_post
from tests.evaluation.posts.judge import written

MOST = 60


def main() -> None:
    """Print the seconds for a post of finding it, reading it both ways, and the whole review."""
    posts = [post["post"] for post in written() if post["form"] == "full"][:MOST]
    with tempfile.TemporaryDirectory() as folder:
        parts = open_parts(read_settings().model_copy(update={"advisor_home": Path(folder)}))
        steps: dict[str, Callable[[str], object]] = {
            "found in a message": find_post,
            "read by its words": read_pasted,
            "read with likelihoods": parts.advisor.read_post,
            "reviewed": lambda text: parts.conversation().review(Pasted(text, "")),
        }
        times = {name: [_seconds(step, text) for text in posts] for name, step in steps.items()}
    table = Table("a post is", "median", "p95", "over its words", title=f"{len(posts)} posts of 130 to 450 words")
    base = statistics.median(times["read by its words"])
    for name, seconds in times.items():
        median, late = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
        table.add_row(name, f"{median * 1000:.1f} ms", f"{late * 1000:.1f} ms", f"{median / base:.2f}×")
    Console().print(table)


def _seconds(step: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    step(text)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
