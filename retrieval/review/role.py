"""What the job really is: role, level, track and place, each with the words that show it."""

from collections.abc import Iterator

from knowledge.document import Line
from knowledge.guide import Statement
from knowledge.language import read_language
from knowledge.listing.seniority import Seniority
from knowledge.markets import markets
from knowledge.post.post import Post
from knowledge.post.signs import Tone, has
from knowledge.text import words
from knowledge.workmode.wording import FLAGS, MODES, PARTS
from retrieval.answer import Draft
from retrieval.review.quoting import quoted, shown_by, statement_behind
from retrieval.review.scene import Scene

_RULES = {"title": "by its title", "field": "by the board's field", "years": "by the years it asks for"}
# Places named in a line; an opening in twenty countries says how many more there are.
PLACES = 5


def say_role(draft: Draft, scene: Scene) -> None:
    """Add what the job is and where it is done."""
    lines = [_role(scene), *_tracks(draft, scene), _where(scene.post), _openness(scene.post)]
    draft.bullets([line for line in lines if line], title="What it is")


def _role(scene: Scene) -> Line:
    post, role = scene.post, scene.post.role
    named = role.name if role else "a role that I do not know"
    level = _level(post.listing.seniority)
    words = f"{named}, {level}."
    if role and not scene.guides:
        words += " No guide covers this role, so only what holds for posts in general follows."
    elif not role:
        words += " Without a known role I compare no pay and name only what holds for posts in general."
    return Line(words, "Role")


def _level(found: Seniority) -> str:
    if found.low is None:
        return "level not stated"
    span = found.low if found.low == found.high else f"{found.low} to {found.high}"
    return f"{span} {_RULES[found.rule]}"


def _tracks(draft: Draft, scene: Scene) -> Iterator[Line]:
    """Yield the track of the guide that most passages speak of."""
    tracks = scene.post.of(Tone.TRACK)
    counts = [sum(has(one.reader.cues, passage.text) for passage in scene.post.passages) for one in tracks]
    if not counts or counts.count(max(counts)) > 1:
        # As much of one as of another: no track is told.
        return
    finding = tracks[counts.index(max(counts))]
    fact = statement_behind(scene.library, finding.reader.behind, scene.guides)
    if isinstance(fact, Statement):
        yield draft.line(f"{fact.name}: {shown_by(finding)}", fact, lead="Track")


def _where(post: Post) -> Line:
    work, eligible = post.listing.work, post.listing.eligible
    codes = () if eligible.everywhere else eligible.markets
    places = ", ".join(markets().name(code) for code in codes[:PLACES])
    more = f" and {len(codes) - PLACES} more" if len(codes) > PLACES else ""
    # A sentence that is the whole of a short post says no more than the post.
    told = work.quote if len(work.quote) < len(post.listing.text) else ""
    quote = f" — {quoted(told)}" if told else ""
    silent = "" if work.transparency.score else "; nothing on who may apply, hours, office or pay"
    return Line(f"{MODES[work.verdict]}{f', {places}{more}' if places else ''}{silent}{quote}.", "Where")


def _openness(post: Post) -> Line | None:
    shown = post.listing.work.transparency
    if not shown.score:
        return None
    silent = [PARTS[part.name] for part in shown.parts if not part.points]
    text = f"{shown.score}/100, {shown.band}"
    text += f"; nothing on {_listed(silent)}" if silent else ""
    flags = [FLAGS[flag] for flag in shown.flags if flag in FLAGS]
    return Line(f"{text}{f'; {_listed(flags)}' if flags else ''}.", "Transparency")


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def language_of(post: Post) -> str | None:
    """Return the language of the post where it is another one than English that is known."""
    return read_language(words(post.listing.text))
