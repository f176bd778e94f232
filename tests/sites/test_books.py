"""Blocks of power and room in the books and in the annuities: each over its own life.

Two blocks of 2 MUSD and four years make a site of 2 MW hold what is asked for two years.
"""

from __future__ import annotations

from planner.options.table import Options
from tests.finance.plans import moneyed
from tests.world import block, exactly, site, world


def growing(*blocks: object) -> Options:
    return world(periods=2, places=[site(power_mw=2.0, blocks=blocks)])  # type: ignore[arg-type]


def test_blocks_are_written_off_over_their_life() -> None:
    """4 MUSD over four years: 1 a year, 3 and then 2 left; without blocks no such asset."""
    rows = [row for row in moneyed(growing(block(life_years=4.0))).book if row.asset == "blocks"]
    assert [row.additions_usd for row in rows] == [exactly(4e6), exactly(0.0)]
    assert [row.depreciation_usd for row in rows] == [exactly(1e6), exactly(1e6)]
    assert [row.book_value_usd for row in rows] == [exactly(3e6), exactly(2e6)]
    assert [row for row in moneyed(growing()).book if row.asset == "blocks"] == []


def test_blocks_are_repaid_as_facility_for_the_years_they_serve() -> None:
    """At no interest a quarter of 4 MUSD each year, two years: 2 MUSD of 4, in the total."""
    total = moneyed(growing(block(life_years=4.0))).annuities[-1]
    assert (total.facility_capital_usd, total.facility_usd) == (exactly(4e6), exactly(2e6))
    plain = moneyed(growing()).annuities[-1]
    assert (plain.facility_capital_usd, plain.facility_usd) == (0.0, 0.0)
