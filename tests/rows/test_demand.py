"""Demand: every token asked for is served or shed, deferrable work moves inside its period only.

A system costs 1 MUSD and serves 1 Gtok/h; 1 Gtok/h not served for a period costs 10 MUSD.
Without the row nothing is asked for, so nothing is bought and the plan costs 0.
"""

from __future__ import annotations

from tests.world import exactly, installed, solve, system, workload, world

PROVES = ("demand",)


def test_demand_is_served_where_serving_is_cheaper_than_shedding() -> None:
    """4 Gtok/h need 4 systems: 4 MUSD, and one more Gtok/h one more MUSD."""
    options = world(demand=4.0)
    answer = solve(options)
    assert answer.musd == exactly(4.0)
    assert answer.total("serve") == exactly(4.0)
    assert answer.dual["demand", "chat", 0, 0] == exactly(1.0)
    assert solve(options, without="demand").musd == exactly(0.0)


def test_demand_is_shed_where_shedding_is_cheaper() -> None:
    """At 0.25 MUSD per Gtok/h shedding beats buying: 4 · 0.25 = 1 MUSD, and that is its price."""
    answer = solve(world(demands=[workload(4.0, shed_musd=0.25)]))
    assert answer.musd == exactly(1.0)
    assert answer.total("shed") == exactly(4.0)
    assert answer.dual["demand", "chat", 0, 0] == exactly(0.25)


def test_interactive_demand_is_met_in_every_block_by_itself() -> None:
    """Blocks of 1/4 and 3/4, profile 2 and 2/3 around a mean of 3: the peak of 6 sizes the fleet.

    A Gtok/h shed at the peak costs 10 · 1/4 = 2.5 MUSD, more than a system. Flat: 3 systems.
    """
    blocks = (0.25, 0.75)
    peaky = world(blocks=blocks, demands=[workload(3.0, profile=(2.0, 2 / 3))])
    flat = world(blocks=blocks, demands=[workload(3.0, profile=(1.0, 1.0))])
    assert solve(peaky).musd == exactly(6.0)
    assert solve(flat).musd == exactly(3.0)


def test_deferrable_demand_moves_between_the_blocks_of_a_period() -> None:
    """Four systems stand; chat takes all 4 in the first half and none in the second.

    Batch asks for a mean of 2: deferrable, all of it runs at 4 through the second half and nothing
    is shed. Interactive, its 2 in the first half are shed: 2 · 10 · 1/2 = 10 MUSD.
    """

    def costing(deferrable: bool) -> float:
        chat = workload(2.0, profile=(2.0, 0.0))
        batch = workload(2.0, "batch", deferrable=deferrable)
        return solve(
            world(
                blocks=(0.5, 0.5),
                systems=[system(rate={"chat": 1.0, "batch": 1.0})],
                offerings=[installed(count=4.0)],
                demands=[chat, batch],
            )
        ).musd

    assert costing(deferrable=True) == exactly(0.0)
    assert costing(deferrable=False) == exactly(10.0)


def test_deferrable_demand_counts_each_block_by_its_share_of_hours() -> None:
    """Closed in a block of 1/4 by other work, a mean of 3 must run at 4 in the other 3/4.

    Seven systems stand and chat takes them all in the short block, 3 in the long one: 4 are free
    there, 4 · 3/4 = 3. With six, 3 are free: 3 · 3/4 = 2.25 run and 0.75 · 10 = 7.5 MUSD is shed.
    """

    def costing(count: float) -> float:
        chat = workload(1.0, profile=(count, 3.0))
        return solve(
            world(
                blocks=(0.25, 0.75),
                systems=[system(rate={"chat": 1.0, "batch": 1.0})],
                offerings=[installed(count=count)],
                demands=[chat, workload(3.0, "batch", deferrable=True)],
            )
        ).musd

    assert costing(7.0) == exactly(0.0)
    assert costing(6.0) == exactly(7.5)


def test_deferrable_demand_never_moves_between_periods() -> None:
    """Two systems stand for two years; batch asks for 4 in the first and nothing in the second.

    The idle second year does not help: 2 · 10 = 20 MUSD shed. Asked evenly, 2 and 2, nothing is.
    """

    def costing(*means: float) -> float:
        demands = [workload(means, deferrable=True)]
        return solve(world(periods=2, offerings=[installed(count=2.0)], demands=demands)).musd

    assert costing(4.0, 0.0) == exactly(20.0)
    assert costing(2.0, 2.0) == exactly(0.0)


def test_a_closed_arc_serves_nothing() -> None:
    """With its only site closed to it, 4 Gtok/h are shed at 10: 40 MUSD instead of 4."""
    assert solve(world(closed=[("gpu", "campus", "chat")])).musd == exactly(40.0)
    assert solve(world()).musd == exactly(4.0)
