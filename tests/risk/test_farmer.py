"""The farmer of Birge and Louveaux, with every published figure, by both methods.

Minimised, so profits are negative costs. Expected: RP −108,390 at (170, 80, 250), EV −118,600,
EEV −107,240, VSS 1,150, EVPI 7,015.56.
"""

from __future__ import annotations

import numpy as np
import pytest

from planner.risk.extensive import solve_extensive
from planner.risk.functional import Functional
from planner.risk.hedge import hedge
from tests.risk.problems import farmer


@pytest.mark.parametrize("method", ["extensive", "l-shaped"])
def test_the_farmer_sows_as_published(method: str) -> None:
    """All five published figures, and the acres."""
    found = hedge(farmer(), Functional(), method)
    assert found.decision.objective == pytest.approx(-108_390, abs=0.01)
    assert found.decision.x == pytest.approx([170, 80, 250], abs=1e-4)
    assert found.worth.expected_value == pytest.approx(-118_600, abs=0.01)
    assert found.worth.of_mean_plan == pytest.approx(-107_240, abs=0.01)
    assert found.worth.of_stochastic_solution == pytest.approx(1_150, abs=0.01)
    assert found.worth.of_perfect_information == pytest.approx(7_015.5556, abs=0.01)


def test_the_decision_before_certain_yields_is_the_deterministic_plan() -> None:
    """With the mean year certain the hedge is the mean year's plan, −118,600 at (120, 80, 300)."""
    found = hedge(farmer((0.0, 1.0, 0.0)), Functional(), "l-shaped")
    assert found.decision.objective == pytest.approx(-118_600, abs=0.01)
    assert found.decision.x == pytest.approx([120, 80, 300], abs=1e-4)
    assert found.worth.of_perfect_information == pytest.approx(0.0, abs=0.01)


def test_a_farmer_who_fears_the_tail_gives_up_profit_for_a_better_worst_year() -> None:
    """By hand: at (100, 100, 300) the poor year earns 56,800 against 48,820 at (170, 80, 250)."""
    neutral = solve_extensive(farmer(), Functional())
    fearful = solve_extensive(farmer(), Functional(1.0, 0.7))
    assert neutral.costs[0] == pytest.approx(-48_820, abs=0.01)
    assert fearful.costs.max() < neutral.costs.max() - 7_000
    mean = np.full(3, 1 / 3)
    assert mean @ fearful.costs >= neutral.objective - 1e-6
