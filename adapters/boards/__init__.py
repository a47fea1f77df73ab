"""Job boards, one module each; a module with a `BOARD` is a board, and nothing else lists them."""

import importlib
import pkgutil
from functools import cache

from adapters.boards.board import Board


@cache
def boards() -> dict[str, Board]:
    """Return every board by name, in alphabetical order."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = [module.BOARD for module in modules if hasattr(module, "BOARD")]
    return {board.name: board for board in sorted(found, key=lambda board: board.name)}
