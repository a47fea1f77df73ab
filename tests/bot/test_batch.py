"""A file of conversations: one line out for each line in, whatever the line is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Run

FUZZ = Path(__file__).parents[2].parent / "shared/data/eval/fuzz_json"
PAY = "what do senior CV engineers earn in the US?"
Row = dict[str, Any]


def fuzz() -> Iterator[str]:
    """Yield every broken or odd JSON file of the reference data, where it lies beside the checkout, as one line."""
    for path in sorted(FUZZ.rglob("*.json")):
        text = path.read_bytes().decode("utf-8", "replace")
        yield " ".join(text.split())


CONVERSATIONS = {
    "plain": [PAY],
    "follow-up": [PAY, "and in Eastern Europe?"],
    "again": ["and in Eastern Europe?"],
    "separators": ["senior\u2028CV engineer\x85pay in the US"],
    "wörter 🙂": ["hallo"],
}
MALFORMED = [
    "{",  # no JSON
    '["hi"]',  # no object
    "null",
    '{"id": "no turns"}',
    '{"id": "one", "turns": "hi"}',  # no list
    '{"id": "none", "turns": []}',
    '{"id": "number", "turns": ["hi", 5]}',  # no text
    '{"id": "deep", "turns": ' + "[" * 50_000,
    '{"id": "long", "turns": ["hi"], "n": ' + "9" * 5000 + "}",
    *filter(None, fuzz()),
]


@pytest.fixture(scope="module")
def batch(advisor: Run, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The output for a file of conversations, the malformed lines after the first of them."""
    first, *others = [json.dumps({"id": key, "turns": turns}) for key, turns in CONVERSATIONS.items()]
    file = tmp_path_factory.mktemp("batch") / "conversations.jsonl"
    file.write_text("\n".join([first, *MALFORMED, "", *others]) + "\n", "utf-8")
    done = advisor("ask", "--batch", str(file), "--json")
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.split("\n")[:-1]]


def test_a_batch_answers_every_line_in_order(batch: list[Row]) -> None:
    first, *others = CONVERSATIONS

    assert [first, *[None] * len(MALFORMED), *others] == [row["id"] for row in batch]


def test_a_batch_gives_one_reply_per_turn(batch: list[Row]) -> None:
    expected = {key: len(turns) for key, turns in CONVERSATIONS.items()}

    assert expected == {row["id"]: len(row["replies"]) for row in batch if "replies" in row}


def test_a_malformed_line_gives_an_error_and_nothing_else(batch: list[Row]) -> None:
    broken = [row for row in batch if "replies" not in row]

    assert {("id", "error")} == {tuple(row) for row in broken}
    assert not [row for row in broken if not row["error"]]


def test_conversations_of_a_batch_are_apart(batch: list[Row]) -> None:
    roles = {row["id"]: row["replies"][-1]["scope"]["roles"] for row in batch if "replies" in row}

    assert roles["follow-up"]
    assert not roles["again"]
