"""Facts as lines of an answer, and the words of a question that pick among groups of facts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.document import Line
from knowledge.guide import Bottleneck, Fact, Statement
from knowledge.mention import Mention, mention_of
from knowledge.pay import Benchmark, PayBand
from knowledge.text import words
from retrieval.answer import Draft
from retrieval.ask import Ask

# Words of a question that narrow a section to some of its groups.
GROUPS = {
    "Red": {"red", "warning", "bad", "sketchy"},
    "Green": {"green", "good", "signs", "legit"},
    "Nice to have": {"nice", "bonus", "optional", "plus"},
    "Required": {"required", "must"},
    "What decides": {"matters", "decides", "decisive", "counts", "important", "differentiating"},
    "Differentiators": {"differentiate", "differentiators", "special"},
}


def asked_groups(ask: Ask) -> set[str]:
    """Return the groups of facts the question asks for ("red ones"); empty: no particular one."""
    asked = set(words(ask.question.query))
    return {group for group, cues in GROUPS.items() if cues & asked}


def item(draft: Draft, fact: Fact, *, lead_with_guide: bool = False, flagged: bool = True) -> Line:
    """Return *fact* as a line led by its name; a flag says that it is one unless *flagged* is off."""
    match fact:
        case Statement(name=name, text=text, group=group):
            label = f"{group} flag" if flagged and fact.place.section == "flags" else ""
            lead = ": ".join(part for part in (label, name) if part)
            return draft.line(text, fact, lead=lead)
        case Bottleneck(heading=heading, name=name, text=text):
            return draft.line(f"{name}. {text}", fact, lead=heading)
        case _:
            if isinstance(fact, PayBand | Benchmark):
                draft.figure(fact)
            lead = draft.guide(fact).title if lead_with_guide else ""
            return draft.line(f"{fact.sentence.rstrip('.')}.", fact, lead=lead)


def of_role(draft: Draft, line: Line, fact: Fact) -> Line:
    """Name the role a fact is about where the question named none."""
    guide = draft.guide(fact)
    if guide.occupation is None or line.lead == guide.title:
        return line
    return replace(line, lead=f"{guide.title}: {line.lead}".rstrip(": "))


def names_line(draft: Draft, facts: Sequence[Statement], most: int, lead: str) -> Line:
    """Return the names of the first *most* of *facts* as one line, and how many more there are."""
    shown = facts[:most]
    more = f" and {len(facts) - len(shown)} more" if len(shown) < len(facts) else ""
    text = "; ".join((fact.name or fact.text).rstrip(".") for fact in shown)
    return draft.line(f"{text}{more}.", *shown, lead=lead)


def most_named(facts: Iterable[Fact], most: int) -> list[tuple[Mention, Fact]]:
    """Return those of *facts* that count listings, with the count, what most listings name first, *most* at most."""
    counted = [(mention, fact) for fact in facts if (mention := mention_of(fact))]
    return sorted(counted, key=lambda pair: -pair[0].named)[:most]


def counted_line(draft: Draft, counted: Sequence[tuple[Mention, Fact]], lead: str) -> Line:
    """Return counted skills as one line; *lead* says of how many listings."""
    text = ", ".join(mention.short for mention, _ in counted)
    return draft.line(f"{text}.", *(fact for _, fact in counted), lead=lead)


def merged(lines: list[Line]) -> list[Line]:
    """Join lines that answer the same question from the same source, such as two paragraphs of one answer."""
    joined: dict[object, Line] = {}
    for number, line in enumerate(lines):
        key = (line.lead, line.cites) if line.lead.endswith("?") else number
        earlier = joined.get(key)
        joined[key] = replace(earlier, text=f"{earlier.text} {line.text}") if earlier else line
    return list(joined.values())
