"""What a model may propose, and the shape in which it is asked for it."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

# Longer than any two lines of ours; what goes on and on is no chat.
LONGEST = 600
MOST = 24
# Of strict structured output: every property required, nothing besides (OpenAI, "Structured Outputs", read 2026-11-20).
SCHEMA: dict[str, Any] = {
    "title": "answer",
    "description": "The answer as claims, each with the evidence it comes from.",
    "type": "object",
    "additionalProperties": False,
    "required": ["claims"],
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["evidence", "text"],
                "properties": {
                    "evidence": {"type": "array", "items": {"type": "string"}, "description": "ids such as E1"},
                    "text": {"type": "string", "description": "one or two sentences; figures as {f1}"},
                },
            },
        }
    },
}


def schema(*, translated: bool) -> dict[str, Any]:
    """Return the shape of a reply; *translated* claims are said in another language as well."""
    if not translated:
        return SCHEMA
    made = deepcopy(SCHEMA)
    item = made["properties"]["claims"]["items"]
    item["required"] = [*item["required"], "said"]
    item["properties"]["said"] = {"type": "string", "description": "the text in the person's language"}
    return made


class Proposed(NamedTuple):
    """A claim as a model wrote it: its text with placeholders, the ids of its evidence, and the text as it is `said`.

    `said` is empty where answers are English.
    """

    text: str
    evidence: tuple[str, ...]
    said: str = ""


def proposed(reply: Any) -> Iterator[Proposed | str]:  # noqa: ANN401 - whatever a model sends
    """Yield the claims of *reply*; what is no claim is a reason."""
    rows = reply.get("claims") if isinstance(reply, Mapping) else None
    if not isinstance(rows, list):
        yield "there is no list 'claims'"
        return
    for row in rows[:MOST]:
        yield _claim(row)


def _claim(row: Any) -> Proposed | str:  # noqa: ANN401
    if not isinstance(row, Mapping):
        return "a claim is an object with 'evidence' and 'text'"
    text, evidence, said = row.get("text"), row.get("evidence"), row.get("said", "")
    if not isinstance(text, str) or not text.strip():
        return "a claim needs a 'text'"
    if not isinstance(evidence, list) or not evidence or not all(isinstance(one, str) for one in evidence):
        return "a claim needs the ids of its 'evidence'"
    if not isinstance(said, str) or max(len(text), len(said)) > LONGEST:
        return f"a claim has at most {LONGEST} characters"
    return Proposed(" ".join(text.split()), tuple(dict.fromkeys(evidence)), " ".join(said.split()))
