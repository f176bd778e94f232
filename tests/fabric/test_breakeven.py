"""At the reported price or power a medium costs exactly what its rival does."""

from __future__ import annotations

from datetime import date

import pytest

from planner.catalog.fact import Fact, Figure
from planner.catalog.load import load
from planner.fabric.breakeven import break_even, cost, watt_cost_usd
from planner.fabric.shelf import Shelf
from tests.fabric.commands import asked, said
from tests.support import ROOT

DAY = date(2026, 11, 20)
SHELF = Shelf.of(load(ROOT / "catalogs" / "default"), DAY)
V = watt_cost_usd(5, 0.08, 1.2)


def figure(value: float, unit: str) -> Figure:
    return Figure((Fact(value=value, unit=unit, as_of="2026-11-20", quality="user", source="recalled"),))  # fmt: skip


@pytest.mark.parametrize("name", ["lpo-800g", "passive-copper-112g", "active-copper-800g"])
def test_a_link_at_its_break_even_price_costs_as_much_as_the_rival_s(name: str) -> None:
    medium = SHELF.medium(name)
    found = break_even(SHELF, medium, None, V)
    assert found.rival is not None
    assert found.break_even_price_usd is not None
    moved = medium.model_copy(update={"price": figure(found.break_even_price_usd, "USD")})
    assert cost(SHELF, moved, V) == pytest.approx(cost(SHELF, SHELF.medium(found.rival), V))


def test_moving_the_price_across_the_break_even_flips_the_winner() -> None:
    medium = SHELF.medium("lpo-800g")
    at = break_even(SHELF, medium, None, V).break_even_price_usd
    assert at is not None
    below, above = (
        break_even(SHELF, medium.model_copy(update={"price": figure(at * by, "USD")}), None, V)
        for by in (0.99, 1.01)
    )
    assert (below.wins, above.wins) == (True, False)


def test_moving_the_power_across_the_break_even_flips_the_winner() -> None:
    medium = SHELF.medium("active-copper-800g")
    at = break_even(SHELF, medium, None, V).break_even_power_w
    assert at is not None
    below, above = (
        break_even(SHELF, medium.model_copy(update={"power": figure(at * by, "W")}), None, V)
        for by in (0.99, 1.01)
    )
    assert (below.wins, above.wins) == (True, False)


def test_light_wins_where_copper_ends() -> None:
    assert asked("breakeven --medium pluggable-800g-dsp")["break_even_length_m"] == 7


def test_a_co_packaged_box_may_cost_the_rival_its_modules_and_the_power_saved() -> None:
    """150,000 USD + 144 × 950 USD + 3,050 W over five years of 0.08 USD/kWh at PUE 1.2."""
    found = asked("breakeven --medium cpo-nvidia-quantum-x")
    assert found["rival"] == "nvidia-q3400 + pluggable-800g-dsp"
    assert found["break_even_price_usd"] == pytest.approx(150_000 + 144 * 950 + 3_050 * V)
    assert found["price_usd"] == 300_000
    assert found["wins"] is False


def test_dearer_energy_never_lowers_what_a_saver_may_cost() -> None:
    prices = [
        asked(f"breakeven --medium lpo-800g --energy-usd-per-kwh {usd}")["break_even_price_usd"]
        for usd in (0.02, 0.08, 0.3)
    ]
    assert prices == sorted(prices)


def test_a_medium_without_price_says_so() -> None:
    found = asked("breakeven --medium celestial-photonic-fabric")
    assert (found["price_usd"], found["wins"], found["deliverable"]) == (None, None, False)
    assert found["break_even_price_usd"] > 0
    assert "not public" in said("breakeven --medium celestial-photonic-fabric")


def test_a_shared_chiplet_is_held_against_as_many_links_as_its_rate_carries() -> None:
    """16 Tbit/s stand for 20 links of 800 Gbit/s, whole chiplets at both ends."""
    chiplet = SHELF.medium("celestial-photonic-fabric").model_copy(update={"reach": figure(100, "m")})  # fmt: skip
    found = break_even(SHELF, chiplet, "hall", V)
    assert found.break_even_price_usd is not None
    assert (found.per, found.rival) == ("end", "pluggable-800g-dsp")
    priced = chiplet.model_copy(update={"price": figure(found.break_even_price_usd, "USD")})
    rival = cost(SHELF, SHELF.medium("pluggable-800g-dsp"), V)
    assert rival is not None
    assert cost(SHELF, priced, V) == pytest.approx(20 * rival)
