"""Every target price is tried from nothing: of a small scenario always, of the reference in ``make soak``."""

from __future__ import annotations

import pytest

from benchmarks.target_prices import ANY_DATE, NOW, Trial, page, trials
from tests.plan.plans import loaded, options, plan


def tried(name: str) -> list[Trial]:
    return list(trials(loaded(name), plan(name).verdicts))


def test_every_target_of_a_small_scenario_lets_in_below_and_keeps_out_above() -> None:
    """Loaded, joined and solved anew at each price; both questions of every offer that lost."""
    found = tried("quickstart")
    assert {trial.question for trial in found} == {ANY_DATE, NOW}
    assert [trial for trial in found if not trial.proven] == []
    assert any(trial.below > 0 for trial in found)


@pytest.mark.soak
def test_every_target_of_the_reference_lets_in_below_and_keeps_out_above() -> None:
    found = tried("reference")
    bought = {trial.offer for trial in found if trial.offer.endswith("-buy")}
    assert len(bought) >= 5
    assert [trial for trial in found if not trial.proven] == []


@pytest.mark.parametrize(
    ("share", "below", "above", "proven"),
    [(0.5, 2.0, 0.0, True), (0.5, 0.0, 0.0, False), (0.5, 2.0, 1.0, False), (None, 0.0, 0.0, True), (None, 3.0, 0.0, False)],
)  # fmt: skip
def test_a_trial_says_no_where_the_price_was_wrong(
    share: float | None, below: float, above: float, proven: bool
) -> None:
    """Too low a price lets nothing in below, too high a one lets it in above; free must not let it in."""
    trial = Trial("h200-buy", ANY_DATE, 1e6, share, "2028Q4" if share else "", below, above)
    assert trial.proven == proven
    told = page(options("quickstart"), [trial])
    assert (f"**{int(proven)} of 1 proven.**") in told
    assert ("**no**" in told) != proven
