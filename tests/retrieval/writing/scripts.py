"""Replies for a scripted model, from the lists of right and wrong claims."""

import json
from pathlib import Path
from typing import NamedTuple

import yaml

from retrieval.writing.proposal import Proposed
from tests.retrieval.writing.provider import Body, Words, brief_in

HERE = Path(__file__).parent


class Row(NamedTuple):
    """One claim of the lists: the question it answers, and what must not be seen of a wrong one."""

    question: str
    claim: Proposed
    seen: str


def rows(kind: str, name: str = "replies") -> list[Row]:
    """Return the claims of *kind* (right, wrong) in a list."""
    found = []
    for group in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")):
        for ids, text, *seen in group[kind]:
            claim = Proposed(text, tuple(one.strip() for one in ids.split(",")))
            found.append(Row(group["question"], claim, seen[0] if seen else ""))
    return found


def as_reply(*claims: Proposed) -> str:
    """Return *claims* as a model replies them."""
    return json.dumps({"claims": [{"evidence": [*claim.evidence], "text": claim.text} for claim in claims]})


def faithful(messages: list[Body]) -> str:
    """Reply what the evidence says, line by line."""
    shown = brief_in(messages)["evidence"]
    claims = [Proposed(f"{one['says'].rstrip('.')}.", (one["id"],)) for one in shown]
    return as_reply(*claims)


def with_others(claim: Proposed) -> Words:
    """Reply *claim*, and of all other evidence what it says."""

    def words(messages: list[Body]) -> str:
        shown = [one for one in brief_in(messages)["evidence"] if one["id"] not in claim.evidence]
        others = [Proposed(f"{one['says'].rstrip('.')}.", (one["id"],)) for one in shown]
        return as_reply(claim, *others)

    return words
