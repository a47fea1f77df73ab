"""Words of a post in a review: quoted, cut, never more than they are; and the facts of guides behind signs."""

from collections.abc import Mapping

from knowledge.guide import Fact, Guide, Statement
from knowledge.library import Library
from knowledge.post.signs import Finding
from knowledge.text import sentences_of
from retrieval.lexical import STOP_WORDS, stems

# A quote is cut here: the reader has the post.
QUOTE = 130
# Characters on either side of what was looked for.
AROUND = 40


def quoted(text: str) -> str:
    """Return *text* as a quote, cut between words; its own quotation marks become single ones."""
    text = " ".join(text.split()).strip("“”\"' ")
    short = text if len(text) <= QUOTE else f"{text[:QUOTE].rsplit(' ', 1)[0].rstrip(',;:')} …"
    return f"“{short.replace('“', '‘').replace('”', '’').replace(chr(34), chr(39))}”"


def shown_by(finding: Finding) -> str:
    """Return the words that show a sign as a quote: of a long passage the stretch around what was looked for."""
    text = " ".join(finding.quote.split())
    if finding.reader.rule == "specific":
        return quoted(text)
    spans = (match.span() for cue in finding.reader.cues for form in cue.patterns if (match := form.search(text)))
    start, end = next(spans, (0, 0))
    if len(text) <= AROUND * 2 or not end:
        return quoted(text)
    left = text.rfind(" ", 0, max(0, start - AROUND)) + 1 if start > AROUND else 0
    right = text.find(" ", min(len(text), end + AROUND))
    right = len(text) if right < 0 else right
    return quoted(f"{'… ' if left else ''}{text[left:right].rstrip(',;:')}{' …' if right < len(text) else ''}")


def sentence_on(text: str, asked: str) -> str:
    """Return the sentence of *text* that is most about what is *asked*."""
    wanted = set(stems(asked, STOP_WORDS))
    # A sentence that only repeats the question gives no reason for it.
    others = [one for one in sentences_of(text) if asked.rstrip("?") not in one]
    return max(others, key=lambda one: len(wanted & set(stems(one, STOP_WORDS))), default=text)


def statement_behind(library: Library, behind: Mapping[str, str], guides: tuple[Guide, ...]) -> Statement | None:
    """Return the statement of *guides* that is behind a sign, else that of another guide; None where there is none."""
    own = [guide.slug for guide in guides if guide.slug in behind]
    for slug in [*own, *behind]:
        guide = library.by_slug.get(slug)
        found = guide.named(behind[slug]) if guide else None
        if found:
            return found
    return None


def said_by(library: Library, fact: Fact, guides: tuple[Guide, ...]) -> str:
    """Say whose word *fact* is where it is not a guide of the post's own role: " (Computer Vision Engineer guide)"."""
    guide = library.by_slug[fact.place.guide]
    return "" if guide in guides or guide.occupation is None else f" ({guide.title} guide)"
