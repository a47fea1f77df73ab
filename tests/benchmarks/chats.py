"""Benchmarks of chats: answer times alone and under load, beside a stuck chat, and memory. Run by `make bench`.

`advisor serve` runs as a process of its own against a Bot API on loopback; a time is from the moment a message is there
to the moment its answer arrives.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.settings import Settings
from bot.wiring import open_parts
from tests.chats.bot_api import BotApi, Fault
from tests.chats.running import free_port, listening
from tests.chats.test_kill import served, variables_of

MIXED = (
    "what do senior CV engineers earn in the US?",
    "and in Germany?",
    "which skills do ML research engineers need",
    "/help",
    "red flags in senior ML job ads",
    "hiring process for computer vision engineers",
    "thanks!",
    "what do lawyers earn",
)
RATE, SECONDS, CHATS = 20, 60, 120


def main() -> None:
    """Print every figure."""
    table = Table("measurement", "figure", "goal", title="Chats")
    with tempfile.TemporaryDirectory() as folder:
        open_parts(Settings.model_construct(advisor_home=Path(folder)))
        asyncio.run(_measure(Path(folder), table))
    Console().print(table)


async def _measure(home: Path, table: Table) -> None:
    api, health = BotApi(), free_port()
    async with listening(api) as port, served(home, variables_of(api, port), health) as process:
        api.says("/help", 999)
        await api.until(1, 999, seconds=60)
        alone = [await _asked(api, text, chat) for text, chat in zip(MIXED * 5, itertools.count(1000), strict=False)]
        table.add_row("alone", _shown(alone), "")
        before = _memory(process.pid)
        loaded = await _load(api, RATE, SECONDS)
        ratio = _p95(loaded) / _p95(alone)
        table.add_row(f"{RATE}/s for {SECONDS} s", f"{_shown(loaded)}, {ratio:.1f} times", "p95 within 3 times")
        after = _memory(process.pid)
        table.add_row("memory", f"{before:,.0f} MB before, {after:,.0f} MB after", "flat")
        api.fail("sendMessage", Fault(429, "Too Many Requests: retry after 8", {"retry_after": 8}, hang=2.0))
        stuck = asyncio.create_task(_asked(api, MIXED[0], 5000))
        await asyncio.sleep(0.3)
        beside = [await _asked(api, text, chat) for text, chat in zip(MIXED, itertools.count(6000), strict=False)]
        table.add_row("beside a stuck chat", f"{_shown(beside)}; the stuck one {await stuck:.1f} s", "as alone")


async def _asked(api: BotApi, text: str, chat: int) -> float:
    """Return the seconds until *text* is answered in *chat*."""
    before, start = api.counts[chat], time.perf_counter()
    api.says(text, chat)
    await api.until(before + 1, chat, seconds=120)
    return time.perf_counter() - start


async def _load(api: BotApi, rate: int, seconds: int) -> list[float]:
    tasks = []
    start = time.perf_counter()
    for number in range(rate * seconds):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        text = MIXED[number // CHATS % len(MIXED)]
        tasks.append(asyncio.create_task(_asked(api, text, 1 + number % CHATS)))
    return await asyncio.gather(*tasks)


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _shown(seconds: list[float]) -> str:
    return f"median {1000 * statistics.median(seconds):.0f} ms, p95 {1000 * _p95(seconds):.0f} ms"


def _memory(pid: int) -> float:
    """Return the resident memory of a process in MB (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
