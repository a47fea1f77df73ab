"""Long texts: a chat client cuts them into several messages, which are one again here."""

from dataclasses import replace

from adapters.chats.platform import Inbound, InboundKind

# A text of so many characters filled its message to the brim.
FULL = 4096


def joined(waiting: list[tuple[int, Inbound]]) -> tuple[list[int], Inbound]:
    """Return the oldest event; a text that the platform cut together with the texts that go on with it."""
    (first, inbound), *others = waiting
    ids = [first]
    goes_on, start = inbound.long, 0
    for number, other in others:
        if not goes_on or other.kind is not InboundKind.TEXT or other.person != inbound.person:
            break
        # What is forwarded is cut as well.
        forwarded = bool(inbound.cited and not inbound.text)
        so_far, rest = (inbound.cited, other.cited) if forwarded else (inbound.text, other.text)
        # A full message may have been cut inside a word, a shorter one was cut at a blank.
        glue = "" if len(so_far) - start >= FULL else "\n"
        start = len(so_far) + len(glue)
        whole = f"{so_far}{glue}{rest}"
        inbound = replace(inbound, cited=whole) if forwarded else replace(inbound, text=whole)
        inbound = replace(inbound, message=other.message)
        ids.append(number)
        goes_on = other.long
    return ids, inbound
