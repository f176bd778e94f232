"""Right: what is ordered under a right stays within what the contract and its fee give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from planner.options.right import Right
from planner.options.table import Offering
from planner.program.family import Family, Row, Terms
from planner.program.space import Space

Wirings = Sequence[Offering]

FAMILY = Family(
    name="right",
    index="o,v or o,bound or o,i,t",
    unit="systems",
    dual="MUSD per system",
    equation="expand: Σ_{i,u ≤ v} deliver[o,i,u] ≤ share · Σ_{i,u ≤ v} deliver[base,i,u], Σ_{i,v} deliver[o,i,v] ≤ most;  fast: Σ_{i,v} deliver[o,i,v] ≤ reserve_slot[o];  swap: handed_in · deliver[o,i,t] = Σ_v swap[base,i,v,t];  no column past the last day of the right",
    why="A right is worth something because it is bounded; without the row its price would be everybody's.",
    scarcity="{0} under its right",
    user_unit="system",
)


def rows(space: Space) -> Iterator[Row]:
    every = space.options.wirings()
    for o, wirings in every.items():
        right = wirings[0].right
        if right is None:
            continue
        base = every.get(right.of, ())
        if right.kind == "expand":
            yield from _expand(space, o, right, wirings, base)
        elif right.kind == "fast":
            terms: Terms = [(column, 1.0) for column in _delivered(space, wirings)]
            terms.append((space.at("reserve_slot", wirings[0].id), -1.0))
            yield Row("right", (o, "reserved"), terms, "<=", 0.0)
        else:
            yield from _swap(space, o, right, wirings, base)


def _expand(space: Space, o: str, right: Right, wirings: Wirings, base: Wirings) -> Iterator[Row]:
    if isfinite(right.share):
        for v in space.periods:
            terms: Terms = [(column, 1.0) for column in _delivered(space, wirings, v)]
            if terms:
                terms += [(column, -right.share) for column in _delivered(space, base, v)]
                yield Row("right", (o, v), terms, "<=", 0.0)
    if isfinite(right.most):
        terms = [(column, 1.0) for column in _delivered(space, wirings)]
        yield Row("right", (o, "most"), terms, "<=", right.most)


def _swap(space: Space, o: str, right: Right, wirings: Wirings, base: Wirings) -> Iterator[Row]:
    for i in wirings[0].sites:
        for t in wirings[0].deliveries:
            came = [space.find("deliver", wiring.id, i, t) for wiring in wirings]
            went = [space.find("swap", old.id, i, v, t) for old in base for v in old.deliveries]
            terms = [(column, right.handed_in) for column in came if column is not None]
            terms += [(column, -1.0) for column in went if column is not None]
            yield Row("right", (o, i, t), terms, "=", 0.0)


def _delivered(space: Space, wirings: Wirings, until: int | None = None) -> Iterator[int]:
    """Deliveries of an offer in all its wirings up to a period, all sites together."""
    for offering in wirings:
        for i in offering.sites:
            for v in offering.deliveries:
                if until is None or v <= until:
                    yield space.at("deliver", offering.id, i, v)
