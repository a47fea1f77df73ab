"""Stores as Chroma opens them: by address, by folder, as a server, and by several processes at once."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import IndexUnavailable, SettingError
from retrieval.chroma import open_client
from retrieval.index import DenseIndex
from tests.retrieval.counting import FIRST, Counting


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8000",  # no scheme
        "ftp://127.0.0.1",  # another one
        "http://",  # no host
        "http://127.0.0.1:99999",  # no such port
        "http://127.0.0.1:eight",  # no number
    ],
)
def test_an_address_that_is_none_names_the_setting(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"^CHROMA_URL: "):
        open_client(tmp_path, url)


def test_an_unreachable_server_is_named(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"

    with pytest.raises(IndexUnavailable, match=url):
        open_client(tmp_path, url)


def test_a_folder_that_holds_no_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database" * 1000)

    with pytest.raises(IndexUnavailable, match=str(tmp_path)):
        open_client(tmp_path, None)


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server; its address."""
    port, folder = free_port(), tmp_path_factory.mktemp("server")
    chroma = str(Path(sys.executable).with_name("chroma"))
    command = [chroma, "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)]
    try:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError as error:
        pytest.skip(f"chroma cannot be started: {error}")
    try:
        if not listens(port):
            pytest.skip("the Chroma server did not start within 15 seconds")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def listens(port: int) -> bool:
    """Wait until somebody listens at *port*, for 15 seconds at most."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def test_a_server_finds_what_the_embedded_store_finds(server: str, tmp_path: Path) -> None:
    remote = DenseIndex(open_client(tmp_path, server), "guides", Counting())
    embedded = DenseIndex(open_client(tmp_path, None), "guides", Counting())
    remote.sync(FIRST)
    embedded.sync(FIRST)
    (expected,), (actual,) = (index.find(["CUDA helps a lot"], 3) for index in (embedded, remote))

    assert list(expected) == list(actual)
    assert pytest.approx(expected, abs=1e-5) == actual


# Loading takes each process its own time; then all of them open one new store after the other, at the same moments.
OPENING = """
import sys, time
from pathlib import Path
import chromadb
from retrieval.chroma import open_client
for number in range(8):
    time.sleep(max(0.0, float(sys.argv[2]) + number / 2 - time.time()))
    open_client(Path(sys.argv[1]) / str(number), None)
"""


def test_processes_that_are_started_at_once_make_the_same_store(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPENING, str(tmp_path), str(time.time() + 10)]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    told = [process.communicate(timeout=120)[1].decode() for process in processes]

    assert [(process.returncode, words) for process, words in zip(processes, told, strict=True)] == [(0, "")] * 3
