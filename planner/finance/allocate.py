"""Whose cost it is: every line of the ledger given to sites, vendors or workloads, adding up.

The rule for workloads, where systems are shared: what a configuration costs at a site is split by
the system-hours each workload used there, discounted like money; a line that bears a workload's
own name is its own; what is left (systems that served nothing, pools, sites) is spread in
proportion to what each was given before. Penalties for work not served stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from planner.finance.ledger import Entry
from planner.finance.usage import Place, Usage
from planner.options.table import Options

PENALTY = "shed penalty"
NOBODY = "(shared)"
"""What no row of a table can be said to have caused."""


def place_of(options: Options, entry: Entry) -> Place:
    """(configuration, site) a line belongs to; the subject's own name where it is no system."""
    offering = options.offerings.get(entry.subject)
    return (offering.configuration if offering else entry.subject, entry.site)


def vendor_of(options: Options, entry: Entry) -> str:
    """Who made the system a line is about; NOBODY for pools, sites and work not served."""
    configuration = options.configurations.get(place_of(options, entry)[0])
    return configuration.vendor if configuration else NOBODY


def cost_by_place(options: Options, entries: Iterable[Entry]) -> dict[Place, float]:
    """Present value of every line but penalties, by place (USD)."""
    cost: dict[Place, float] = defaultdict(float)
    for entry in entries:
        if entry.account != PENALTY:
            cost[place_of(options, entry)] += entry.pv_usd
    return cost


def workload_costs(
    options: Options, entries: Iterable[Entry], used: Usage
) -> tuple[dict[str, float], float]:
    """Present value of each workload's cost without penalties, and what nobody can be given (USD).

    The second is zero unless nothing at all was served.
    """
    cost = cost_by_place(options, entries)
    given: dict[str, float] = defaultdict(float)
    hours: dict[Place, dict[str, float]] = defaultdict(dict)
    for (name, site, workload), busy in used.pv_busy_hours.items():
        hours[name, site][workload] = busy
    for place, by_workload in hours.items():
        whole = sum(by_workload.values())
        for workload, busy in by_workload.items():
            given[workload] += cost.get(place, 0.0) * busy / whole
    for (subject, _), usd in cost.items():
        if subject in options.demands:
            given[subject] += usd
    left = sum(
        usd for place, usd in cost.items() if place not in hours and place[0] not in options.demands
    )
    total = sum(given.values())
    if not total:
        return dict(given), left
    return {name: usd * (1 + left / total) for name, usd in given.items()}, 0.0
