"""The README shows what the product really says and starts."""

import re
from pathlib import Path

import pytest

from adapters.chats.terminal import plain
from bot.replies import to_reply
from bot.wiring import Parts

ROOT = Path(__file__).parents[2]
PROMPT = "you › "


def _transcript() -> str:
    found = re.search(r"```text\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert found, "the README has no transcript"
    return found[1]


def _said(parts: Parts, questions: list[str]) -> str:
    conversation = parts.conversation()
    replies = [f"{PROMPT}{text}\n{plain(to_reply(conversation.ask(text).advice.answer))}" for text in questions]
    return "\n\n".join(replies)


def test_the_transcript_is_real_output(parts: Parts) -> None:
    if parts.index is None:
        pytest.skip("the transcript was made with the embedding model")
    shown = _transcript()
    questions = [line.removeprefix(PROMPT) for line in shown.splitlines() if line.startswith(PROMPT)]

    assert _said(parts, questions).split() == shown.split()


def test_its_make_commands_exist() -> None:
    readme, makefile = ((ROOT / name).read_text("utf-8") for name in ("README.md", "Makefile"))

    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))

    assert set(re.findall(r"\bmake (chat|test|evaluate|bench|check)\b", readme)) <= targets


def test_the_ci_script_calls_the_readmes_test_command() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
