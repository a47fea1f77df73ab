"""One request of ours as calls of Slack's Web API."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.chats.outcomes import Refused
from adapters.chats.platform import Address, Part
from adapters.chats.slack.faults import SERVER, TOO_MANY, NotTaken, error_of, fault_of, is_too_much
from adapters.chats.slack.places import HOME, channel_of, only_seen_by

# A message of ours that can no longer be changed: what it should have said is said anew.
_FIXED = {"message_not_found", "cant_update_message", "edit_window_closed"}
# A stream that Slack has closed.
_CLOSED = {"message_not_in_streaming_state", "streaming_state_conflict"}
# A channel where the app is not, but somebody asked it something there.
_NOT_THERE = {"not_in_channel", "channel_not_found", "user_not_in_channel", "restricted_action", "is_archived"}


class Sender:
    """Sends with one token."""

    def __init__(self, client: AsyncWebClient, token: str) -> None:
        self._client, self._token = client, token

    async def send(self, part: Part, address: Address) -> str:
        """Send what `parts_of` made; return Slack's name of the message. Raises what the library raises."""
        body = part.body
        if body["what"] == "home":
            await self._client.views_publish(user_id=channel_of(address), view=body["view"], token=self._token)
            return HOME
        if body["what"] == "file":
            return await self._file(body, part.content or b"", address)
        if only_seen_by(address):
            return await self._whisper(body, address)
        if body.get("over"):
            return await self._over(body, address)
        if body.get("stream"):
            return await self._stream(body, address)
        return await self._post(body, channel_of(address), address.thread)

    async def _stream(self, body: dict[str, Any], address: Address) -> str:
        """Show a long answer piece by piece, then as what it is: rich text with its buttons.

        Slack closes streams by itself; the message is there all the same and takes its final form.
        """
        channel = channel_of(address)
        first, *others = body["stream"]
        try:
            started = await self._client.chat_startStream(
                channel=channel, thread_ts=address.thread, markdown_text=first, token=self._token
            )
        except SlackApiError as error:
            if not isinstance(fault_of(error), Refused):
                raise
            # Not everywhere are there streams; a message there is.
            return await self._post(body, channel, address.thread)
        ts = str(started["ts"])
        try:
            for text in others:
                await self._client.chat_appendStream(channel=channel, ts=ts, markdown_text=text, token=self._token)
            await self._client.chat_stopStream(channel=channel, ts=ts, token=self._token)
        except SlackApiError as error:
            if error_of(error) not in _CLOSED and not is_too_much(error):
                raise
        return await self._over({**body, "over": ts}, address)

    async def _post(self, body: dict[str, Any], channel: str, thread: str) -> str:
        sent = await self._client.chat_postMessage(
            channel=channel,
            thread_ts=thread or None,
            text=body["text"],
            blocks=body["blocks"],
            token=self._token,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(sent["ts"])

    async def _over(self, body: dict[str, Any], address: Address) -> str:
        try:
            await self._client.chat_update(
                channel=channel_of(address),
                ts=body["over"],
                text=body["text"],
                blocks=body["blocks"],
                token=self._token,
            )
        except SlackApiError as error:
            if error_of(error) not in _FIXED:
                raise
            return await self._post(body, channel_of(address), address.thread)
        return str(body["over"])

    async def _whisper(self, body: dict[str, Any], address: Address) -> str:
        """Answer one person alone: where they asked, or, where that is no longer possible, in a direct message."""
        if body.get("respond") and await self._responded(body):
            return ""
        user = only_seen_by(address)
        try:
            sent = await self._client.chat_postEphemeral(
                channel=channel_of(address), user=user, text=body["text"], blocks=body["blocks"], token=self._token
            )
        except SlackApiError as error:
            if error_of(error) not in _NOT_THERE:
                raise
            return await self._post(body, await self._direct(user), "")
        return str(sent.get("message_ts") or "")

    async def _responded(self, body: dict[str, Any]) -> bool:
        """Answer at the address that came with a command; it ends after half an hour or five answers."""
        answer = {"response_type": "ephemeral", "text": body["text"], "blocks": body["blocks"]}
        answer["replace_original"] = bool(body.get("over"))
        webhook = AsyncWebhookClient(body["respond"], session=self._client.session, retry_handlers=[])
        found = await webhook.send_dict(answer)
        if found.status_code == TOO_MANY or found.status_code >= SERVER:
            raise NotTaken(found.status_code, found.headers)
        return found.status_code < 400

    async def _direct(self, user: str) -> str:
        opened = await self._client.conversations_open(users=[user], token=self._token)
        return str(opened["channel"]["id"])

    async def _file(self, body: dict[str, Any], content: bytes, address: Address) -> str:
        user = only_seen_by(address)
        channel = await self._direct(user) if user else channel_of(address)
        sent = await self._client.files_upload_v2(
            channel=channel,
            thread_ts=None if user else address.thread or None,
            content=content,
            filename=body["name"],
            title=body["name"],
            alt_txt=body["alt"] or None,
            initial_comment=body["text"] or None,
            token=self._token,
        )
        return str((sent.get("files") or [{}])[0].get("id", ""))
