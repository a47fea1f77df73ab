"""The manifest from which Slack makes the app: right by Slack's own schema, and true to what the code uses."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from typer.testing import CliRunner

import adapters.chats.slack
from adapters.chats.slack.manifest import EVENTS, METHODS, SCOPES, manifest
from bot.commands import app

# github.com/slackapi/manifest-schema at c50cfa8, MIT (see the license beside it).
SCHEMA = json.loads((Path(__file__).parent / "data" / "slack_manifest.schema.json").read_text("utf-8"))
FOLDER = Path(next(iter(adapters.chats.slack.__path__)))
SOURCE = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.py") if path.name != "manifest.py")


@pytest.mark.parametrize("url", ["", "https://bot.example.org", "https://bot.example.org/"])
def test_slack_takes_it(url: str) -> None:
    made = manifest(url)

    jsonschema.validate(made, SCHEMA)
    assert made["settings"]["socket_mode_enabled"] is not bool(url)
    assert ("https://bot.example.org/slack/events" in json.dumps(made)) is bool(url)


@pytest.mark.parametrize("fault", [{"no_such_key": 1}, {"display_information": {"name": "x" * 36}}])
def test_the_schema_refuses_what_is_wrong(fault: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(manifest() | fault, SCHEMA)


def test_it_asks_for_what_the_code_uses_and_no_more() -> None:
    called = {
        name
        for name in dir(AsyncWebClient)
        if "_" in name[1:-1] and name[0] != "_" and re.search(rf"\.{name}\b", SOURCE)
    }
    uploads = {"files_getUploadURLExternal", "files_completeUploadExternal"}
    # Uploads are several calls of one helper; codes of OAuth and tokens are exchanged by the library.
    used = (called - {"files_upload_v2", "api_call"}) | uploads | {"oauth_v2_access"}
    assert used == {name.replace(".", "_") for name in METHODS}
    for event in EVENTS:
        assert f'"{event.removesuffix(".im")}"' in SOURCE
    assert {*SCOPES} == {scope for scope in (*EVENTS.values(), *METHODS.values()) if scope} | {"commands"}


def test_it_is_printed() -> None:
    done = CliRunner().invoke(app, ["slack", "manifest", "--url", "https://bot.example.org"])

    assert json.loads(done.stdout) == manifest("https://bot.example.org")
