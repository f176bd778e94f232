"""A quote: a vendor's price for a system under a contract, until a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from planner.catalog.load import Catalog
from planner.catalog.term import Ownership
from planner.review.columns import Column, day, named, number, text, word
from planner.scenario.currency import OTHERS
from planner.scenario.schema import Scenario

DOLLAR = "USD"
PER: dict[str, tuple[Ownership, ...]] = {
    "system": ("own",),
    "system-hour": ("lease",),
    "chip-hour": ("reserve", "rent"),
    "Mtok": ("meter",),
}
"""What a price is for -> kinds of contract it goes with."""
EXAMPLE = "EXAMPLE"
"""How the number of the template's example begins; that row is no quote."""


@dataclass(frozen=True)
class Quote:
    """One price of one vendor.

    number: the vendor's own. system: id, or nothing where tokens are quoted. contract: id of the
    template it is made under, or nothing. price: in ``currency`` per ``per``; price_usd: the same at
    usd_per_unit dollars per unit of the currency. valid_until: last day of order. least, most:
    systems, None where the vendor says nothing.
    """

    number: str
    vendor: str
    system: str
    contract: str
    price: float
    currency: str
    per: str
    usd_per_unit: float
    quoted_on: date
    valid_until: date
    least: float | None = None
    most: float | None = None
    lead_weeks: float | None = None
    note: str = ""

    @property
    def price_usd(self) -> float:
        return self.price * self.usd_per_unit

    def as_data(self) -> dict[str, Any]:
        """Plain data for the history."""
        days = {"quoted_on": self.quoted_on.isoformat(), "valid_until": self.valid_until.isoformat()}  # fmt: skip
        return {**asdict(self), **days, "price_usd": self.price_usd}


def from_data(data: Mapping[str, Any]) -> Quote:
    """A quote as the history keeps it."""
    days = {name: date.fromisoformat(data[name]) for name in ("quoted_on", "valid_until")}
    return Quote(**{**{name: value for name, value in data.items() if name != "price_usd"}, **days})


def columns(catalog: Catalog, scenario: Scenario | None = None) -> tuple[Column, ...]:
    """The columns of the workbook; names are those of the catalog, suppliers also the scenario's."""
    systems = _aliases(catalog.systems.values())
    vendors = _aliases(catalog.vendors.values())
    if scenario is not None:
        vendors |= {offer.supplier: offer.supplier for offer in scenario.offers.values() if offer.supplier}  # fmt: skip
    contracts = [name for name, contract in catalog.contracts.items() if contract.terms is not None]
    ids = tuple(sorted(catalog.systems))
    money = (DOLLAR, *OTHERS)
    return (
        Column("quote number", "your own number for this quote", text, example=f"{EXAMPLE}-1"),
        Column("vendor", "who signs it", named(vendors, "vendor"), example=_first(catalog.vendors), choices=tuple(sorted(catalog.vendors))),
        Column("system", "which system, by its id in the list; empty where tokens are sold", named(systems, "system"), False, example=_first(ids), choices=ids),
        Column("contract", "the contract it is made under; empty where any of its kind will do", word(contracts, "REV050", "contract template"), False, choices=tuple(sorted(contracts))),
        Column("price", "the price as a value, without discounts still to come", number(above=0), unit="currency / per", example=385000),
        Column("currency", "ISO code of the money", word(money, "REV049", "currency"), example=DOLLAR, choices=money),
        Column("per", "what the price is for", word(PER, "REV049", "unit of sale"), example="system", choices=tuple(PER)),
        Column("quoted on", "the day of the quote", day, example=date(2026, 11, 20)),
        Column("valid until", "last day on which it can be ordered at", day, example=date(2027, 2, 19)),
        Column("minimum", "fewest systems", number(above=0), False, "systems", example=8),
        Column("maximum", "most systems", number(above=0), False, "systems", example=200),
        Column("lead time", "order to service", number(least=0), False, "weeks", example=26),
        Column("note", "what a reader should know", text, False, example="delivered and installed, network apart"),
    )  # fmt: skip


def _aliases(entities: Iterable[Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entity in entities:
        for name in (entity.id, entity.name, *entity.aliases):
            found.setdefault(name, entity.id)
    return found


def _first(names: Iterable[str]) -> str:
    return min(names)
