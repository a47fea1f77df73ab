"""Replies as blocks of Slack: within the limits, nothing lost, nothing that is markup or calls anybody."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from adapters.chats.marked import clean
from adapters.chats.page import write
from adapters.chats.platform import Address, Button, Outgoing
from adapters.chats.reply import Reply
from adapters.chats.slack.parts import SlackPage, parts_of
from knowledge.document import Bullets, Card, Line, Link, Paragraph
from tests.chats.replies import NASTY, REPLIES, TRIED
from tests.chats.slack_rules import all_runs, fault_of_blocks, shown

WHITE = re.compile(r"\s+")
DIRECT, HOME = Address("slack", "T1/D7", "1700000000.000100"), Address("slack", "T1/U7", "home")
ROWS = ((Button("x" * 200, "v1:ask:t:0"),), (Button("👍 Good", "v1:good:t:"), Button("👎 Not good", "v1:bad:t:")))


def sent(reply: Reply, where: Address = DIRECT) -> list[dict[str, Any]]:
    return [part.body for part in parts_of(Outgoing(reply, ROWS), where)]


@settings(max_examples=TRIED, suppress_health_check=list(HealthCheck))
@given(REPLIES)
def test_whatever_is_said_fits_messages_and_nothing_is_lost(reply: Reply) -> None:
    messages = sent(reply)

    for message in messages:
        assert not fault_of_blocks("chat.postMessage", message)
        assert not re.search(r"[<>]", message["text"])
        assert all(
            run.get("url", "https://").startswith(("http://", "https://")) for run in all_runs(message["blocks"])
        )
    text = WHITE.sub("", "".join(map(shown, messages)))
    assert text == WHITE.sub("", write(reply, SlackPage()).text)


@settings(max_examples=TRIED // 3, suppress_health_check=list(HealthCheck))
@given(REPLIES)
def test_whatever_stands_on_a_page_fits_it(reply: Reply) -> None:
    (page,) = sent(reply, HOME)

    assert not fault_of_blocks("views.publish", page)


@pytest.mark.parametrize("nasty", [*NASTY, "<!channel>", "<@U123>", "<http://x.example|y>", "&lt;!here&gt;"])
def test_text_of_others_is_shown_as_it_is_and_is_no_markup(nasty: str) -> None:
    card = Card(nasty, nasty, (Line(nasty, "Pay"),), (Link(nasty, "https://example.com"),))
    (message,) = sent(Reply("listings", (card,)))

    assert {block["type"] for block in message["blocks"]} == {"rich_text", "actions", "context_actions"}
    assert {run["type"] for run in all_runs(message["blocks"])} <= {"text", "link"}
    assert "<" not in message["text"]
    assert " ".join(clean(nasty).split())[:150] in " ".join(shown(message).split())


def test_lists_are_lists_and_marks_are_styles() -> None:
    lines = Bullets((Line("one", "First"), Line("two")), ordered=True, title="In order")
    (message,) = sent(Reply("answer", (Paragraph(Line("text", "Lead")), lines)))

    section, found = message["blocks"][0]["elements"]
    assert section["elements"][0] == {"type": "text", "text": "Lead:", "style": {"bold": True}}
    assert (found["type"], found["style"], len(found["elements"])) == ("rich_text_list", "ordered", 2)


def test_our_commands_are_named_as_they_are_called_here() -> None:
    card = Card("Engineer /jobs", "Acme", (), ())
    (message,) = sent(Reply("social", (Paragraph(Line("see /help, not /etc/help")), card)))

    assert "see /career help, not /etc/help" in shown(message)
    assert "Engineer /jobs" in shown(message)
    assert json.dumps(message["blocks"]).count("/career") == 1
