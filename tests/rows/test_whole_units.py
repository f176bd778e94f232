"""Whole units: replicas that span systems are whole, and some work stands on one platform.

Systems of 1 MUSD and 1 Gtok/h; a Gtok/h shed costs 10.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.options.table import Options
from tests.world import exactly, purchase, rental, site, solve, system, workload, world

PROVES = ("replica", "single_offer")


def test_a_replica_that_spans_systems_is_whole() -> None:
    """3 Gtok/h on replicas of 2 systems: 2 replicas, 4 systems, 4. In parts 3; of one system each 3.

    Without the row the replicas carry nothing and serving is free.
    """
    whole = world(demand=3.0, systems=[system(span=2.0)], whole_units=True)
    answer = solve(whole)
    assert answer.musd == exactly(4.0)
    assert answer.x["replica", "gpu", "campus", "chat", 0] == exactly(2.0)
    assert solve(world(demand=3.0, systems=[system(span=2.0)])).musd == exactly(3.0)
    assert solve(world(demand=3.0, whole_units=True)).musd == exactly(3.0)
    assert solve(whole, without="replica").musd == exactly(0.0)


def test_a_replica_inside_one_system_is_shared_by_time() -> None:
    """Two workloads of half a system each fit on one; with replicas of 2 systems each needs its own: 4."""
    demands = [workload(0.5), workload(0.5, "code")]
    rates = {"chat": 1.0, "code": 1.0}
    inside = world(demands=demands, systems=[system(rate=rates)], whole_units=True)
    across = world(demands=demands, systems=[system(rate=rates, span=2.0)], whole_units=True)
    assert solve(inside).musd == exactly(1.0)
    assert solve(across).musd == exactly(4.0)


def test_a_whole_replica_serves_with_what_is_available_of_it() -> None:
    """Availability 0.8 and headroom 0.5: a replica of 2 serves 0.8 Gtok/h; 1.6 need two, 4 systems.

    1.7 need three: 6. It pays, since 0.1 shed beats 2: 4 + 1.
    """
    given: dict[str, Any] = {
        "systems": [system(span=2.0, availability=0.8)],
        "policy": {"headroom": 0.5},
        "whole_units": True,
    }
    assert solve(world(demand=1.6, **given)).musd == exactly(4.0)
    assert solve(world(demand=1.7, **given)).musd == exactly(5.0)
    assert solve(world(demand=2.0, **given)).musd == exactly(6.0)


def test_rented_systems_are_whole_too() -> None:
    """3.5 Gtok/h for the whole year: 4 rented; in parts 3.5."""
    assert solve(world(demand=3.5, offerings=[rental()], whole_units=True)).musd == exactly(4.0)
    assert solve(world(demand=3.5, offerings=[rental()])).musd == exactly(3.5)


def two_sites(single: bool, whole: bool = True, **demand: Any) -> Options:
    """Campus holds 2 systems and the lab 3."""
    return world(
        places=[site(power_mw=2.0), site("lab", power_mw=3.0)],
        offerings=[purchase(sites=("campus", "lab"))],
        demands=[workload(4.0, single_offer=single, **demand)],
        whole_units=whole,
    )


@pytest.mark.parametrize("deferrable", [False, True])
def test_work_that_must_not_be_split_stands_at_one_site(deferrable: bool) -> None:
    """All at the lab, 3 + 10 = 13; where it may be split, or without the row, 4."""
    single = two_sites(True, deferrable=deferrable)
    answer = solve(single)
    assert answer.musd == exactly(13.0)
    assert answer.x["chosen", "chat", "gpu", "lab"] == exactly(1.0)
    assert answer.total("serve", "gpu", "campus") == exactly(0.0)
    assert solve(two_sites(False, deferrable=deferrable)).musd == exactly(4.0)
    assert solve(single, without="single_offer").musd == exactly(4.0)


def test_work_that_must_not_be_split_stands_on_one_platform() -> None:
    """Two kinds of system, two of each to be had at 1 and 1.5: 2 + 20; where it may be split 5."""

    def costing(single: bool) -> float:
        dear = purchase("other", "tpu", price=1.5e6, max_total=2.0)
        return solve(
            world(
                systems=[system(), system("tpu")],
                offerings=[purchase(max_total=2.0), dear],
                demands=[workload(4.0, single_offer=single)],
                whole_units=True,
            )
        ).musd

    assert costing(single=True) == exactly(22.0)
    assert costing(single=False) == exactly(5.0)


def test_the_choice_leaves_deferrable_work_free_to_run_in_one_block() -> None:
    """Mean 3 in the block of 1/4 alone would run at 12: the choice must not cap it below that.

    Twelve systems stand idle only then: chat fills the long block.
    """
    chat = workload(9.0, profile=(0.0, 12 / 9))
    batch = workload(3.0, "batch", deferrable=True, single_offer=True)
    options = world(
        blocks=(0.25, 0.75),
        systems=[system(rate={"chat": 1.0, "batch": 1.0})],
        offerings=[purchase(max_total=12.0)],
        demands=[chat, batch],
        whole_units=True,
    )
    assert solve(options).musd == exactly(12.0)


def test_work_that_must_not_be_split_is_not_split_where_systems_come_in_parts_either() -> None:
    """As above 13 MUSD, and 4 where it may be: only the choice is whole."""
    assert solve(two_sites(True, whole=False)).musd == exactly(13.0)
    assert solve(two_sites(False, whole=False)).musd == exactly(4.0)
