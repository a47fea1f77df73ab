"""What the advisor says of itself in chats, in plain words."""

from adapters.chats.reply import Reply
from knowledge.document import Block, Bullets, Line, Paragraph

HELP = (
    ("/review", "a job post held against the guides: paste it, forward it, or answer it with /review"),
    ("/saved", "posts you saved"),
    ("/jobs", "live openings: /jobs remote senior CV over 180k in Europe, not edge"),
    ("/salary", "pay of a role, with a picture: /salary senior ml engineer"),
    ("/compare", "roles side by side: /compare cv engineer and research engineer"),
    (
        "/digest",
        "what is new for you; with a day or a time it comes by itself: /digest senior ML jobs every weekday at 8",
    ),
    ("/stop", "send nothing any more"),
    ("/settings", "what I should know of you, so that you need not repeat it"),
    ("/reset", "forget what we spoke about and start afresh"),
    ("/privacy", "what is kept of you"),
    ("/forget", "delete everything of you"),
    ("/export", "everything of you as a file"),
)


def said(*texts: str, kind: str = "social") -> Reply:
    """Return a reply of plain paragraphs."""
    return Reply(kind, tuple(Paragraph(Line(text)) for text in texts))


def welcome(profile: str) -> Reply:
    """Greet somebody who begins."""
    blocks: tuple[Block, ...] = (
        Paragraph(Line("I answer questions about skills, pay and hiring for remote tech work, with sources.")),
        Bullets(
            (
                Line("what do senior CV engineers earn?"),
                Line("red flags in senior ML job ads"),
                Line("remote senior computer vision jobs in Europe over 120k"),
            ),
            title="Ask in your own words, for example",
        ),
        Paragraph(Line("/help shows what else I can do, /privacy what is kept.")),
    )
    known = (Paragraph(Line(profile, "I know of you")),) if profile else ()
    return Reply("social", (*blocks, *known))


def helped() -> Reply:
    """Say what can be done here."""
    lines = tuple(Line(text, command) for command, text in HELP)
    return Reply(
        "social",
        (
            Paragraph(Line("Ask in your own words, short or messy, and follow up: “and in Poland?”")),
            Bullets(lines, title="Commands"),
            Paragraph(Line("Numbers in brackets are sources; press one to open it.")),
        ),
    )


def page(profile: str, sent: tuple[Block, ...], days: int, service: str) -> Reply:
    """Return a person's own page: what can be done here, what is known of them, *sent* to them, and kept."""
    known = Paragraph(Line(profile or "nothing; tell me your role, level, place or skills", "I know of you"))
    told = (known, *sent, *privacy(days, service).blocks)
    return Reply("social", (*welcome("").blocks[:2], *helped().blocks[1:2], *told))


def how_to_digest() -> Reply:
    """Ask what a digest should be about."""
    example = "/digest remote senior ML engineer in Europe"
    return said(
        f"Tell me what to look for: {example}",
        "Or once for all with /settings; then /digest alone is enough.",
        "To have it every day, say when: /digest senior ML jobs every weekday at 8, Berlin time",
    )


def hello() -> Reply:
    """Greet a group."""
    return said(
        "Hello. I answer questions about skills, pay and hiring for remote tech work, with sources.",
        "Ask with /ask what do senior ML engineers earn? or reply to me; all other talk I do not read.",
    )


def back() -> Reply:
    """Greet somebody who comes back after they had closed the chat."""
    return said("Welcome back. Your saved searches are still here, but nothing is sent: say resume to have it again.")


def channel_linked(title: str) -> Reply:
    """Tell an administrator what a channel is good for."""
    return said(f"I may post in {title} now. /digest shows what is new and lets you post it there; nobody else can.")


def privacy(days: int, service: str) -> Reply:
    """Say what is kept, for how long, and to which *service* questions go (empty: to none)."""
    others = (
        f"Your questions go to {service} as well, without addresses, numbers and keys, to find what fits them "
        "and to put it into words; nothing else goes to others."
        if service
        else "Nothing goes to others."
    )
    kept = (
        Line(f"your messages and which kind of answer they got, for {days} days, so that follow-ups work"),
        Line("what you tell me with /settings, until you change it"),
        Line("job posts under whose review you press Save, until you remove them; others you paste are not kept"),
        Line("whether an answer was good, if you say so"),
        Line("your time zone and language, where this chat tells them"),
        Line("which channels you let me into, what you want sent and what was sent of it"),
        Line("questions nobody answered, without your name, so that the guides get better"),
    )
    return Reply(
        "social",
        (
            Bullets(kept, title="I keep"),
            Paragraph(Line(f"No name, no phone number, no address but what you write yourself. {others}")),
            Paragraph(Line("/export sends you all of it as a file, /forget deletes it at once.")),
        ),
    )


def apology() -> Reply:
    """Say that something went wrong, which is not the person's fault."""
    return said("Something went wrong on my side, and it is noted. Please try it in other words.")


def settings(profile: str) -> Reply:
    """Show what a person told, and how to change it."""
    example = "/settings senior ML engineer in Germany, Python and PyTorch"
    if not profile:
        return said(f"I know nothing of you. Tell me your role, level, place or skills: {example}")
    return said(f"I know of you: {profile}", f"Change it: {example}", "Remove it: /settings none")
