"""Annuity views and the two clocks: hardware on its own life, buildings on theirs."""

from __future__ import annotations

from dataclasses import replace

from planner.annuity import capital_recovery_factor
from planner.finance.annuities import Annuity
from planner.options.building import Building
from planner.options.table import Options
from tests.finance.plans import MTOK, moneyed
from tests.world import HOURS, exactly, installed, paid, purchase, rental, site, system, world

SHELL = Building(capex_usd_per_kw=1000.0, life_years=14.0, rate=0.07)
"""1 MUSD for the 1 MW of a system."""


def owning(shell: Building | None = SHELL, **terms: float) -> Options:
    """4 systems of 8 chips at 1 MUSD with a life of 5 years, at 9 %; a plan of one year."""
    campus = replace(site(), shell=shell)
    return world(discount_rate=0.09, places=[campus], offerings=[purchase(life_years=5.0, **terms)])


def only(options: Options) -> Annuity:
    (line, total) = moneyed(options).annuities
    assert (line.system, line.site, total.system) == ("gpu", "campus", "total")
    assert replace(total, system="gpu", site="campus") == line
    return line


def test_hardware_and_building_are_repaid_each_over_its_own_life_at_its_own_rate() -> None:
    """1 MUSD · CRF(9 %, 5) and 1 MUSD · CRF(7 %, 14) over 8 chips and 8,766 hours."""
    line = only(owning())
    it = 1e6 * capital_recovery_factor(0.09, 5) / (8 * HOURS)
    facility = 1e6 * capital_recovery_factor(0.07, 14) / (8 * HOURS)
    assert line.it_usd_per_chip_hour == exactly(it)
    assert line.facility_usd_per_chip_hour == exactly(facility)
    assert line.usd_per_chip_hour == exactly(it + facility)
    assert line.usd_per_kw_month == exactly((it + facility) * 8 * HOURS / (1000 * 12))
    assert line.usd_per_mtok == exactly((it + facility) * 8 * HOURS / MTOK)
    assert line.usd_per_year == exactly((it + facility) * 4 * 8 * HOURS)
    assert (line.it_capital_usd, line.facility_capital_usd) == (exactly(4e6), exactly(4e6))


def test_without_a_shell_there_is_no_building_to_repay() -> None:
    line = only(owning(shell=None))
    assert (line.facility_usd_per_chip_hour, line.facility_capital_usd) == (0.0, 0.0)


def test_a_shell_is_charged_to_the_plan_as_its_annuity() -> None:
    """1,000 kW for a year: 1 MUSD · CRF(7 %, 14); the same at zero rate is 1/14 of it."""
    (payment,) = paid(owning(), "shell", "fleet", "gpu", "campus", 0)
    assert payment.usd == exactly(1e6 * capital_recovery_factor(0.07, 14))
    free = replace(SHELL, rate=0.0)
    (payment,) = paid(owning(free), "shell", "fleet", "gpu", "campus", 0)
    assert payment.usd == exactly(1e6 / 14)


def test_what_runs_is_charged_as_paid_and_upkeep_with_it() -> None:
    """10 % upkeep of 1 MUSD a year is 0.1 MUSD of running cost, mid-year or not."""
    line = only(owning(maintenance_per_year=0.1))
    assert line.running_usd_per_chip_hour == exactly(0.1e6 / (8 * HOURS))
    assert only(owning()).running_usd_per_chip_hour == exactly(0.0)


def test_what_was_installed_is_repaid_already() -> None:
    """Two old systems beside two new: half the hardware charge per chip-hour."""
    options = world(discount_rate=0.09, offerings=[installed(count=2.0), purchase(life_years=5.0)])
    (line, _) = moneyed(options).annuities
    assert line.it_usd_per_chip_hour == exactly(1e6 * capital_recovery_factor(0.09, 5) / (8 * HOURS) / 2)  # fmt: skip


def test_rented_hours_are_running_cost_and_have_no_kilowatts_of_ours() -> None:
    """At 16 USD an hour a chip costs 2; the total's kW-months leave it out."""
    rented = world(power_mw=2.0, systems=[system()], offerings=[purchase(price=1e5, life_years=1.0), rental(price=16.0)])  # fmt: skip
    (cloud,) = [line for line in moneyed(rented).annuities if line.site == "cloud"]
    assert (cloud.usd_per_chip_hour, cloud.usd_per_kw_month) == (exactly(2.0), None)
    bought = world(power_mw=2.0, demand=2.0, offerings=[purchase(price=1e5, life_years=1.0)])
    assert moneyed(rented).annuities[-1].usd_per_kw_month == exactly(only(bought).usd_per_kw_month or 0.0)  # fmt: skip


def test_what_no_system_is_behind_has_a_line_of_its_site_and_is_in_its_kilowatt_month() -> None:
    """The utility bills 1 MUSD a year for each of its 4 MW: 4 MUSD over 4,000 kW and 12 months more.

    The lines add up to the total, which without the charge is the systems' alone.
    """
    billed = replace(site(power_mw=4.0, demand_charge_musd=1.0, billed_share=1.0), shell=SHELL)
    given = {"discount_rate": 0.09, "offerings": [purchase(life_years=5.0)]}
    line, shared, total = moneyed(world(places=[billed], **given)).annuities
    assert (line.system, shared.system, shared.site) == ("gpu", "(shared)", "campus")
    assert shared.running_usd == exactly(4e6)
    assert line.usd_per_year + shared.usd_per_year == exactly(total.usd_per_year)
    assert line.usd_per_kw_month is not None
    assert total.usd_per_kw_month == exactly(line.usd_per_kw_month + 1000 / 12)
    assert only(owning()).usd_per_kw_month == exactly(line.usd_per_kw_month)
