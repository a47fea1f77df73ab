"""An answer in the making: what a model proposed so far, judged claim by claim."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from retrieval.answer import Answer
from retrieval.writing.brief import Brief
from retrieval.writing.faults import faults
from retrieval.writing.merge import Said, merged, said
from retrieval.writing.model import Meter
from retrieval.writing.proposal import Proposed

Show = Callable[[Answer], None]
"""Shows an answer as it grows; called from another thread."""


@dataclass
class Attempt:
    """One answer in the making."""

    brief: Brief
    show: Show | None = None
    meter: Meter = field(default_factory=Meter)
    accepted: list[Proposed] = field(default_factory=list)
    refused: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def said(self) -> list[Said]:
        """The claims that passed."""
        return [said(claim, self.brief) for claim in self.accepted]

    def judge(self, claims: Sequence[Proposed | str]) -> None:
        """Take the claims that are right, and note what is wrong with the others."""
        for claim in claims:
            if isinstance(claim, str):
                self.refused.append(("", [claim]))
                continue
            reasons = faults(claim, self.brief)
            if reasons:
                self.refused.append((claim.text, reasons))
            elif claim not in self.accepted:
                self.accepted.append(claim)
                if self.show:
                    self.show(merged(self.brief, self.said, unfinished=True))
