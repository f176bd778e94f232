"""Signed: what a contract costs beside its units: loans, credit still open, spend that falls short."""

from __future__ import annotations

from planner.catalog.terms.loan import Lent
from planner.catalog.terms.minimum_spend import SpendAtLeast
from planner.catalog.terms.warrants import Vesting
from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("signed", "k", "contracts", "1: a contract whose loan or warrants are agreed"),
    Kind("credit", "k,t", "MUSD", "of invoices of t paid by credit"),
    Kind("balance", "k,t", "MUSD", "prepaid and not yet credited when t ends"),
    Kind("underspend", "k,year", "MUSD", "paid for having spent less than agreed"),
)


def add(space: Space) -> None:
    options = space.options
    for k in options.contracts:
        agreed = options.agreed(k)
        lent, least = agreed.get(Lent), agreed.get(SpendAtLeast)
        if lent is not None or agreed.get(Vesting) is not None:
            space.add("signed", k, lower=1.0, upper=1.0)
        if lent is not None and lent.credited:
            for t in space.periods:
                space.add("credit", k, t)
                space.add("balance", k, t)
        for year in least.usd if least else ():
            space.add("underspend", k, year)
