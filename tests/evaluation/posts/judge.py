"""How well flags of job posts are read: precision, recall and F1 against labels.

    python -m tests.evaluation.posts.judge

Some posts are held out: nothing was learned from them and no pattern was made after them. From the first written ones
was learned, and after the later ones patterns were mended, so their figures only say what was understood. The first
posts were labelled with the flags of the first guides and are judged by these; later ones with those of all guides. A
post with a `guide` is labelled with the statements of that guide, and only they are judged.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bot.settings import read_settings
from bot.wiring import open_likeness_of
from knowledge.post.post import Likeness, read_pasted
from knowledge.post.signs import Tone, readers
from tests.evaluation.posts.learn import HOME, LEARNED, Labelled, posts

HELD_OUT, HELD_OUT_SOFTWARE = "held_out_posts", "held_out_posts_software"
LATER = "written_[f-z]"
# The guides there were when the first posts were labelled.
_FIRST_GUIDES = {"computer-vision-engineer", "senior-machine-learning-engineer"}
# Not a flag of a guide, and not labelled.
_UNLABELLED = {"credible"}


class Tally(NamedTuple):
    """Flags found and right, found and wrong, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)


def flags() -> list[str]:
    """Return the names of the labelled flags."""
    shown = (name for name, reader in readers().items() if reader.tone in {Tone.RED, Tone.GREEN})
    return [name for name in shown if name not in _UNLABELLED]


def first_flags() -> list[str]:
    """Return the names of the flags that the first posts were labelled with."""
    return [name for name in flags() if _FIRST_GUIDES & set(readers()[name].behind)]


def written(files: str = "written_*") -> Iterator[Labelled]:
    """Yield the posts that are not held out, of the *files* whose names fit."""
    for path in sorted(HOME.glob(f"{files}.yaml")):
        yield from posts(path.stem)


def judge(labelled: Sequence[Labelled], likeness: Likeness | None, names: Sequence[str]) -> dict[str, Tally]:
    """Return a tally for each of the flags called *names*."""
    found = [
        {one.reader.name for one in read_pasted(post["post"], likeness).findings} & _known(post, names)
        for post in labelled
    ]
    wanted = [labels_of(post) for post in labelled]
    pairs = list(zip(found, wanted, strict=True))
    return {
        name: Tally(
            sum(name in got and name in there for got, there in pairs),
            sum(name in got and name not in there for got, there in pairs),
            sum(name not in got and name in there for got, there in pairs),
        )
        for name in names
    }


def _known(post: Labelled, names: Sequence[str]) -> set[str]:
    return {name for name in names if "guide" not in post or post["guide"] in readers()[name].behind}


def labels_of(post: Labelled) -> set[str]:
    """Return the names of the signs a post is labelled with, by their own or by that of the statement behind them."""
    return {row["flag"] if "flag" in row else _sign(row["guide"], row["name"]) for row in post["flags"]}


def _sign(guide: str, statement: str) -> str:
    return next(name for name in flags() if readers()[name].behind.get(guide) == statement)


def together(tallies: Sequence[Tally]) -> Tally:
    """Return one tally of all."""
    return Tally(*(sum(column) for column in zip(*tallies, strict=True)))


def judged(likeness: Likeness | None) -> dict[str, dict[str, Tally]]:
    """Return the tallies of each set of posts by its name."""
    first, every = first_flags(), flags()
    return {
        "first written": judge([*written(LEARNED)], likeness, first),
        "first held out": judge(posts(HELD_OUT), likeness, first),
        "later written": judge([*written(LATER)], likeness, every),
        "later held out": judge(posts(HELD_OUT_SOFTWARE), likeness, every),
    }


def main() -> None:
    """Print every set with and without the model, first in sum, then by flag."""
    found = {"with the model": judged(open_likeness_of(read_settings())), "words alone": judged(None)}
    console = Console()
    console.print("Flags of job posts: F1 (precision, recall), right/wrong/missed")
    sums = Table("", *found["words alone"], box=None, pad_edge=False)
    for how, sets in found.items():
        sums.add_row(how, *(_summed(together([*tallies.values()])) for tallies in sets.values()))
    console.print(sums)
    for how, sets in found.items():
        table = Table(how, *sets, box=None, pad_edge=False)
        for name in flags():
            table.add_row(name, *(_told(tallies.get(name)) for tallies in sets.values()))
        console.print(table)


def _summed(one: Tally) -> str:
    return f"{one.f1:.3f} ({one.precision:.2f}, {one.recall:.2f}) {_counts(one)}"


def _told(one: Tally | None) -> str:
    return f"{one.f1:.2f}  {_counts(one)}" if one and any(one) else ""


def _counts(one: Tally) -> str:
    return f"{one.right}/{one.wrong}/{one.missed}"


if __name__ == "__main__":
    main()
