"""The database: SQLite in the folder of all state, or what `DATABASE_URL` names; the same code for both.

`open_database` brings the schema up to date first. On SQLite transactions that write begin with a lock (`WRITING`):
with plain ones 363 of 400 concurrent increments were lost without an error.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.schema import upgrade
from knowledge.errors import StoreError

# Several processes may write (chat, ask, refresh, serve); SQLite lets them wait for each other this long, in seconds.
BUSY = 30
WRITING = {"begin": "IMMEDIATE"}


def open_database(url: str | None, file: Path) -> sa.Engine:
    """Open the database at *url*, else the SQLite *file*, with its schema brought up to date.

    Raises:
        StoreError: the address cannot be read, the database cannot be reached or is newer than this version.

    """
    if url is None:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        engine = sa.create_engine(address(url, file), pool_pre_ping=True)
        _prepare(engine)
        upgrade(engine, file if url is None else None)
    except (SQLAlchemyError, ImportError, ValueError, OSError) as error:
        raise StoreError(reason(error), url is not None) from error
    return engine


def open_async(engine: sa.Engine) -> AsyncEngine:
    """Open the same database for asynchronous work."""
    url = engine.url.set(drivername="sqlite+aiosqlite") if engine.dialect.name == "sqlite" else engine.url
    # No pool: a connection costs a millisecond, and one left open to SQLite lives in a thread that keeps the process
    # from ending, as one to PostgreSQL is bound to the event loop it was made in.
    opened = create_async_engine(url, poolclass=sa.NullPool)
    _prepare(opened.sync_engine)
    return opened


def upsert(engine: sa.Engine, table: sa.Table, row: dict[str, Any], changes: dict[str, Any]) -> None:
    """Insert *row*, or apply *changes* to the row with the same unique `key`, in one statement."""
    try:
        with engine.execution_options(**WRITING).begin() as connection:
            connection.execute(upserting(engine.dialect.name, table, [row], ["key"], changes))
    except SQLAlchemyError as error:
        raise StoreError(reason(error), engine.dialect.name != "sqlite") from error


def upserting(
    dialect: str, table: sa.Table, rows: Iterable[Mapping[str, Any]], unique: list[str], changes: Mapping[str, Any]
) -> sa.Executable:
    """Return the statement that inserts *rows* and applies *changes* where their *unique* columns are there."""
    statement: sa.Executable = _insert(dialect, table, rows).on_conflict_do_update(index_elements=unique, set_=changes)
    return statement


def ignoring(dialect: str, table: sa.Table, rows: Iterable[Mapping[str, Any]], unique: list[str]) -> sa.Executable:
    """Return the statement that inserts those of *rows* whose *unique* columns are not there yet."""
    statement: sa.Executable = _insert(dialect, table, rows).on_conflict_do_nothing(index_elements=unique)
    return statement


def replacing(
    dialect: str, table: sa.Table, rows: Iterable[Mapping[str, Any]], unique: list[str], names: Iterable[str]
) -> sa.Executable:
    """Return the statement that inserts *rows*, or sets the columns *names* to theirs where they are there already."""
    insert = _insert(dialect, table, rows)
    changes = {name: insert.excluded[name] for name in names}
    statement: sa.Executable = insert.on_conflict_do_update(index_elements=unique, set_=changes)
    return statement


def _insert(dialect: str, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - of two dialects
    from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415 - two dialects, one of them used

    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).values([*rows])


def address(url: str | None, file: Path) -> sa.URL:
    """Return the address with the driver we install, for the forms other tools write ("postgres://")."""
    made = sa.make_url(url or f"sqlite:///{file}")
    if made.drivername in {"postgres", "postgresql"}:
        return made.set(drivername="postgresql+psycopg")
    return made


def reason(error: BaseException) -> str:
    """Return the first line of what went wrong, without the statement and its values."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _prepare(engine: sa.Engine) -> None:
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection
    # The driver begins no transaction of its own; ours say how they begin.
    connection.isolation_level = None
    # Readers go on while one writes, and a second writer waits instead of failing.
    cursor = connection.cursor()
    for setting in ("journal_mode=WAL", f"busy_timeout={BUSY * 1000}", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")
