"""Budget: purchase and network money of a calendar year, each payment in its own year.

4 Gtok/h on systems of 1 MUSD; a Gtok/h shed for a period costs 10.
"""

from __future__ import annotations

from tests.world import exactly, installed, purchase, rental, reservation, solve, workload, world

PROVES = ("budget",)
TWO = {"budget": {2027: "2 MUSD"}}


def test_purchases_of_a_year_stay_within_its_budget() -> None:
    """2 MUSD buy 2 systems: 2 + 20 = 22; another MUSD would save 10 and cost 1. Without the row 4."""
    options = world(policy=TWO)
    answer = solve(options)
    assert answer.musd == exactly(22.0)
    assert answer.dual["budget", 2027] == exactly(-9.0)
    assert solve(world()).musd == exactly(4.0)
    assert solve(options, without="budget").musd == exactly(4.0)


def test_each_payment_counts_in_its_own_year() -> None:
    """2 MUSD in 2027: 2 systems, 20 shed, and 2 more in the free year 2028: 24.

    Only 2028 limited: all 4 are bought in 2027.
    """
    assert solve(world(periods=2, policy=TWO)).musd == exactly(24.0)
    assert solve(world(periods=2, policy={"budget": {2028: "2 MUSD"}})).musd == exactly(4.0)


def test_the_quarters_of_a_year_share_its_budget() -> None:
    """Five quarters from 2027: 2 systems in all of 2027, so 2 Gtok/h are shed for 4 quarters.

    4 · 2 · 10 + 2 + 2 = 84, and nothing more is short in 2028. Without the budget 4.
    """
    quarters = {"unit": "quarter", "periods": 5}
    options = world(policy=TWO, **quarters)
    answer = solve(options)
    assert answer.musd == exactly(84.0)
    assert answer.x["deliver", "buy", "campus", 4] == exactly(2.0)
    assert solve(world(**quarters)).musd == exactly(4.0)


def test_the_network_is_capital_too() -> None:
    """With a fabric of 1 MUSD a system costs 2: one fits, 2 + 30 = 32; unlimited 8."""
    wired = [purchase(fabric_usd=1e6)]
    assert solve(world(offerings=wired, policy=TWO)).musd == exactly(32.0)
    assert solve(world(offerings=wired)).musd == exactly(8.0)


def test_running_costs_and_hosted_capacity_are_no_capital() -> None:
    """Maintenance of 1 a year beside a price of 1: still 2 systems, 4 + 20 = 24.

    The rest reserved or rented at 3 instead of shed: 4 + 6 = 10, though the budget is spent.
    """
    kept = purchase(maintenance_per_year=1.0)
    dear = 3e6 / 8766
    assert solve(world(offerings=[kept], policy=TWO)).musd == exactly(24.0)
    for hosted in (reservation(held=1, price=dear), rental(price=dear)):
        options = world(offerings=[kept, hosted], policy=TWO)
        assert solve(options).musd == exactly(10.0)


def test_what_is_installed_is_paid() -> None:
    """A budget of nothing leaves the 3 installed at work: 10 shed for the fourth."""
    options = world(
        offerings=[installed(count=3.0), purchase()],
        demands=[workload(4.0)],
        policy={"budget": {2027: "0 USD"}},
    )
    assert solve(options).musd == exactly(10.0)
