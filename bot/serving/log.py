"""Logs for machines: one JSON object per line, without what people write and without secrets."""

import json
import logging
import re
import traceback
from pathlib import Path
from typing import TextIO

from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from bot.settings import Settings
from bot.store.database import reason

# Libraries log the addresses they ask, and a bot's token stands in its address.
_TOKEN = re.compile(r"\b\d{3,}:[\w-]{10,}|\bx(?:ox[a-z]|app)-[\w-]+")
_KNOWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class _Lines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        said = {"at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname, "of": record.name}
        said |= {"said": record.getMessage()}
        said |= {name: value for name, value in vars(record).items() if name not in _KNOWN}
        return self._without_secrets(json.dumps(said, default=str, ensure_ascii=False))

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return _TOKEN.sub("***", line)


def log_as_json(stream: TextIO, settings: Settings) -> None:
    """Log to *stream* what an operator needs to know."""
    secrets = [value.get_secret_value() for value in vars(settings).values() if isinstance(value, SecretStr)]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines(secrets))
    # Some libraries set a level of their own.
    handler.setLevel(logging.INFO)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("advisor").setLevel(logging.INFO)


def place_of(error: BaseException) -> str:
    """Return the kind of *error* and where it came from, without its words, which may be a person's.

    What a database says of itself (locked, full, not reached) is nobody's words, and what an operator needs.
    """
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    why = f" ({reason(error)})" if isinstance(error, OperationalError) else ""
    return f"{type(error).__name__}{why}{where}"
