"""Which offers a policy's group means."""

from __future__ import annotations

from planner.options.table import Offering, Options
from planner.scenario.policy import Group


def in_group(options: Options, offering: Offering, group: Group) -> bool:
    """Whether an offering is in a group; every key given narrows it.

    What is ordered under a right counts as the offer whose contract holds the right.
    """
    configuration = options.configurations[offering.configuration]
    offers = {offering.offer} if offering.right is None else {offering.offer, offering.right.of}
    return all(
        not wanted or not have.isdisjoint(wanted)
        for wanted, have in (
            (group.vendors, {configuration.vendor}),
            (group.gradients, {configuration.gradient}),
            (group.systems, {configuration.system}),
            (group.offers, offers),
            (group.fabrics, {configuration.fabric}),
        )
    )
