"""What is known when a message comes, looked up before: so that answering needs neither network nor store."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from adapters.chats.platform import Address, ChatPlatform, Inbound, InboundKind
from bot.serving import fewer
from bot.serving.buttons import OF_THEIR_OWN, read_press
from bot.serving.handled import Known
from bot.serving.plans import PLANNED
from bot.store import chats, digests, people
from bot.store.chats import Channel
from bot.store.digests import Digest
from bot.store.saved import saved_by
from bot.store.transactions import Transactions
from knowledge.subscription.order import is_about_digests


async def known_for(inbound: Inbound, platforms: Mapping[str, ChatPlatform], store: Transactions) -> Known:
    """Return what is known when *inbound* comes; rights are asked of its platform, everything else is in *store*."""
    conversation, person = inbound.address.key, inbound.person
    press = read_press(inbound.text) if inbound.kind is InboundKind.ACTION else None
    platform = platforms[inbound.address.platform]
    home = platform.home(inbound.address, person, private=inbound.private)
    ordering = press is not None and press.verb in PLANNED
    # "Fewer like this" speaks of what was sent home, wherever it is said.
    spoken_of = home.key if fewer.wants_fewer(inbound.text) else conversation
    planning = ordering or inbound.command in {"digest", "stop"} or is_about_digests(inbound.text)
    saved = inbound.command == "saved" or (press is not None and press.verb in OF_THEIR_OWN)
    posting = inbound.private and (planning or (press is not None and press.verb == "post"))
    known = await store.read(
        lambda connection: Known(
            people.past(connection, spoken_of, person),
            people.profile(connection, person),
            people.turn(connection, press.token, conversation, person) if press else None,
            chats.channels_of(connection, person) if posting else (),
            digests=_digests(connection, person, home),
            home=home,
            zone=people.zone_of(connection, person),
            saved=saved_by(connection, person) if saved else (),
            everything=people.everything_of(connection, person) if inbound.command == "export" else {},
        )
    )
    runs = planning and not inbound.private and await platform.looks_after(inbound.address, person)
    return replace(known, channels=await _looked_after(known.channels, person, platforms), runs=runs)


async def _looked_after(
    channels: Sequence[Channel], person: str, platforms: Mapping[str, ChatPlatform]
) -> tuple[Channel, ...]:
    """Return those of *channels* that *person* runs now: who let us in may have lost the right since."""
    asked = [platforms[one.address.platform].looks_after(one.address, person) for one in channels]
    return tuple(one for one, theirs in zip(channels, await asyncio.gather(*asked), strict=True) if theirs)


def _digests(connection: sa.Connection, person: str, home: Address) -> tuple[Digest, ...]:
    """Return what *person* set up, and what the chat they speak in gets."""
    theirs = digests.of_owner(connection, person)
    here = digests.find(connection, home.key)
    return (*theirs, *([here] if here and here not in theirs else []))
