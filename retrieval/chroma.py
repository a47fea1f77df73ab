"""Opening Chroma: a server by its address, or the store in a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from filelock import FileLock

from knowledge.errors import IndexUnavailable, SettingError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

# Making the tables of a store takes a second; a minute means that the other process hangs.
OPENING_SECONDS = 60.0


def open_client(folder: Path, url: str | None) -> "ClientAPI":
    """Open the Chroma server at *url*, or the embedded store in *folder*.

    Raises:
        SettingError: *url* is no address of a server.
        IndexUnavailable: the server does not answer, or the folder cannot be opened.

    """
    import chromadb  # noqa: PLC0415 - slow to import
    from chromadb.config import Settings  # noqa: PLC0415

    quiet = Settings(anonymized_telemetry=False)
    try:
        if url:
            address = _address(url)
            return chromadb.HttpClient(address.host, address.port, ssl=address.ssl, settings=quiet)
        folder.mkdir(parents=True, exist_ok=True)
        # Processes that make the same store at once stumble over each other's tables.
        with FileLock(folder.with_suffix(".opening"), timeout=OPENING_SECONDS):
            return chromadb.PersistentClient(folder, settings=quiet)
    except (OSError, ValueError, RuntimeError, chromadb.errors.ChromaError) as error:
        raise IndexUnavailable(f"Chroma at {url or folder} cannot be opened: {error}") from error


class _Address(NamedTuple):
    host: str
    port: int
    ssl: bool


def _address(url: str) -> _Address:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError as error:
        raise SettingError("CHROMA_URL", f"'{url}' has no usable port") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingError("CHROMA_URL", f"'{url}' is no address such as http://127.0.0.1:8000")
    return _Address(parts.hostname, port or (443 if parts.scheme == "https" else 8000), parts.scheme == "https")
