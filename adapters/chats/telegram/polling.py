"""Reading updates one by one, so that one that the library cannot read costs only itself."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from telegram import Update
from telegram.request import HTTPXRequest

from adapters.chats.platform import Broken
from adapters.chats.telegram.updates import NAME


class PatientRequest(HTTPXRequest):
    """A request for getUpdates that leaves out updates the library cannot read, and keeps them in `broken`.

    The library parses a whole batch at once and stops at the first fault, for ever: the batch is never confirmed.
    """

    def __init__(self, keep: Callable[[Broken], None], read_timeout: float) -> None:
        super().__init__(connection_pool_size=1, read_timeout=read_timeout)
        self._keep = keep

    def parse_json_payload(self, payload: bytes) -> Any:  # type: ignore[override]  # noqa: ANN401 - JSON
        """Parse an answer of the Bot API; an update that cannot be read becomes one without content."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [self._readable(item) for item in answer["result"] if _number(item) is not None]
        return answer

    def _readable(self, item: dict[str, Any]) -> dict[str, Any]:
        fault = fault_in(item)
        if fault is None:
            return item
        self._keep(Broken(NAME, str(_number(item)), item, fault))
        return {"update_id": _number(item)}


def fault_in(item: dict[str, Any]) -> str | None:
    """Return why the library cannot read an update, None where it can."""
    try:
        # Reading changes what it reads.
        Update.de_json(deepcopy(item), None)
    except Exception as error:  # noqa: BLE001 - whatever it stumbles over
        return f"{type(error).__name__}: {error}"
    return None


def _number(item: object) -> int | None:
    number = item.get("update_id") if isinstance(item, dict) else None
    return number if isinstance(number, int) else None


def parse_update(body: bytes) -> dict[str, Any] | None:
    """Return the update in the body of a webhook call, None where it is none."""
    try:
        item = json.loads(body)
    except ValueError:
        return None
    return item if _number(item) is not None else None
