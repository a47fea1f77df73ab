from pathlib import Path

from knowledge.library import Library, load_library

GUIDE = """---
role: Baker
level: all
category: Baking
sources:
  own:
    publisher: Us
    page: Bread
    as_of: 2026-01
---

## Overview

- **Early** — The day begins at four.
- Flour comes from the mill.
"""


def _library(folder: Path, asked: str) -> Library:
    (folder / "baker.md").write_text(GUIDE, "utf-8")
    (folder / "baker.asked.yaml").write_text(asked, "utf-8")
    return load_library([folder])


def test_a_fact_brings_the_questions_written_for_it(tmp_path: Path) -> None:
    library = _library(
        tmp_path, 'overview:\n  "Early": ["when do i get up?"]\n  "Flour comes from the mill.": [whats it made of]\n'
    )

    asked = [library.asked_of(fact) for fact in library.guides[0].facts]

    assert asked == [("when do i get up?",), ("whats it made of",)]
    assert not library.faults


def test_questions_for_a_fact_that_is_not_there_are_a_fault_with_their_line(tmp_path: Path) -> None:
    library = _library(tmp_path, 'overview:\n  "Early": [when]\n  "Late": [why]\n')

    assert [str(fault).rpartition("/")[2] for fault in library.faults] == [
        "baker.asked.yaml:3: no fact 'Late' in overview"
    ]
    assert library.asked_of(library.guides[0].facts[0]) == ("when",)


def test_a_broken_file_costs_its_questions_only(tmp_path: Path) -> None:
    library = _library(tmp_path, "overview: [not, facts\n")

    assert len(library.faults) == 1
    assert library.guides[0].facts
