"""Hold, adapt and hedge on the same draws of a small scenario."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.errors import Usage
from planner.risk.benefit import benefit
from planner.risk.chunks import Means
from planner.risk.crew import Local
from planner.risk.functional import Functional, cvar
from planner.risk.modes import Answer, Mode, answer, two_stage
from planner.risk.setting import Setting, planned, setting
from tests.risk.risky import RISKY, risky

QUIET = RISKY[RISKY.index("  beliefs:") : RISKY.index("assumptions:")]
CALM = [
    (QUIET, "  beliefs:\n    displacement:\n      hybrid: {family: never, basis: a test}\n      takeover: 1 year\n      keep: {1: {hybrid: 0.9, attention_free: 0.6}}\n      basis: a test\n"),
]  # fmt: skip

NEUTRAL = Functional()


def asked(made: Setting, mode: Mode, functional: Functional = NEUTRAL, workers: int = 1) -> Answer:  # fmt: skip
    return answer(made, planned(made.loaded), mode, functional, Means(Local(workers)))


def test_freedom_never_costs_more(tmp_path: Path) -> None:
    """On every draw adapting after the window costs at most what holding does; on the mean the
    hedge at most what adapting the plan's own window does.
    """
    made = setting(risky(tmp_path), 16, 7)
    hold, adapt, hedge = (asked(made, mode) for mode in ("hold", "adapt", "hedge"))
    slack = 1e-6 * hold.costs_usd
    assert (adapt.costs_usd <= hold.costs_usd + slack).all()
    weights = made.draws.probabilities
    assert weights @ hedge.costs_usd <= weights @ adapt.costs_usd * (1 + 1e-9)
    assert hedge.found is not None
    assert hedge.found.worth.wait_and_see <= hedge.found.worth.recourse + 1e-9


def test_a_hedge_by_the_tail_has_the_better_tail(tmp_path: Path) -> None:
    made = setting(risky(tmp_path), 16, 7)
    neutral, fearful = asked(made, "hedge"), asked(made, "hedge", Functional(1.0, 0.8))
    weights = made.draws.probabilities
    tails = [cvar(each.costs_usd, weights, 0.8) for each in (fearful, neutral)]
    assert tails[0] <= tails[1] * (1 + 1e-7)


def test_without_anything_uncertain_every_mode_is_the_plan(tmp_path: Path) -> None:
    """Hazard never: each draw costs what the plan costs, whatever the question."""
    loaded = risky(tmp_path, *CALM)
    made = setting(loaded, 4, 7)
    plan = planned(loaded)
    for mode in ("hold", "adapt", "hedge"):
        found = asked(made, mode)
        assert found.costs_usd == pytest.approx(np.full(4, plan.solution.objective * 1e6), rel=1e-6)


def test_certain_displacement_is_the_plan_of_that_world(tmp_path: Path) -> None:
    """Displaced on the first day, everything kept at 0.9: hedging before it is planning for chips of
    0.9 of their speed, and dearer than the plan of a world without it.
    """
    edit = (CALM[0][0], CALM[0][1].replace("{family: never, basis: a test}", "{family: sure, after: 0 year, basis: a test}").replace("takeover: 1 year", "takeover: 0 year"))  # fmt: skip
    loaded = risky(tmp_path, edit)
    made = setting(loaded, 4, 7)
    hedge = asked(made, "hedge")
    world = made.worlds(hedge.problem.first)[0].applied(made.base.arrays)
    from planner.solver.highs import Session

    alone = Session(world).solve().objective * 1e6
    assert hedge.costs_usd == pytest.approx(np.full(4, alone), rel=1e-6)
    assert alone > planned(loaded).solution.objective * 1e6 * 1.01


def test_costs_are_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    """32 draws in two chunks, one process and two: the same bytes."""
    made = setting(risky(tmp_path), 32, 7)
    one, two = asked(made, "hold", workers=1), asked(made, "hold", workers=2)
    assert one.costs_usd.tobytes() == two.costs_usd.tobytes()
    assert [r.mtok for r in one.readings] == [r.mtok for r in two.readings]


def test_a_window_without_orders_is_refused(tmp_path: Path) -> None:
    """Rented by the hour alone there is nothing to decide now."""
    loaded = risky(tmp_path, ("  fast-buy:\n    system: acme-fast\n    contract: own\n    sites: [home]\n    price: 0.4 MUSD\n", ""))  # fmt: skip
    with pytest.raises(Usage, match="RSK007"):
        two_stage(setting(loaded, 4, 7), "hedge")


def test_a_hedge_saves_on_the_mean_what_the_plans_own_orders_cost_more(tmp_path: Path) -> None:
    """Risk-neutral, the hedge costs no more on average than the plan's own window, which is what
    ``adapt`` asks; by the tail alone it costs no more in the tail.
    """
    loaded = risky(tmp_path)
    made, plan = setting(loaded, 16, 7), planned(loaded)
    weights = made.draws.probabilities
    adapt = asked(made, "adapt")
    for functional in (NEUTRAL, Functional(1.0, 0.8)):
        found = benefit(made, asked(made, "hedge", functional), plan, 0.8, Means())
        hedged = asked(made, "hedge", functional).costs_usd
        assert found.mean_usd == pytest.approx(weights @ (hedged - adapt.costs_usd), abs=1.0)
        least = found.mean_usd if functional is NEUTRAL else found.cvar_usd
        assert least <= 1.0
