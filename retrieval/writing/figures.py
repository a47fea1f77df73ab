"""Figures as placeholders: a model places them and can neither write nor change one."""

import re
from collections.abc import Mapping
from itertools import count

from retrieval.check.quantities import figure_spans

_PLACEHOLDER = re.compile(r"\{(f\d+)\}")


class Hider:
    """Takes figures out of texts and numbers them over all of these."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def hide(self, text: str) -> tuple[str, dict[str, str]]:
        """Return *text* with a placeholder for each figure, and the figures as written by placeholder."""
        figures: dict[str, str] = {}
        parts, end = [], 0
        for start, stop in figure_spans(text):
            name = f"f{next(self._numbers)}"
            figures[name] = text[start:stop]
            parts += [text[end:start], f"{{{name}}}"]
            end = stop
        return "".join([*parts, text[end:]]), figures


def placed(text: str) -> list[str]:
    """Return the names of the placeholders in *text*, in order."""
    return _PLACEHOLDER.findall(text)


def fill(text: str, figures: Mapping[str, str]) -> str:
    """Return *text* with the figures in their places; a placeholder that is unknown stays."""
    return _PLACEHOLDER.sub(lambda match: figures.get(match[1], match[0]), text)


def bare(text: str) -> str:
    """Return *text* without its placeholders."""
    return _PLACEHOLDER.sub(" ", text)
