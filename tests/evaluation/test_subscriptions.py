"""Orders in people's words: how many are read rightly, of those the rules were made with and of those held out."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.library import Library
from knowledge.listing.wish_reader import WishReader
from knowledge.subscription.order import Order, OrderReader

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    "name, floor", [("subscriptions.jsonl", 0.93), ("held_out_subscriptions.jsonl", 0.75)], ids=["written", "held out"]
)
def test_orders_are_read(name: str, floor: float, library: Library) -> None:
    reader = OrderReader(WishReader(library))
    rows = [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]

    right = sum(slots(reader.read(row["text"], TODAY)) == expected(row) for row in rows)

    assert right / len(rows) >= floor


def slots(order: Order) -> dict[str, Any]:
    """Return what was read, as the labels say it."""
    wish = order.wish.to_json()
    return {
        "action": order.action.value,
        "time": f"{order.at:%H:%M}" if order.at else None,
        "zone": order.zone or None,
        "weekdays": sorted(order.weekdays),
        "until": order.until.isoformat() if order.until else None,
        "min_pay": wish["min_pay"]["amount"] if wish["min_pay"] else None,
        **{name: sorted(wish[name]) for name in ("roles", "levels", "regions")},
    }


def expected(row: dict[str, Any]) -> dict[str, Any]:
    """Return the labels of *row*."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in row.items() if name != "text"}
