"""Orders placed: a contract is on paper, its systems are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.review.actuals.kind import Kind, Rows, World, cohorts, other_money, past, register
from planner.review.columns import Column, day, identifier, number, partial_day, text, word
from planner.scenario.currency import OTHERS
from planner.scenario.quantity import PRICE_UNITS


def columns(world: World) -> tuple[Column, ...]:
    scenario = world.loaded.scenario
    return (
        Column("cohort", "a name of its own for these systems, in kebab case", identifier),
        Column("offer", "offer of the scenario it was made under", word(scenario.offers, "REV050", "offer")),
        Column("site", "where they will stand or are hosted", word(scenario.sites, "REV050", "site")),
        Column("systems", "how many", number(above=0)),
        Column("ordered", "day of the signature", day),
        Column("delivery", "when they begin service, as agreed", partial_day),
        Column("price", "of one system, or of a hosted one per chip-hour", number(above=0)),
        Column("currency", "ISO code of the money", word(("USD", *OTHERS), "REV049", "currency")),
        Column("paid", "what was paid at once, for all of them", number(least=0), needed=False),
        Column("note", "what a reader should know", text, needed=False),
    )  # fmt: skip


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """No cohort twice (REV064), nothing the offer does not allow (REV066), nothing of tomorrow."""
    yield from past(world, rows, "ordered")
    yield from other_money(world, rows, "currency")
    scenario = world.loaded.scenario
    taken = {*cohorts(world), *scenario.offers, *scenario.installed}
    for row, values in rows:
        name, offer = values["cohort"], scenario.offers[values["offer"]]
        if name in taken:
            what = f"'{name}' is a cohort, an offer or a fleet already"
            yield row.problem("REV064", "cohort", what, "give every order a name of its own")
        taken.add(name)
        if values["site"] not in offer.sites:
            what = f"'{values['offer']}' is not open at '{values['site']}'"
            yield row.problem("REV066", "site", what, f"it is at {', '.join(offer.sites)}")
        if _ownership(world, values) not in ("own", "lease", "reserve"):
            what = f"capacity of '{values['offer']}' is used by the hour or token, not ordered"
            yield row.problem("REV066", "offer", what, "leave it out")
        whole = values["price"] * values["systems"]
        if values["paid"] is not None and values["paid"] > whole:
            what = f"{values['paid']:,.0f} were paid of {whole:,.0f} in all"
            yield row.problem("REV066", "paid", what, "price is of one system, paid of all")


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    offer = world.loaded.scenario.offers[values["offer"]]
    rate = world.rate(values["currency"])
    assert rate is not None, "checked"
    return values["ordered"], {
        "cohort": values["cohort"],
        "offer": values["offer"],
        "system": offer.system,
        "contract": offer.contract,
        "supplier": offer.supplier,
        "fabric": offer.fabrics[0] if len(offer.fabrics) == 1 else "",
        "site": values["site"],
        "systems": values["systems"],
        "delivery": values["delivery"],
        "price_usd": values["price"] * rate,
        "unit": PRICE_UNITS[_ownership(world, values)],
        "paid_usd": (values["paid"] or 0.0) * rate,
        "note": values["note"] or "",
    }


def _ownership(world: World, values: dict[str, Any]) -> Any:
    offer = world.loaded.scenario.offers[values["offer"]]
    terms = world.loaded.catalog.contracts[offer.contract].terms
    return terms.ownership if terms else ""


register(Kind("orders", "orders placed", columns, fact, check, begins=True))
