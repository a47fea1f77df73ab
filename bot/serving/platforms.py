"""The chats that an operator configured."""

from importlib import resources

import yaml

from adapters.chats.platform import ChatPlatform
from adapters.chats.slack.platform import Access, Slack
from adapters.chats.slack.tokens import InstalledTokens, OneToken, Tokens
from adapters.chats.slack.web import Install
from adapters.chats.telegram.menu import Menu
from adapters.chats.telegram.platform import Telegram
from bot.serving.slack_installs import open_installs
from bot.settings import Settings
from knowledge.errors import SettingError


def configured(settings: Settings) -> list[ChatPlatform]:
    """Return the platforms that have what they need; nothing is asked yet.

    Raises:
        SettingError: none has, or something is missing of one.
        StoreError: the database cannot be opened.

    """
    found: list[ChatPlatform] = []
    if settings.telegram_token:
        found.append(open_telegram(settings))
    if settings.slack_bot_token or settings.slack_client_id:
        found.append(open_slack(settings))
    if not found:
        raise SettingError(
            "TELEGRAM_TOKEN", "no chat is configured; docs/telegram.md and docs/slack.md show how to get a token"
        )
    return found


def open_telegram(settings: Settings) -> Telegram:
    """Open Telegram."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    public = str(settings.webhook_url or "") or None
    return Telegram(token, read_menu(), settings.telegram_api_url, public, settings.telegram_per_second)


def read_menu() -> Menu:
    """Return the menu as it is written."""
    written = yaml.safe_load((resources.files("bot.serving") / "menu.yaml").read_text("utf-8"))
    return Menu(**written | {"in_groups": frozenset(written["in_groups"])})


def open_slack(settings: Settings) -> Slack:
    """Open Slack: one workspace with its token, or every workspace that installs the app.

    Raises:
        SettingError: something is missing.
        StoreError: the database cannot be opened.

    """
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    signing = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else ""
    if not app_token and not signing:
        raise SettingError("SLACK_APP_TOKEN", "set it (Socket Mode) or SLACK_SIGNING_SECRET (calls); see docs/slack.md")
    tokens, install = _tokens(settings)
    return Slack(tokens, Access(app_token, signing, install), settings.slack_api_url, settings.slack_per_second)


def _tokens(settings: Settings) -> tuple[Tokens, Install | None]:
    if settings.slack_bot_token:
        return OneToken(settings.slack_bot_token.get_secret_value()), None
    name = settings.slack_client_id or ""
    if settings.slack_client_secret is None:
        raise SettingError("SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID is set and this is not; see docs/slack.md")
    secret = settings.slack_client_secret.get_secret_value()
    installations, states = open_installs(settings, name)
    install = Install(name, secret, str(settings.webhook_url or ""), installations, states)
    return InstalledTokens(installations, name, secret), install
