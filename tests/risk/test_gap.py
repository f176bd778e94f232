"""The gap of a hedge on samples it has not seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from planner.risk.functional import Functional
from planner.risk.gap import sampled_gap
from planner.risk.hedge import hedge
from planner.risk.modes import two_stage
from planner.risk.setting import setting
from tests.risk.risky import risky

WINDOW = 0.75


def test_a_hedge_is_never_better_than_the_best_of_a_fresh_sample(tmp_path: Path) -> None:
    """Three samples of 8: every gap at least zero, the interval above its middle."""
    made = setting(risky(tmp_path), 8, 1)
    problem = two_stage(made, "hedge", WINDOW)
    decided = hedge(problem, Functional()).decision.x
    gap = sampled_gap(made, decided, Functional(), 8, range(2, 5), WINDOW)
    assert len(gap.replications) == 3
    assert min(gap.replications) >= -1.0
    assert gap.at_most >= gap.estimate
    assert np.isfinite(gap.at_most)


def test_a_worse_decision_has_the_wider_gap(tmp_path: Path) -> None:
    """Twice the systems of the hedge, on the same samples, lies farther from their best."""
    made = setting(risky(tmp_path), 8, 1)
    problem = two_stage(made, "hedge", WINDOW)
    decided = hedge(problem, Functional()).decision.x
    found = [sampled_gap(made, x, Functional(), 8, range(2, 4), WINDOW).estimate for x in (decided, 2 * decided)]  # fmt: skip
    assert found[1] > found[0]
