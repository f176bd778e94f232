"""Assignment: a fleet shared between workloads within a day is loaded anew each time.

Chat asks for 2 Gtok/h in the first half of the day and batch in the second; one fleet of two
systems can do both, at four moves a day.
"""

from __future__ import annotations

from typing import Any

from tests.world import exactly, solve, system, workload, world

PROVES = ("assignment",)
DAYS = 365.25


def shared(move_musd: float | None, **others: Any) -> Any:
    """move_musd: of one move every day of a year."""
    policy = {} if move_musd is None else {"move_cost": f"{move_musd * 1e6 / DAYS!r} USD"}
    demands = [
        workload(1.0, profile=(2.0, 0.0)),
        workload(1.0, "batch", profile=(0.0, 2.0)),
    ]
    base = {
        "blocks": (0.5, 0.5),
        "systems": [system(rate={"chat": 1.0, "batch": 1.0})],
        "demands": demands,
        "policy": policy,
    }
    return world(**{**base, **others})


def test_moving_is_paid_for_each_day() -> None:
    """2 systems + 4 moves · 0.1 = 2.4; where moving is free, or without the row, 2."""
    answer = solve(shared(0.1))
    assert answer.musd == exactly(2.4)
    assert answer.total("move") == exactly(4.0)
    assert solve(shared(None)).musd == exactly(2.0)
    assert solve(shared(0.1), without="assignment").musd == exactly(2.0)


def test_where_moving_is_dear_each_workload_gets_systems_of_its_own() -> None:
    """At 0.6 a move, sharing costs 2 + 2.4 and standing apart 4."""
    answer = solve(shared(0.6))
    assert answer.musd == exactly(4.0)
    assert answer.total("move") == exactly(0.0)


def test_a_system_that_rests_stays_loaded() -> None:
    """One workload with a quiet half moves nothing: 2 systems."""
    alone = [workload(1.0, profile=(2.0, 0.0)), workload(0.0, "batch")]
    assert solve(shared(0.1, demands=alone)).musd == exactly(2.0)
