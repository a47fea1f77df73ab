"""Seniority as guides and people name it."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """A step of the ladder, lowest first."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    STAFF = "staff"
    PRINCIPAL = "principal"
    EXECUTIVE = "executive"


ALIASES: dict[Level, tuple[str, ...]] = {
    Level.JUNIOR: (
        "junior",
        "jr",
        "jnr",
        "entry level",
        "entry",
        "graduate",
        "grad",
        "fresh grad",
        "new grad",
        "first job",
        "first real job",
        "first proper job",
        "starting pay",
        "starting salary",
        "straight out of",
        "fresh out of",
        "just graduated",
        "about to graduate",
        "finishing my masters",
        "finishing my degree",
        "beginner",
        "fresher",
        "debutant",
        "debutante",
        "principiante",
        "iniciante",
        "berufseinsteiger",
        "einsteiger",
        "neolaureato",
        "recien graduado",
        "juniors",
    ),
    Level.MID: (
        "mid",
        "mid level",
        "midlevel",
        "middle",
        "intermediate",
        "medior",
        "mid career",
        "confirme",
        "intermedio",
        "pleno",
    ),
    Level.SENIOR: (
        "senior",
        "sr",
        "snr",
        "seniors",
        "seniorlevel",
        "erfahren",
        "erfahrener",
        "experimente",
        "experimentado",
    ),
    Level.STAFF: ("staff", "staff level"),
    Level.PRINCIPAL: ("principal", "distinguished", "principal level"),
    Level.INTERN: (
        "intern",
        "internship",
        "interns",
        "working student",
        "werkstudent",
        "trainee",
        "stagiaire",
        "becario",
        "estagiario",
        "praktikant",
        "tirocinante",
    ),
    Level.LEAD: ("lead", "team lead", "tech lead", "teamlead"),
    Level.EXECUTIVE: ("head of", "director", "vp", "cto", "vice president", "executive"),
}

_JOINED = re.compile(r"\s*(?:,|/| or | and | to |–)\s*")


@dataclass(frozen=True, slots=True)
class Years:
    """Years of experience from `low` to `high`, both inclusive; `high` None means "and more"."""

    low: float
    high: float | None

    def __contains__(self, years: float) -> bool:
        """Tell whether *years* lies within."""
        return self.low <= years and (self.high is None or years <= self.high)

    def __str__(self) -> str:
        """Return "2–4" or "5+"."""
        return f"{self.low:g}+" if self.high is None else f"{self.low:g}–{self.high:g}"


def read_levels(cell: str) -> tuple[Level, ...]:
    """Read "senior", "staff or principal", "mid to senior" or "any" (no particular level: empty).

    Raises:
        ValueError: a word is no level.

    """
    if cell.strip().casefold() in {"any", "all", "not stated", "–", "-", ""}:
        return ()
    return tuple(Level(word.strip().casefold()) for word in _JOINED.split(cell.strip()) if word.strip())


def read_years(cell: str) -> Years | None:
    """Read "2–4", "5+" or "–" (not stated: None).

    Raises:
        ValueError: the cell is none of these, or the bounds stand the wrong way round.

    """
    cell = cell.strip()
    if cell in {"", "–", "-", "not stated"}:
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:\+|[–-]\s*(\d+(?:\.\d+)?))", cell)
    if not found:
        raise ValueError(f"years '{cell}' is neither a range like 2–4 nor 5+")
    years = Years(float(found[1]), float(found[2]) if found[2] else None)
    if years.high is not None and years.high < years.low:
        raise ValueError(f"years '{cell}' ends before it starts")
    return years
