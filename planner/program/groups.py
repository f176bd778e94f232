"""Which offers a policy's group means."""

from __future__ import annotations

from planner.options.table import Offering, Options
from planner.scenario.policy import Group


def in_group(options: Options, offering: Offering, group: Group) -> bool:
    """Whether an offering is in a group; every key given narrows it."""
    configuration = options.configurations[offering.configuration]
    return all(
        not wanted or have in wanted
        for wanted, have in (
            (group.vendors, configuration.vendor),
            (group.gradients, configuration.gradient),
            (group.systems, configuration.system),
            (group.offers, offering.offer),
            (group.fabrics, configuration.fabric),
        )
    )
