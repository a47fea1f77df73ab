"""Passages of job posts against the signs they show, and against those they only look like."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.library import Library
from knowledge.post.post import read_pasted
from knowledge.post.signs import Tone, readers

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "labelled/signs.yaml").read_text("utf-8"))
NAMES = [f"{row['sign']}, {row['title']}" for row in ROWS]


def shows(row: dict[str, Any], passage: str) -> bool:
    post = f"{row['title']}\n\nWhat you will do\n- {passage}\n{row.get('beside', '')}"
    return row["sign"] in {one.reader.name for one in read_pasted(post).findings}


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_a_passage_shows_its_sign_and_what_looks_like_it_does_not(row: dict[str, Any]) -> None:
    assert [passage for passage in row["shown"] if not shows(row, passage)] == []
    assert [passage for passage in row["not"] if shows(row, passage)] == []


def test_a_sign_is_raised_for_the_role_of_its_guide_only() -> None:
    told = "\nYou hold weekly one-to-ones, coach engineers and write their performance reviews."

    assert "engineering-growth-duty" in {one.reader.name for one in read_pasted(f"Engineering Manager{told}").findings}
    assert not read_pasted(f"Barista{told}").findings


@pytest.mark.parametrize(
    "title, raised",
    [
        ("Frontend Developer", True),
        ("Senior Frontend Engineer (React, Node.js)", True),
        # The tools in brackets are no roles, and a full-stack engineer has duties on the server.
        ("Full-Stack Engineer (React, Node.js)", False),
        ("Backend Engineer / Frontend Engineer", True),
        ("Engineering Manager, Frontend", False),
    ],
)
def test_the_role_of_a_title_decides_which_signs_are_looked_for(title: str, *, raised: bool) -> None:
    told = "\nWhat you will do\n- You will also maintain our backend services in Java."

    found = {one.reader.name for one in read_pasted(title + told).findings}
    assert ("frontend-server-duties" in found) is raised


def test_several_trades_in_the_lines_of_one_post_are_a_department() -> None:
    lines = [
        "Build features in React and Node",
        "Draw the mock-ups",
        "Publish our Android app",
        "Run the Linux servers",
    ]

    def found(kept: list[str]) -> set[str]:
        post = "Full-Stack Engineer\nWhat you will do\n" + "\n".join(f"- {line}" for line in kept)
        return {one.reader.name for one in read_pasted(post).findings}

    assert "full-department" in found(lines)
    assert "full-department" not in found(lines[:3])


def test_a_sign_that_needs_more_than_a_passage_is_not_raised_without_it() -> None:
    told = "\nWhat you will do\n- Execute manual regression test cases before each release."

    def found(title: str) -> set[str]:
        return {one.reader.name for one in read_pasted(title + told).findings}

    assert "qa-manual-disguised" in found("QA Automation Engineer")
    assert "qa-manual-disguised" not in found("QA Engineer")
    assert "qa-manual-disguised" not in found("Manual QA Tester")


def test_every_red_or_green_flag_of_a_guide_is_a_sign_for_its_roles(library: Library) -> None:
    behind = [reader for reader in readers().values() if reader.tone is not Tone.TRACK]

    assert all(slug in library.by_slug for reader in behind for slug in reader.behind)
    assert all(reader.cues or reader.rule != "shown" for reader in behind)
