"""The rules of the house that no linter checks: sizes, docstrings, pins and a README that names every command."""

import ast
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from bot.commands import app

ROOT = Path(__file__).parents[1]
PACKAGES = ("adapters", "bot", "knowledge", "retrieval")
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
# Nine functions of ten are no longer than this.
LONG_FUNCTION = 30


def named(path: Path) -> str:
    """Return *path* as it is shown in a test's name."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the length in lines and the name of every function of a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, f"{named(path)}:{node.name}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_module_says_what_lives_there(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_is_read_in_one_go(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", FILES, ids=named)
def test_nothing_is_left_for_later(path: Path) -> None:
    text = path.read_text("utf-8")

    assert not [mark for mark in ("TODO", "FIXME") if mark in text]


def test_no_function_is_long() -> None:
    assert not [name for path in FILES for lines, name in functions(path) if lines > LONGEST_FUNCTION]


@pytest.mark.parametrize("package", PACKAGES)
def test_most_functions_are_short(package: str) -> None:
    lengths = sorted(lines for path in (ROOT / package).rglob("*.py") for lines, _ in functions(path))

    assert lengths[len(lengths) * 9 // 10] <= LONG_FUNCTION


@pytest.mark.parametrize("mark", ["://", "file:", "@", "--"])
def test_the_pins_name_no_place_to_install_from(mark: str) -> None:
    assert mark not in (ROOT / "constraints.txt").read_text("utf-8")


@pytest.mark.parametrize("command", sorted(typer.main.get_group(app).commands))
def test_the_readme_names_every_command(command: str) -> None:
    assert f"advisor {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_tests_cannot_reach_another_machine(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET

    with socket.socket(family) as strange, pytest.raises(RuntimeError, match="stay on this machine"):
        strange.connect((host, 80))
