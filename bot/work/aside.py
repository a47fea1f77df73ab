"""Work that takes the processor for long, done in a thread that holds up neither answers nor the end of the process."""

import asyncio
import threading
from collections.abc import Callable


async def aside(work: Callable[[], object]) -> None:
    """Do *work* in a thread of its own and wait for it.

    Who stops waiting leaves it behind, and it ends with the process: only for work that may be broken off anywhere and
    is then simply done again.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if not done.done():
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(error)

    def run() -> None:
        failed: BaseException | None = None
        try:
            work()
        except Exception as error:  # noqa: BLE001 - handed to whoever waits
            failed = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, failed)

    threading.Thread(target=run, name="aside", daemon=True).start()
    await done
