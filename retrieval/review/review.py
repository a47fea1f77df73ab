"""The review of a post, in the order in which a friend would say it."""

from knowledge.document import Tone
from knowledge.language import language_name
from knowledge.post.post import Post
from knowledge.text import words
from retrieval.answer import Answer, Draft, Kind, Scope
from retrieval.review.observed import is_alarming, say_observed
from retrieval.review.pay import say_pay
from retrieval.review.questions import say_questions
from retrieval.review.role import language_of, say_role
from retrieval.review.scene import Scene
from retrieval.review.signs import say_process, say_signs
from retrieval.review.skills import say_skills

# An excerpt of fewer words leaves most things unsaid that the whole post may say.
EXCERPT = 60


def compose_review(draft: Draft, scene: Scene) -> Answer:
    """Review a post: what it is, pay, flags, hiring, skills, what to ask, what was observed. Never a verdict."""
    draft.kind = Kind.POST_REVIEW
    _say_limits(draft, scene.post)
    order = [say_role, say_pay, say_signs, say_process, say_skills, say_questions]
    order.insert(0 if is_alarming(scene) else len(order), say_observed)
    for say in order:
        say(draft, scene)
    return draft.finish(_scope(scene))


def _say_limits(draft: Draft, post: Post) -> None:
    language = language_of(post)
    if language:
        name = language_name(language)
        draft.say(f"I read posts in English; of this one in {name} I tell what figures and names show.", tone=Tone.GAP)
    elif post.is_pasted and post.size < EXCERPT:
        draft.say("A short text: what it does not say, the whole post may. Paste all of it for more.", tone=Tone.GAP)


def _scope(scene: Scene) -> Scope:
    listing = scene.post.listing
    named = " · ".join(part for part in ("Job post", listing.title, listing.company, listing.location) if part)
    level = listing.seniority.low if listing.seniority.low == listing.seniority.high else None
    market = scene.places[0] if len(scene.places) == 1 else None
    return Scope(tuple(guide.slug for guide in scene.guides), level.value if level else None, market, (), named)


def is_readable(text: str) -> bool:
    """Tell whether *text* has enough words to be reviewed."""
    return len(words(text)) >= 5
