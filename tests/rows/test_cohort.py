"""Cohort: a cohort that may end early is whole until it is sold or given back, and gone after.

Without the row a system could be sold that was never bought, as often as one likes: unbounded.
"""

from __future__ import annotations

from planner.solver.highs import UNBOUNDED
from tests.world import exactly, purchase, reservation, solve, world

PROVES = ("cohort",)


def test_a_system_is_sold_when_its_work_ends() -> None:
    """4 Gtok/h for one year only; a year-old system sells at 0.6: 4 · (1 − 0.6) = 1.6 MUSD.

    Under a contract without resale 4.
    """
    selling = world(periods=2, demand=(4.0, 0.0), offerings=[purchase(resale=(1.0, 0.6))])
    answer = solve(selling)
    assert answer.musd == exactly(1.6)
    assert answer.x["sell", "buy", "campus", 0, 1] == exactly(4.0)
    assert answer.x["own", "buy", "campus", 0, 1] == exactly(0.0)
    assert solve(world(periods=2, demand=(4.0, 0.0))).musd == exactly(4.0)
    assert solve(selling, without="cohort").status == UNBOUNDED


def test_what_is_sold_no_longer_serves() -> None:
    """Work in years one and three. Kept through: 4. Sold at 0.6 and bought anew at p: 1.6 + 4 p.

    At p = 0.2 it is sold and bought again, 2.4; at p = 1 it is kept, 4.
    """

    def costing(price: float) -> float:
        offerings = [purchase(price=(1e6, 1e6, price * 1e6), resale=(1.0, 0.6, 0.0))]
        return solve(world(periods=3, demand=(4.0, 0.0, 4.0), offerings=offerings)).musd

    assert costing(price=0.2) == exactly(2.4)
    assert costing(price=1.0) == exactly(4.0)


def test_only_what_is_no_longer_needed_is_sold() -> None:
    """Demand falls from 4 to 1: 3 are sold at 0.6, one stays: 4 − 1.8 = 2.2 MUSD."""
    options = world(periods=2, demand=(4.0, 1.0), offerings=[purchase(resale=(1.0, 0.6))])
    answer = solve(options)
    assert answer.musd == exactly(2.2)
    assert answer.x["own", "buy", "campus", 0, 1] == exactly(1.0)


def test_what_was_delivered_is_owned_and_kept_up_though_nobody_needs_it() -> None:
    """Six must be taken where four serve; each pays upkeep of 0.1 for its year: 6.6 MUSD."""
    offer = purchase(min_total=6.0, maintenance_per_year=0.1, resale=(1.0, 0.6))
    answer = solve(world(offerings=[offer]))
    assert answer.musd == exactly(6.6)
    assert answer.x["own", "buy", "campus", 0, 0] == exactly(6.0)


def test_a_reservation_is_given_back_where_the_fee_is_less_than_the_rest() -> None:
    """Term of three years at 1 MUSD a year, work in the first only.

    Given back after a year at a quarter of the two years due: 4 · (1 + 0.25 · 2) = 6.
    Not cancellable: 4 · 3 = 12. At a fee of the whole rest nothing is gained: 12.
    """

    def costing(fee: float | None) -> float:
        offerings = [reservation(held=3, exit_fee=fee)]
        return solve(world(periods=3, demand=(4.0, 0.0, 0.0), offerings=offerings)).musd

    assert costing(0.25) == exactly(6.0)
    assert costing(None) == exactly(12.0)
    assert costing(1.0) == exactly(12.0)


def test_a_reservation_without_the_row_serves_for_nothing() -> None:
    """Nothing ties what is held to what was signed: 4 a year held but, paid where held, 4; signed 0."""
    options = world(offerings=[reservation(held=3, exit_fee=0.25)])
    assert solve(options).total("deliver") == exactly(4.0)
    assert solve(options, without="cohort").total("deliver") == exactly(0.0)


def test_a_cancellable_term_ends_and_is_signed_again() -> None:
    """Three years of work on terms of two years: signed in the first and again in the third.

    Year three of the second signing is the last one paid: 4 · (2 + 1) = 12, eight signed in all.
    """
    options = world(periods=3, offerings=[reservation(held=2, exit_fee=0.25)])
    answer = solve(options)
    assert answer.musd == exactly(12.0)
    assert ("own", "term", "cloud", 0, 2) not in answer.x
    assert answer.total("deliver") == exactly(8.0)
