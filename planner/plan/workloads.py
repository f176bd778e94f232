"""What each workload costs, how much of it is served, and on what evidence."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from planner.catalog.fact import weakest
from planner.finance.ledger import Entry
from planner.options.table import Options
from planner.options.units import gtok_per_hour
from planner.plan.grounds import Table, used
from planner.plan.headline import PENALTY, present_tokens
from planner.plan.solved import Answer
from planner.program.space import ANY_BLOCK, Space
from planner.quantities import MEGA


def workloads(answer: Answer, entries: list[Entry]) -> Table:
    """USD per million output tokens of each workload, its share served and its weakest evidence.

    A configuration's cost at a site is shared among its workloads by the system-hours each used.
    """
    options, space = answer.options, answer.program.space
    cost = _cost_by_place(options, entries)
    hours: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    tiers: dict[str, set[Any]] = defaultdict(set)
    for (name, site, workload, period, block), value in used(answer, "serve"):
        rate = options.configurations[name].rates[workload]
        busy = value / gtok_per_hour(options.speed(name, workload, period)) * options.hours(block)
        hours[name, site][workload] += busy * options.timeline.discount(period, "middle")
        tiers[workload].add(rate.tier)
    idle = sum(usd for place, usd in cost.items() if place not in hours)
    shares: dict[str, float] = defaultdict(float)
    for place, by_workload in hours.items():
        whole = sum(by_workload.values())
        for workload, busy in by_workload.items():
            shares[workload] += cost.get(place, 0.0) * busy / whole
    total = sum(shares.values())
    table = []
    for demand in options.demands.values():
        mtok = present_tokens(space, answer.x, demand.id) / MEGA
        usd = shares[demand.id] * (1 + idle / total) if total else 0.0
        asked = sum(demand.mean_tok_per_s)
        table.append(
            {
                "workload": demand.id,
                "usd_per_mtok": usd / mtok if mtok > 0 else None,
                "served_share": 1 - _shed_rate(space, answer, demand.id) / asked if asked else None,
                "evidence_tier": weakest(*sorted(tiers[demand.id])) if tiers[demand.id] else None,
            }
        )
    return table


def _cost_by_place(options: Options, entries: list[Entry]) -> dict[tuple[str, str], float]:
    cost: dict[tuple[str, str], float] = defaultdict(float)
    for entry in entries:
        if entry.account == PENALTY:
            continue
        offering = options.offerings.get(entry.subject)
        name = offering.configuration if offering else entry.subject
        cost[name, entry.site] += entry.pv_usd
    return cost


def _shed_rate(space: Space, answer: Answer, workload: str) -> float:
    """Mean tok/s shed, summed over periods."""
    options = space.options
    shares = tuple(options.blocks.values())
    return sum(
        value / gtok_per_hour(1.0) * (1.0 if block == ANY_BLOCK else shares[block])
        for (name, _, block), value in used(answer, "shed")
        if name == workload
    )
