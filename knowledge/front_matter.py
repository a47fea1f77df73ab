"""The head of a guide: what it is about and who says so."""

import datetime as dt
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from knowledge.guide import Fault
from knowledge.levels import Level
from knowledge.markdown import FrontMatter


class SourceHead(BaseModel):
    """One source of a guide. `as_of` is the date in words; a text without a date says "undated".

    `licence` stands in every answer's source line, where the licence asks for that; `credit` is the line it asks for in
    full.
    """

    model_config = ConfigDict(extra="forbid")

    publisher: str
    page: str
    url: str | None = None
    as_of: str
    note: str = ""
    licence: str = ""
    credit: str = ""

    @field_validator("as_of", mode="before")
    @classmethod
    def _date_in_words(cls, value: object) -> object:
        return value.isoformat() if isinstance(value, dt.date) else value


class DisagreementHead(BaseModel):
    """Advice of another guide that differs: both facts by name, and what they are about."""

    model_config = ConfigDict(extra="forbid")

    about: str
    here: str
    guide: str
    there: str


class Head(BaseModel):
    """The head of a role guide (`role`, `level`, `category`) or of a theme of questions (`theme`)."""

    model_config = ConfigDict(extra="forbid")

    role: str | None = None
    theme: str | None = None
    level: Level | None = None
    levels: tuple[Level, ...] = ()
    category: str = ""
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    sources: dict[str, SourceHead]
    not_covered: tuple[str, ...] = ()
    disagreements: tuple[DisagreementHead, ...] = ()

    @field_validator("level", mode="before")
    @classmethod
    def _all_is_none(cls, value: object) -> object:
        return None if value == "all" else value


def read_head(block: FrontMatter, path: Path) -> tuple[Head | None, list[Fault]]:
    """Read the front matter; what cannot be read is a fault with the line of its key, and then there is no head."""
    try:
        data = yaml.safe_load(block.text)
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        # PyYAML lets some faults of tagged or deeply nested values through as Python's own errors.
        mark = getattr(error, "problem_mark", None)
        line = block.line + (mark.line if mark else 0)
        return None, [Fault(path, line, f"front matter is not YAML: {getattr(error, 'problem', error)}")]
    if not isinstance(data, dict):
        return None, [Fault(path, block.line, "front matter is not a list of keys and values")]
    try:
        head = Head.model_validate(data)
    except ValidationError as error:
        return None, [
            Fault(path, _line_of(block, fault["loc"]), f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}")
            for fault in error.errors()
        ]
    faults = [Fault(path, line, reason) for line, reason in _missing(head, block)]
    return (None, faults) if faults else (head, [])


def _missing(head: Head, block: FrontMatter) -> list[tuple[int, str]]:
    if bool(head.role) == bool(head.theme):
        return [(block.line, "front matter needs either role (a guide) or theme (questions and answers)")]
    if not head.sources:
        return [(_line_of(block, ("sources",)), "sources is empty: every fact needs a source")]
    if head.role and not head.category:
        return [(block.line, "front matter of a guide needs category")]
    return []


def _line_of(block: FrontMatter, keys: tuple[str | int, ...]) -> int:
    """Return the line of the innermost of *keys* that can be found, else the first line."""
    line = 0
    lines = block.text.splitlines()
    for key in keys:
        line = next((i for i in range(line, len(lines)) if lines[i].lstrip().startswith(f"{key}:")), line)
    return block.line + line
