"""What a model's tokens cost, by published price lists or by what the operator sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from retrieval.writing.model import CHARACTERS, Spent

# A US dollar in the unit we count in.
MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens asked and a million replied; the same figure is micros for one token."""

    tokens_in: Decimal
    tokens_out: Decimal

    def micros(self, spent: Spent) -> int:
        """Return what *spent* costs, in millionths of a dollar."""
        return round(self.tokens_in * spent.tokens_in + self.tokens_out * spent.tokens_out)


def price_of(name: str, said: str | None) -> Price | None:
    """Return what the model called *name* costs: as *said* ("0.25/2" for in and out), else by its provider's list.

    None where nobody knows, as for a model on a machine of one's own.
    """
    if said:
        tokens_in, _, tokens_out = said.partition("/")
        return Price(Decimal(tokens_in), Decimal(tokens_out))
    from genai_prices import Usage, calc_price  # noqa: PLC0415 - holds every provider's list

    provider, _, model = name.partition(":")
    try:
        one_in, one_out = (
            calc_price(Usage(input_tokens=a, output_tokens=b), model_ref=model, provider_id=provider).total_price
            for a, b in ((MICROS, 0), (0, MICROS))
        )
    except LookupError:
        return None
    return Price(one_in, one_out)


def build_in_short(name: str, texts: Sequence[str]) -> str:
    """Return what embedding *texts* with the model called *name* takes, about: tokens and US dollars."""
    tokens = sum(map(len, texts)) // CHARACTERS
    price = price_of(name, None)
    cost = f"US$ {price.micros(Spent(tokens)) / MICROS:.4f}" if price else "its price is not known"
    return f"{len(texts):,} texts, about {tokens:,} tokens, {cost}, with {name}"
