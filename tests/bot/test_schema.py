"""The migrations make exactly the tables the code speaks of, on both databases, and keep what was there."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from bot.store.database import WRITING, open_database
from bot.store.digest_tables import DIGESTS
from bot.store.schema import HEAD, version
from bot.store.tables import GAPS, METADATA
from bot.store.usage_tables import USAGE

# Our tables, and those of Slack's library as it defines them now.
EVERYTHING = sa.MetaData(naming_convention=METADATA.naming_convention)
for table in METADATA.sorted_tables:
    table.to_metadata(EVERYTHING)
AsyncSQLAlchemyInstallationStore.build_bots_table(EVERYTHING, "slack_bots")
AsyncSQLAlchemyInstallationStore.build_installations_table(EVERYTHING, "slack_installations")
AsyncSQLAlchemyOAuthStateStore.build_oauth_states_table(EVERYTHING, "slack_oauth_states")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_migrations_make_what_the_code_expects(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = request.getfixturevalue("postgres") if kind == "postgresql" else None
    engine = open_database(url, tmp_path / "advisor.db")

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [str(row) for row in compare_metadata(context, EVERYTHING) if "uq_" not in str(row)]
    at = version(engine)
    engine.dispose()

    assert at == HEAD
    assert differences == []
    assert {DIGESTS.name, USAGE.name} <= METADATA.tables.keys()


def test_a_database_from_before_migrations_keeps_its_gaps_and_is_copied_first(tmp_path: Path) -> None:
    file = tmp_path / "advisor.db"
    old = sa.create_engine(f"sqlite:///{file}")
    GAPS.create(old)
    with old.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO gaps (key, kind, text, slots, reason, answer, count, first_seen, last_seen) "
                "VALUES ('k', 'unanswered', 'hours?', '{}', 'r', 'a', 3, '2026-11-01', '2026-11-02')"
            )
        )
    old.dispose()

    engine = open_database(None, file)

    with engine.connect() as connection:
        assert connection.execute(sa.select(GAPS.c.text, GAPS.c.count)).all() == [("hours?", 3)]
    assert version(engine) == HEAD
    engine.dispose()


def test_writing_at_the_same_time_loses_nothing(tmp_path: Path) -> None:
    import threading  # noqa: PLC0415 - for this test alone

    engine = open_database(None, tmp_path / "advisor.db")
    with engine.execution_options(**WRITING).begin() as connection:
        connection.execute(sa.text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(sa.text("INSERT INTO counter VALUES (0)"))

    def count() -> None:
        for _ in range(25):
            with engine.execution_options(**WRITING).begin() as connection:
                n = connection.execute(sa.text("SELECT n FROM counter")).scalar_one()
                connection.execute(sa.text("UPDATE counter SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT n FROM counter")).scalar_one() == 200
    engine.dispose()
