"""The reference material beside the checkout, where it is present."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = SHARED / "data/gold/questions.jsonl"
FAQ = SHARED / "data/eval/covidfaq"
# The reference texts' section ids (facts/*.yaml) as our kinds of section.
_KINDS = {
    "intro": "overview",
    "what": "responsibilities",
    "bottleneck": "bottlenecks",
    "index": "benchmark",
    **dict.fromkeys(("differentiators", "required", "nice"), "skills"),
    **dict.fromkeys(("related", "current", "salaryguide", "cta"), "listings"),
}


def gold_questions() -> list[dict[str, Any]]:
    """Return the reference questions with their sources as our guides and kinds of section."""
    headings = _headings()
    questions = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    for question in questions:
        places = [headings[source["seed"], source["section"].casefold()] for source in question["gold_sources"]]
        question["gold_sources"] = [{"guide": guide, "section": section} for guide, section in places]
    return questions


def grade(answers: Path) -> str:
    """Return what the reference grader says of *answers* to the reference questions."""
    command = [sys.executable, str(SHARED / "grade.py"), str(GOLD), str(answers)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _headings() -> dict[tuple[str, str], tuple[str, str]]:
    found = {}
    for path in (SHARED / "facts").glob("*.yaml"):
        facts = yaml.safe_load(path.read_text("utf-8"))
        for section in facts["sections"]:
            kind = _KINDS.get(section["id"], section["id"])
            found[facts["seed"], section["heading"].casefold()] = (facts["id"], kind)
    return found
