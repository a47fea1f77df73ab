"""What commands print for people and scripts, and what they say when something is wrong."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Parts
from tests.bot.conftest import Run

PAY = "what do senior CV engineers earn in the US?"
HEAVY = {
    "chromadb",
    "langchain",
    "langchain_openai",
    "matplotlib",
    "numpy",
    "onnx",
    "onnxruntime",
    "openai",
    "sqlalchemy",
}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def reply(advisor: Run) -> Row:
    """The one JSON line for one question."""
    (line,) = advisor("ask", PAY, "--json").stdout.splitlines()
    row: Row = json.loads(line)
    return row


def test_a_reply_has_the_keys_of_the_contract_in_order(reply: Row) -> None:
    expected = ["kind", "text", "scope", "citations", "figures", "wish", "listings", "subscription", "seconds"]

    assert expected == list(reply)


@pytest.mark.parametrize(
    "part, expected",
    [
        ("scope", {"roles": list, "level": str, "market": str, "topics": list}),
        ("citations", {"n": int, "guide": str, "section": str, "quote": str, "link": str}),
        (
            "figures",
            {"as_written": str, "low": int, "high": int, "currency": str, "period": str, "measure": str, "level": str}
            | {"market": str, "citation": int, "derived": bool},
        ),
    ],
)
def test_a_part_of_a_reply_has_the_fields_of_the_contract(part: str, expected: dict[str, type], reply: Row) -> None:
    first = reply[part] if part == "scope" else reply[part][0]

    assert expected == {key: type(value) for key, value in first.items()}


def test_a_reply_says_what_was_asked_about(reply: Row) -> None:
    roles = ["computer-vision-engineer", "senior-computer-vision-engineer"]
    expected = {"roles": roles, "level": "senior", "market": "US", "topics": ["pay"]}

    assert expected == reply["scope"]


def test_the_text_of_a_reply_holds_every_figure(reply: Row) -> None:
    assert not [figure for figure in reply["figures"] if figure["as_written"] not in reply["text"]]


@pytest.fixture(scope="module")
def explained(advisor: Run) -> list[Row]:
    """What is explained of an answered and of an abstained question, read from standard input."""
    texts = [PAY, "what does a devops engineer earn in Narnia?"]
    typed = "\n".join(json.dumps({"text": text}) for text in texts)
    return [
        json.loads(line) for line in advisor("explain", "question", "--batch", "-", typed=typed).stdout.splitlines()
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_at_least_ten_candidates_are_explained_best_first(number: int, explained: list[Row]) -> None:
    candidates = explained[number]["candidates"]
    scores = [candidate["score"] for candidate in candidates]

    assert len(candidates) >= 10
    assert sorted(scores, reverse=True) == scores


def test_an_explanation_has_the_keys_of_the_contract(explained: list[Row]) -> None:
    expected = {"slots", "candidates", "evidence", "coverage", "claims"}

    assert all(expected <= set(row) for row in explained)
    assert {"guide", "section", "dense", "bm25", "prior", "score"} == set(explained[0]["candidates"][0])


def test_the_shipped_guides_have_no_fault(advisor: Run) -> None:
    done = advisor("guides", "check")

    assert (done.returncode, done.stderr) == (0, "")


def test_the_guides_are_listed_as_json(advisor: Run, parts: Parts) -> None:
    rows = json.loads(advisor("guides", "list", "--json").stdout)

    assert [guide.slug for guide in parts.library.guides] == [row["slug"] for row in rows]


@pytest.mark.parametrize("words", [["ask"], ["ask", PAY, "--batch", "x.jsonl"], ["explain", "question"], ["nosuch"]])
def test_a_wrong_use_is_told_apart_from_a_failure(words: list[str], advisor: Run) -> None:
    done = advisor(*words)

    assert (done.returncode, done.stdout, "Usage" in done.stderr) == (2, "", True)


@pytest.mark.parametrize(
    "words, variables, name",
    [
        (["ask", "--batch", "nosuch.jsonl"], {}, "nosuch.jsonl"),
        (["ask", PAY], {"EMBEDDING_MODEL": "nonsense"}, "EMBEDDING_MODEL"),
        (["ask", PAY], {"CHROMA_URL": "nonsense"}, "CHROMA_URL"),
        (["ask", PAY], {"MINILM_FOLDER": "/nosuchfolder"}, "MINILM_FOLDER"),
    ],
)
def test_what_a_person_can_mend_is_one_line(
    words: list[str], variables: dict[str, str], name: str, advisor: Run, parts: Parts
) -> None:
    if parts.index is None:
        pytest.skip("without an embedding model there is a second line, and no index to open")
    done = advisor(*words, **variables)
    (line,) = done.stderr.splitlines()
    expected = (2, "", "advisor: ")

    assert expected == (done.returncode, done.stdout, line[:9])
    assert name in line


def test_the_doctor_says_what_to_do_where_no_listing_was_fetched(advisor: Run, tmp_path: Path) -> None:
    done = advisor("doctor", ADVISOR_HOME=str(tmp_path), BOARDS__JOBICY__ENABLED="false")
    said = " ".join(done.stdout.split())

    assert done.returncode == 0, done.stdout
    assert "none yet; `advisor refresh` asks Greenhouse, Remote OK" in said


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from bot.commands import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {module.partition(".")[0] for module in done.stdout.splitlines()[-1].split()}

    assert "typer" in loaded
    assert not loaded & HEAVY
