"""Transactions for code that must not wait: each runs as a whole in a thread, one hop for all its statements.

The asynchronous driver of SQLite hops between threads four times for every statement, which was most of the time a
message took.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlalchemy as sa

from bot.store.database import WRITING

T = TypeVar("T")
# Threads that wait for the database: SQLite lets one write at a time, and reading takes a millisecond.
THREADS = 4


class Transactions:
    """Runs work on connections of *engine* in threads of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self._writing = engine, engine.execution_options(**WRITING)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="database")

    async def read(self, work: Callable[[sa.Connection], T]) -> T:
        """Return what *work* reads."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, self._engine, work)

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """Return what *work* returns, once everything it wrote is stored."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, self._writing, work)

    def close(self) -> None:
        """Let go of every connection, once what runs has ended."""
        self._threads.shutdown()
        self._engine.dispose()

    @staticmethod
    def _run(engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
        with engine.begin() as connection:
            return work(connection)
