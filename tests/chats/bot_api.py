"""A Bot API on loopback. What it is asked is judged by aiogram's generated models of the Bot API and by its limits.

It speaks HTTP only, so that a bot in another process can be driven as well as one in this one.
"""

import asyncio
import json
import re
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiogram import methods
from aiohttp import web
from pydantic import ConfigDict, ValidationError

TOKEN = "123456:TEST-token-of-nobody"
ME = {"id": 123456, "is_bot": True, "first_name": "Advisor", "username": "advisor_test_bot"}
Row = dict[str, Any]


def _strict(model: type[Any]) -> type[Any]:
    config = ConfigDict(**{**model.model_config, "extra": "forbid"})  # type: ignore[typeddict-item]
    return type(f"Strict{model.__name__}", (model,), {"model_config": config, "__annotations__": {}})


METHODS = {
    model.__api_method__.lower(): _strict(model)
    for name in methods.__all__
    if isinstance(getattr(model := getattr(methods, name), "__api_method__", None), str)
}
# Limits the models do not know (https://core.telegram.org/bots/api, read 2026-11).
LIMITS = {"sendmessage": ("text", 4096), "editmessagetext": ("text", 4096), "sendphoto": ("caption", 1024)}
_TEXT_FIELD = re.compile(r"str|.*\bstr \| None|.*\bChatIdUnion.*")


@dataclass
class Fault:
    """An answer that is given instead of the usual one, once; `late` gives it after the request was carried out."""

    status: int = 500
    description: str = "Internal Server Error"
    parameters: Row = field(default_factory=dict)
    late: bool = False
    hang: float = 0.0


class BotApi:
    """A server that knows one bot; `calls` are what it was asked, `refused` what broke the rules of the API."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Row]] = []
        self.refused: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self.updates: list[Row] = []
        self.messages = 100
        self.number = 1000
        self.hook: Row = {}
        self._news = asyncio.Event()
        self._answers: dict[str, Any] = {}

    # What people do

    def push(self, **update: Any) -> int:
        """Let something happen; return its number."""
        self.number += 1
        self.updates.append({"update_id": self.number} | update)
        self._news.set()
        return self.number

    def says(self, text: str, chat: int = 7, person: int | None = None, **more: Any) -> Row:
        """Let a person write *text*; a negative *chat* is a group."""
        message = self.message(text, chat, person, **more)
        self.push(message=message)
        return message

    def message(self, text: str, chat: int = 7, person: int | None = None, **more: Any) -> Row:
        """Return a message as the Bot API describes it."""
        self.messages += 1
        command = re.match(r"/\w+(?:@\w+)?", text)
        entities = [{"type": "bot_command", "offset": 0, "length": command.end()}] if command else []
        entities += [
            {"type": "mention", "offset": m.start(), "length": len(m[0])} for m in re.finditer(r"(?<!\w)@\w+", text)
        ]
        return {
            "message_id": self.messages,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "supergroup" if chat < 0 else "private", "title": "Jobs", "first_name": "A"},
            "from": {"id": person or abs(chat), "is_bot": False, "first_name": "Ada", "language_code": "en"},
            "text": text,
            "entities": entities,
        } | more

    def presses(self, label: str, chat: int = 7, person: int | None = None) -> None:
        """Let a person press the last button that says *label*."""
        for _, call in reversed(self.calls):
            for row in call.get("reply_markup", {}).get("inline_keyboard", []) if call.get("chat_id") == chat else []:
                for button in row:
                    if label in button["text"]:
                        self._press(button["callback_data"], call.get("sent") or call["message_id"], chat, person)
                        return
        raise AssertionError(f"no button says {label}")

    def _press(self, data: str, message: int, chat: int, person: int | None) -> None:
        shown = self.message("…", chat) | {"message_id": message, "from": ME}
        person = person or abs(chat)
        query = {"id": str(self.number), "from": {"id": person, "is_bot": False, "first_name": "Ada"}, "data": data}
        self.push(callback_query=query | {"message": shown, "chat_instance": "1"})

    # What the bot did

    def sent(self, chat: int | None = None) -> list[Row]:
        """Return the messages that were sent, with their texts, in order."""
        named = {"sendmessage", "editmessagetext", "sendphoto", "senddocument"}
        return [call for name, call in self.calls if name in named and chat in {None, call["chat_id"]}]

    def texts(self, chat: int | None = None) -> list[str]:
        """Return the texts and captions that were sent, in order."""
        return [call.get("text") or call.get("caption") or "" for call in self.sent(chat)]

    async def until(self, count: int, chat: int | None = None, seconds: float = 20.0) -> list[str]:
        """Wait until *count* messages were sent; return their texts."""
        end = time.monotonic() + seconds
        while len(self.sent(chat)) < count:
            assert time.monotonic() < end, f"{len(self.sent(chat))} of {count} sent: {self.texts(chat)}"
            await asyncio.sleep(0.02)
        return self.texts(chat)

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next requests of *method* fail."""
        self.faults.setdefault(method.lower(), deque()).extend(faults)

    # The server

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._called)
        return app

    async def _called(self, request: web.Request) -> web.Response:
        name = request.match_info["method"].lower()
        if request.match_info["token"] != TOKEN:
            return _refusal(401, "Unauthorized")
        form = await _form(request)
        model = METHODS.get(name)
        if model is None:
            return _refusal(404, "Not Found")
        fault = self._fault(name)
        if fault and fault.hang:
            await asyncio.sleep(fault.hang)
        if fault and not fault.late:
            return _refusal(fault.status, fault.description, fault.parameters)
        reason = _judge(name, model, form)
        if reason:
            self.refused.append(f"{name}: {reason}")
            return _refusal(400, f"Bad Request: {reason}")
        if name == "getupdates":
            return await self._updates(form)
        result = self._carry_out(name, form, model)
        if fault:
            return _refusal(fault.status, fault.description, fault.parameters)
        return web.json_response({"ok": True, "result": result})

    def _fault(self, name: str) -> Fault | None:
        waiting = self.faults.get(name)
        return waiting.popleft() if waiting else None

    async def _updates(self, form: Row) -> web.Response:
        offset = int(form.get("offset") or 0)
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), min(float(form.get("timeout", 0)), 1.0))
            except TimeoutError:
                pass
        return web.json_response({"ok": True, "result": self.updates[:100]})

    def _carry_out(self, name: str, form: Row, model: type[Any]) -> Any:
        if name == "getme":
            return ME
        if name in {"getmydescription", "getmyshortdescription", "getmycommands"}:
            return self._answers.get(name) or (
                [] if name == "getmycommands" else {"description": "", "short_description": ""}
            )
        self.calls.append((name, form))
        if name == "setwebhook":
            self.hook = form
        if model.__returning__ is bool:
            return True
        if name != "editmessagetext":
            self.messages += 1
            form["sent"] = self.messages
        return {
            "message_id": form.get("sent") or form["message_id"],
            "date": int(time.time()),
            "chat": {"id": form["chat_id"], "type": "private", "first_name": "A"},
            "from": ME,
            "text": form.get("text") or "",
        }


async def _form(request: web.Request) -> Row:
    """Return the fields of a request, JSON ones read; a file is its name and length."""
    fields: Row = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            fields[name] = f"attach://{value.filename}"
            continue
        text = value if isinstance(value, str) else value.decode()
        try:
            fields[name] = json.loads(text) if text[:1] in "[{-0123456789tf" and name != "text" else text
        except ValueError:
            fields[name] = text
    return {name: value for name, value in fields.items() if not str(value).startswith("attach://") or name in _FILES}


_FILES = {"photo", "document"}


def _judge(name: str, model: type[Any], form: Row) -> str:
    """Return which rule of the API a request breaks, empty where none."""
    try:
        model.model_validate(form)
    except ValidationError as error:
        return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
    words, longest = LIMITS.get(name, ("text", 4096))
    text = form.get(words) or ""
    length = len(text.encode("utf-16-le")) // 2
    if length > longest:
        return f"{words} is too long"
    if name == "sendmessage" and not text.strip():
        return "message text is empty"
    entities = form.get("entities") or form.get("caption_entities") or []
    if len(entities) > 100:
        return "more than 100 entities"
    if any(entity["offset"] + entity["length"] > length or entity["length"] < 1 for entity in entities):
        return "an entity is outside its text"
    buttons = [b for row in (form.get("reply_markup") or {}).get("inline_keyboard", []) for b in row]
    if any(not 1 <= len(button.get("callback_data", "x").encode()) <= 64 for button in buttons):
        return "BUTTON_DATA_INVALID"
    return ""


def _refusal(status: int, description: str, parameters: Row | None = None) -> web.Response:
    answer: Row = {"ok": False, "error_code": status, "description": description}
    return web.json_response(answer | ({"parameters": parameters} if parameters else {}), status=status)
