"""The use cases: run a question on draws and save it, replay one draw, tell what beliefs imply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from planner.errors import Usage
from planner.options.units import MUSD
from planner.quantities import DAYS_PER_YEAR
from planner.risk.benefit import benefit
from planner.risk.chunks import ALONE, Means
from planner.risk.fragile import out_of_sample
from planner.risk.functional import Functional
from planner.risk.gap import LEAST, sampled_gap
from planner.risk.kept import resumable
from planner.risk.modes import Answer, Mode, answer, base_basis, two_stage
from planner.risk.orders import decisions, orders
from planner.risk.record import Asked, asked_of, parts_of, save
from planner.risk.recourse import Recourse
from planner.risk.regret import least, regrets, worst
from planner.risk.rolling import rolling
from planner.risk.setting import Setting, planned, setting
from planner.risk.summary import drawn_table, outcomes, summary
from planner.scenario.beliefs import Beliefs
from planner.scenario.load import Loaded
from planner.scenario.risk import past_horizon

Say = Callable[[str], None]
_YEARS = (2027, 2029, 2031)
"""At whose beginnings the beliefs are asked whether attention still leads."""


@dataclass(frozen=True)
class Run:
    """A finished run: what it says, what it orders, and where it was saved."""

    summary: dict[str, Any]
    orders: list[dict[str, Any]]
    folder: Path


def run(loaded: Loaded, asked: Asked, out: Path, say: Say, means: Means = ALONE) -> Run:
    """Ask one question of a scenario on its draws and save the answer.

    Finished chunks of draws are kept until then: what ends a run early leaves them, and the same
    question goes on from them.

    Raises Usage (RSK007, RSK011, RSK013, RSK017), InvalidData (RSK009, RSK012, RSK014), NoRecourse.
    """
    with resumable(parts_of(loaded, asked, out), say) as kept:
        return _run(loaded, asked, out, say, replace(means, kept=kept))


def _run(loaded: Loaded, asked: Asked, out: Path, say: Say, means: Means) -> Run:
    functional = Functional(asked.omega, asked.alpha)
    why = past_horizon(loaded.scenario.timeline, asked.window_years)
    if why:
        raise Usage(f"RSK011: {why}")
    if asked.replications and (asked.mode != "hedge" or asked.replications < LEAST):
        raise Usage(f"RSK017: a gap is measured for a hedge, on at least {LEAST} replications")
    made = setting(loaded, asked.draws, asked.seed)
    columns, drivers = made.base.arrays.columns, len(made.draws.names)
    say(f"{len(made.draws)} draws of {drivers} drivers on {columns:,} columns")
    plan = planned(loaded)
    mode: Mode = asked.mode  # type: ignore[assignment]
    found = answer(made, plan, mode, functional, means, asked.window_years, say)
    said = summary(made, found, functional)
    if mode == "hedge":
        said["over_planned"] = asdict(benefit(made, found, plan, asked.alpha, means))
    seed = asked.seed + 1 + asked.replications
    said["out_of_sample"] = out_of_sample(made, found, functional, seed, asked.window_years, means)
    best = least(made.base.arrays)
    said["overrun_as_planned_usd"] = float(found.meter.overrun @ best) * MUSD
    regret = regrets(made, found, plan, best, asked.window_years, say)
    said["regret"] = regret
    said["worst_regret"] = worst(regret)
    if mode != "hold":
        said["rolling"] = rolling(made, found, asked.window_years, say)
    if asked.replications:
        said["gap_usd"] = _gap(made, asked, found, functional, means, say)
    ordered, said["decisions"] = orders(made, found), decisions(made, found)
    tables = {
        "draws": drawn_table(made),
        "outcomes": outcomes(made, found),
        "orders": ordered,
        "decisions": said["decisions"],
        "offers": said["offers"],
        "regret": regret,
        "decided": _decided(made, found),
    }
    return Run(said, ordered, save(loaded, asked, said, tables, out))


def _gap(
    made: Setting, asked: Asked, found: Answer, functional: Functional, means: Means, say: Say
) -> dict[str, Any]:
    """The hedge on fresh samples."""
    seeds = range(asked.seed + 1, asked.seed + 1 + asked.replications)
    return asdict(sampled_gap(made, found.decided, functional, asked.draws, seeds, asked.window_years, means, say))  # fmt: skip


def _decided(made: Setting, found: Answer) -> list[dict[str, Any]]:
    columns = made.base.program.space.columns
    pairs = zip(found.problem.first_columns, found.decided, strict=True)
    return [{"name": columns[j].name, "value": float(value)} for j, value in pairs]


def replay(folder: Path, number: int) -> dict[str, Any]:
    """One draw of a saved run again, cold from its base basis, with all that was drawn in it.

    Raises Usage (CLI003) for a draw the run does not have.
    """
    import pandas as pd

    loaded, asked = asked_of(folder)
    if not 0 <= number < asked.draws:
        raise Usage(f"CLI003: the run has draws 0 to {asked.draws - 1}, and no {number}")
    made = setting(loaded, asked.draws, asked.seed)
    problem = two_stage(made, asked.mode, asked.window_years)  # type: ignore[arg-type]
    table = pd.read_csv(folder / "decided.csv")
    value = dict(zip(table["name"], table["value"], strict=True))
    columns = made.base.program.space.columns
    decided = np.array([value.get(columns[j].name, 0.0) for j in problem.first_columns])
    recourse = Recourse(problem, base_basis(problem, decided))
    cost = recourse.solve(problem.worlds[number], decided).cost * MUSD
    recorded = pd.read_csv(folder / "outcomes.csv")["cost_usd"][number]
    drawn = drawn_table(made)[number]
    return {"cost_usd": cost, "recorded_cost_usd": float(recorded), "drawn": drawn}


def implied(beliefs: Beliefs, as_of: date) -> list[dict[str, Any]]:
    """Probability that attention still leads at the start of some years, from the date of hybrids."""
    displacement = beliefs.displacement
    if displacement is None:
        return []
    found = []
    for year in _YEARS:
        years = (date(year, 1, 1) - as_of).days / DAYS_PER_YEAR
        if years >= 0:
            found.append({"year": year, "probability": displacement.hybrid.survival(years)})
    return found
