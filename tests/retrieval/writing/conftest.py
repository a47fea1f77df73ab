"""What every test of the model path needs: briefs by question, and writers against a server on loopback."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.wiring import Parts
from retrieval.writing.brief import Brief, brief_of
from retrieval.writing.model import open_model
from retrieval.writing.thread import ModelThread
from retrieval.writing.writer import Writer
from tests.retrieval.writing.provider import Provider, providing

Briefs = Callable[[str], Brief]
Writers = Callable[..., Writer]


@pytest.fixture(scope="session")
def briefed(parts: Parts) -> Briefs:
    """Return what a model may say of the composed answer to a question."""

    def brief(question: str) -> Brief:
        turn = parts.conversation().look_at(question)
        found = brief_of(turn.advice.answer, turn.question, parts.library)
        assert found, question
        return found

    return brief


@pytest.fixture(scope="session")
def playing() -> Iterator[tuple[Provider, ModelThread]]:
    """A server that plays the model, and the model, for tests that only change what it replies: opening one is slow."""
    with providing(Provider()) as provider:
        thread = ModelThread(open_model("openai:a-model", api_key="sk-test", base_url=provider.url, seconds=5))
        yield provider, thread
        thread.close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A server that plays the model; it needs replies."""
    with providing(Provider()) as playing:
        yield playing


@pytest.fixture
def writer(provider: Provider) -> Iterator[Writers]:
    """Open a writer whose model is played by *provider*."""
    opened: list[ModelThread] = []

    def open_writer(kept: Any = None, seconds: float = 5) -> Writer:
        model = open_model("openai:a-model", api_key="sk-test", base_url=provider.url, seconds=seconds)
        opened.append(ModelThread(model))
        return Writer(opened[-1], kept)

    yield open_writer
    for one in opened:
        one.close()
