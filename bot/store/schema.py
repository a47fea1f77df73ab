"""The schema of the database, brought up to date by Alembic; nothing is done where it is."""

import shutil
from pathlib import Path

import sqlalchemy as sa

# The newest migration. Asking the database for its version takes a millisecond; loading Alembic a fifth of a second.
HEAD = "0010"
# What processes that are started at once wait for each other with: any number of ours.
UPGRADING = 7_120_450
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: sa.Engine, file: Path | None) -> None:
    """Apply the migrations that *engine* lacks; a SQLite *file* is copied before."""
    if version(engine) == HEAD:
        return
    from alembic import command  # noqa: PLC0415 - only where there is something to do
    from alembic.config import Config  # noqa: PLC0415

    if file and file.exists() and file.stat().st_size and version(engine):
        shutil.copy2(file, file.with_suffix(".before-upgrade"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # Several processes may be started at once; the others wait and find it done.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(UPGRADING)))
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
        connection.commit()


def version(engine: sa.Engine) -> str | None:
    """Return the migration the database is at, None for one that has none yet."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
