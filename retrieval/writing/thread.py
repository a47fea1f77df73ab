"""A model in a thread of its own: asked from any thread, waited for so long and no longer, left alone if it fails."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from functools import cached_property
from typing import Any, TypeVar

from circuitbreaker import CircuitBreaker

from knowledge.errors import ModelFailed
from retrieval.writing.model import Model

T = TypeVar("T")
# Nobody waits longer for a model than for this; then the composed answer comes.
SECONDS = 12.0
# A coroutine that does not end when it is told to is left alone after so many seconds more.
GRACE = 0.3
# After so many failures in a row a model is left alone for so many seconds: nobody waits for it meanwhile.
FAILURES, REST = 3, 60


class Stopped(Exception):  # noqa: N818 - no error: somebody wanted no more of it
    """What was being made was stopped."""


class Halt:
    """Stops what is being made, from any thread."""

    def __init__(self) -> None:
        self.stopped = False
        self._future: Future[Any] | None = None

    def watch(self, future: Future[Any]) -> None:
        """Have *future* cancelled as soon as it is said to stop."""
        self._future = future
        if self.stopped:
            future.cancel()

    def stop(self) -> None:
        """Stop."""
        self.stopped = True
        if self._future:
            self._future.cancel()


class ModelThread:
    """Runs what asks *model*. Safe to be used by several threads."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._breaker = CircuitBreaker(FAILURES, REST, ModelFailed)
        self._stack = ExitStack()

    @cached_property
    def _portal(self) -> Any:  # noqa: ANN401 - anyio's portal
        from anyio.from_thread import start_blocking_portal  # noqa: PLC0415 - starts a thread when first needed

        return self._stack.enter_context(start_blocking_portal(name="model"))

    def close(self) -> None:
        """Let go of the thread."""
        self._stack.close()

    def run(self, work: Callable[[], Awaitable[T]], seconds: float, halt: Halt | None = None) -> T:
        """Return what *work* returns within *seconds*.

        Raises:
            ModelFailed: it failed or took too long, or the model is left alone for a while.
            Stopped: *halt* or a person at a terminal stopped it.

        """
        if self._breaker.opened:
            raise ModelFailed(self.model.name, "it failed again and again and is left alone for a while")
        with self._breaker:
            return self._result(work, seconds, halt or Halt())

    def _result(self, work: Callable[[], Awaitable[T]], seconds: float, halt: Halt) -> T:
        async def timed() -> T:
            async with asyncio.timeout(seconds):
                return await work()

        future: Future[T] = self._portal.start_task_soon(timed)
        halt.watch(future)
        try:
            return future.result(seconds + GRACE)
        except TimeoutError:
            future.cancel()
            raise ModelFailed(self.model.name, f"no answer within {seconds:.0f} seconds") from None
        except (CancelledError, KeyboardInterrupt):
            future.cancel()
            raise Stopped from None
