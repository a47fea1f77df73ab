"""Updates of Telegram as events of ours. https://core.telegram.org/bots/api#update (read 2026-11)."""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatType

from adapters.chats.platform import Address, Inbound, InboundKind

NAME = "telegram"
# Of Bot API 10.3, which the library hands on as it came.
STOPPED = "stopped_message_generation"
ALLOWED = (Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER, STOPPED)
# A client cuts a long text into messages of 4,096 units, at a blank where it can.
NEARLY_FULL = 3900
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+|$)")
_INSIDE = {"member", "administrator", "creator", "restricted"}


def read_update(update: Update, me: User) -> Inbound | None:
    """Return what *update* tells us, None where it is none of ours: talk in a group, another bot's command."""
    event = event_of(update)
    if STOPPED in update.api_kwargs:
        return _stopped(event, update.api_kwargs[STOPPED])
    if update.callback_query:
        return _pressed(event, update.callback_query)
    if update.my_chat_member:
        return _membership(event, update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    return _said(event, message, message.from_user, me, edited=update.message is None)


def _stopped(event: str, body: Mapping[str, Any]) -> Inbound:
    """Return that somebody wants no more of the answer that is being made."""
    chat = str(body["chat"]["id"])
    where = Address(NAME, chat, str(body.get("message_thread_id") or ""))
    return Inbound(InboundKind.STOPPED, event, where, f"{NAME}:{chat}", dt.datetime.now(dt.UTC))


def event_of(update: Update) -> str:
    """Return a name for *update*: its number and its content, since another bot counts from its own first one."""
    content = hashlib.sha256(update.to_json().encode()).hexdigest()
    return f"{update.update_id}:{content[:16]}"


def _said(number: str, message: Message, person: User, me: User, *, edited: bool) -> Inbound | None:
    text = message.text or message.caption or ""
    private = message.chat.type == ChatType.PRIVATE
    kind, command = InboundKind.EDITED if edited else InboundKind.TEXT, ""
    found = _COMMAND.match(text)
    if found:
        if found[2] and found[2].casefold() != (me.username or "").casefold():
            return None
        kind, command, text = InboundKind.COMMAND, found[1].casefold(), text[found.end() :]
        if edited:
            return None
    elif not private:
        spoken = _to_us(message, text, me)
        if spoken is None:
            return None
        text = spoken
    cited = _cited(message, me)
    if message.forward_origin and not command:
        # What is forwarded nobody says to us.
        text, cited = "", text
    if not text and not cited and not command and (not private or _is_service(message)):
        return None
    return Inbound(
        kind=kind,
        event=number,
        address=_address(message),
        person=_person(person),
        at=message.date,
        text=text.strip() if len(text) < NEARLY_FULL else text,
        cited=cited,
        command=command,
        message=str(message.message_id),
        private=private,
        language=person.language_code or "",
        title=message.chat.title or "",
        long=len(text) >= NEARLY_FULL or bool(message.forward_origin and len(cited) >= NEARLY_FULL),
    )


def _cited(message: Message, me: User) -> str:
    """Return what a message quotes of another one, or the whole of what it answers; our own words are no news to us."""
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return ""
    if message.quote:
        return message.quote.text
    return (answered.text or answered.caption or "") if answered else ""


def _to_us(message: Message, text: str, me: User) -> str | None:
    """Return what was said to the bot in a group: as a reply to it, or with its name, which is left out."""
    mention = f"@{me.username}".casefold()
    named = [
        entity
        for entity, shown in _mentions(message.parse_entities() or message.parse_caption_entities())
        if shown.casefold() == mention or (entity.user and entity.user.id == me.id)
    ]
    if named:
        return re.sub(re.escape(mention), " ", text, flags=re.IGNORECASE)
    answered = message.reply_to_message
    to_us = answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    return text if to_us and text else None


def _mentions(found: dict[MessageEntity, str]) -> Sequence[tuple[MessageEntity, str]]:
    kinds = {MessageEntity.MENTION, MessageEntity.TEXT_MENTION}
    return [(entity, text) for entity, text in found.items() if entity.type in kinds]


def _is_service(message: Message) -> bool:
    """Tell news of a chat (a new title, a pinned message) from something a person sent."""
    return message.effective_attachment is None


def _pressed(number: str, query: CallbackQuery) -> Inbound | None:
    if query.message is None:
        return None
    thread = (
        query.message.message_thread_id
        if isinstance(query.message, Message) and query.message.is_topic_message
        else None
    )
    return Inbound(
        kind=InboundKind.ACTION,
        event=number,
        address=Address(NAME, str(query.message.chat.id), str(thread or "")),
        person=_person(query.from_user),
        at=query.message.date,
        text=query.data or "",
        message=str(query.message.message_id),
        private=query.message.chat.type == ChatType.PRIVATE,
        language=query.from_user.language_code or "",
    )


def may_post(member: ChatMember) -> bool:
    """Tell whether *member* may post in a channel: its creator, and administrators who were given the right."""
    if isinstance(member, ChatMemberAdministrator):
        # Groups know no such right: there every administrator speaks.
        return member.can_post_messages is not False
    return member.status == ChatMember.OWNER


def _membership(number: str, change: ChatMemberUpdated) -> Inbound | None:
    """Return where we are now, None where that is as it was before."""
    channel = change.chat.type == ChatType.CHANNEL
    before, inside = (
        may_post(member) if channel else member.status in _INSIDE
        for member in (change.old_chat_member, change.new_chat_member)
    )
    if before == inside:
        return None
    return Inbound(
        kind=InboundKind.JOINED if inside else InboundKind.LEFT,
        event=number,
        address=Address(NAME, str(change.chat.id)),
        person=_person(change.from_user),
        at=change.date,
        private=change.chat.type == ChatType.PRIVATE,
        title=change.chat.title or "",
        channel=channel,
    )


def _address(message: Message) -> Address:
    thread = message.message_thread_id if message.is_topic_message else None
    return Address(NAME, str(message.chat.id), str(thread or ""))


def _person(user: User) -> str:
    return f"{NAME}:{user.id}"
