"""Limits: least and most of a group over the horizon, in systems or in purchase dollars."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import MUSD
from planner.program.family import Family, Row, Terms
from planner.program.groups import in_group
from planner.program.space import Space

FAMILY = Family(
    name="limit",
    index="rule,bound",
    unit="systems or MUSD",
    dual="MUSD per system or per MUSD",
    equation="at least ≤ Σ_{o in group,i,v} a_o(v) · deliver[o,i,v] ≤ at most;  a = 1 in systems, the price of v in purchase dollars",
    why="Some promises and ceilings are made for a group, not for an offer.",
    scarcity="room under the limit {0} ({1})",
    minimum="the minimum of the limit {0}",
    short="the limit {0}",
    user_unit="system or MUSD",
    relaxable=True,
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for name, limit in sorted(options.policy.limits.items()):
        terms: Terms = []
        for offering in options.offerings.values():
            if not offering.delivered or offering.fixed is not None:
                continue
            if not in_group(options, offering, limit.group):
                continue
            for i in offering.sites:
                if limit.at_sites and i not in limit.at_sites:
                    continue
                for v in offering.deliveries:
                    price = offering.price_usd[v] / MUSD if offering.ownership == "own" else 0.0
                    weight = 1.0 if limit.measure == "systems" else price
                    terms.append((space.at("deliver", offering.id, i, v), weight))
        scale = 1.0 if limit.measure == "systems" else MUSD
        if limit.at_most is not None:
            yield Row("limit", (name, "most"), terms, "<=", limit.at_most / scale)
        if limit.at_least is not None:
            yield Row("limit", (name, "least"), list(terms), ">=", limit.at_least / scale)
