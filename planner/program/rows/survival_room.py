"""Survival room: what runs at the other sites is what carries the work of a lost one."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row, Terms
from planner.program.loss import losses
from planner.program.space import Space

FAMILY = Family(
    name="survival_room",
    index="s,c,i,t,h",
    unit="systems",
    dual="MUSD per system",
    equation="Σ_w rescue[s,c,i,w,t,h] / r[c,w,t] ≤ availability_c · (fleet[c,i,t] + Σ_o rent[o,i,t,h]) for every i ≠ s;  headroom may be used, nothing more may be rented",
    why="On the day a site is lost there is what stands elsewhere and no more.",
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    carried: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for s, w, first in losses(space):
        for c, i in space.sites_serving[w]:
            if i != s:
                carried.setdefault((s, c, i), []).append((w, first))
    for (s, c, i), work in carried.items():
        for t in space.periods:
            usable = options.available(c, i, t)
            for h in space.blocks:
                terms: Terms = [
                    (
                        space.at("rescue", s, c, i, w, t, h),
                        1 / gtok_per_hour(options.speed(c, w, t)),
                    )
                    for w, first in work
                    if t >= first
                ]
                if terms:
                    terms += [(column, -usable) for column in space.running(c, i, t, h)]
                    yield Row("survival_room", (s, c, i, t, h), terms, "<=", 0.0)
