"""Keep the vectors of openings equal to the store: embed what is new, remove what is gone."""

from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.finding import OpeningFinder
from retrieval.openings import MARK, OpeningIndex

# Cards read and embedded at a time.
BATCH = 128


async def sync_vectors(
    engine: AsyncEngine, index: OpeningIndex, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> int:
    """Embed the openings that have no vector for their text; return how many."""
    async with engine.connect() as connection:
        hashes = await OpeningFinder(connection).texts()
    missing, gone = index.missing(f"{name}{MARK}{hashed}" for name, hashed in hashes.items())
    for start in range(0, len(missing), BATCH):
        progress(start, len(missing))
        keys = missing[start : start + BATCH]
        async with engine.connect() as connection:
            openings = await OpeningFinder(connection).cards([key.partition(MARK)[0] for key in keys])
        index.add({f"{one.id}{MARK}{hashes[one.id]}": one.told for one in openings})
    if gone:
        index.remove(gone)
    progress(len(missing), len(missing))
    return len(missing)
