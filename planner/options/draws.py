"""What one system takes of each scarce pool: memory, packaging wafers, a vendor's slots."""

from __future__ import annotations

from planner.catalog.chip import Chip
from planner.catalog.supply import Pool
from planner.options.needs import Needs
from planner.options.table import Configuration
from planner.scenario.policy import Group
from planner.scenario.pool import PoolShare
from planner.scenario.quantity import Written, scaled_amount
from planner.scenario.schema import Scenario


def draws(
    name: str, needs: Needs, configuration: Configuration, scenario: Scenario
) -> dict[str, float]:
    """Units of each pool that one system of offer ``name`` takes, losses included.

    units / (1 − yield loss); a pool it takes nothing of is not in it. What is not disclosed is
    noted in ``needs``.
    """
    drawn: dict[str, float] = {}
    for pool_id, share in scenario.pools.items():
        pool = needs.catalog.pools.get(pool_id)
        units = _units(name, share, pool, needs, configuration)
        if units:
            drawn[pool_id] = units / (1 - _loss(share, pool, needs))
    return drawn


def _units(
    name: str, share: PoolShare, pool: Pool | None, needs: Needs, configuration: Configuration
) -> float:
    chip = needs.catalog.chips[configuration.chip]
    stated: Written | None = share.draws.get(configuration.system)
    if share.slots_of is not None:
        return 1.0 if takes_slot(name, configuration, share.slots_of) else 0.0
    assert pool is not None
    if stated is not None:
        return scaled_amount(stated, pool.unit)
    if pool.packaging:
        return _wafers(chip, needs) * configuration.chips
    memory = 0.0
    for tier in chip.memory:
        if tier.kind in pool.memory_kinds:
            memory += needs.known(tier.capacity, f"{tier.kind} capacity") * configuration.chips
    return memory


def _wafers(chip: Chip, needs: Needs) -> float:
    """Packaging wafers of one chip: one over its packages per wafer; chips without HBM take none."""
    if chip.packages_per_wafer is None and not chip.stacked_memory:
        return 0.0
    return 1 / needs.known(chip.packages_per_wafer, "packages per wafer")


def _loss(share: PoolShare, pool: Pool | None, needs: Needs) -> float:
    if share.yield_loss is not None:
        return share.yield_loss
    known = pool.yield_loss.value(needs.as_of) if pool and pool.yield_loss else None
    return 0.0 if known is None else known


def takes_slot(name: str, configuration: Configuration, group: Group) -> bool:
    """Whether an offer of this configuration takes a slot of the group."""
    return all(
        not wanted or have in wanted
        for wanted, have in (
            (group.vendors, configuration.vendor),
            (group.gradients, configuration.gradient),
            (group.systems, configuration.system),
            (group.offers, name.partition("@")[0]),
            (group.fabrics, configuration.fabric),
        )
    )
