"""Two published costs, rebuilt from their inputs through catalog, scenario and command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.catalog.load import Catalog
from tests.cli.command import called
from tests.plan.plans import loaded

PUBLISHED = 0.10
"""Our figure and the published one agree within this."""


def shown(name: str, out: Path, *sets: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What ``run`` and then ``tco`` answer."""
    asked = [part for text in sets for part in ("--set", text)]
    run = called("run", name, *asked, "--json", "--out", out)
    assert run.code == 0, run.err
    told = called("tco", run.json["run_id"], "--json", "--out", out)
    assert told.code == 0, told.err
    return run.json, told.json


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return loaded("published-1gw").catalog


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return shown("published-gb200-hour", tmp_path_factory.mktemp("hour"))[1]["annuities"][-1]


def test_an_owned_gb200_hour_costs_what_is_published(
    hour: dict[str, Any], catalog: Catalog
) -> None:
    """3.4 MUSD over 5 years and 2.5 over 14 at 9 %, 2.10 kW · 1.15 · 8.61 c/kWh: 2.10 USD, printed 2.21.

    874,114 and 321,083 USD a year over 72 · 8,766 hours are 1.385 and 0.509; energy 0.208.
    """
    assert hour["it_usd_per_chip_hour"] == pytest.approx(1.3850, abs=5e-4)
    assert hour["facility_usd_per_chip_hour"] == pytest.approx(0.5087, abs=5e-4)
    assert hour["running_usd_per_chip_hour"] == pytest.approx(2.10 * 1.15 * 0.0861, rel=1e-6)
    assert hour["usd_per_chip_hour"] == pytest.approx(2.10, abs=5e-3)
    printed = catalog.systems["nvidia-gb200-nvl72"].notes["tco_owned_hyperscaler"].root[0].number
    assert printed == 2.21
    assert hour["usd_per_chip_hour"] == pytest.approx(printed, rel=PUBLISHED)


def test_the_hour_follows_its_inputs(hour: dict[str, Any], tmp_path: Path) -> None:
    """At 6 % instead of 9 % hardware takes CRF(6 %, 5) = 0.23740 instead of 0.25709; energy stays."""
    _, told = shown("published-gb200-hour", tmp_path, "discount_rate=6 %/year")
    line = told["annuities"][-1]
    assert line["it_usd_per_chip_hour"] == pytest.approx(1.3850 * 0.23740 / 0.25709, abs=5e-4)
    assert line["running_usd_per_chip_hour"] == pytest.approx(hour["running_usd_per_chip_hour"])


def test_a_gigawatt_holds_and_costs_what_is_published(tmp_path: Path, catalog: Catalog) -> None:
    """6,614 racks of 5.9 MUSD: 39 BUSD, printed 38; 8.8 BUSD a year, printed 8.5; 0.60 of it energy."""
    run, told = shown("published-1gw", tmp_path)
    whole = told["annuities"][-1]
    assert run["peak_mw"] == pytest.approx(1000.0)
    racks = whole["it_capital_usd"] / 3.4e6
    assert round(racks) == 6614
    capital = whole["it_capital_usd"] + whole["facility_capital_usd"]
    assert capital == pytest.approx(39.0e9, rel=2e-3)
    energy = sum(row["usd_pv"] for row in told["rows"] if row["name"].startswith("energy"))
    assert whole["running_usd"] / 5 == pytest.approx(0.604e9, rel=1e-3)
    assert energy == pytest.approx(0.604e9 * sum(1.09 ** -(k + 0.5) for k in range(5)), rel=1e-3)
    assert whole["usd_per_year"] == pytest.approx(8.81e9, rel=1e-3)
    printed = {name: figure.root[0].number for name, figure in catalog.markets["facility-1gw"].facts.items()}  # fmt: skip
    assert (printed["capex_total_epoch"], printed["tco_annual_epoch"]) == (38.0, 8.5)
    assert capital / 1e9 == pytest.approx(printed["capex_total_epoch"], rel=PUBLISHED)
    assert whole["usd_per_year"] / 1e9 == pytest.approx(printed["tco_annual_epoch"], rel=PUBLISHED)
