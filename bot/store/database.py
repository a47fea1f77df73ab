"""The database: SQLite in the folder of all state, or what `DATABASE_URL` names; the same code for both."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from knowledge.errors import StoreError

METADATA = sa.MetaData()
# Several processes may write (chat, ask, serve); SQLite lets them wait for each other this long, in seconds.
BUSY = 30


def open_database(url: str | None, file: Path) -> sa.Engine:
    """Open the database and create what is missing in it: at *url*, else the SQLite *file*.

    Raises:
        StoreError: the address cannot be read, or the database cannot be reached.

    """
    if url is None:
        file.parent.mkdir(parents=True, exist_ok=True)
    address = url or f"sqlite:///{file}"
    try:
        engine = sa.create_engine(_with_driver(address), pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _prepare_sqlite)
        METADATA.create_all(engine)
    except (SQLAlchemyError, ImportError, ValueError, OSError) as error:
        raise StoreError(_reason(error), url is not None) from error
    return engine


def upsert(engine: sa.Engine, table: sa.Table, row: dict[str, Any], changes: dict[str, Any]) -> None:
    """Insert *row*, or apply *changes* to the row with the same unique `key`, in one statement."""
    from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415 - two dialects, one of them used

    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    try:
        with engine.begin() as connection:
            connection.execute(insert(table).values(row).on_conflict_do_update(index_elements=["key"], set_=changes))
    except SQLAlchemyError as error:
        raise StoreError(_reason(error), engine.dialect.name != "sqlite") from error


def _with_driver(address: str) -> sa.URL:
    """Return the address with the driver we install, for the forms other tools write ("postgres://")."""
    url = sa.make_url(address)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
    # Readers go on while one writes, and a second writer waits instead of failing.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA busy_timeout={BUSY * 1000}")


def _reason(error: BaseException) -> str:
    """Return the first line of what went wrong, without the statement and its values."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]
