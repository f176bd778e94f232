"""From when what is ordered today can serve."""

from __future__ import annotations

from planner.catalog.term import OURS
from planner.options.table import Options


def first_service(options: Options, workload: str, lost: str = "") -> int:
    """First period in which a system ordered today for our sites could serve a workload.

    Hosted capacity comes sooner but only as much as clouds give; it counts where nothing that
    serves the workload can be bought or leased. lost: a site that may not serve.
    """
    first: dict[str, int] = {}
    for offering in options.offerings.values():
        if offering.fixed is not None:
            continue
        for i in offering.sites:
            if i != lost and (offering.configuration, i, workload) in options.arcs:
                ready = offering.first + options.places[i].lag
                known = learned(options, offering.configuration, workload)
                kind = "ours" if offering.ownership in OURS else offering.ownership
                first[kind] = min(first.get(kind, options.timeline.count), max(ready, known))
    return next((first[kind] for kind in ("ours", "reserve", "rent", "meter") if kind in first), 0)


def learned(options: Options, configuration: str, workload: str) -> int:
    """First period in which a platform can have learned a workload's model."""
    return max(
        (
            entry.periods
            for entry in options.onboardings
            if options.configurations[configuration].system in entry.systems
            and workload in entry.workloads
        ),
        default=0,
    )
