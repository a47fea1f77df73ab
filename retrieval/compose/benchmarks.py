"""Pay over a whole category of listings, which is never the pay of one role."""

from knowledge.pay import Benchmark, PayBand
from retrieval.answer import Draft
from retrieval.ask import Ask
from retrieval.compose.pay_notes import say_differences

# A benchmark is told apart from so many of the role's own figures; the rest comes when pay is asked for.
OWN_BANDS = 4


def matched_benchmarks(draft: Draft, ask: Ask) -> bool:
    """Answer a question about a category benchmark's own figures with its label; tell whether it was one."""
    asked = {bound for amount in ask.question.amounts for bound in (amount.low, amount.high)}
    found = [
        fact
        for guide in ask.guides
        for fact in guide.of(Benchmark)
        if {fact.low, fact.high} & asked or "benchmark" in ask.slots.topics
    ]
    if not found:
        return False
    for fact in found[:1]:
        draft.figure(fact)
        mistaken = {fact.low, fact.high} & asked
        draft.say(f"No: {fact.sentence}" if mistaken else fact.sentence, fact)
    own = [band for role in ask.slots.occupations for guide in ask.guides_of(role) for band in guide.of(PayBand)]
    shown = own[:OWN_BANDS]
    for band in shown:
        draft.figure(band)
    lines = [draft.line(f"{band.sentence}.", band, lead=f"{draft.guide(band).title} guide") for band in shown]
    draft.bullets(lines, title="The role's own figures")
    say_differences(draft, ask, shown)
    return True
