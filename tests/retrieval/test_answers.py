"""What a person notices in an answer: its figures, what it declines, and what it remembers of the conversation."""

import pytest

from bot.wiring import Parts
from retrieval.answer import Kind
from tests.retrieval.evidence import ask, lines, money, words_of

Figures = set[tuple[str, bool]]


def figures(parts: Parts, *turns: str) -> Figures:
    """Return the figures of the last answer as written, with whether they are derived."""
    return {(figure.as_written, figure.derived) for figure in ask(parts, *turns).figures}


SENIOR_CV = {("$220,000–$310,000", False), ("$170,000–$240,000", False)}


@pytest.mark.parametrize(
    "question, expected",
    [
        ("senior CV engineer pay in the US", SENIOR_CV),  # both sources, never one of them
        ("what do mid level CV engineers earn in the states", {("$170,000–$230,000", False)}),
        ("CV engineer with 3 years, US base?", {("$170,000–$230,000", False)}),  # by the guide's own years
        ("principal CV engineer salary US", {("$280,000–$380,000", False)}),
        ("senior ML engineer pay in the UK", {("£110,000–£175,000", False)}),
        ("senior machine learning engineer salary Munich", {("€110,000–€165,000", False)}),  # a city is its country
        ("senior MLE pay in Toronto", {("CAD 175,000–240,000", False), ("$133,700–$213,175", False)}),
        ("ML research engineer salary in Europe", {("€120,000–€220,000", False)}),
        ("ML research engineer salary in Spain", {("€120,000–€220,000", False)}),  # a country lies in its continent
        ("senior CV engineer pay in Germany", {("$110K–$217K", True)}),
        ("mid CV engineer pay in Poland", {("$59.5K–$126.5K", True)}),
        ("staff CV engineer pay in Eastern Europe", {("$98K–$209K", True)}),
    ],
)
def test_pay_is_what_the_guides_state_for_the_slot(question: str, expected: Figures, parts: Parts) -> None:
    assert expected == figures(parts, question)


def test_sources_that_differ_are_both_cited_with_their_overlap(parts: Parts) -> None:
    answer = ask(parts, "senior CV engineer pay in the US")
    expected = {"computer-vision-engineer", "senior-computer-vision-engineer"}

    assert expected == {citation.guide for citation in answer.citations}
    assert "overlap at $220,000–$240,000" in words_of(answer)


@pytest.mark.parametrize(
    "words", ["rule of thumb", "50–70%", "0.5 × 220 = 110", "0.7 × 310 = 217", "$220,000–$310,000"]
)
def test_a_derived_figure_shows_its_formula(words: str, parts: Parts) -> None:
    assert words in words_of(ask(parts, "senior CV engineer pay in Germany"))


def test_a_country_mapped_to_a_region_says_whose_mapping_it_is(parts: Parts) -> None:
    assert "our mapping" in words_of(ask(parts, "senior CV engineer pay in Poland"))


def test_a_country_without_a_figure_gets_the_nearest_ones(parts: Parts) -> None:
    answer = ask(parts, "what do senior ML engineers earn in the Netherlands?")
    expected = {("DE", "€110,000–€165,000"), ("GB", "£110,000–£175,000"), ("worldwide", "$120,000–$200,000")}

    assert answer.kind is Kind.ABSTAIN
    assert expected == {(figure.market, figure.as_written) for figure in answer.figures}
    assert "Netherlands" in words_of(answer)


def test_a_rule_of_another_role_is_not_applied(parts: Parts) -> None:
    answer = ask(parts, "what do senior ML engineers earn in the Netherlands?")

    assert not [figure for figure in answer.figures if figure.derived]


def test_a_level_without_a_figure_gets_the_nearest_one(parts: Parts) -> None:
    answer = ask(parts, "junior CV engineer pay in the US")
    expected = (Kind.ABSTAIN, ["mid"])

    assert expected == (answer.kind, [figure.level for figure in answer.figures])


@pytest.mark.parametrize("occupation", ["nurse", "customer success manager", "lawyer"])
def test_an_unknown_occupation_gets_no_figure_but_the_covered_roles(occupation: str, parts: Parts) -> None:
    answer = ask(parts, f"what does a senior {occupation} earn in the US?")

    assert answer.kind is Kind.ABSTAIN
    assert not answer.figures
    assert all(role in words_of(answer) for role in ("Computer Vision", "ML Research", "Machine Learning"))


@pytest.mark.parametrize(
    "occupation, near",
    [
        ("ux designer", "Frontend Engineer"),
        ("soc analyst", "Security Engineer"),
        ("product manager", "Engineering Manager"),
        ("data center technician", "DevOps / SRE / Platform Engineer"),
        ("mlops engineer", "Machine Learning Engineer"),
    ],
)
def test_the_role_nearest_to_an_unknown_one_is_offered_as_another(occupation: str, near: str, parts: Parts) -> None:
    answer = ask(parts, f"what does a senior {occupation} earn in the US?")

    assert answer.kind is Kind.ABSTAIN
    assert not answer.figures
    assert f"though another one: {near}" in words_of(answer)
    assert answer.suggestions == (f"{near}: pay?",)


@pytest.mark.parametrize("company", ["Google", "Nvidia", "OpenAI"])
def test_a_company_gets_no_figure_of_its_own(company: str, parts: Parts) -> None:
    answer = ask(parts, f"what does {company} pay senior CV engineers?")
    about = [line for line in lines(answer) if company.casefold() in f"{line.lead} {line.text}".casefold()]

    assert about
    assert not money(" ".join(f"{line.lead} {line.text}" for line in about))


@pytest.mark.parametrize(
    "question, stated",
    [
        ("offered 185k base as ML research engineer in the US", "total"),
        ("300k total comp offer, senior ML engineer, US", "base"),
        ("is 400k TC good for a staff CV engineer in the US", "base"),
    ],
)
def test_base_and_total_are_never_subtracted(question: str, stated: str, parts: Parts) -> None:
    answer = ask(parts, question)

    assert not [figure for figure in answer.figures if figure.derived and figure.measure == stated]
    assert "not comparable" in words_of(answer).casefold()


@pytest.mark.parametrize(
    "question, expected",
    [
        ("offered 150k base, mid CV engineer, US", "$20,000 below the bottom"),
        ("mid CV engineer in the US, 250k base offer", "$20,000 above the top"),
        ("200k base for a mid CV engineer in the US?", "lies inside this range"),
    ],
)
def test_an_offer_is_held_against_the_range(question: str, expected: str, parts: Parts) -> None:
    assert expected in words_of(ask(parts, question))


def test_an_offer_in_another_currency_is_not_converted(parts: Parts) -> None:
    answer = ask(parts, "offered £120k base, senior CV engineer in the US")

    assert "no exchange rate" in words_of(answer)
    assert not [figure for figure in answer.figures if figure.derived]


@pytest.mark.parametrize("question", ["how much do they earn?", "what do seniors earn", "salary in Germany?"])
def test_pay_without_a_role_is_asked_back(question: str, parts: Parts) -> None:
    answer = ask(parts, question)
    expected = (Kind.CLARIFY, (), ())

    assert expected == (answer.kind, answer.figures, answer.citations)
    assert answer.suggestions


FIRST = "what do senior CV engineers earn in the US?"


@pytest.mark.parametrize(
    "turns, expected",
    [
        ((FIRST, "and in Eastern Europe?"), {("$77K–$170.5K", True)}),  # role and level go on
        ((FIRST, "what about staff?"), {("$280,000–$380,000", False)}),  # role and place go on
        ((FIRST, "and in Germany?", "and mid level?"), {("$85K–$161K", True)}),  # over several turns
        # level and place go on, to every source
        (
            (FIRST, "and ML engineers?"),
            {
                ("$190,000–$270,000", False),
                ("$152,011–$235,200", False),
                ("$160,040–$220,000", False),
                ("$174,000–$264,994", False),
                ("$183,000–$245,000", False),
            },
        ),
        ((FIRST, "thanks!", "and mid level?"), {("$170,000–$230,000", False)}),  # politeness is no question
        (
            ("red flags for senior ML engineers", "and pay in Canada?"),
            {("CAD 175,000–240,000", False), ("$133,700–$213,175", False)},
        ),
        (("senior CV engineer pay in Germany", "in Berlin?"), {("$110K–$217K", True)}),
    ],
)
def test_a_follow_up_inherits_what_it_leaves_open(turns: tuple[str, ...], expected: Figures, parts: Parts) -> None:
    assert expected == figures(parts, *turns)


def test_a_changed_role_is_in_the_scope(parts: Parts) -> None:
    expected = ("ml-research-engineer",)

    assert expected == ask(parts, FIRST, "no, I meant ML research engineer").scope.roles


def test_conversations_know_nothing_of_each_other(parts: Parts) -> None:
    ask(parts, FIRST)

    assert not ask(parts, "and in Germany?").figures
