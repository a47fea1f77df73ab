"""The pace of sending: who waits for an answer goes before what nobody waits for."""

import asyncio

from adapters.chats.limits import Limits, Pace


def test_an_answer_overtakes_what_nobody_waits_for() -> None:
    async def paced() -> list[str]:
        limits, order = Limits(Pace(5, 0.18), lambda _: Pace(3, 3.0)), []

        async def sent(chat: str, *, bulk: bool) -> None:
            await limits.wait(chat, bulk=bulk)
            order.append(chat)

        crowd = [asyncio.create_task(sent(f"bulk {n}", bulk=True)) for n in range(40)]
        await asyncio.sleep(0)
        await asyncio.gather(sent("answer", bulk=False), *crowd)
        return order

    order = asyncio.run(paced())
    # Five may go at once, and one more had its turn already.
    assert order.index("answer") <= 6
    assert len(order) == 41
