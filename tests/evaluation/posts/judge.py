"""How well flags of job posts are read: precision, recall and F1 against labels.

    python -m tests.evaluation.posts.judge

Posts of some roles are held out: nothing was learned from them and no pattern was made after them. The written ones
were learned from, so their figures only say what was understood.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bot.settings import read_settings
from bot.wiring import open_likeness_of
from knowledge.post.post import Likeness, read_pasted
from knowledge.post.signs import Tone, readers
from tests.evaluation.posts.learn import HOME, Labelled, posts

HELD_OUT = "held_out_posts"
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


def written() -> Iterator[Labelled]:
    """Yield the posts that are learned from."""
    for path in sorted(HOME.glob("written_*.yaml")):
        yield from posts(path.stem)


def judge(labelled: Sequence[Labelled], likeness: Likeness | None) -> dict[str, Tally]:
    """Return a tally for each flag."""
    known = set(flags())
    found = [{one.reader.name for one in read_pasted(post["post"], likeness).findings} & known for post in labelled]
    wanted = [{row["flag"] for row in post["flags"]} for post in labelled]
    pairs = list(zip(found, wanted, strict=True))
    return {
        name: Tally(
            sum(name in got and name in there for got, there in pairs),
            sum(name in got and name not in there for got, there in pairs),
            sum(name not in got and name in there for got, there in pairs),
        )
        for name in flags()
    }


def together(tallies: Sequence[Tally]) -> Tally:
    """Return one tally of all."""
    return Tally(*(sum(column) for column in zip(*tallies, strict=True)))


def main() -> None:
    """Print both sets, with and without the model."""
    likeness = open_likeness_of(read_settings())
    sets = {"written": list(written()), "held out by role": posts(HELD_OUT)}
    table = Table("flag", *sets, *(f"{name}, words alone" for name in sets), box=None, pad_edge=False)
    judged = [judge(rows, how) for how in (likeness, None) for rows in sets.values()]
    for name in flags():
        table.add_row(
            name, *(f"{one[name].f1:.2f}  {one[name].right}/{one[name].wrong}/{one[name].missed}" for one in judged)
        )
    sums = [together([*one.values()]) for one in judged]
    table.add_row("all", *(f"{one.f1:.3f}  {one.right}/{one.wrong}/{one.missed}" for one in sums))
    console = Console()
    console.print("Flags of job posts: F1, right/wrong/missed")
    console.print(table)


if __name__ == "__main__":
    main()
