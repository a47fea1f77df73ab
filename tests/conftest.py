"""Shared by every test: the guides, the whole advisor, built once, and the promise that nothing leaves this machine."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from bot.settings import Settings
from bot.wiring import Parts, open_parts
from knowledge.library import Library, load_library
from tests.postgres import running

# Read by the hub's client when it is imported, which happens only when weights are looked for.
os.environ["HF_HUB_OFFLINE"] = "1"
# Examples are the same in every run, and as slow as the machine is.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("steady")

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
# These take a minute each, mostly waiting for processes: begun last, they would leave the other workers with nothing.
LONGEST = ("tests/simulation/", "tests/evaluation/", "tests/chats/test_kill.py", "tests/chats/test_plans.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def _refuse_strangers(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    # The address of a Unix socket is text, that of every other a tuple that begins with the host.
    address = arguments[1]
    if isinstance(address, tuple) and address[0] not in LOOPBACK:
        raise RuntimeError(f"tests stay on this machine, yet something connects to {address}")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> None:
    """Make every connection to another machine fail. An audit hook stays until the process ends."""
    sys.addaudithook(_refuse_strangers)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    """Take away what the person who runs the tests has set for their own advisor."""
    with pytest.MonkeyPatch.context() as environment:
        for name in Settings.model_fields:
            environment.delenv(name.upper(), raising=False)
            environment.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The guides as they are shipped."""
    return load_library()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all state; the built embedding model stays in the user's cache."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def parts(home: Path) -> Parts:
    """The whole advisor, as the commands put it together."""
    return open_parts(Settings.model_construct(advisor_home=home))


@pytest.fixture
def place(parts: Parts, home: Path, tmp_path: Path) -> Path:
    """A folder of state of its own, with the index that *parts* has built already: building takes many seconds."""
    assert parts.library.guides
    if (home / "index").exists():
        shutil.copytree(home / "index", tmp_path / "index")
    return tmp_path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of our own, reached by a socket in a folder."""
    with running(tmp_path_factory.mktemp("postgres")) as address:
        yield address
