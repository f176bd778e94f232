"""Onboarding: a platform serves a model once it has learned it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.options.table import Onboarding, Options
from planner.options.units import gtok_per_hour
from planner.program.family import Family, Row
from planner.program.space import Space

FAMILY = Family(
    name="onboarding",
    index="n,t,h",
    unit="Gtok/h",
    dual="MUSD per Gtok/h",
    equation="Σ_{c in n,i,w of its model} serve[c,i,w,t,h] ≤ size_n · Σ_{t' ≤ t − periods_n} onboard[n,t'];  size: the stated volume, with `--integer` the most that is ever asked for",
    why="The first token of a model on new silicon costs a team and half a year.",
)


def rows(space: Space) -> Iterator[Row]:
    for entry in space.options.onboardings:
        arcs = [
            (c, i, w)
            for w in sorted(entry.workloads)
            for c, i in space.sites_serving[w]
            if space.options.configurations[c].system in entry.systems
        ]
        if not arcs:
            continue
        size = most_asked(space.options, entry) if space.options.whole_units else entry.volume
        for t in space.periods:
            begun = range(t - entry.periods + 1)
            known = [(space.at("onboard", entry.id, begin), -size) for begin in begun]
            for h in space.blocks:
                work = [(space.at("serve", c, i, w, t, h), 1.0) for c, i, w in arcs]
                yield Row("onboarding", (entry.id, t, h), work + known, "<=", 0.0)


def most_asked(options: Options, entry: Onboarding) -> float:
    """Most Gtok/h of a model that any block of any period can ask for.

    A deferrable workload may all be served in its smallest block.
    """
    least = min(options.blocks.values())
    total = 0.0
    for name in entry.workloads:
        demand = options.demands[name]
        if demand.deferrable:
            total += max(demand.mean_tok_per_s) / least
        else:
            total += max(max(blocks) for blocks in demand.block_tok_per_s)
    return gtok_per_hour(total)
