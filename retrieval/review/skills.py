"""What the post asks for against what the reader told of themselves, and how often live openings ask for it."""

from collections.abc import Sequence

from knowledge.document import Line
from knowledge.post.asks import Asked
from retrieval.answer import Draft
from retrieval.review.live import Demand
from retrieval.review.scene import Scene

# More names in one line are not read.
NAMED = 12


def say_skills(draft: Draft, scene: Scene) -> None:
    """Add required skills the reader has and lacks, and what is nice to have."""
    asked = scene.post.asked
    if not asked:
        return
    told, demand = scene.reader.skills, scene.live.demand if scene.live else None
    required = [one for one in asked if not one.optional]
    lines = []
    if told:
        lines += _names("You have", [one for one in required if one.name in told], None)
        lines += _names("Not among what you told me", [one for one in required if one.name not in told], demand)
    else:
        lines += _names("Required", required, demand)
    lines += _names("Nice to have", [one for one in asked if one.optional], None, told)
    if demand and required:
        dates = f"posted {demand.oldest} to {demand.newest}"
        lines.append(Line(f"shares are of {demand.n} live openings ({demand.whose}, {dates}).", "In brackets"))
    if not told:
        lines.append(Line("tell me what you know (“I know Python, SQL and Spark”), and I hold it against this.", "You"))
    draft.bullets(lines, title="Skills it asks for")


def _names(lead: str, asked: Sequence[Asked], demand: Demand | None, told: frozenset[str] = frozenset()) -> list[Line]:
    if not asked:
        return []
    shown = [_shown(one.name, demand, told) for one in asked[:NAMED]]
    more = f" and {len(asked) - NAMED} more" if len(asked) > NAMED else ""
    return [Line(f"{', '.join(shown)}{more}.", lead)]


def _shown(name: str, demand: Demand | None, told: frozenset[str]) -> str:
    if name in told:
        return f"{name} (you have it)"
    return f"{name} ({demand.share(name):.0%})" if demand else name
