"""Tiers: which discount each delivered system has."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.terms.volume import Volumes
from planner.program.columns.volume import delivered, delivery_periods
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="tiers",
    index="o,v and o,n and o,v,n",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_n tier[o,v,n] = Σ_i deliver[o,i,v];  each tier: Σ_v tier[o,v,n] ≤ width_n, whole: Σ_{u ≤ v} tier[o,u,n] ≥ width_n · filled[o,v,n], tier[o,v,n+1] ≤ width_{n+1} · filled[o,v,n];  all units: begin_n · bracket[o,n] ≤ Σ_v tier[o,v,n] ≤ end_n · bracket[o,n], Σ_n bracket[o,n] ≤ 1",
    why="A discount is earned by what was bought before it; relaxed plans take tiers whose discounts fall, and may count them where they are worth most.",
)


def rows(space: Space) -> Iterator[Row]:
    for wirings in space.options.wirings().values():
        o, agreed = wirings[0].id, wirings[0].terms.get(Volumes)
        if agreed is None or not agreed.tiers:
            continue
        deliveries = delivery_periods(space, wirings)
        for v in deliveries:
            terms = [(space.at("tier", o, v, n), 1.0) for n in range(len(agreed.tiers))]
            terms += [(j, -1.0) for j, _ in delivered(space, wirings, v)]
            yield Row("tiers", (o, v), terms, "=", 0.0)
        yield from (_brackets if agreed.all_units else _each_tier)(space, o, deliveries, agreed)


def _brackets(space: Space, o: str, deliveries: range, agreed: Volumes) -> Iterator[Row]:
    reached = [space.at("bracket", o, n) for n in range(len(agreed.tiers))]
    yield Row("tiers", (o, "one"), [(j, 1.0) for j in reached], "<=", 1.0)
    for n, tier in enumerate(agreed.tiers):
        counted = [(space.at("tier", o, v, n), 1.0) for v in deliveries]
        yield Row("tiers", (o, n, "most"), [*counted, (reached[n], -tier.ends)], "<=", 0.0)
        yield Row("tiers", (o, n, "least"), [*counted, (reached[n], -tier.begins)], ">=", 0.0)


def _each_tier(space: Space, o: str, deliveries: range, agreed: Volumes) -> Iterator[Row]:
    for n, tier in enumerate(agreed.tiers):
        width = tier.ends - tier.begins
        counted = [(space.at("tier", o, v, n), 1.0) for v in deliveries]
        yield Row("tiers", (o, n, "width"), counted, "<=", width)
        if space.find("filled", o, 0, n) is None:
            continue
        above = agreed.tiers[n + 1]
        for v in deliveries:
            full = space.at("filled", o, v, n)
            yield Row("tiers", (o, v, n, "full"), [*counted[: v + 1], (full, -width)], ">=", 0.0)
            following = [(space.at("tier", o, v, n + 1), 1.0), (full, above.begins - above.ends)]
            yield Row("tiers", (o, v, n, "above"), following, "<=", 0.0)
