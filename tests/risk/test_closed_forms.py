"""Section 6 of the cases: with a pencil, and approached by the planner as its periods shrink."""

from __future__ import annotations

from dataclasses import replace
from math import exp
from pathlib import Path

import numpy as np
import pytest

from planner.risk.closed_forms import break_even_hazard, equivalent_rate, stranded_book
from planner.risk.meter import meter
from planner.risk.setting import setting
from tests.risk.risky import RISKY
from tests.support import edited, written


def test_the_published_closed_forms() -> None:
    """λ* = 0.100005, 18.924053 of 100 stranded, r* = 0.09544512."""
    assert break_even_hazard(0.8, 0.08, 5.0) == pytest.approx(0.100005, abs=5e-7)
    assert stranded_book(100.0, 0.10, 0.08, 5.0) == pytest.approx(18.924053, abs=5e-7)
    assert equivalent_rate(1.0, 1.0, 0.10) == pytest.approx(0.09544512, abs=5e-9)


def test_the_closed_forms_at_their_edges() -> None:
    """As dear as the general chip it never pays; without variance r* is r; without hazard nothing strands."""
    assert break_even_hazard(1.0, 0.08, 5.0) == 0.0
    assert equivalent_rate(1.0, 0.0, 0.10) == 0.10
    assert equivalent_rate(1.0, 1e-9, 0.10) == pytest.approx(0.10, rel=1e-6)
    assert stranded_book(100.0, 0.0, 0.08, 5.0) == 0.0


@pytest.mark.parametrize(("unit", "periods", "within"), [("quarter", 20, 0.06), ("month", 60, 0.02)])  # fmt: skip
def test_stranded_value_approaches_the_closed_form_as_periods_shrink(
    tmp_path: Path, unit: str, periods: int, within: float
) -> None:
    """One system of price P bought as the horizon begins, nothing kept, hazard 0.10, r = 8 %, L = 5.

    The as-of date is the horizon's first day. By quarters the meter is within 6 % of 18.924 % of P,
    by months within 2 %.
    """
    start = "2027Q1" if unit == "quarter" else "2027-01"
    hybrid = "hybrid: {family: gamma, mean: 0.07 1/year, shape: 1.2, basis: public odds}"
    text = edited(
        RISKY,
        ("as_of: 2026-11-20", "as_of: 2027-01-01"),
        ("horizon: {start: 2027Q1, periods: 4}", f"horizon: {{start: {start}, periods: {periods}, unit: {unit}}}"),
        ("discount_rate: 9 %/year", f"discount_rate: {exp(0.08) - 1} 1/year"),
        (hybrid, "hybrid: {family: exponential, hazard: 0.1 1/year, basis: the case}"),
        ("      attention_free: {family: exponential, hazard: 0.3 1/year, basis: a guess}\n", ""),
        ("takeover: 6 month", "takeover: 0 year"),
        ("{hybrid: 0.9, attention_free: 0.6}", "{hybrid: 0, attention_free: 0}"),
        ("{2027Q1: 2 MW, 2027Q3: 3 MW}", "2 MW"),
    )  # fmt: skip
    from planner.scenario.load import load

    made = setting(load(written(tmp_path, text, unit)), 1024, 7)
    space = made.base.program.space
    worlds = made.worlds(np.ones(len(space.columns), dtype=bool))
    x = np.zeros(len(space.columns))
    for t in range(periods):
        x[space.at("own", "fast-buy", "home", 0, t)] = 1.0
    read = meter(made, worlds)
    stranded = np.array([read(number, x).stranded_usd.sum() for number in range(1024)])
    offering = made.options.offerings["fast-buy"]
    paid = offering.price_usd[0] + offering.fabric_usd[0]
    mean = made.draws.probabilities @ stranded / paid * 100
    assert mean == pytest.approx(18.924053, rel=within)
    kept_all = replace(read, lost_hybrid=read.lost_hybrid * 0)
    assert kept_all(0, x).stranded_usd.sum() == 0.0
