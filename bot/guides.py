"""The commands that look at the guides themselves."""

import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table

from knowledge.guide import Guide
from knowledge.library import load_library
from knowledge.post.covering import unread_statements


def check() -> int:
    """Print every fault as `file:line: reason`; return the exit status."""
    library = load_library()
    faults = [*library.faults, *unread_statements(library)]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    if not faults:
        facts = sum(len(guide.facts) for guide in library.guides)
        sys.stdout.write(f"{len(library.guides)} files, {facts} facts, no fault\n")
    return 1 if faults else 0


def show(*, as_json: bool) -> None:
    """Print roles, levels, topics covered and not covered."""
    library = load_library()
    if as_json:
        sys.stdout.write(json.dumps([_row(guide) for guide in library.guides], ensure_ascii=False) + "\n")
        return
    table = Table(title="Guides and questions the answers come from", show_lines=True)
    for column in ("Guide", "Levels", "Covers", "Does not cover"):
        table.add_column(column, overflow="fold")
    for guide in library.guides:
        row = _row(guide)
        levels = ", ".join(row["levels"]) or "all"
        table.add_row(row["title"], levels, ", ".join(row["sections"]), ", ".join(row["not_covered"]) or "–")
    Console().print(table)


def _row(guide: Guide) -> dict[str, Any]:
    return {
        "slug": guide.slug,
        "title": guide.title,
        "kind": "role" if guide.occupation else "questions",
        "level": guide.level.value if guide.level else "all",
        "levels": [level.value for level in guide.levels],
        "category": guide.category,
        "sources": [str(source) for source in guide.sources],
        "sections": [section.value for section in guide.sections],
        "not_covered": list(guide.not_covered),
        "facts": len(guide.facts),
    }
