"""Fleet: what runs has been delivered and has not left; what has been delivered need not run.

Without the row systems run that nobody bought.
"""

from __future__ import annotations

from tests.world import HOURS, exactly, installed, purchase, site, solve, system, workload, world

PROVES = ("fleet",)


def test_nothing_runs_that_was_not_delivered() -> None:
    """4 systems for 4 MUSD; without the row they cost nothing. One more standing is worth 1."""
    options = world()
    answer = solve(options)
    assert answer.musd == exactly(4.0)
    assert answer.dual["fleet", "gpu", "campus", 0] == exactly(-1.0)
    assert solve(options, without="fleet").musd == exactly(0.0)


def test_a_delivered_system_may_wait_for_power() -> None:
    """The price trebles while power comes only in the second year: buy 4 at 1 and let them wait.

    4 · 1 + 4 shed in the first year · 10 = 44; bought when power comes they would cost 40 + 12.
    With power at once 4; without the row only the shed is paid, 40.
    """
    offerings = [purchase(price=(1e6, 3e6))]
    late = world(periods=2, offerings=offerings, power_mw=(0.0, 4.0))
    answer = solve(late)
    assert answer.musd == exactly(44.0)
    assert answer.x["deliver", "buy", "campus", 0] == exactly(4.0)
    assert answer.x["fleet", "gpu", "campus", 0] == exactly(0.0)
    assert answer.x["fleet", "gpu", "campus", 1] == exactly(4.0)
    assert solve(world(periods=2, offerings=offerings)).musd == exactly(4.0)
    assert solve(late, without="fleet").musd == exactly(40.0)


def test_a_system_without_work_is_switched_off_and_on_again() -> None:
    """Idle draw 100 kW at 0.1 USD/kWh: 100 · 8,766 · 0.1 = 87,660 USD for each year powered.

    Demand 4, 0, 4: 4 systems, 8 system-years powered; demand 4, 4, 4: 12.
    """
    idle_musd = 100 * HOURS * 0.1 / 1e6

    def costing(*means: float) -> float:
        return solve(
            world(
                periods=3,
                systems=[system(idle_kw=100.0)],
                places=[site(tariff=0.1)],
                demand=means,
            )
        ).musd

    assert costing(4.0, 0.0, 4.0) == exactly(4.0 + 8 * idle_musd)
    assert costing(4.0, 4.0, 4.0) == exactly(4.0 + 12 * idle_musd)


def test_a_cohort_runs_for_its_life_and_no_longer() -> None:
    """Three years of 4 Gtok/h on lives of 1, 2 and 3 years: 3, 2 and 1 times 4 systems."""
    for held, bought in ((1, 12.0), (2, 8.0), (3, 4.0)):
        options = world(periods=3, offerings=[purchase(held=held)])
        assert solve(options).musd == exactly(bought)


def test_installed_systems_run_until_their_life_is_over() -> None:
    """Four stand for one more year: the second year needs 4 new ones, 4 MUSD; with two more years none.

    With none left of their life, and no time in which to buy, everything is shed: 40 a year.
    """

    def costing(held: int, **terms: int) -> float:
        offerings = [installed(count=4.0, held=held), purchase(**terms)]
        return solve(world(periods=2, offerings=offerings)).musd

    assert costing(held=1) == exactly(4.0)
    assert costing(held=2) == exactly(0.0)
    assert costing(held=0) == exactly(4.0)
    assert costing(held=0, first=2) == exactly(80.0)


def test_offers_of_one_configuration_fill_one_fleet() -> None:
    """Three installed and one bought make the 4 that serve: 1 MUSD."""
    options = world(offerings=[installed(count=3.0), purchase()], demands=[workload(4.0)])
    answer = solve(options)
    assert answer.musd == exactly(1.0)
    assert answer.x["fleet", "gpu", "campus", 0] == exactly(4.0)
