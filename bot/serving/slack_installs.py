"""Where installations of the Slack app are kept: in our database, as Slack's library keeps them."""

from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from bot.settings import Settings
from bot.store.database import open_async
from bot.wiring import open_store

# Seconds in which somebody who began an installation has to finish it.
STATE_HOLDS = 600


def open_installs(
    settings: Settings, client_id: str
) -> tuple[AsyncSQLAlchemyInstallationStore, AsyncSQLAlchemyOAuthStateStore]:
    """Open the store of installations and that of installations that were begun.

    Raises:
        StoreError: the database cannot be opened.

    """
    plain = open_store(settings)
    engine = open_async(plain)
    plain.dispose()
    return (
        AsyncSQLAlchemyInstallationStore(client_id, engine),
        AsyncSQLAlchemyOAuthStateStore(STATE_HOLDS, engine),
    )
