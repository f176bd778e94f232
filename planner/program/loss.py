"""Which losses of a site must be survived, by which workloads, and from when."""

from __future__ import annotations

from collections.abc import Iterator

from planner.program.first import first_service
from planner.program.space import Space


def losses(space: Space) -> Iterator[tuple[str, str, int]]:
    """(lost site, workload, first period) for every loss the policy names.

    A loss counts from the period in which an order of today could serve the workload elsewhere.
    """
    rule = space.options.policy.site_loss
    if rule is None:
        return
    for s in rule.sites or tuple(space.options.places):
        for w in rule.workloads or tuple(space.options.demands):
            here = any(i == s for _, i in space.sites_serving[w])
            if here:
                yield s, w, first_service(space.options, w, lost=s)
