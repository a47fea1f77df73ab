"""What is new for somebody: on request, here or in a channel they look after; and what is said where we were let in."""

from dataclasses import replace

from adapters.chats.platform import Address, Button, Inbound, InboundKind, Outgoing
from adapters.chats.reply import Reply
from bot.listings.desk import Desk
from bot.serving import words
from bot.serving.buttons import Press, data
from bot.serving.handled import Handled, Known, say
from bot.store.people import PastTurn, new_token
from retrieval.answer import Kind


def digest(inbound: Inbound, known: Known, desk: Desk | None) -> Handled:
    """Show what is new for the words of the command, or for what the person told."""
    text = inbound.text or known.profile
    if desk is None:
        return say(inbound, words.said("The openings are not to be had just now. Please ask again in a while."))
    if not text:
        return say(inbound, words.how_to_digest())
    turn = PastTurn(new_token(), inbound.message, text, Kind.LISTINGS.value)
    rows = [(Button("All that match", data("all", turn.token)),)]
    rows += [
        (Button(f"Post to {channel.title}", data("post", turn.token, channel.address.chat)),)
        for channel in known.channels
    ]
    return Handled((Outgoing(_news(desk, text), tuple(rows), inbound.message),), turn)


def post(inbound: Inbound, known: Known, desk: Desk | None, pressed: PastTurn, press: Press) -> Handled:
    """Post a digest to a channel, once."""
    channel = next((one for one in known.channels if one.address.chat == press.argument), None)
    if channel is None or desk is None:
        return say(inbound, words.said("I cannot post there: let me, and be an administrator of it yourself."))
    mark = f"posted to {channel.address.chat}"
    if mark in pressed.feedback:
        return say(inbound, words.said(f"It is in {channel.title} already."))
    done = say(inbound, words.said(f"Posted to {channel.title}."))
    posted = Outgoing(_news(desk, pressed.text), bulk=True)
    rated = (press.token, f"{pressed.feedback} {mark}".strip())
    return replace(done, rated=rated, elsewhere=((channel.address, posted),))


def arrived(news: Inbound, known: Known) -> Handled:
    """Say a word where we were let in: in a group to all, of a channel to who let us in, to who comes back."""
    if news.kind is not InboundKind.JOINED:
        return Handled(())
    if news.private:
        # What was sent before is not taken up again unasked.
        back = any(digest.state == "gone" for digest in known.digests)
        return say(news, words.back()) if back else Handled(())
    if not news.channel:
        return Handled((Outgoing(words.hello()),))
    owner = Address(news.address.platform, news.person.partition(":")[2])
    return Handled((), elsewhere=((owner, Outgoing(words.channel_linked(news.title))),))


def _news(desk: Desk, text: str) -> Reply:
    return Reply("listings", desk.news(desk.read(text), text))
