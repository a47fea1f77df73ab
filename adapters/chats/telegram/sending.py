"""One request of ours as a call of the Bot API."""

from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram import MessageEntity as Entity

from adapters.chats.platform import Address

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def send_part(bot: Bot, body: dict[str, Any], content: bytes | None, address: Address) -> str:
    """Ask *bot* to send what `parts_of` made; return the number of the message."""
    entities = [Entity.de_json(entity, None) for entity in body["entities"]]
    buttons = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in body["buttons"]]
    markup = InlineKeyboardMarkup(buttons) if buttons else None
    chat, text = int(address.chat), body["text"]
    if body["what"] == "edit":
        await bot.edit_message_text(
            text,
            chat,
            int(body["message"]),
            entities=entities,
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
        )
        return str(body["message"])
    reply = ReplyParameters(int(body["reply_to"]), allow_sending_without_reply=True) if body["reply_to"] else None
    where: dict[str, Any] = {"reply_markup": markup, "reply_parameters": reply}
    where["message_thread_id"] = int(address.thread) if address.thread else None
    if body["what"] == "text":
        sent = await bot.send_message(chat, text, entities=entities, link_preview_options=_NO_PREVIEW, **where)
    else:
        file = InputFile(content or b"", filename=body["name"])
        send = bot.send_photo if body["what"] == "picture" else bot.send_document
        sent = await send(chat, file, caption=text or None, caption_entities=entities, **where)
    return str(sent.message_id)
