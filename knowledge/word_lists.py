"""The lists under `words/`, each read once."""

from functools import cache
from importlib import resources
from typing import Any

import yaml

# The C loader reads the same YAML ten times as fast; wheels of every platform have it.
LOADER = yaml.CSafeLoader


@cache
def word_list(name: str) -> dict[str, Any]:
    """Return the content of `words/NAME.yaml`."""
    text = resources.files("knowledge").joinpath(f"words/{name}.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader, written in C
    return content
