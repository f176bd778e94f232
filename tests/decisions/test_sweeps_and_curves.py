"""Sweeps, price-entry curves and what else lets an offer in."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import Usage
from planner.plan.price.curve import curve
from planner.plan.price.levers import levers
from planner.plan.sweep import settings_of, sweep
from tests.cli.command import called
from tests.decisions.asking import hot, slope_of
from tests.plan.plans import loaded, plan
from tests.world import exactly, purchase, system, workload, world


def test_every_combination_is_a_setting() -> None:
    assert settings_of(["a.b=1,2", "c=x,y"]) == [
        {"a.b": 1, "c": "x"},
        {"a.b": 1, "c": "y"},
        {"a.b": 2, "c": "x"},
        {"a.b": 2, "c": "y"},
    ]


@pytest.mark.parametrize("text", ["a.b", "=1,2", "a=1,,2", "a="])
def test_what_varies_nothing_is_refused(text: str) -> None:
    with pytest.raises(Usage, match="CLI005"):
        settings_of([text])


def test_a_warm_sweep_finds_what_plans_from_nothing_find() -> None:
    """Power, price and discount rate change limits, costs and nothing else; another horizon is handed over anew."""
    settings = [
        {"sites.columbus.power": "3 MW"},
        {"sites.columbus.power": "0.4 MW"},
        {"offers.b200-buy.price": "0.3 MUSD"},
        {"discount_rate": "5 %/year"},
        {"horizon.periods": 6},
    ]
    found = list(sweep(loaded("quickstart"), settings, ("b200-buy",)))
    assert [outcome.hot for outcome in found] == [False, True, True, True, False]
    for outcome in found:
        cold = plan("quickstart", *(f"{key}={value}" for key, value in outcome.setting.items()))
        assert outcome.headline is not None
        assert outcome.headline.npv_usd == pytest.approx(cold.headline.npv_usd, rel=1e-7)


def test_a_setting_without_a_plan_says_what_is_short() -> None:
    broke = {
        "policy.budget": {2027: "1 USD", 2028: "1 USD"},
        "policy.limits": {"many": {"measure": "capex", "at_least": 9e6}},
    }
    (_, short) = sweep(loaded("quickstart"), [{"policy.service_level": 0.9}, broke])
    assert short.headline is None
    assert short.short


def test_the_command_tables_and_writes_a_sweep(tmp_path: Path) -> None:
    csv = tmp_path / "sweep.csv"
    told = called("sweep", "quickstart", "--vary", "sites.columbus.power=1 MW,3 MW", "--offer", "b200-buy", "--csv", csv, "--json")  # fmt: skip
    points = told.json["points"]
    assert [point["sites.columbus.power"] for point in points] == ["1 MW", "3 MW"]
    assert all(point["b200-buy_systems"] >= 0 for point in points)
    assert len(csv.read_text().splitlines()) == 3
    table = called("sweep", "quickstart", "--vary", "sites.columbus.power=1 MW,3 MW")
    assert "USD/Mtok" in table.out


def test_an_offer_enters_its_curve_at_its_target() -> None:
    """It is worth 2 MUSD: at 1.5 it does all 4 Gtok/h with 2 systems, 3 of 3 MUSD; at 3 none."""
    rival = purchase("rival", "fast", price=3e6)
    options = world(systems=(system(), system("fast", rate=2.0)), offerings=(purchase(), rival))
    session = hot(options)
    low, high = curve(session, slope_of(options, session, "rival"), "rival", (0.5, 1.0))
    assert (low.systems, low.cost_usd, low.cost_share) == exactly((2.0, 3e6, 1.0))
    assert (high.systems, high.cost_usd, high.cost_share) == exactly((0.0, 4e6, 0.0))


def test_speed_lets_a_dear_offer_in() -> None:
    """Asking 3 MUSD for 2 Gtok/h against 1 for 1, it must be 1.5 times as fast; power and date are free."""
    rival = purchase("rival", "fast", price=3e6)
    options = world(systems=(system(), system("fast", rate=2.0)), offerings=(purchase(), rival))
    speed, power, lead = levers(options, "rival")
    assert speed.needed == pytest.approx(1.5, rel=0.02)
    assert (power.needed, lead.needed) == (None, None)


def test_power_lets_a_hungry_offer_in() -> None:
    """2 MW hold 2 Gtok/h of the cheap system, worth 9 a MW; the rival serves as much for 0.5 MUSD on 2 MW each.

    A Gtok/h of it takes k MW worth 9 and saves 10 − 0.5: it enters below 9.5 / 9 MW, 0.528 of its 2.
    """
    hungry = system("fast", kw=2000.0)
    rival = purchase("rival", "fast", price=0.5e6)
    options = world(systems=(system(), hungry), offerings=(purchase(), rival), power_mw=2.0)
    speed, power, _ = levers(options, "rival")
    assert power.needed == pytest.approx(9.5 / 9 / 2, rel=0.02)
    assert speed.needed == pytest.approx((9 * 2 + 0.5) / 10, rel=0.02)


def test_an_earlier_delivery_lets_a_late_offer_in() -> None:
    """Needed in 2027 alone; it comes in 2028, cheaper than the other."""
    late = purchase("late", price=0.5e6, first=1)
    demand = (workload((4.0, 0.0)),)
    found = levers(world(offerings=(purchase(), late), periods=2, demands=demand), "late")
    assert found[2].needed == 1.0
    assert "2027" in found[2].sentence


def test_the_command_explains_an_offer_with_curve_and_picture(tmp_path: Path) -> None:
    out = tmp_path / "reports"
    assert called("run", "quickstart", "--out", out).code == 0
    picture = tmp_path / "curve.svg"
    told = called("explain", "latest", "h200-buy", "--curve", "--levers", "--picture", picture, "--out", out)  # fmt: skip
    assert told.code == 0
    assert "at other prices" in told.out
    assert picture.read_text().startswith("<svg")
    answer = called("explain", "latest", "b200-buy", "--out", out, "--json").json
    (case,) = answer["cases"]
    assert case["negotiation"]["room"]["shrinks"] >= 1 - 1e-9
    assert case["money"]["purchase"] > 0
