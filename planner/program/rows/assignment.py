"""Assignment: a system holds one model at a time, and loading another is a move."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="assignment",
    index="c,i,t,h",
    unit="systems",
    dual="MUSD per system",
    equation="serve[c,i,w,t,h] / r[c,w,t] ≤ availability_c · (1 − headroom) · assign[c,i,w,t,h];  Σ_w assign[c,i,w,t,h] ≤ fleet[c,i,t] + Σ_o rent[o,i,t,h];  move[c,i,w,t,h] ≥ assign[c,i,w,t,h] − assign[c,i,w,t,h−1], the first block after the last",
    why="Sharing a fleet between morning chat and nightly batch is not free: weights load, caches warm, somebody watches.",
)


def rows(space: Space) -> Iterator[Row]:
    options = space.options
    for c, i in space.configurations_at:
        workloads = space.workloads_of.get((c, i), ())
        if not workloads or space.find("assign", c, i, workloads[0], 0, 0) is None:
            continue
        for t in space.periods:
            usable = options.usable(c, i, t)
            for h in space.blocks:
                held = [(space.at("assign", c, i, w, t, h), 1.0) for w in workloads]
                runs = [(column, -1.0) for column in space.running(c, i, t, h)]
                yield Row("assignment", (c, i, t, h), held + runs, "<=", 0.0)
                for w in workloads:
                    each = 1 / gtok_per_hour(options.speed(c, w, t))
                    now = space.at("assign", c, i, w, t, h)
                    work = [(space.at("serve", c, i, w, t, h), each), (now, -usable)]
                    yield Row("assignment", (c, i, t, h, w), work, "<=", 0.0)
                    before = space.at("assign", c, i, w, t, (h or len(space.blocks)) - 1)
                    moved = [(now, 1.0), (before, -1.0), (space.at("move", c, i, w, t, h), -1.0)]
                    yield Row("assignment", (c, i, t, h, w, "moved"), moved, "<=", 0.0)
