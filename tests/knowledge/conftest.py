"""A reader of questions over the shipped guides, built once for all tests."""

import pytest

from knowledge.library import Library
from knowledge.question_reader import QuestionReader


@pytest.fixture(scope="session")
def reader(library: Library) -> QuestionReader:
    return QuestionReader(library)
