"""Power of a site through the command line: steps, blocks, what is usable, what the utility bills.

A box draws 1 MW and serves 1 Gtok/h; the four wanted cost 4 MUSD and leave nothing after four years.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import under
from tests.sites.asking import BUY, DRAWING, FOUR, SHED_MUSD, boxes, home, power, run

FEEDER = "blocks: {feeder: {kind: grid, power: 1 MW, price: 2 MUSD, lead_time: 4 weeks, life: 4 year}}"  # fmt: skip
ENGINE = "blocks: {engine: {kind: generation, power: 1 MW, price: 2 MUSD, lead_time: 4 weeks, life: 4 year, running: 10 USD/MWh}}"  # fmt: skip
TARIFF = ("tariff: 0 USD/kWh", "tariff: 0.02 USD/kWh")


def test_power_arrives_in_steps(tmp_path: Path) -> None:
    """2 MW, 4 from 2029: two boxes more then, half their price left: 2 + 2 − 1, and 2 · 2 years shed."""
    made = run(tmp_path, FOUR, BUY, power("{2027: 2 MW, 2029: 4 MW}"))
    assert boxes(made) == pytest.approx([2, 2, 4, 4])
    assert made.npv_musd == pytest.approx(-(2 + 2 - 1 + 4 * SHED_MUSD))


def test_with_all_its_power_at_once_it_serves_at_once(tmp_path: Path) -> None:
    """The twin: four boxes, 4 MUSD."""
    made = run(tmp_path, FOUR, BUY, power("4 MW"))
    assert boxes(made) == pytest.approx([4] * 4)
    assert made.npv_musd == pytest.approx(-4)


@pytest.mark.parametrize(
    ("lead", "bought", "musd"),
    [
        # two feeders of 2 MUSD that last as long as the horizon
        ("4 weeks", 2027, 4 + 4),
        # from 2029: half of the feeders and of two boxes is left, two years of two boxes are shed
        ("60 weeks", 2029, 2 + 2 - 1 + 4 - 2 + 4 * SHED_MUSD),
    ],
)
def test_grid_power_is_bought_by_the_block_with_its_lead_time(
    tmp_path: Path, lead: str, bought: int, musd: float
) -> None:
    """2 MW stand; 60 weeks from December 2026 end in January 2028, so in service from 2029."""
    made = run(tmp_path, FOUR, BUY, power("2 MW"), home(FEEDER.replace("4 weeks", lead)))
    assert made.musd("expansion", bought - 2027) == pytest.approx(4)
    assert made.npv_musd == pytest.approx(-musd)


def test_without_blocks_two_boxes_are_all_there_is(tmp_path: Path) -> None:
    """The twin: 2 MUSD and four years of two boxes shed."""
    made = run(tmp_path, FOUR, BUY, power("2 MW"))
    assert made.musd("expansion") == 0
    assert made.npv_musd == pytest.approx(-(2 + 8 * SHED_MUSD))


def test_power_made_on_site_costs_its_fuel_and_saves_the_tariff(tmp_path: Path) -> None:
    """Two engines make 2 MW all year at 10 USD a MWh where the grid asks 20.

    4 boxes + 4 of engines + 4 years of 4 · 0.17532 on the meter, 2 · 0.08766 of fuel, 2 · 0.17532 saved.
    """
    made = run(tmp_path, FOUR, BUY, DRAWING, TARIFF, power("2 MW"), home(ENGINE))
    assert made.musd("expansion") == pytest.approx(4)
    assert made.musd("generation", 0) == pytest.approx(2 * 0.08766)
    assert made.musd("energy displaced", 0) == pytest.approx(-2 * 0.17532)
    assert made.npv_musd == pytest.approx(-(8 + 4 * (4 * 0.17532 + 2 * 0.08766 - 2 * 0.17532)))


def test_without_engines_all_energy_is_the_grids(tmp_path: Path) -> None:
    """The twin with 4 MW of grid: 4 + 4 years of 4 · 0.17532."""
    made = run(tmp_path, FOUR, BUY, DRAWING, TARIFF, power("4 MW"))
    assert made.musd("generation") == made.musd("energy displaced") == 0
    assert made.npv_musd == pytest.approx(-(4 + 16 * 0.17532))


@pytest.mark.parametrize(
    ("line", "usable"),
    [
        ("redundancy: N", 4.0),
        ("redundancy: 3+1", 3.0),
        ("redundancy: 2N", 2.0),
        ("usable_share: 25 %", 1.0),
    ],
)
def test_of_what_is_installed_a_share_is_usable(tmp_path: Path, line: str, usable: float) -> None:
    """4 MW installed: N leaves all, 3+1 three quarters, 2N half, a stated quarter one box."""
    made = run(tmp_path, FOUR, BUY, power("4 MW"), home(line))
    assert boxes(made) == pytest.approx([usable] * 4)
    assert made.npv_musd == pytest.approx(-(usable + 4 * (4 - usable) * SHED_MUSD))


def test_work_that_accepts_capping_may_exceed_the_power(tmp_path: Path) -> None:
    """2 MW exceeded by a quarter: 2.5 boxes. Without oversubscription 2, capped or not."""
    cappable = ("deferrable: true", "deferrable: true, cappable: true")
    made = run(tmp_path, FOUR, BUY, cappable, power("2 MW"), home("oversubscription: 25 %"))
    assert boxes(made) == pytest.approx([2.5] * 4)
    assert made.npv_musd == pytest.approx(-(2.5 + 6 * SHED_MUSD))
    assert boxes(run(tmp_path, FOUR, BUY, cappable, power("2 MW"))) == pytest.approx([2] * 4)


@pytest.mark.parametrize(
    ("lines", "musd"),
    [
        # 4,000 kW · 12 USD · 12 months
        (["demand_charge: 12 USD/kW/month"], 0.576),
        # 80 % of 10 MW, used or not
        (["demand_charge: 12 USD/kW/month", "billed_share: 80 %"], 1.152),
        ([], 0.0),
    ],
    ids=["drawn", "billed", "none"],
)
def test_a_utility_bills_the_peak(tmp_path: Path, lines: list[str], musd: float) -> None:
    """4 MW drawn of 10 MW installed, by the month, in each of four years."""
    made = run(tmp_path, FOUR, BUY, DRAWING, power("10 MW"), home(*lines))
    assert [made.musd("demand charge", year) for year in range(4)] == pytest.approx([musd] * 4)
    assert made.npv_musd == pytest.approx(-(4 + 4 * musd))


def test_what_is_billed_may_rise_with_a_ramp(tmp_path: Path) -> None:
    """40 % of 10 MW are the 4 drawn; from 2029 on 80 % are billed: 0.576, then 1.152."""
    ramp = home("demand_charge: 12 USD/kW/month", "billed_share: {2027: 40 %, 2029: 80 %}")
    made = run(tmp_path, FOUR, BUY, DRAWING, power("10 MW"), ramp)
    assert [made.musd("demand charge", year) for year in range(4)] == pytest.approx([0.576, 0.576, 1.152, 1.152])  # fmt: skip


def test_energy_is_paid_by_the_tariff_of_its_block(tmp_path: Path) -> None:
    """A quarter of the hours at 20 ct and three at 10 are 12.5 ct: 4 · 8.766 GWh = 4.383 MUSD a year.

    At 10 ct throughout 3.5064. The ledger has a line for each tariff.
    """
    blocks = ("load_blocks: {all: 1}", "load_blocks: {day: 0.25, night: 0.75}")
    by_block = ("tariff: 0 USD/kWh", "tariff: {day: 0.2 USD/kWh, night: 0.1 USD/kWh}")
    made = run(tmp_path, FOUR, BUY, DRAWING, blocks, by_block)
    energy = [line for line in made.ledger if line["account"].startswith("energy") and line["period"] == "0"]  # fmt: skip
    assert sum(float(line["usd"]) for line in energy) / 1e6 == pytest.approx(4.383)
    assert {line["rate"] for line in energy} == {"day", "night"}
    flat = run(tmp_path, FOUR, BUY, DRAWING, blocks, ("tariff: 0 USD/kWh", "tariff: 0.1 USD/kWh"))
    assert flat.npv_musd == pytest.approx(-(4 + 4 * 3.5064))


def test_a_colocation_charges_rent_an_owned_shell_its_annuity_and_a_host_neither(
    tmp_path: Path,
) -> None:
    """Colocation: 4,000 kW · 10 USD · 12 = 0.48 MUSD a year.

    Owned: 1,000 USD/kW over 10 years at nothing are 0.4 MUSD a year. Hosted: the hour covers it.
    """
    rate = ("facility: 0 USD/kW/year", "facility: 10 USD/kW/month")
    rented = run(tmp_path, FOUR, BUY, ("kind: owned", "kind: colocation"), rate)
    assert rented.musd("facility", 0) == pytest.approx(0.48)
    assert rented.npv_musd == pytest.approx(-(4 + 4 * 0.48))
    shell = "shell: {capex: 1000 USD/kW, life: 10 year, rate: 0 %/year}"
    owned = run(tmp_path, FOUR, BUY, home(shell))
    assert owned.musd("shell", 0) == pytest.approx(0.4)
    assert owned.npv_musd == pytest.approx(-(4 + 4 * 0.4))
    hosted = {"sites": "[cloud]", "min_total": "", "max_total": "", "available_until": ""}
    hour = run(tmp_path, FOUR, rate, under("hour", price="100 USD/chip/h", **hosted))
    assert {line["account"] for line in hour.ledger} == {"on-demand"}
    assert hour.npv_musd == pytest.approx(-16 * 0.8766)
