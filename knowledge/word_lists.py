"""The lists under `words/`, each read once."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

# The C loader reads the same YAML ten times as fast; wheels of every platform have it.
_LOADER = yaml.CSafeLoader


@cache
def word_list(name: str) -> dict[str, Any]:
    """Return the content of `words/NAME.yaml`."""
    return read_yaml(resources.files("knowledge").joinpath(f"words/{name}.yaml"))


@cache
def word_lists_in(folder: str) -> dict[str, Any]:
    """Return the content of every file of the folder `words/FOLDER`, the files in the order of their names."""
    files = resources.files("knowledge").joinpath(f"words/{folder}").iterdir()
    return {key: row for file in sorted(files, key=lambda file: file.name) for key, row in read_yaml(file).items()}


def read_yaml(file: Traversable) -> dict[str, Any]:
    """Return the mapping that a YAML file holds; an empty file is an empty one."""
    content: dict[str, Any] = yaml.load(file.read_text("utf-8"), Loader=_LOADER) or {}  # noqa: S506 - a safe loader, written in C
    return content
