"""Photonic parts by hand: two wirings of one system, and what the plan says of the part that makes them differ.

4 Gtok/h on systems of 1 MUSD that serve 1: copper costs 0.1 MUSD a system; light has two units.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.fabric.wire import Share, Wired
from planner.options.table import Configuration, Options
from planner.plan import light
from planner.plan.light import Light, lights
from planner.plan.solved import Settings, solve
from tests.world import Series, exactly, purchase, system, world

NEAR = 1e-6


def wired(name: str, units: float, price: float, kw: float, photonic: bool) -> Wired:
    part = Share(f"{name}-part", units, price, kw, 0.0, photonic)
    return Wired(name, "clos", 64.0, (part,), None, None, 1.0, "assumed", date(2027, 1, 1))


def node(name: str, wiring: Wired, rate: float = 1.0) -> Configuration:
    return system(name, kw=1000.0 + wiring.kw, rate=rate, wired=wiring)


def two(price: float = 40e3, kw: float = 0.0, rate: float = 1.0, **given: Any) -> Options:
    """Copper at 100 kUSD and 100 kW a system, light at two units of ``price`` USD and ``kw`` in all."""
    copper = wired("copper", 1.0, 100e3, 100.0, photonic=False)
    light = wired("light", 2.0, price, kw, photonic=True)
    return world(
        systems=[node("gpu@copper", copper), node("gpu@light", light, rate)],
        offerings=[
            purchase("buy@copper", "gpu@copper", fabric_usd=100e3),
            purchase("buy@light", "gpu@light", fabric_usd=2 * price),
        ],
        **given,
    )


def light_of(options: Options) -> Light:
    (found,) = lights(solve(options), Settings())
    assert found.part == "light-part"
    return found


def test_a_part_that_won_says_what_losing_it_costs_and_up_to_what_price_it_stays() -> None:
    """At 40 kUSD a unit a system is 20 kUSD cheaper than copper's: 4 · 20; at 50 kUSD they are even."""
    found = light_of(two(40e3))
    assert (found.verdict, found.units) == ("won", exactly(8.0))
    assert found.losing_costs_usd == pytest.approx(80e3, rel=NEAR)
    assert found.break_even_usd == pytest.approx(50e3, rel=NEAR)


def test_a_part_that_lost_says_at_which_price_it_would_win() -> None:
    """At 60 kUSD it loses; below 50 it wins, as a re-solve a hundredth below and above confirms."""
    found = light_of(two(60e3))
    assert (found.verdict, found.units, found.losing_costs_usd) == ("lost", 0.0, None)
    assert found.break_even_usd == pytest.approx(50e3, rel=NEAR)
    assert light_of(two(0.99 * 50e3)).verdict == "won"
    assert light_of(two(1.01 * 50e3)).verdict == "lost"


def test_speed_is_worth_money() -> None:
    """Twice as fast, 2 systems do for 4: 4 · 1.1 = 2 · (1 + 2 p) at 0.6 MUSD a unit."""
    assert light_of(two(40e3, rate=2.0)).break_even_usd == pytest.approx(600e3, rel=NEAR)


def test_power_is_worth_what_the_site_is_short_of() -> None:
    """A site of 3.3 MW: 3 of copper, 3.3 of light without draw; the last 0.3 save 0.3 · 10 of shed.

    3 · 1.1 + 10 = 3.3 · (1 + 2 p) + 7 at p = 3 / 6.6; with power to spare 50 kUSD.
    """
    found = light_of(two(60e3, power_mw=3.3))
    assert found.verdict == "won"
    assert found.break_even_usd == pytest.approx(3e6 / 6.6, rel=NEAR)
    assert light_of(two(60e3)).break_even_usd == pytest.approx(50e3, rel=NEAR)


def test_a_part_that_lost_says_at_which_power_it_would_win() -> None:
    """3.3 MW, a served Gtok/h saves 10: 3.3 / (1 + k) · (10 − 1.12) = 3 · (10 − 1.1) at k = 0.0975 MW, two units'.

    With power to spare no draw matters, and 60 kUSD is too much.
    """
    found = light_of(two(60e3, kw=200.0, power_mw=3.3))
    expected_kw = (3.3 * 8.88 / (3 * 8.9) - 1) * 1000
    assert found.verdict == "lost"
    assert found.power_w == exactly(100e3)
    assert found.break_even_w == pytest.approx(expected_kw * 1000 / 2, rel=2e-3)
    assert light_of(two(60e3, kw=200.0)).break_even_w is None


def test_a_short_budget_makes_a_cheaper_part_worth_more() -> None:
    """3.3 MUSD buy 3 of copper or 3.3 / 1.08 of light, each saving 10 of shed: it loses 10 · 0.0556 MUSD.

    It stays up to 50 kUSD all the same: both then buy three.
    """
    found = light_of(two(40e3, policy={"budget": {2027: "3.3 MUSD"}}))
    assert found.verdict == "won"
    assert found.losing_costs_usd == pytest.approx((3.3 / 1.08 - 3) * 10e6, rel=NEAR)
    assert found.break_even_usd == pytest.approx(50e3, rel=NEAR)


def test_a_part_that_nothing_can_save_says_so() -> None:
    """Half as fast, 8 systems even as a gift: 8 against 4.4."""
    found = light_of(two(40e3, rate=0.5))
    assert (found.verdict, found.break_even_usd) == ("lost", None)
    assert "not win as a gift" in found.sentence


def test_remaining_value_softens_a_price() -> None:
    """Half of what is paid is left at the end, of copper's 1.1 as of light's 1 + 2 p: still 50 kUSD."""
    whole: dict[str, Series] = {"life_years": 2.0}
    options = two(60e3)
    offerings = {name: purchase(o.id, o.configuration, fabric_usd=o.fabric_usd, last=0, **whole) for name, o in options.offerings.items()}  # fmt: skip
    assert light_of(replace(options, offerings=offerings)).break_even_usd == pytest.approx(50e3, rel=NEAR)  # fmt: skip


def test_a_whole_unit_plan_prices_its_parts_relaxed() -> None:
    found = light_of(two(40e3, whole_units=True))
    assert found.break_even_usd == pytest.approx(50e3, rel=NEAR)


def test_a_large_program_says_its_prices_and_searches_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The part that lost, with and without room to search: 48.8 kW a unit, or not said."""
    options = two(60e3, kw=200.0, power_mw=3.3)
    assert light_of(options).break_even_w is not None
    monkeypatch.setattr(light, "SEARCHED", 0)
    assert light_of(options).break_even_w is None
    won = light_of(two(40e3))
    assert won.break_even_usd == pytest.approx(50e3, rel=NEAR)
    assert won.rewires_usd is None


def test_a_plan_without_wirings_has_no_word_on_light() -> None:
    assert lights(solve(world()), Settings()) == []
