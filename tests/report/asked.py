"""Risk runs and a frontier to lie beside a plan: stated figures, without solving anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.plan.inputs import load_inputs
from planner.risk.record import Asked, save
from planner.scenario.load import find_scenario, load

COSTS_USD = (1e6, 2e6, 3e6, 25e6)
FRONTIER = {
    "format_version": 1,
    "scenario": "quickstart",
    "points": [
        {"hazard_per_year": hazard, "gradient": place, "kind": kind, "share": share, "mw": 2.0 * share, "cost_usd": 9e6, "cvar_usd": 12e6}
        for hazard, shares in ((0.0, (0.25, 0.75)), (0.2, (1.0, 0.0)))
        for (place, kind), share in zip(((1, "general GPU"), (6, "Transformer ASIC")), shares, strict=True)
    ],
    "exits": [
        {"system": "etched-sohu", "gradient": 6, "hazard_per_year": 0.13, "stays": False},
        {"system": "taalas-hc1", "gradient": 7, "hazard_per_year": None, "stays": True},
    ],
    "by_year": [],
    "efficient": [{"omega": 0.0, "mean_usd": 9e6, "cvar_usd": 12e6}],
}  # fmt: skip


def asked_beside(
    run: Path,
    mode: str,
    draws: int = 4,
    scenario: str = "",
    orders: Sequence[dict[str, Any]] = (),
) -> Path:
    """A risk run beside a plan, of equally likely draws at stated costs, without solving one."""
    loaded = load(find_scenario(scenario)) if scenario else load_inputs(run)
    spread = {"mean": 7.75e6, "p5": 1e6, "p50": 2e6, "p95": 25e6, "cvar": 25e6}
    summary = {
        "scenario": "quickstart", "mode": mode, "bound": "as it is", "draws": draws, "rechecked": 1, "alpha": 0.95,
        "cost_usd": spread, "usd_per_mtok": {key: usd / 1e7 for key, usd in spread.items()},
        "shed_probability": 0.0, "shed_share_mean": 0.0, "shed_share_p95": 0.0, "tail_draws": 1,
        "overrun_usd_mean": 0.0, "offers": [], "drivers_r2": 0.8,
        "stranded_usd": [{"gradient": 6, "vendor": "etched", "mean_usd": 1e5, "p95_usd": 2e5}],
        "out_of_sample": {"draws": 4, "as_believed": {"loss_usd": 1e5}, "half_again": {"loss_usd": 3e5}},
        "worst_regret": {"all GPU": {"world": "hybrids lead in 2028", "regret_usd": 2e6}},
        "drivers": [{"driver": "hybrid", "change_usd": 4e6}, {"driver": "hbm3e", "change_usd": -5e6}],
    }  # fmt: skip
    outcomes = [
        {"draw": k, "probability": 0.25, "cost_usd": usd} for k, usd in enumerate(COSTS_USD)
    ]
    tables: dict[str, list[dict[str, Any]]] = {"outcomes": outcomes, "orders": list(orders)}
    made = save(loaded, Asked(mode, draws, 1, 0.0, 0.95, 0.75), summary, tables, run.parent.parent)
    if not scenario:
        return made
    home = run.parent / "risk" / made.name
    home.parent.mkdir(exist_ok=True)
    return made.rename(home)
