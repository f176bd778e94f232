"""Assignment: which workload a system is loaded with, where moving it between blocks is charged."""

from __future__ import annotations

from planner.program.kind import Kind
from planner.program.space import Space

KINDS = (
    Kind("assign", "c,i,w,t,h", "systems", "loaded with w in block h", site=1),
    Kind("move", "c,i,w,t,h", "systems", "loaded anew with w when block h begins, each day", site=1),
)  # fmt: skip


def add(space: Space) -> None:
    if space.options.policy.move_cost is None or len(space.blocks) < 2:
        return
    for c, i in space.configurations_at:
        workloads = space.workloads_of.get((c, i), ())
        if len(workloads) > 1 and not space.options.configurations[c].metered:
            for w in workloads:
                for t in space.periods:
                    for h in space.blocks:
                        space.add("assign", c, i, w, t, h)
                        space.add("move", c, i, w, t, h)
