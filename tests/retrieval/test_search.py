"""Fusion of meaning and words over a handful of passages, and over the guides with whatever people type."""

from collections.abc import Sequence

import chromadb
import numpy as np
import pytest

from bot.conversation import Conversation
from knowledge.errors import EmbeddingFailed
from knowledge.library import Library
from knowledge.question_reader import QuestionReader
from retrieval.advisor import Advisor
from retrieval.embedding import Vectors
from retrieval.index import DenseIndex
from retrieval.lexical import Lexical
from retrieval.passages import Passage, passage, searchable
from retrieval.search import POOL, Query, Search
from tests.retrieval.evidence import hostile_messages

TEXTS = {
    "pay": "Senior engineers earn more than juniors",
    "python": "Python is the language of the stack",
    "flags": "A framework wishlist is a warning",
    "remote": "Async work needs good writing",
}


class Theme:
    """Meaning in two numbers: how much a text speaks of money, and a little of everything else."""

    name = "theme"

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[1.0 if {"earn", "salary"} & {*text.lower().split()} else 0.1, 0.5] for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def few() -> dict[str, Passage]:
    """Four passages of different sections, by id."""
    made = [passage("guide", section, text) for section, text in TEXTS.items()]
    return {one.id: one for one in made}


@pytest.fixture(scope="module")
def dense(few: dict[str, Passage]) -> DenseIndex:
    index = DenseIndex(chromadb.EphemeralClient(), "few", Theme())
    index.rebuild(few)
    return index


def best(search: Search, query: str) -> str:
    """Return the section of the passage that fits *query* best."""
    return search.find(Query(query))[0].passage.section


def test_without_vectors_the_words_decide(few: dict[str, Passage]) -> None:
    hits = Search(few, None).find(Query("which framework language?"))
    scores = Lexical(list(few.values())).score("which framework language?", np.arange(len(few)))

    assert sorted(scores, reverse=True) == [hit.bm25 for hit in hits]
    assert {0.0} == {hit.dense for hit in hits}


def test_passages_of_some_groups_are_scored_as_among_all(library: Library) -> None:
    passages = list(searchable(library).values())
    lexical, query = Lexical(passages), "senior pay in germany, kubernetes or not?"
    some = np.array([place for place, one in enumerate(passages) if one.group in {"data-engineer", "about"}])

    whole, part = lexical.score(query, np.arange(len(passages))), lexical.score(query, some)

    assert part.any()
    assert np.array_equal(whole[some], part)


def test_a_question_about_named_groups_finds_nothing_of_others(few: dict[str, Passage], dense: DenseIndex) -> None:
    other = passage("other", "pay", "Senior engineers earn more than juniors")
    search = Search({**few, other.id: other}, dense)

    assert {"guide"} == {hit.passage.group for hit in search.find(Query("salary", groups=frozenset({"guide"})))}


def test_a_dense_share_of_nothing_is_words_alone(few: dict[str, Passage], dense: DenseIndex) -> None:
    query = "python warning"

    assert Search(few, None).find(Query(query)) == Search(few, dense).find(Query(query), 0.0)


def test_a_synonym_is_found_by_meaning(few: dict[str, Passage], dense: DenseIndex) -> None:
    expected = "pay"

    assert expected == best(Search(few, dense), "salary")


def test_words_outweigh_where_meaning_says_nothing(few: dict[str, Passage], dense: DenseIndex) -> None:
    expected = "python"

    assert expected == best(Search(few, dense), "python stack")


@pytest.mark.parametrize("section", TEXTS)
def test_the_prior_lifts_what_the_question_names(section: str, few: dict[str, Passage], dense: DenseIndex) -> None:
    hits = Search(few, dense).find(Query("salary", lambda one: 9.0 if one.section == section else 0.0))
    expected = (section, 9.0)

    assert expected == (hits[0].passage.section, hits[0].prior)


def test_the_prior_is_added_to_the_score(few: dict[str, Passage], dense: DenseIndex) -> None:
    search = Search(few, dense)
    bare = {hit.passage.id: hit.score for hit in search.find(Query("salary"))}
    lifted = {hit.passage.id: hit.score - 0.5 for hit in search.find(Query("salary", lambda _: 0.5))}

    assert pytest.approx(bare) == lifted


def test_a_second_wording_counts_for_less_than_the_first(few: dict[str, Passage]) -> None:
    expected = ["python", "flags"]

    hits = Search(few, None).find(Query("python", subject="wishlist"))

    assert expected == [hit.passage.section for hit in hits[:2]]


def test_the_same_second_wording_changes_nothing(few: dict[str, Passage], dense: DenseIndex) -> None:
    search = Search(few, dense)

    assert search.find(Query("salary")) == search.find(Query("salary", subject="salary"))


def test_an_engine_without_passages_finds_nothing() -> None:
    assert not Search({}, None).find(Query("anything"))


@pytest.mark.parametrize("text", ["", "?!", "the of and"])
def test_passages_without_a_telling_word_are_no_obstacle(text: str) -> None:
    one = passage("guide", "skills", text)

    assert [one] == [hit.passage for hit in Search({one.id: one}, None).find(Query("python"))]


@pytest.fixture(scope="module")
def guides(library: Library) -> Search:
    """The whole library, searched by words."""
    return Search(searchable(library), None)


@pytest.mark.parametrize("query", ["what do senior CV engineers earn?", "vLLM", "", "zzzz"])
def test_hits_are_sorted_best_first(query: str, guides: Search) -> None:
    scores = [hit.score for hit in guides.find(Query(query))]

    assert sorted(scores, reverse=True) == scores


def test_no_passage_is_found_twice(guides: Search) -> None:
    found = [hit.passage.id for hit in guides.find(Query("senior"))]

    assert len(set(found)) == len(found)


def test_the_pool_is_bounded() -> None:
    many = {str(n): passage("guide", "skills", f"fact {n}") for n in range(3 * POOL)}

    assert len(Search(many, None).find(Query("fact 7"))) == 2 * POOL


def test_a_hostile_query_is_a_query_like_any_other(guides: Search) -> None:
    expected = len(guides.find(Query("pay")))

    assert {expected} == {len(guides.find(Query(query))) for query in hostile_messages()}


def test_a_passage_is_found_by_a_question_it_answers_in_words_of_its_own() -> None:
    told = [
        passage("guide", "flags", "A framework wishlist is a warning", asked=("they want every tool under the sun",)),
        passage("guide", "remote", "Async work needs good writing", asked=("nobody is online when i am",)),
    ]
    few = {one.id: one for one in told}
    search = Search(few, None)

    assert best(search, "job post wants every tool under the sun") == "flags"
    assert best(search, "nobody online here") == "remote"


def test_a_question_nearer_than_the_text_lifts_its_passage() -> None:
    made = [
        passage("guide", "skills", "Tea is served"),
        passage("guide", "pay", "Coffee is served", asked=("what salary do they earn",)),
    ]
    few = {one.id: one for one in made}
    index = DenseIndex(chromadb.EphemeralClient(), "asked", Theme())
    index.rebuild(few)

    (found,) = index.find(["salary and what they earn"], 10)

    assert found[made[1].id] > found[made[0].id]


class Leaving(Theme):
    """An embedding service that is there for the index and gone for the questions."""

    gone = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.gone:
            raise EmbeddingFailed("the service does not answer")
        return super().embed(texts)


@pytest.fixture(scope="module")
def left(library: Library) -> Advisor:
    """An advisor whose embedding service went away after the index was built."""
    service, passages = Leaving(), searchable(library)
    index = DenseIndex(chromadb.EphemeralClient(), "leaving", service)
    index.rebuild(passages)
    service.gone = True
    return Advisor(library, Search(passages, index))


@pytest.fixture
def alone(left: Advisor, library: Library) -> Conversation:
    return Conversation(left, QuestionReader(library))


@pytest.mark.parametrize("message", ["senior cv engineer pay in germany", "mid level cv pay in the us", "hi"])
def test_what_needs_no_search_is_answered_without_one(message: str, alone: Conversation) -> None:
    assert alone.ask(message).advice.answer.blocks


def test_what_needs_a_search_says_why_there_is_none(alone: Conversation) -> None:
    with pytest.raises(EmbeddingFailed, match="does not answer"):
        alone.ask("how do i notice a cv job that is mostly labelling?")
