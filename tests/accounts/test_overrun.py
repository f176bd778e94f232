"""Overrun of a pool: what keeps orders that a pool gives too little for.

A system costs 1 MUSD, serves 1 Gtok/h and draws 1,000 units; not serving costs 10 MUSD.
"""

from __future__ import annotations

from dataclasses import replace

from tests.world import exactly, over, paid, pool, purchase, solve, world

PROVES = ("pool overrun on overrun",)


def short(**prices: object) -> object:
    """Four systems are wanted and the pool gives units for three."""
    supply = replace(pool(3000.0), **prices)
    return world(offerings=[purchase(draws={"hbm": 1000.0})], supplies=[supply], demand=4.0)


def test_an_overrun_is_paid_by_the_unit() -> None:
    """A lot of 1,000 units at 2,000 USD a unit: 2 MUSD, when the period begins."""
    (payment,) = paid(short(overrun_usd=over(2000.0)), "pool overrun", "overrun", "hbm", 0)
    assert (payment.usd, payment.quantity, payment.moment) == (2e6, 1000.0, "start")


def test_a_priced_overrun_serves_what_the_pool_is_short_of() -> None:
    """The fourth system overruns 1,000 units at 2 MUSD: 4 + 2 = 6; without it, 3 + 10 = 13."""
    assert solve(short(overrun_usd=over(2000.0))).musd == exactly(6.0)
    assert solve(short()).musd == exactly(13.0)


def test_spot_goes_before_overrun() -> None:
    """Spot at 500 USD a unit gives half a system's worth: 0.25 + half a system at 1 MUSD of overrun."""
    options = short(overrun_usd=over(2000.0), spot_usd=over(500.0), spot_limit=over(500.0))
    answer = solve(options)
    assert answer.total("spot") == exactly(0.5)
    assert answer.musd == exactly(4.0 + 0.25 + 1.0)
