"""Prices as they are asked now, where nobody has quoted: posted rates, list prices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.review.actuals.kind import Kind, Rows, World, other_money, past, register
from planner.review.columns import Column, day, number, text, word
from planner.review.quotes.quote import PER
from planner.scenario.currency import OTHERS
from planner.scenario.quantity import PRICE_UNITS


def columns(world: World) -> tuple[Column, ...]:
    return (
        Column("offer", "of the scenario", word(world.loaded.scenario.offers, "REV050", "offer")),
        Column("asked", "the price", number(above=0)),
        Column("currency", "ISO code of the money", word(("USD", *OTHERS), "REV049", "currency")),
        Column("per", "what the price is for", word(PER, "REV049", "unit of sale")),
        Column("seen on", "the day", day),
        Column("source", "where it was seen", text),
    )


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """Nothing of tomorrow, and every price in the unit of its contract (REV053)."""
    yield from past(world, rows, "seen on")
    yield from other_money(world, rows, "currency")
    for row, values in rows:
        ownership = _ownership(world, values["offer"])
        if ownership not in PER[values["per"]]:
            right = next(word for word, kinds in PER.items() if ownership in kinds)
            what = f"says {values['per']}, and the price of '{values['offer']}' is per {right}"
            yield row.problem("REV053", "per", what)


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    rate = world.rate(values["currency"])
    assert rate is not None, "checked"
    return values["seen on"], {
        "offer": values["offer"],
        "price_usd": values["asked"] * rate,
        "per": values["per"],
        "unit": PRICE_UNITS[_ownership(world, values["offer"])],
        "source": values["source"],
    }


def _ownership(world: World, offer: str) -> Any:
    terms = world.loaded.catalog.contracts[world.loaded.scenario.offers[offer].contract].terms
    return terms.ownership if terms else ""


register(Kind("prices", "prices asked now", columns, fact, check))
