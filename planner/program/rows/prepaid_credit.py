"""Prepaid credit: money paid ahead pays invoices until it is used up or lapses."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.terms.loan import Lent
from planner.options.units import MUSD
from planner.program.family import Family, Row
from planner.program.space import Space
from planner.program.spend import invoices

FAMILY = Family(
    name="prepaid_credit",
    index="k,t",
    unit="MUSD",
    dual="MUSD per MUSD",
    equation="balance[k,t] = (1 + rate)^years · balance[k,t−1] + paid[k,t] − credit[k,t];  credit[k,t] ≤ share · Σ invoices of k in t, and 0 after the last day",
    why="Credit is worth what it pays for; what is never bought is never credited.",
)


def rows(space: Space) -> Iterator[Row]:
    timeline = space.options.timeline
    for k in space.options.contracts:
        lent = space.options.agreed(k).get(Lent)
        if lent is None or not lent.credited:
            continue
        spent = invoices(space, k)
        first, last = max(0, timeline.index_at(lent.lent)), timeline.index_at(lent.repaid)
        growth = (1 + lent.rate) ** timeline.years
        for t in space.periods:
            balance = [(space.at("balance", k, t), 1.0), (space.at("credit", k, t), 1.0)]
            if t:
                balance.append((space.at("balance", k, t - 1), -growth))
            paid = lent.amount_usd / MUSD if t == first else 0.0
            yield Row("prepaid_credit", (k, t, "balance"), balance, "=", paid)
            share = lent.credit_share if first <= t <= last else 0.0
            credited = [(space.at("credit", k, t), 1.0)]
            credited += [(j, -share * musd) for j, musd in spent.get(t, ()) if share]
            yield Row("prepaid_credit", (k, t), credited, "<=", 0.0)
