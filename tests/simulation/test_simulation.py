"""The simulation in small: every run of the tests kills a few processes."""

import asyncio
from pathlib import Path

from tests.simulation.__main__ import a_month, is_right
from tests.simulation.workers import two_workers


def test_a_killed_process_loses_no_digest_and_doubles_none_that_was_not_in_flight(tmp_path: Path) -> None:
    play = asyncio.run(a_month(tmp_path, count=60, days=2, kills=2, seed=5))

    assert play["sent"] == play["due"] > 100
    assert is_right(play)


def test_of_two_workers_one_is_killed_for_good_and_the_other_sends_the_rest(tmp_path: Path) -> None:
    play = asyncio.run(two_workers(tmp_path, 60))

    assert play["before"] < play["due"] == play["sent"] == 60
    assert is_right(play)
