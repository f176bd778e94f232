"""Order-by dates under slip, regret of named plans, and the loss out of sample."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp
from pathlib import Path

import numpy as np
import pytest

from planner.risk.chunks import Means
from planner.risk.drivers import Driver, horizon_years
from planner.risk.edges import named_draws
from planner.risk.fragile import out_of_sample
from planner.risk.functional import Functional
from planner.risk.modes import Answer, Mode, answer
from planner.risk.orders import decisions, orders
from planner.risk.regret import least, regrets, worst
from planner.risk.setting import Setting, planned, redrawn, setting
from planner.risk.window import decided_now
from planner.scenario.load import load
from tests.risk.risky import RISKY, risky
from tests.risk.test_modes import CALM
from tests.support import edited, written

NEUTRAL = Functional()
WINDOW = 0.75


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    return setting(risky(tmp_path_factory.mktemp("risky")), 16, 7)


def one_of_each(made: Setting) -> Answer:
    """An answer that decides one of everything that is due in the window."""
    found = answer(made, planned(made.loaded), "adapt", NEUTRAL, window_years=WINDOW)
    return replace(found, decided=np.ones_like(found.decided))


def test_orders_are_due_sooner_the_surer_one_wants_to_be(made: Setting) -> None:
    """Half of the suppliers slip, by 20 weeks on average: half the time nothing is late; one in five
    slips by more than −20 · ln(0.2 / 0.5) = 18.3 weeks, one in twenty by more than 46.05.
    """
    rows = orders(made, one_of_each(made))
    assert rows
    for row in rows:
        quoted = date.fromisoformat(row["order_by"])
        sure = [date.fromisoformat(row[f"order_by_{p}"]) for p in ("p50", "p80", "p95")]
        assert [(quoted - day).days for day in sure] == [0, 128, 322]
        weeks = (quoted - date(2026, 11, 20)).days / 7
        late = 1.0 if weeks < 0 else 0.5 * exp(-weeks / 20)
        assert row["on_time"] == pytest.approx(1 - late)


def test_without_a_slip_every_date_is_the_quoted_one(tmp_path: Path) -> None:
    calm = setting(risky(tmp_path, *CALM), 4, 7)
    for row in orders(calm, one_of_each(calm)):
        assert row["order_by"] == row["order_by_p95"]
        assert row["on_time"] == float(row["order_by"] >= "2026-11-20")


EXPANDABLE = """\
    facility: 20 USD/kW/month
    blocks:
      hall: {kind: grid, power: 1 MW, price: 2 MUSD, lead_time: 20 weeks, life: 20 year}
"""


def test_power_bought_by_the_block_is_decided_when_it_is_due(tmp_path: Path) -> None:
    """A block with 20 weeks of lead time: what serves within 9 months and 20 weeks of the as-of date
    is decided now, what serves later is not; without blocks deliveries alone are, and what leaves.
    """
    text = edited(RISKY, ("    facility: 20 USD/kW/month\n", EXPANDABLE))
    grown = setting(load(written(tmp_path, text, "grown")), 4, 7)
    space = grown.base.program.space
    now = decided_now(space, WINDOW)
    periods = grown.options.timeline.periods
    last = date(2026, 11, 20) + timedelta(days=round(WINDOW * 365.25) + 7 * 20)
    blocks = {c.key[2]: bool(now[j]) for j, c in enumerate(space.columns) if c.kind == "expand"}
    assert blocks == {v: periods[v].start <= last for v in blocks}
    assert set(blocks.values()) == {True, False} or all(blocks.values())
    plain = setting(risky(tmp_path), 4, 7).base.program.space
    kinds = {c.kind for j, c in enumerate(plain.columns) if decided_now(plain, WINDOW)[j]}
    assert kinds == {"deliver", "own", "sell"}


def test_power_bought_now_is_told_with_the_last_day_to_order_it(tmp_path: Path) -> None:
    """One of everything decided: the first block serves in 2027Q3, ordered 20 weeks before; without
    blocks nothing but deliveries and what is sold is told.
    """
    text = edited(RISKY, ("    facility: 20 USD/kW/month\n", EXPANDABLE))
    for made, blocks in ((load(written(tmp_path, text, "grown")), True), (risky(tmp_path), False)):
        grown = setting(made, 4, 7)
        rows = decisions(grown, one_of_each(grown))
        assert {row["decision"] for row in rows} == ({"expand", "sell"} if blocks else {"sell"})
        if blocks:
            bought = [row for row in rows if row["decision"] == "expand"]
            soonest = min(date.fromisoformat(row["due"]) for row in bought)
            assert soonest == date(2027, 7, 1) - timedelta(weeks=20)
            assert all(row["unit"] == "blocks" and row["amount"] == 1.0 for row in bought)


def test_no_plan_is_better_than_the_best_for_its_world(made: Setting) -> None:
    """Regret is never negative, and the best as planned has none in the world as planned."""
    own = planned(made.loaded)
    found = answer(made, own, "hedge", NEUTRAL, window_years=WINDOW)
    rows = regrets(made, found, own, least(made.base.arrays), WINDOW, lambda text: None)
    assert {row["plan"] for row in rows} == {"planned", "best", "as-claimed", "all-gpu", "hedged"}
    assert all(row["regret_usd"] >= -1e-6 * row["best_usd"] for row in rows)
    as_planned = {r["plan"]: r["regret_usd"] for r in rows if r["world"] == "as planned"}
    assert as_planned["best"] == pytest.approx(0.0, abs=1.0)
    assert as_planned["hedged"] >= 0
    dearest = worst(rows)["hedged"]
    assert dearest["regret_usd"] == max(r["regret_usd"] for r in rows if r["plan"] == "hedged")


CHEAP_SHED = [
    *CALM,
    ("    shed_penalty: 20 USD/Mtok\n", "    shed_penalty: 0.01 USD/Mtok\n"),
    ("  fast-rent: {system: acme-fast, contract: rent, sites: [cloud]}\n", ""),
    ("installed:\n  old: {system: acme-fast, site: home, count: 4, in_service: 2025-01}\n", ""),
]


@pytest.mark.parametrize("mode", ["hold", "adapt"])
def test_what_the_own_plan_regrets_as_planned_is_the_price_of_its_levels(
    tmp_path: Path, mode: Mode
) -> None:
    """Shedding at 0.01 USD/Mtok is cheaper than any system: the best sheds 0.1 Mtok/s, growing by 40 %
    a year over four quarters, for 0.001 USD/s. The scenario promises 99 % and pays for it. No plan
    regrets less than nothing; the best regrets nothing as planned.
    """
    loaded = risky(tmp_path, *CHEAP_SHED)
    calm = setting(loaded, 4, 7)
    plan = planned(loaded)
    found = answer(calm, plan, mode, NEUTRAL, window_years=WINDOW)
    rows = regrets(calm, found, plan, least(calm.base.arrays), WINDOW, lambda text: None)
    assert all(row["regret_usd"] >= -1e-6 * row["best_usd"] for row in rows)
    by_plan = {row["plan"]: row for row in rows if row["world"] == "as planned"}
    seconds = calm.options.timeline.hours * 3600
    shed_usd = sum(0.001 * 1.4 ** (t / 4) * seconds / 1.09 ** ((t + 0.5) / 4) for t in range(4))
    assert by_plan["best"]["cost_usd"] == pytest.approx(shed_usd, rel=2e-3)
    assert by_plan["best"]["regret_usd"] == pytest.approx(0.0, abs=1.0)
    if mode == "hold":
        levels_usd = plan.solution.objective * 1e6 - by_plan["best"]["cost_usd"]
        assert levels_usd > shed_usd
        assert by_plan["planned"]["regret_usd"] == pytest.approx(levels_usd, rel=0.05)


def test_without_a_level_to_keep_the_own_plan_is_the_best(tmp_path: Path) -> None:
    """The twin: at 20 USD/Mtok all is served anyway, and the own plan regrets nothing as planned."""
    loaded = risky(tmp_path, *CALM)
    calm = setting(loaded, 4, 7)
    plan = planned(loaded)
    rows = regrets(
        calm,
        answer(calm, plan, "hold", NEUTRAL),
        plan,
        least(calm.base.arrays),
        WINDOW,
        lambda text: None,
    )
    as_planned = {row["plan"]: row["regret_usd"] for row in rows if row["world"] == "as planned"}
    assert as_planned["planned"] == pytest.approx(0.0, abs=1.0)
    assert as_planned["best"] == pytest.approx(0.0, abs=1.0)


def test_a_named_world_takes_its_own_belief_to_the_edge_and_no_other(made: Setting) -> None:
    """In ``demand high`` demand is its 95th percentile, 1.645 · 0.3 a year, and all else as planned."""
    names, draws = named_draws(made)
    plan, high = (draws.values[names.index(n)] for n in ("as planned", "demand high"))
    moved = [draws.names[k] for k in np.flatnonzero(plan != high)]
    assert moved == ["demand"]
    assert high[draws.names.index("demand")] == pytest.approx(1.6449 * 0.3, rel=1e-4)
    assert "models superseded" not in names


def test_what_follows_hybrids_follows_inside_the_horizon(tmp_path: Path) -> None:
    """Hybrids begin at the median of the dates inside the horizon, and what follows them, or attention
    again, at that of what is left of it, although both are believed to take longer.
    """
    slow = "attention_free: {family: exponential, hazard: 0.02 1/year, basis: a guess}"
    edit = ("attention_free: {family: exponential, hazard: 0.3 1/year, basis: a guess}", f"{slow}\n      back: {{family: exponential, hazard: 0.02 1/year, basis: a guess}}")  # fmt: skip
    late = setting(risky(tmp_path, edit), 4, 7)
    names, draws = named_draws(late)
    years = horizon_years(late.options)
    for world, driver in (("attention goes", "attention_free"), ("attention returns", "back")):
        row = draws.values[names.index(world)]
        began, then = (row[draws.names.index(n)] for n in ("hybrid", driver))
        assert 0 < began < years
        assert 0 < then < years - began
        assert row[draws.names.index("back" if driver == "attention_free" else "attention_free")] == np.inf  # fmt: skip
    assert "attention returns" not in named_draws(setting(risky(tmp_path), 4, 7))[0]


def test_figures_off_by_half_again_lie_half_again_as_far_from_the_plan() -> None:
    """A date of 3 years comes after 2; a surprise of 0.2 is 0.3; a factor of 4 is 4^1.5 = 8."""
    score = np.array([0.5])
    for law, value, farther in (("date", 3.0, 2.0), ("surprise", 0.2, 0.3), ("factor", 4.0, 8.0)):
        driver = Driver("any", lambda scores, v=value: np.full(len(scores), v), law)  # type: ignore[misc, arg-type]
        assert driver.off_by(1.5).outcome(score)[0] == pytest.approx(farther)
        assert driver.outcome(score)[0] == value


def test_the_loss_out_of_sample_is_measured_on_draws_not_seen(made: Setting) -> None:
    """Fresh draws as believed cost what ``adapt`` costs on them; half again off they cost more, and
    without anything uncertain neither loses anything.
    """
    own = planned(made.loaded)
    found = answer(made, own, "adapt", NEUTRAL, window_years=WINDOW)
    told = out_of_sample(made, found, NEUTRAL, 8, WINDOW, Means())
    fresh = answer(redrawn(made, 16, 8), own, "adapt", NEUTRAL, window_years=WINDOW)
    cost = fresh.probabilities @ fresh.costs_usd
    assert told["as_believed"]["cost_usd"] == pytest.approx(cost, rel=1e-7)
    assert told["as_believed"]["loss_usd"] == pytest.approx(cost - told["promised_usd"], rel=1e-6)
    assert told["half_again"]["loss_usd"] > 0


def test_without_spread_nothing_is_lost_out_of_sample(tmp_path: Path) -> None:
    calm = setting(risky(tmp_path, *CALM), 4, 7)
    found = answer(calm, planned(calm.loaded), "adapt", NEUTRAL, window_years=WINDOW)
    told = out_of_sample(calm, found, NEUTRAL, 8, WINDOW, Means())
    for off in ("as_believed", "half_again"):
        assert told[off]["loss_usd"] == pytest.approx(0.0, abs=1e-6 * told["promised_usd"])
