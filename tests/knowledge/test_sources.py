"""Sources and what their licences ask for: shown in the guide, beside the answer and on the page of sources."""

from pathlib import Path

import pytest

from bot.wiring import Parts
from knowledge.editorial import figure_in
from knowledge.guide import Source
from knowledge.guide_reader import read_guide
from knowledge.library import Library
from tests.knowledge.samples import HEAD
from tests.retrieval.evidence import ask

PAGE = " ".join((Path(__file__).parents[2] / "docs/sources.md").read_text("utf-8").replace("\\*", "*").split())


def sources(library: Library) -> set[Source]:
    return {source for guide in library.roles for source in guide.sources}


def test_every_source_stands_on_the_page_of_sources(library: Library) -> None:
    publishers = {source.publisher.removesuffix(", SuperDay page") for source in sources(library) if not source.is_ours}

    assert len(publishers) >= 10
    assert not [publisher for publisher in publishers if publisher not in PAGE]


def test_credits_that_licences_ask_for_stand_on_the_page_in_full(library: Library) -> None:
    credited = {source.credit for source in sources(library) if source.credit}

    assert len(credited) == 3
    assert all(credit in PAGE for credit in credited)
    assert all(source.credit for source in sources(library) if "CC BY" in source.licence)


@pytest.mark.parametrize(
    "question, credit",
    [
        (
            "backend engineer salary us",
            "U.S. Bureau of Labor Statistics, May 2023",
        ),
        ("responsibilities of a data engineer", "O*NET® 27.0 Database, USDOL/ETA, 2022-08, CC BY 4.0, modified"),
        ("red flags backend engineer jobs", "our guidance, 2026-11"),
    ],
)
def test_an_answer_names_source_and_licence_beside_it(question: str, credit: str, parts: Parts) -> None:
    told = [str(citation.source) for citation in ask(parts, question).citations]

    assert any(credit in source for source in told)


@pytest.mark.parametrize(
    "text, figure",
    [
        ("Expect 4 interviews.", "4"),
        ("Pays 20% more.", "20%"),
        ("It takes two or three months.", "two or three months"),
        ("Within six weeks you know.", "six weeks"),
        ("Ask for $5k.", "5k"),
        ("The 25th percentile is no minimum.", ""),
        ('Ask "remote jobs over 180k".', ""),
        ("Two people disagree, and one of them is right.", ""),
        ("Test names such as S3 or B2B.", ""),
    ],
)
def test_figures_in_our_own_guidance_are_found(text: str, figure: str) -> None:
    assert figure == figure_in(text)


def test_our_own_guidance_with_a_figure_is_a_fault_and_the_rest_is_served() -> None:
    head = HEAD.replace(
        "sources:", "sources:\n  editorial: {publisher: Us, page: Ours, as_of: 2026-11, note: our guidance}"
    )
    facts = "- **Hours** — Work 6 hours. [^editorial]\n- **Calm** — Ask who is called at night. [^editorial]\n"
    text = f"{head}\n## Remote work\n\n{facts}"
    guide, faults = read_guide(text, Path("guides/sample.md"))

    assert [fault.reason for fault in faults] == ["our own guidance states the figure '6': a figure needs a source"]
    assert guide is not None
    assert [fact.sentence for fact in guide.facts] == ["Calm: Ask who is called at night."]
