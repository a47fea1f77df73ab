"""How many listings name a skill, as guides write it: "in 11 of 22 listings (50%)"; of few listings no share."""

import re
from typing import NamedTuple

from knowledge.guide import Fact, Statement

_COUNTED = re.compile(r"in (\d+) of (\d+) listings(?: \((\d+)%\))?\.?")


class Mention(NamedTuple):
    """`named` of `listings` name the skill `name`; `share` in percent, None where the sample is too small for one."""

    name: str
    named: int
    listings: int
    share: int | None

    @property
    def short(self) -> str:
        """Return "Docker 11 (50%)", for a line that says of how many."""
        return f"{self.name} {self.named}{'' if self.share is None else f' ({self.share}%)'}"


def mention_of(fact: Fact) -> Mention | None:
    """Return the count that *fact* states; None for a fact of another kind."""
    found = _COUNTED.fullmatch(fact.text) if isinstance(fact, Statement) else None
    if not (found and isinstance(fact, Statement)):
        return None
    return Mention(fact.name, int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
