"""``planner tco`` on a saved run, and what a scenario may say about its money."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import called
from tests.support import GOOD, edited, loaded, problems, written

RATE = "discount_rate: 9 %/year"
MORE = ("start: 100 ktok/s", "start: 2 Mtok/s")
"""More than what stands already can serve, so that something is bought."""


def ran(folder: Path, *edits: tuple[str, str], **named: str) -> dict[str, Any]:
    """The good scenario edited and run."""
    path = written(folder, edited(GOOD, *edits), **named)
    told = called("run", path, "--json", "--out", folder / "reports")
    assert told.code == 0, told.err
    return told.json


def asked(folder: Path, *arguments: str) -> dict[str, Any]:
    told = called("tco", "latest", *arguments, "--json", "--out", folder / "reports")
    assert told.code == 0, told.err
    return told.json


@pytest.mark.parametrize("by", ["account", "site", "vendor", "workload"])
def test_every_cut_adds_up_to_the_runs_npv(by: str, tmp_path: Path) -> None:
    run = ran(tmp_path)
    told = asked(tmp_path, "--by", by)
    assert sum(row["usd_pv"] for row in told["rows"][:-1]) == pytest.approx(-run["npv_usd"])
    assert told["rows"][-1]["usd_per_mtok"] == pytest.approx(run["usd_per_mtok"])
    assert told["bridge"]["objective_usd"] == pytest.approx(-run["npv_usd"])


def test_for_people_every_view_is_a_table_with_its_sentence(tmp_path: Path) -> None:
    ran(tmp_path, MORE)
    for arguments, parts in (
        (("--by", "site"), ("Cost of ownership by site", "home", "as the objective")),
        (("--show", "annuity"), ("USD/chip-hour", "acme-fast", "a year in all")),
        (("--show", "cash"), ("net so far", "2027Q4")),
        (("--show", "book"), ("depreciation", "held at end")),
        (("--show", "returns"), ("No workload states revenue_usd_per_mtok",)),
    ):
        told = called("tco", "latest", *arguments, "--out", tmp_path / "reports")
        assert told.code == 0
        assert all(part in told.out for part in parts), (arguments, told.out)


def test_revenue_is_shown_and_moves_no_order(tmp_path: Path) -> None:
    """Priced at 50 USD/Mtok the same plan earns; without a price there is no return to show."""
    before = ran(tmp_path)
    assert asked(tmp_path)["returns"] is None
    priced = ("    shed_penalty: 20 USD/Mtok", "    revenue_usd_per_mtok: {2027: 50}\n    shed_penalty: 20 USD/Mtok")  # fmt: skip
    after = ran(tmp_path, priced)
    assert after["npv_usd"] == pytest.approx(before["npv_usd"], rel=1e-9)
    returns = asked(tmp_path)["returns"]
    assert returns["margin_usd_pv"] > 0
    assert returns["margins"][0]["revenue_usd_per_mtok"] == pytest.approx(50.0)
    said = called("tco", "latest", "--show", "returns", "--out", tmp_path / "reports").out
    assert "Revenue is reported; it does not change what is ordered" in said


def test_a_price_below_cost_is_called_a_loss(tmp_path: Path) -> None:
    priced = ("    shed_penalty: 20 USD/Mtok", "    revenue_usd_per_mtok: 0.0001\n    shed_penalty: 20 USD/Mtok")  # fmt: skip
    ran(tmp_path, priced)
    said = called("tco", "latest", "--show", "returns", "--out", tmp_path / "reports").out
    assert "chat loses money" in said


def test_tax_is_shown_beside_and_moves_no_order(tmp_path: Path) -> None:
    before = ran(tmp_path)
    assert asked(tmp_path)["taxes"] is None
    taxed = ran(tmp_path, (RATE, f"{RATE}\nfinance: {{tax: {{rate: 21 %, life: 5 year}}}}"))
    assert taxed["npv_usd"] == before["npv_usd"]
    found = asked(tmp_path)["taxes"]
    assert found["npv_after_tax_usd"] == pytest.approx(found["npv_before_tax_usd"] - found["tax_usd_pv"])  # fmt: skip
    assert found["npv_after_tax_usd"] > found["npv_before_tax_usd"]
    assert "decided before tax" in called("tco", "latest", "--show", "returns", "--out", tmp_path / "reports").out  # fmt: skip


@pytest.mark.parametrize(
    ("nominal", "inflation", "real"),
    [("9 %/year", "2.5 %/year", 0.0634146), ("3 %/year", "3 %/year", 0.0), ("2 %/year", "5 %/year", -0.0285714)],
)  # fmt: skip
def test_a_market_rate_loses_its_inflation_before_it_meets_prices_of_one_year(
    tmp_path: Path, nominal: str, inflation: str, real: float
) -> None:
    """(1 + r) / (1 + i) − 1; zero and below are allowed, and the ledger still is the objective."""
    money = f"finance: {{price_year: 2026, inflation: {inflation}, discount_rate_is: nominal}}"
    text = (RATE, f"discount_rate: {nominal}\n{money}")
    assert loaded(tmp_path, text).scenario.timeline.discount_rate == pytest.approx(real, abs=1e-7)
    run = ran(tmp_path, text)
    told = asked(tmp_path)
    assert told["bridge"]["objective_usd"] == pytest.approx(-run["npv_usd"], rel=1e-6)
    assert called("verify", run["run_id"], "--out", tmp_path / "reports").code == 0


def test_a_rate_in_the_prices_own_money_is_left_alone(tmp_path: Path) -> None:
    """The twin: inflation is known, the rate is not said to be nominal, so it stays 9 %."""
    text = (RATE, f"{RATE}\nfinance: {{price_year: 2026, inflation: 2.5 %/year}}")
    assert loaded(tmp_path, text).scenario.timeline.discount_rate == 0.09


def test_a_nominal_rate_without_inflation_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, edited(GOOD, (RATE, f"{RATE}\nfinance: {{discount_rate_is: nominal}}")))  # fmt: skip
    from planner.scenario.load import load

    (problem,) = problems(load, path)
    assert (problem.code, problem.key) == ("FIN001", "finance")
    assert "price_year and inflation" in problem.hint


def test_an_assumption_may_stand_in_the_catalogs_place(tmp_path: Path) -> None:
    """A known life of practice, 5 years, goes first; the assumption that replaces it is 7."""
    basis = "basis: ours"
    anchor = "assumptions:\n"
    behind = (anchor, f"{anchor}  practice:\n    life: {{value: 7 year, {basis}}}\n")
    instead = (anchor, f"{anchor}  practice:\n    life: {{value: 7 year, replaces_catalog: true, {basis}}}\n")  # fmt: skip
    for edit, years in ((behind, 5.0), (instead, 7.0)):
        world = loaded(tmp_path, edit)
        assert world.catalog.practice.life.value(world.scenario.timeline.as_of) == years


def test_what_an_assumption_replaced_comes_back_without_it(tmp_path: Path) -> None:
    """Seven years instead of the catalog's five; a variant that drops or moves the assumption, also of a saved run."""
    from planner.plan.inputs import load_inputs
    from planner.scenario.load import Loaded, variant

    anchor = "assumptions:\n"
    instead = (anchor, f"{anchor}  practice:\n    life: {{value: 7 year, replaces_catalog: true, basis: ours}}\n")  # fmt: skip
    saved = load_inputs(Path(ran(tmp_path, instead)["run_dir"]))

    def life(world: Loaded) -> float | None:
        return world.catalog.practice.life.value(world.scenario.timeline.as_of)

    for world in (loaded(tmp_path, instead), saved):
        assert life(world) == 7.0
        without = variant(world, {"assumptions.practice.life": None})
        assert life(without) == 5.0
        assert without.catalog.practice.life == loaded(tmp_path).catalog.practice.life
        other = variant(world, {"assumptions.practice.life.value": "6 year"})
        assert (life(other), life(variant(other, {"assumptions.practice.life": None}))) == (6.0, 5.0)  # fmt: skip


def test_a_shell_has_its_own_clock_and_a_hosted_site_has_none(tmp_path: Path) -> None:
    """10,000 USD/kW over 20 years at 7 % beside the running rate; without it no such account."""
    rate = "    facility: 20 USD/kW/month\n"
    shell = "    shell: {capex: 10000 USD/kW, life: 20 year, rate: 7 %/year}\n"
    ran(tmp_path)
    assert "shell" not in {row["name"] for row in asked(tmp_path)["rows"]}
    ran(tmp_path, (rate, rate + shell))
    by_account = {row["name"]: row["usd_pv"] for row in asked(tmp_path)["rows"]}
    assert by_account["shell"] / by_account["facility"] == pytest.approx(10000 * 0.0943929 / 240, rel=1e-5)  # fmt: skip
    from planner.scenario.load import load

    hosted = "    network_latency: 15 ms\n"
    path = written(tmp_path, edited(GOOD, (hosted, hosted + shell)))
    (problem,) = problems(load, path)
    assert problem.key == "sites.cloud.shell"


def test_a_longer_horizon_says_what_the_first_orders_would_regret(tmp_path: Path) -> None:
    """Four quarters more; fixing the window's orders can only cost more, and here next to nothing."""
    ran(tmp_path, MORE)
    assert asked(tmp_path)["horizon"] is None
    regret = asked(tmp_path, "--horizon", "4")["horizon"]
    assert regret["periods_added"] == 4
    assert regret["systems"] > 0
    assert regret["regret_usd"] >= 0
    assert regret["fixed_usd"] == pytest.approx(regret["free_usd"] + regret["regret_usd"], rel=1e-6)
    assert regret["regret_share"] < 0.05
    said = called("tco", "latest", "--horizon", "4", "--out", tmp_path / "reports").out
    assert "than choosing them again" in said
