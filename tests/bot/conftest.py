"""The command as people and scripts start it: a process of its own, far from the project's folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store.database import WRITING, open_async, open_database
from bot.store.digest_tables import DIGESTS
from bot.store.listings import ListingStore
from bot.store.tables import METADATA
from bot.wiring import Parts

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


@pytest.fixture(scope="session")
def advisor(parts: Parts, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `advisor` with some words, where *parts* has built the index already."""
    assert parts.library.guides
    folder = tmp_path_factory.mktemp("elsewhere")

    def run(*words: str, typed: str = "", **variables: str) -> Done:
        environment = os.environ | {"ADVISOR_HOME": str(home), "COLUMNS": "100"} | variables
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            input=typed,
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=folder,
            env=environment,
            timeout=60,
        )

    return run


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ListingStore]:
    """A store of listings on both databases, emptied afterwards."""
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    engine = open_database(url, tmp_path / "advisor.db")
    yield ListingStore(open_async(engine))
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(sa.delete(table))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Connection]:
    """A transaction that writes, on both databases; there is no digest yet, and nothing stays."""
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    engine = open_database(url, tmp_path / "advisor.db").execution_options(**WRITING)
    with engine.connect() as opened:
        opened.execute(sa.delete(DIGESTS))
        yield opened
        opened.rollback()
    engine.dispose()
