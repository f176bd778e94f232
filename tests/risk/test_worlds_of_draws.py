"""A world made from a draw equals the same world stated afresh: limits, prices, coefficients.

The slow way restates options in which the draw's demand, pools and prices are written down, and
compares every array; nothing of how draws find their places is used in it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.options.table import Options
from planner.risk.compiled import compiled
from planner.risk.setting import Setting, acquired, setting
from planner.risk.twins import states_of
from planner.risk.window import decided_now
from tests.risk.risky import risky
from tests.support import problems

CALM = [
    ("    slip: {chance: 50 %, mean: 20 week, basis: a guess}\n", ""),
    ("    vendor_failure: {of: {acme: {family: exponential, hazard: 0.4 1/year, basis: a guess}}}\n", ""),
    ("    shortfall: {spread: {measured: 0.1, interpolated: 0.1, calibrated: 0.2, claimed: 0.5, assumed: 0.4}, basis: a guess}\n", ""),
]  # fmt: skip


def test_a_draws_limits_and_prices_are_those_of_the_scenario_told_so(tmp_path: Path) -> None:
    """Eight draws of every belief that moves limits and prices, against restating each."""
    made = setting(risky(tmp_path, *CALM), 8, 7)
    worlds = made.worlds(acquired(made.base.program.space))
    for number in range(8):
        told = compiled(_told(made, number)).arrays
        found = worlds[number].applied(made.base.arrays)
        left = worlds.exposure.left
        kept = worlds._kept(number)
        period = np.maximum(worlds.exposure.period, 0)
        factor = made.paths.price(number, "hardware_price")[period]
        free = ~worlds.frozen
        assert found.row_upper[free] == pytest.approx(told.row_upper[free], rel=1e-9, abs=1e-12)
        assert found.row_lower[free] == pytest.approx(told.row_lower[free], rel=1e-9, abs=1e-12)
        assert found.cost - (kept - 1) * factor * left == pytest.approx(told.cost, rel=1e-9, abs=1e-15)  # fmt: skip
        assert (found.value == told.value).all()
        assert worlds[number].technology is None


def _told(made: Setting, number: int) -> Options:
    """The options with one draw's demand, pools and prices written down."""
    options, paths = made.options, made.paths
    demands = {}
    growth = paths.demand(number)
    for name, model in made.twins.models.items():
        states = paths.states(number, name, model)
        assert states_of(made.twins, made.beliefs, name) == ("H", "X")
        shares = {"": states.attention, "@H": states.hybrid, "@X": states.attention_free}
        for suffix, share in shares.items():
            base = options.demands[name]
            demands[name + suffix] = replace(
                base,
                id=name + suffix,
                mean_tok_per_s=tuple(np.array(base.mean_tok_per_s) * growth * share),
                block_tok_per_s=tuple(
                    tuple(row * g * s)
                    for row, g, s in zip(np.array(base.block_tok_per_s), growth, share, strict=True)
                ),
            )
    given = paths.memory(number)
    dear = {name: paths.price(number, name) for name in ("hardware_price", "rental_price", "energy_price", "memory_price")}  # fmt: skip
    offerings = {}
    for name, offering in options.offerings.items():
        factor = dear["hardware_price" if offering.ownership == "own" else "rental_price"]
        offerings[name] = replace(
            offering,
            price_usd=tuple(np.array(offering.price_usd) * factor),
            fabric_usd=tuple(np.array(offering.fabric_usd) * factor),
        )
    supplies = {
        name: replace(
            supply,
            amount=tuple(np.array(supply.amount) * given),
            spot_usd=tuple(np.array(supply.spot_usd) * dear["memory_price"]),
            overrun_usd=tuple(np.array(supply.overrun_usd) * dear["memory_price"]),
        )
        for name, supply in options.supplies.items()
    }
    places = {
        name: replace(
            place,
            tariff_usd_per_kwh=tuple(
                tuple(np.array(row) * f)
                for row, f in zip(place.tariff_usd_per_kwh, dear["energy_price"], strict=True)
            ),
        )
        if not place.hosted
        else place
        for name, place in options.places.items()
    }
    return replace(options, demands=demands, offerings=offerings, supplies=supplies, places=places)


def test_slow_systems_serve_less_and_late_ones_later_and_lost_ones_never(tmp_path: Path) -> None:
    """Entries of the matrix that a draw changes, read against the base one by one."""
    made = setting(risky(tmp_path), 64, 7)
    space = made.base.program.space
    first = decided_now(space, made.window_years)
    worlds, paths = made.worlds(first), made.paths
    spread = dict(worlds.places.spreads)["acme-fast"]
    assert spread > 0
    seen = {"late": 0, "lost": 0}
    for number in range(64):
        matrix = worlds[number].applied(made.base.arrays).matrix
        speed, late = paths.speed(number, "acme-fast", spread), paths.late(number, "acme")
        gone = paths.fails_from(number, "acme")
        seen["late"] += late > 0
        seen["lost"] += gone < 4
        row = made.base.labels.index(("throughput", ("acme-fast", "home", 3, 0)))
        fleet = space.at("fleet", "acme-fast", "home", 3)
        assert matrix[row, fleet] == pytest.approx(made.base.arrays.matrix[row, fleet] * speed)
        for t in range(1, 4):
            row = made.base.labels.index(("fleet", ("acme-fast", "home", t)))
            for v in range(t + 1):
                at = space.at("own", "fast-buy", "home", v, t)
                lost = v >= gone and first[at]
                assert matrix[row, at] == pytest.approx(0.0 if lost or t - v < late else -1.0)
        for v in range(4):
            row = made.base.labels.index(("cohort", ("fast-buy", "home", v, v)))
            at = space.at("deliver", "fast-buy", "home", v)
            assert first[at]
            lost = v >= gone and not worlds.frozen[row]  # a settled cohort is lost where it serves
            assert matrix[row, at] == pytest.approx(0.0 if lost else -1.0)
    assert min(seen.values()) > 5


def test_a_pool_without_a_price_of_overrun_is_refused(tmp_path: Path) -> None:
    loaded = risky(tmp_path, ("  overrun: {hbm3e: 60 USD/GB}\n", ""))
    (problem,) = problems(setting, loaded, 8, 7)
    assert problem.code == "RSK014"


def test_a_chip_whose_kept_share_nobody_says_is_refused(tmp_path: Path) -> None:
    """The tiny catalog says nothing of residuals, and here the scenario neither."""
    loaded = risky(tmp_path, ("      keep: {1: {hybrid: 0.9, attention_free: 0.6}}\n", ""))
    (problem,) = problems(setting, loaded, 8, 7)
    assert (problem.code, problem.key) == ("RSK012", "risk.beliefs.displacement.keep")


HYBRID_TOO = (
    "workloads:\n",
    "workloads:\n  long:\n    model: hybrid-8b\n    isl: 2000\n    osl: 500\n    ttft: 9000 ms\n    tpot: 90 ms\n    demand: 5 ktok/s\n    shed_penalty: 5 USD/Mtok\n",
)


def test_a_workload_on_a_hybrid_is_not_displaced_by_hybrids(tmp_path: Path) -> None:
    """Long documents run on a hybrid today: nothing moves to one, only to models without attention;
    chat on attention moves to both.
    """
    made = setting(risky(tmp_path, HYBRID_TOO), 8, 7)
    assert states_of(made.twins, made.beliefs, "long") == ("X",)
    assert states_of(made.twins, made.beliefs, "chat") == ("H", "X")
    assert "long@H" not in made.options.demands
    worlds = made.worlds(acquired(made.base.program.space))
    for number in range(8):
        states = worlds.states(number)["long"]
        stays, hybrid, free, _ = worlds._shares(states, "long")
        assert not hybrid.any()
        assert stays == pytest.approx(1 - states.attention_free)
        assert free == pytest.approx(states.attention_free)
