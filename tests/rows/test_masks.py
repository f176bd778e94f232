"""Masks: a fee before the first system of a model comes out of etched silicon, and once per set.

Four systems at 1 MUSD serve 4 Gtok/h; a set of masks costs 2 MUSD and makes 4 systems.
"""

from __future__ import annotations

from typing import Any

from planner.options.respin import Masks
from planner.options.table import Offering
from planner.plan.masks import mask_sets, parts_of_sets
from planner.plan.solved import solve as solved
from tests.world import cost, exactly, paid, purchase, solve, system, workload, world

PROVES = ("masks", "masks on etch")


def etched(**terms: Any) -> Offering:
    return purchase("etched", masks=Masks(2e6, 4.0), **terms)


def test_a_relaxed_plan_charges_each_system_its_part_of_the_masks() -> None:
    """Four systems: 4 + 2; two: 2 + 1; five: 5 + 2.5. Without the row 4, and 4 where none are needed."""
    assert solve(world(offerings=[etched()])).musd == exactly(6.0)
    assert solve(world(offerings=[etched()], demand=2.0)).musd == exactly(3.0)
    assert solve(world(offerings=[etched()], demand=5.0)).musd == exactly(7.5)
    assert solve(world(offerings=[etched()]), without="masks").musd == exactly(4.0)
    assert solve(world(offerings=[purchase()])).musd == exactly(4.0)


def test_a_whole_unit_plan_cuts_whole_sets_or_none() -> None:
    """Two systems: 2 + 2; five: 5 + 2 · 2. Beside others at 1.4: two of those, 2.8, but four etched, 6 > 5.6; at 1.6, 6 < 6.4."""
    assert solve(world(offerings=[etched()], demand=2.0, whole_units=True)).musd == exactly(4.0)
    assert solve(world(offerings=[etched()], demand=5.0, whole_units=True)).musd == exactly(9.0)
    systems = [system(), system("known")]
    for price, musd in ((1.4e6, 5.6), (1.6e6, 6.0)):
        offers = [etched(), purchase("other", "known", price=price)]
        made = solve(world(systems=systems, offerings=offers, whole_units=True))
        assert made.musd == exactly(musd)


def test_masks_last_for_later_deliveries() -> None:
    """Two systems, then two more: one set makes all four, 4 + 2, relaxed or whole."""
    for whole in (False, True):
        options = world(offerings=[etched()], demand=(2.0, 4.0), periods=2, whole_units=whole)
        assert solve(options).musd == exactly(6.0)


def test_masks_are_ordered_for_no_delivery_that_comes_too_early() -> None:
    """First delivery in the second of two years: 40 shed, then 4 + 2, and masks for that one alone."""
    made = solve(world(offerings=[etched(first=1)], periods=2))
    assert made.musd == exactly(46.0)
    assert [key for key in made.x if key[0] == "etch"] == [("etch", "etched", 1)]


def test_the_wirings_of_an_offer_come_out_of_the_same_masks() -> None:
    """Each wiring serves one of two workloads, two systems each: 4 + 2, not 4 + 4 as two offers."""
    systems = [system("gpu@a", rate={"chat": 1.0}), system("gpu@b", rate={"batch": 1.0})]
    demands = [workload(2.0), workload(2.0, "batch")]

    def musd(*names: str) -> float:
        offers = [
            purchase(name, on, masks=Masks(2e6, 4.0))
            for name, on in zip(names, ("gpu@a", "gpu@b"), strict=True)
        ]
        given = {"systems": systems, "offerings": offers, "demands": demands}
        return solve(world(whole_units=True, **given)).musd

    assert musd("etched@a", "etched@b") == exactly(6.0)
    assert musd("etched", "other") == exactly(8.0)


def test_the_fee_is_paid_when_the_first_systems_are_ordered() -> None:
    """Delivered in the second year on an order of the first: 2 MUSD then, nothing left of it at the end."""
    options = world(offerings=[etched(order_lag=1)], periods=2, discount_rate=0.1)
    (fee,) = paid(options, "masks", "etch", "etched", 1)
    assert (fee.period, fee.moment, fee.quantity, fee.usd) == (0, "start", 1.0, 2e6)
    assert cost(options, "etch", "etched", 1) == exactly(2.0)
    free = world(offerings=[purchase("etched", masks=Masks(0.0, 4.0))])
    assert paid(free, "masks", "etch", "etched", 0) == []


def test_a_plan_that_pays_for_a_part_of_a_set_says_so() -> None:
    """Two systems of a set of four: half a set, 1 MUSD, and said; four: one set, and nothing to say."""
    half = solved(world(offerings=[etched()], demand=2.0)).answer
    (row,) = mask_sets(half)
    assert (row["sets"], row["usd"]) == (exactly(0.5), exactly(1e6))
    (caveat,) = parts_of_sets(half)
    assert "etched is charged 0.50 sets" in caveat
    assert parts_of_sets(solved(world(offerings=[etched()])).answer) == []
