"""A Bot API on loopback. What it is asked is judged by aiogram's generated models of the Bot API and by its limits.

It speaks HTTP only, so that a bot in another process can be driven as well as one in this one.
"""

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiogram import methods
from aiohttp import ClientError, ClientSession, web
from pydantic import ConfigDict, ValidationError

from tests.chats.loopback import Loopback

TOKEN = "123456:TEST-token-of-nobody"  # noqa: S105 - of nobody
MY_ID = 123456
ME = {"id": MY_ID, "is_bot": True, "first_name": "Advisor", "username": "advisor_test_bot"}
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
# How values begin that are JSON in a form, and fields that never are.
SENDING = {"sendmessage", "editmessagetext", "sendphoto", "senddocument"}
_JSON, _WORDS = "[{-0123456789tf", {"text", "caption", "callback_query_id"}


@dataclass
class Fault:
    """An answer that is given instead of the usual one, once; `late` gives it after the request was carried out.

    `slow` gives the usual answer so many seconds after that.
    """

    status: int = 500
    description: str = "Internal Server Error"
    parameters: Row = field(default_factory=dict)
    late: bool = False
    hang: float = 0.0
    slow: float = 0.0


class BotApi(Loopback):
    """A server that knows one bot; `calls` are what it was asked, `refused` what broke the rules of the API."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, Row]] = []
        self.refused: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self.updates: list[Row] = []
        self.messages = 100
        self.number = 1000
        self.hook: Row = {}
        # Administrators by chat; the bot is one of those it was let into.
        self.administrators: defaultdict[int, set[int]] = defaultdict(set)
        self._news = asyncio.Event()
        self._healed: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
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
                        self.press(button["callback_data"], chat, person, call.get("sent") or call["message_id"])
                        return
        raise AssertionError(f"no button says {label}")

    def press(self, data: str, chat: int = 7, person: int | None = None, message: int = 1) -> None:
        """Let a person press a button with *data* under *message*."""
        shown = self.message("…", chat) | {"message_id": message, "from": ME}
        person = person or abs(chat)
        query = {"id": str(self.number), "from": {"id": person, "is_bot": False, "first_name": "Ada"}, "data": data}
        self.push(callback_query=query | {"message": shown, "chat_instance": "1"})

    def lets_in(self, chat: int, person: int, kind: str = "channel") -> None:
        """Let *person* make the bot an administrator of a channel, or a member of a group."""
        inside = _administrator(ME) if kind == "channel" else {"user": ME, "status": "member"}
        if kind == "channel":
            self.administrators[chat] |= {person, MY_ID}
        change = {"chat": {"id": chat, "type": kind, "title": "CV jobs"}, "date": int(time.time())}
        change |= {"from": {"id": person, "is_bot": False, "first_name": "Ada"}}
        self.push(
            my_chat_member=change | {"old_chat_member": {"user": ME, "status": "left"}, "new_chat_member": inside}
        )

    async def ask(self, text: str, chat: int = 7, person: int | None = None, **more: Any) -> str:
        """Let a person write *text*, in a group with the bot's name; return what is sent next there."""
        named = text if chat > 0 or text.startswith("/") else f"@{ME['username']} {text}"
        return await super().ask(named, chat, person, **more)

    # What the bot did

    def buttons(self, chat: int = 7) -> list[str]:
        """Return what the buttons under the last message say."""
        rows = (self.sent(chat)[-1].get("reply_markup") or {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    def sent(self, chat: int | None = None) -> list[Row]:
        """Return the messages that were sent, with their texts, in order."""
        return [call for name, call in self.calls if name in SENDING and chat in {None, call["chat_id"]}]

    def texts(self, chat: int | None = None) -> list[str]:
        """Return the texts and captions that were sent, in order."""
        return [call.get("text") or call.get("caption") or "" for call in self.sent(chat)]

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next requests of *method* fail."""
        self.faults.setdefault(method.lower(), deque()).extend(faults)
        self._healed[method.lower()].clear()

    async def failed(self, method: str, seconds: float = 20.0) -> None:
        """Wait until every request of *method* that was to fail has failed."""
        async with asyncio.timeout(seconds):
            await self._healed[method.lower()].wait()

    # The server

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._called)
        return app

    async def _called(self, request: web.Request) -> web.Response:
        name, form = request.match_info["method"].lower(), await self._form(request)
        model, fault = METHODS.get(name), self._fault(name)
        if request.match_info["token"] != TOKEN:
            return _refusal(Fault(401, "Unauthorized"))
        if model is None:
            return _refusal(Fault(404, "Not Found"))
        if fault and fault.hang:
            await asyncio.sleep(fault.hang)
        if fault and not fault.late and not fault.slow:
            return _refusal(fault)
        answer = await self._judged(name, model, form)
        if fault and fault.slow:
            await asyncio.sleep(fault.slow)
            return answer
        return _refusal(fault) if fault else answer

    async def _form(self, request: web.Request) -> Row:
        """Return the fields of a request, JSON ones read; files are kept."""
        fields: Row = {}
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                self.files.append(value.file.read())
                fields[name] = f"attach://{value.filename}"
                continue
            text = value if isinstance(value, str) else value.decode()
            try:
                fields[name] = json.loads(text) if text[:1] in _JSON and name not in _WORDS else text
            except ValueError:
                fields[name] = text
        return fields

    async def _judged(self, name: str, model: type[Any], form: Row) -> web.Response:
        """Carry out a request that keeps the rules of the API."""
        reason = _fault_of_model(model, form) or _fault_of_limits(name, form)
        if reason:
            self.refused.append(f"{name}: {reason}")
            return _refusal(Fault(400, f"Bad Request: {reason}"))
        if name == "getupdates":
            return await self._updates(form)
        return web.json_response({"ok": True, "result": self._carry_out(name, form, model)})

    async def call_hook(self) -> None:
        """Call the webhook with each update, again where it was not taken, until cancelled."""
        async with ClientSession() as session:
            while True:
                if not self.hook or not self.updates:
                    await asyncio.sleep(0.01)
                    continue
                headers = {"X-Telegram-Bot-Api-Secret-Token": self.hook["secret_token"]}
                with suppress(ClientError):
                    async with session.post(self.hook["url"], json=self.updates[0], headers=headers) as answer:
                        if answer.status == HTTPStatus.OK:
                            del self.updates[0]
                            continue
                await asyncio.sleep(0.1)

    def _fault(self, name: str) -> Fault | None:
        waiting = self.faults.get(name)
        fault = waiting.popleft() if waiting else None
        if not waiting:
            self._healed[name].set()
        return fault

    async def _updates(self, form: Row) -> web.Response:
        offset = int(form.get("offset") or 0)
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(float(form.get("timeout", 0)), 1.0))
        return web.json_response({"ok": True, "result": self.updates[:100]})

    def _carry_out(self, name: str, form: Row, model: type[Any]) -> Any:
        if name == "getme":
            return ME
        if name in {"getmydescription", "getmyshortdescription", "getmycommands"}:
            return self._answers.get(name) or (
                [] if name == "getmycommands" else {"description": "", "short_description": ""}
            )
        self.calls.append((name, form))
        if name == "getchatmember":
            user = {"id": form["user_id"], "is_bot": False, "first_name": "Ada"}
            runs = form["user_id"] in self.administrators[form["chat_id"]]
            return _administrator(user) if runs else {"user": user, "status": "member"}
        if name in SENDING:
            self.count(form["chat_id"])
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


def _administrator(user: Row) -> Row:
    rights = dict.fromkeys(("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages"), False)
    rights |= dict.fromkeys(("can_manage_video_chats", "can_restrict_members", "can_promote_members"), False)
    rights |= dict.fromkeys(("can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"), False)
    rights |= {"can_delete_stories": False, "can_post_messages": True, "can_edit_messages": False}
    return {"user": user, "status": "administrator"} | rights


def _fault_of_model(model: type[Any], form: Row) -> str:
    """Return what the model of the API finds wrong with a request, empty where nothing."""
    try:
        model.model_validate(form)
    except ValidationError as error:
        return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
    return ""


def _fault_of_limits(name: str, form: Row) -> str:
    """Return which limit of the API a request breaks, empty where none."""
    words, longest = LIMITS.get(name, ("text", 4096))
    text = form.get(words) or ""
    length = len(text.encode("utf-16-le")) // 2
    entities = form.get("entities") or form.get("caption_entities") or []
    buttons = [b for row in (form.get("reply_markup") or {}).get("inline_keyboard", []) for b in row]
    faults = {
        f"{words} is too long": length > longest,
        "message text is empty": name == "sendmessage" and not text.strip(),
        "more than 100 entities": len(entities) > 100,
        "an entity is outside its text": any(e["offset"] + e["length"] > length or e["length"] < 1 for e in entities),
        "BUTTON_DATA_INVALID": any(not 1 <= len(b.get("callback_data", "x").encode()) <= 64 for b in buttons),
    }
    return "; ".join(fault for fault, found in faults.items() if found)


def _refusal(fault: Fault) -> web.Response:
    answer: Row = {"ok": False, "error_code": fault.status, "description": fault.description}
    if fault.parameters:
        answer["parameters"] = fault.parameters
    return web.json_response(answer, status=fault.status)
