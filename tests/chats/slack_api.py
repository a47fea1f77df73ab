"""A Slack on loopback: Web API, OAuth, uploads, Socket Mode and signed calls. Blocks are judged by slack_sdk's models.

It speaks HTTP and WebSocket only, so that an app in another process can be driven as well as one in this one. People
who write in a direct message go on in the thread of their last one, as the app's own view does.
"""

import asyncio
import contextlib
import itertools
import json
import re
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from aiohttp import ClientError, ClientSession, WSMsgType, web
from slack_sdk.signature import SignatureVerifier

from adapters.chats.slack.manifest import METHODS
from adapters.chats.slack.payloads import COMMANDS
from tests.chats.loopback import Loopback
from tests.chats.slack_rules import buttons_of, fault_of_blocks, shown

TEAM, BOT, BOT_ID = "T1", "UB", "B1"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-nobody", "xapp-nobody", "shhh"
Row = dict[str, Any]
SENDING = {"chat.postMessage", "chat.update", "chat.postEphemeral", "respond", "files.completeUploadExternal"}
_JSON = ("blocks", "view", "files", "prompts", "users")


@dataclass
class Fault:
    """An answer given instead of the usual one, once; `late` gives it after the request was carried out."""

    status: int = 200
    error: str = "ratelimited"
    headers: dict[str, str] = field(default_factory=dict)
    late: bool = False


class SlackApi(Loopback):
    """A server that knows workspaces and people; `calls` are what it was asked, `refused` what broke its rules."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, Row]] = []
        self.refused: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self.users: dict[str, Row] = {}
        self.homes: dict[str, Row] = {}
        self.tokens = {BOT_TOKEN}
        self.threads: dict[tuple[int, int], str] = {}
        self.messages: dict[str, Row] = {}
        self.streams: set[str] = set()
        self.port = 0
        # Where calls go; over the socket where empty.
        self.hook = ""
        # Seconds for which a token that is given now holds.
        self.lasts = 43_200
        # The organisation that installs the app for all of its workspaces; empty: one workspace does.
        self.grid = ""
        # How often the same is told; Slack's own patience is four times in some minutes.
        self.patience = 20
        self.sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[Row]] = {}
        self._numbers = itertools.count(1)
        self._waiting: asyncio.Queue[tuple[str, Row]] = asyncio.Queue()

    # What people do

    def ts(self) -> str:
        """Return a new timestamp, Slack's name of a message."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def push(self, kind: str, payload: Row) -> None:
        """Let Slack tell of something: `events_api`, `slash_commands` or `interactive`."""
        self._waiting.put_nowait((kind, payload))

    def event(self, event: Row, **more: Any) -> Row:
        """Return what Slack tells of *event*, and tell it."""
        ours: Row = {
            "enterprise_id": None,
            "team_id": TEAM,
            "user_id": BOT,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        body: Row = {"token": "x", "team_id": TEAM, "api_app_id": "A1", "event": event, "type": "event_callback"}
        body |= {"event_id": f"Ev{uuid4().hex[:10]}", "event_time": int(time.time()), "authorizations": [ours]} | more
        self.push("events_api", body)
        return body

    def says(self, text: str, chat: int = 7, person: int | None = None, *, fresh: bool = False, **more: Any) -> Row:
        """Let a person write *text*: in a direct message, or with our name in a channel (a negative *chat*)."""
        person = person or abs(chat)
        if text.startswith("/"):
            return self._commands(text[1:], chat, person)
        ts, thread = self.ts(), "" if fresh else self.threads.get((chat, person), "")
        self.threads[chat, person] = thread or ts
        event: Row = {"user": f"U{person}", "ts": ts, "event_ts": ts, "channel": channel(chat)}
        event |= {"thread_ts": thread} if thread else {}
        kind = {"type": "message", "channel_type": "im"} if chat > 0 else {"type": "app_mention"}
        said = text if chat > 0 else f"<@{BOT}> {text}"
        event |= kind | {"text": said.replace("&", "&amp;") if "<" in said else said} | more
        return self.event(event)

    def _commands(self, text: str, chat: int, person: int) -> Row:
        word = text.partition(" ")[0]
        asked = text if word in COMMANDS else text.partition(" ")[2] if word == "ask" else text
        where = {"channel_id": channel(chat), "user_id": f"U{person}", "team_id": TEAM, "trigger_id": uuid4().hex}
        body = {
            "command": "/career",
            "text": asked,
            "response_url": self._respond(chat),
            "is_enterprise_install": "false",
        }
        self.push("slash_commands", body | where)
        return body | where

    def _respond(self, chat: int) -> str:
        return f"http://127.0.0.1:{self.port}/respond/{channel(chat)}/{uuid4().hex}"

    def presses(self, label: str, chat: int = 7, person: int | None = None) -> None:
        """Let a person press the last button that says *label*."""
        for name, call in reversed(self.calls):
            for block in call.get("blocks") or [] if _is_in(call, chat) else []:
                for text, value, action in buttons_of(block):
                    if label in text:
                        self.press(value, chat, person, action=action, call=call, hidden=name == "respond")
                        return
        raise AssertionError(f"no button says {label}")

    def press(
        self,
        value: str,
        chat: int = 7,
        person: int | None = None,
        *,
        action: str = "press_0",
        call: Row | None = None,
        hidden: bool = False,
    ) -> None:
        """Let a person press a button with *value* under what *call* sent."""
        call = call or {}
        where = {"type": "message", "message_ts": call.get("sent") or self.ts(), "channel_id": channel(chat)}
        where |= {"thread_ts": call["thread_ts"]} if call.get("thread_ts") else {}
        payload = {"type": "block_actions", "team": {"id": TEAM}, "api_app_id": "A1", "trigger_id": uuid4().hex}
        payload |= {"user": {"id": f"U{person or abs(chat)}", "team_id": TEAM}, "response_url": self._respond(chat)}
        payload |= {"container": where | {"is_ephemeral": hidden}}
        pressed = {"action_id": action, "block_id": "b", "value": value, "type": "button", "action_ts": self.ts()}
        self.push("interactive", payload | {"actions": [pressed]})

    # What the app did

    def sent(self, chat: int | None = None) -> list[Row]:
        """Return what was sent, in order."""
        return [call for name, call in self.calls if name in SENDING and (chat is None or _is_in(call, chat))]

    def texts(self, chat: int | None = None) -> list[str]:
        """Return the texts that were sent as people see them, in order."""
        return [shown(call) for call in self.sent(chat)]

    def buttons(self, chat: int = 7) -> list[str]:
        """Return what the buttons under the last message say."""
        return [text for block in self.sent(chat)[-1].get("blocks") or [] for text, _, _ in buttons_of(block)]

    def named(self, method: str) -> list[Row]:
        """Return what *method* was asked."""
        return [call for name, call in self.calls if name == method]

    async def until_asked(self, method: str, count: int = 1, seconds: float = 10.0) -> list[Row]:
        """Wait until *method* was asked *count* times."""
        async with asyncio.timeout(seconds):
            while len(self.named(method)) < count:  # noqa: ASYNC110 - calls of every kind may come
                await asyncio.sleep(0.02)
        return self.named(method)

    async def until_told(self) -> None:
        """Wait until the app confirmed (or refused often enough) what happened so far, and a moment more."""
        await self._waiting.join()
        await asyncio.sleep(0.5)

    async def until_listening(self) -> None:
        """Wait until the app takes calls."""
        async with asyncio.timeout(20), ClientSession() as session:
            while True:
                with contextlib.suppress(ClientError):
                    async with session.get(self.hook.replace("/slack/events", "/healthz")) as answer:
                        if answer.status == web.HTTPOk.status_code:
                            return
                await asyncio.sleep(0.05)

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next requests of *method* fail."""
        self.faults.setdefault(method, deque()).extend(faults)

    # The server

    def app(self) -> web.Application:
        """Return the web application."""
        app = web.Application(client_max_size=50 * 2**20)
        app.router.add_route("*", "/api/{method}", self._called)
        app.router.add_post("/respond/{channel}/{id}", self._answered)
        app.router.add_post("/upload/{id}", self._uploaded)
        app.router.add_get("/link", self._linked)
        return app

    async def tell(self) -> None:
        """Tell the app what happened, again where it did not confirm, until cancelled."""
        async with ClientSession() as session:
            while True:
                kind, payload = await self._waiting.get()
                for retry in range(self.patience):
                    if await self.told(session, kind, payload, retry):
                        break
                    await asyncio.sleep(0.2)
                self._waiting.task_done()

    async def told(self, session: ClientSession, kind: str, payload: Row, retry: int = 0, **headers: str) -> bool:
        """Tell the app one thing; tell whether it confirmed within three seconds."""
        if not self.hook:
            return await self._over_socket(kind, payload, retry)
        is_event = kind == "events_api"
        form = {"payload": json.dumps(payload)} if kind == "interactive" else payload
        body = json.dumps(payload) if is_event else urlencode(form)
        given = signed(body, "application/json" if is_event else "application/x-www-form-urlencoded")
        given |= {"x-slack-retry-num": str(retry)} if retry else {}
        with contextlib.suppress(ClientError, TimeoutError):
            async with asyncio.timeout(3), session.post(self.hook, data=body, headers=given | headers) as answer:
                return answer.status == web.HTTPOk.status_code
        return False

    async def _over_socket(self, kind: str, payload: Row, retry: int) -> bool:
        while not self.sockets:  # noqa: ASYNC110 - one may close and another open
            await asyncio.sleep(0.02)
        name = str(uuid4())
        self._acks[name] = asyncio.get_running_loop().create_future()
        envelope: Row = {"envelope_id": name, "type": kind, "payload": payload}
        envelope |= {"retry_attempt": retry, "retry_reason": "timeout"} if retry else {}
        with contextlib.suppress(TimeoutError, ConnectionError):
            await self.sockets[-1].send_json(envelope)
            await asyncio.wait_for(self._acks[name], 3)
            return True
        return False

    async def _linked(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}})
        self.sockets.append(socket)
        async for message in socket:
            if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                answer = json.loads(message.data)
                waiting = self._acks.get(answer.get("envelope_id"))
                if waiting and not waiting.done():
                    waiting.set_result(answer)
        self.sockets.remove(socket)
        return socket

    async def _called(self, request: web.Request) -> web.Response:
        method, form = request.match_info["method"], await _form(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or form.pop("token", "")
        fault = self._fault(method)
        if fault and not fault.late:
            return _refusal(fault)
        if method not in METHODS:
            self.refused.append(f"{method} is not in the manifest's list of methods")
        known = {APP_TOKEN} if method == "apps.connections.open" else self.tokens
        if method != "oauth.v2.access" and token not in known:
            return _refusal(Fault(error="invalid_auth"))
        reason = fault_of_blocks(method, form)
        if reason:
            self.refused.append(f"{method}: {reason}")
            return _refusal(Fault(error="invalid_blocks"))
        answer = self._carry_out(method, form)
        return _refusal(fault) if fault else web.json_response({"ok": "error" not in answer} | answer)

    def _fault(self, method: str) -> Fault | None:
        waiting = self.faults.get(method)
        return waiting.popleft() if waiting else None

    def _carry_out(self, method: str, form: Row) -> Row:
        self.calls.append((method, form))
        if method in {"chat.postMessage", "chat.postEphemeral", "chat.update"}:
            return self._written(method, form)
        if method.endswith("Stream"):
            return self._streamed(method, form)
        if method == "oauth.v2.access":
            return self._access(form)
        if method == "files.completeUploadExternal":
            self._counted(form["channel_id"])
        if method == "views.publish":
            self.homes[form["user_id"]] = form["view"]
        who = form.get("user", "")
        answers: dict[str, Row] = {
            "auth.test": {"team": "Jobs", "user": "advisor", "team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID},
            "apps.connections.open": {"url": f"ws://127.0.0.1:{self.port}/link"},
            "users.info": {"user": {"id": who, "tz": "Europe/Berlin", "locale": "en-US"} | self.users.get(who, {})},
            "conversations.open": {"channel": {"id": f"D{re.sub(r'[^0-9]', '', str(form.get('users')))}"}},
            "files.getUploadURLExternal": {
                "file_id": "F1",
                "upload_url": f"http://127.0.0.1:{self.port}/upload/F1",
            },
            "files.completeUploadExternal": {"files": [{"id": "F1"}]},
        }
        return answers.get(method, {})

    def _written(self, method: str, form: Row) -> Row:
        if method == "chat.update" and form["ts"] not in self.messages:
            self.calls.pop()
            return {"error": "message_not_found"}
        # A message to a person goes to their direct messages.
        form["channel"] = re.sub("^U", "D", form["channel"])
        form["sent"] = form["ts"] if method == "chat.update" else self.ts()
        self.messages[form["sent"]] = form
        self._counted(form["channel"])
        return {"ts": form["sent"], "channel": form["channel"], "message_ts": form["sent"]}

    def _streamed(self, method: str, form: Row) -> Row:
        if method == "chat.startStream":
            form["ts"] = self.ts()
            self.messages[form["ts"]] = form
            self.streams.add(form["ts"])
        elif form["ts"] not in self.streams:
            return {"error": "message_not_in_streaming_state"}
        if method == "chat.stopStream":
            self.streams.discard(form["ts"])
        return {"ts": form["ts"], "channel": form["channel"]}

    def _access(self, form: Row) -> Row:
        renewed = form.get("grant_type") == "refresh_token"
        if not renewed and form.get("code") != "good":
            return {"error": "invalid_code"}
        token = f"xoxe.xoxb-{len(self.tokens)}"
        self.tokens.add(token)
        return {
            "app_id": "A1",
            "access_token": token,
            "refresh_token": "xoxe-1-next",
            "expires_in": self.lasts,
            "token_type": "bot",
            "scope": "chat:write",
            "bot_user_id": BOT,
            "team": None if self.grid else {"id": TEAM, "name": "Jobs"},
            "enterprise": {"id": self.grid, "name": "Grid"} if self.grid else None,
            "is_enterprise_install": bool(self.grid),
            "authed_user": {"id": "U1"},
        }

    def _counted(self, where: str) -> None:
        number = int(where[1:]) if where[1:].isdigit() else 0
        self.count(-number if where[0] == "C" else number)

    async def _answered(self, request: web.Request) -> web.Response:
        fault = self._fault("respond")
        if fault:
            return web.Response(status=fault.status, text=fault.error, headers=fault.headers)
        form = await request.json() | {"channel": request.match_info["channel"]}
        reason = fault_of_blocks("respond", form)
        if reason:
            self.refused.append(f"respond: {reason}")
            return web.Response(status=400, text="invalid_blocks")
        self.calls.append(("respond", form | {"sent": self.ts()}))
        self._counted(form["channel"])
        return web.Response(text="ok")

    async def _uploaded(self, request: web.Request) -> web.Response:
        fields = await request.post() if request.content_type.startswith("multipart") else {}
        parts = [value.file.read() for value in fields.values() if isinstance(value, web.FileField)]
        self.files.append(parts[0] if parts else await request.read())
        return web.Response(text="OK")


def signed(body: str, kind: str, secret: str = SECRET, stamp: int | None = None) -> dict[str, str]:
    """Return the headers with which Slack calls."""
    stamp = stamp or int(time.time())
    signature = SignatureVerifier(secret).generate_signature(timestamp=str(stamp), body=body) or ""
    return {"content-type": kind, "x-slack-request-timestamp": str(stamp), "x-slack-signature": signature}


def channel(chat: int) -> str:
    """Return Slack's name of a chat: a negative one is a channel, others are direct messages."""
    return f"C{-chat}" if chat < 0 else f"D{chat}"


def _is_in(call: Row, chat: int) -> bool:
    return channel(chat) in {call.get("channel"), call.get("channel_id")}


async def _form(request: web.Request) -> Row:
    sent = await request.json() if request.content_type == "application/json" else dict(await request.post())
    form = {**request.query, **sent}
    for name in _JSON:
        if isinstance(form.get(name), str) and form[name][:1] in "[{":
            form[name] = json.loads(form[name])
    return form


def _refusal(fault: Fault) -> web.Response:
    if fault.status >= web.HTTPInternalServerError.status_code:
        return web.Response(status=fault.status, text="oops", content_type="text/html", headers=fault.headers)
    return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=fault.headers)
