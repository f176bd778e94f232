"""What it was worth to need no HBM: the units others would have drawn, at the pool's price.

A GPU system draws 500 GB and costs 1 MUSD, a wafer system draws none and costs 1.5; each serves 1
of the 4 Gtok/h asked for. The pool holds 1,000 GB.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planner.plan.freedom import Freedom, freedoms
from planner.plan.scarcity import shadow_prices
from planner.plan.solved import solve
from tests.world import exactly, pool, purchase, system, world


def worth(amount: float = 1000.0, **others: Any) -> list[Freedom]:
    """The freedoms of the plan."""
    wafer = {"price": 1.5e6, **others.pop("wafer", {})}
    chips = {"stacked_memory": False, **others.pop("chips", {})}
    systems = [system(stacked_memory=True), system("wafer", **chips)]
    offers = [purchase(draws={"hbm": 500.0}), purchase("other", "wafer", **wafer)]
    supplies = others.pop("supplies", [pool(amount)])
    solved = solve(world(systems=systems, offerings=offers, supplies=supplies, **others))
    return freedoms(solved, shadow_prices(solved.arrays, solved.labels, solved.solution))


def test_the_work_of_chips_without_hbm_is_counted_at_the_pools_price() -> None:
    """500 GB more turn a wafer system into a GPU and save 0.5 MUSD: 1,000 USD a GB.

    The two wafer systems do the work of 1,000 GB, worth 1 MUSD.
    """
    (freedom,) = worth()
    assert (freedom.offer, freedom.pool, freedom.systems) == ("other", "hbm", exactly(2.0))
    assert freedom.units_per_system == exactly(500.0)
    assert freedom.units == exactly(1000.0)
    assert freedom.worth_usd == exactly(1e6)
    assert "worth 1 MUSD" in freedom.sentence


def test_where_the_pool_is_ample_there_is_no_such_worth() -> None:
    assert worth(9000.0) == []


def test_chips_with_hbm_of_another_kind_are_not_free_of_it() -> None:
    assert worth(chips={"stacked_memory": True}) == []


def test_it_is_measured_by_the_work_done_and_not_by_the_system() -> None:
    """A wafer system of 2 Gtok/h at 3 MUSD does the work of 1,000 GB: one of them, again 1 MUSD."""
    (freedom,) = worth(chips={"rates": system(rate=2.0).rates}, wafer={"price": 3e6})
    assert freedom.units_per_system == exactly(1000.0)
    assert freedom.worth_usd == exactly(1e6)


def test_slots_are_no_input_of_the_chip() -> None:
    """Slots bind as HBM did, and a chip without HBM takes none of them either: nothing to say."""
    slots = [replace(pool(1000.0), slots=True)]
    assert worth(supplies=slots) == []


def test_with_carry_over_an_early_delivery_is_worth_the_sum_of_later_prices() -> None:
    """6 Gtok/h for two years, 1,000 GB a year: 2 GPUs, then 2 more, wafers at 1.5 for the rest.

    Bought in the first year for both years; a GB then is worth what it saves over both.
    """
    (freedom,) = worth(periods=2, demand=6.0)
    assert freedom.systems == exactly(4.0)
    assert freedom.worth_usd == exactly(4 * 0.5e6)
