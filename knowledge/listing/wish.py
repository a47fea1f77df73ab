"""What a person wants of listings: "remote senior CV jobs over 180k in Europe, medical imaging, not edge"."""

from dataclasses import dataclass, fields, replace
from typing import Any

from knowledge.levels import Level

# Ways of working a wish may ask for.
MODES = ("remote", "worldwide", "hybrid", "onsite")


@dataclass(frozen=True, slots=True)
class PayFloor:
    """The least pay wanted; `assumed` says that the person named no currency."""

    amount: float
    currency: str
    period: str
    assumed: bool

    @property
    def words(self) -> str:
        """The floor for people: "180,000 USD a year (currency assumed)"."""
        return f"{self.amount:,.0f} {self.currency} a {self.period}" + (" (currency assumed)" if self.assumed else "")


@dataclass(frozen=True, slots=True)
class Wish:
    """A search for openings; empty fields ask for nothing. `exclude` holds facets such as "hardware:edge".

    `include` and `exclude` name skills, `unparsed` the words that were not understood.
    """

    roles: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    min_pay: PayFloor | None = None
    pay_disclosed: bool = False
    regions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    hardware: tuple[str, ...] = ()
    model_types: tuple[str, ...] = ()
    work_modes: tuple[str, ...] = ()
    max_age_days: int | None = None
    unparsed: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether nothing was asked for that can be searched by."""
        asked = (self.roles, self.include, self.exclude, self.levels, self.min_pay, self.regions, self.industries)
        return not any(
            (*asked, self.hardware, self.model_types, self.work_modes, self.max_age_days, self.pay_disclosed)
        )

    def after(self, earlier: "Wish") -> "Wish":
        """Return this wish as a follow-up to *earlier*: what it leaves open is as before ("and in Europe?")."""
        names = [field.name for field in fields(self) if field.name not in {"unparsed", "pay_disclosed"}]
        kept = {name: getattr(self, name) or getattr(earlier, name) for name in names}
        return replace(self, **kept, pay_disclosed=self.pay_disclosed or earlier.pay_disclosed)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Wish":
        """Read what `to_json` wrote; of a pay floor it is not kept whether its currency was assumed."""
        floor = row.get("min_pay")
        known = {field.name for field in fields(cls)}
        made: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name in known
        }
        made["levels"] = tuple(Level(level) for level in row.get("levels") or ())
        made["min_pay"] = PayFloor(**floor, assumed=False) if floor else None
        return cls(**made)

    def to_json(self) -> dict[str, Any]:
        """Return the wish as the contract's object."""
        floor = self.min_pay
        return {
            "roles": [*self.roles],
            "include": [*self.include],
            "exclude": [*self.exclude],
            "levels": [*self.levels],
            "min_pay": {"amount": floor.amount, "currency": floor.currency, "period": floor.period} if floor else None,
            "pay_disclosed": self.pay_disclosed,
            "regions": [*self.regions],
            "industries": [*self.industries],
            "hardware": [*self.hardware],
            "model_types": [*self.model_types],
            "work_modes": [*self.work_modes],
            "max_age_days": self.max_age_days,
            "unparsed": [*self.unparsed],
        }
