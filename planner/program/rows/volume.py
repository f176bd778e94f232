"""Volume: how much of an offer a supplier gives, and the least it insists on."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.table import Offering
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="volume",
    index="o,bound",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_{i,v} deliver[o,i,v] ≤ max_o, ≥ min_o;  Σ_i deliver[o,i,t] ≤ max_o(t);  rented: Σ_i rent[o,i,t,h] ≤ max_o(t);  the wirings of an offer count together",
    why="Suppliers have slots; clouds have capacity.",
    scarcity="{0} on offer, {1},",
    minimum="the minimum asked of {0}",
    short="what suppliers give of {0}, {1}",
    user_unit="system",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    for o, wirings in space.options.wirings().items():
        deal = wirings[0]
        if deal.fixed is not None:
            continue
        if deal.ownership == "rent":
            yield from _rented(space, deal)
        if not deal.delivered:
            continue
        every = [column for offering in wirings for column in _delivered(space, offering)]
        if deal.max_total is not None:
            yield Row("volume", (o, "most"), [(c, 1.0) for _, c in every], "<=", deal.max_total)
        if deal.min_total is not None:
            yield Row("volume", (o, "least"), [(c, 1.0) for _, c in every], ">=", deal.min_total)
        if deal.max_per_period is not None:
            for v in sorted({v for v, _ in every}):
                now = [(column, 1.0) for at, column in every if at == v]
                yield Row("volume", (o, v), now, "<=", deal.max_per_period[v])


def _delivered(space: Space, offering: Offering) -> Iterator[tuple[int, int]]:
    """Delivery period and column of everything one wiring of an offer can deliver."""
    for i in offering.sites:
        for v in offering.deliveries:
            yield v, space.at("deliver", offering.id, i, v)


def _rented(space: Space, offering: Offering) -> Iterator[Row]:
    o, most = offering.id, offering.max_per_period
    if most is None:
        return
    for t in range(offering.first, offering.last + 1):
        for h in space.blocks:
            rented = [(space.at("rent", o, i, t, h), 1.0) for i in offering.sites]
            yield Row("volume", (o, t, h), rented, "<=", most[t])
