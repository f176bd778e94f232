"""One risk run in tables: what it costs, what is shed and stranded, which offers stay, what drives it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from planner.options.units import MUSD
from planner.risk.distribution import distribution, spread
from planner.risk.functional import Functional, value_at_risk
from planner.risk.meter import USED
from planner.risk.modes import BOUNDS, Answer
from planner.risk.setting import Setting
from planner.solver.arrays import Floats

_SHED = 1e-6
"""Share of demand from which a draw counts as one that sheds."""
_DRIVERS_SHOWN = 12


def summary(setting: Setting, answer: Answer, functional: Functional) -> dict[str, Any]:
    """Everything a run reports, as data; keys carry units."""
    weights = answer.probabilities
    shed = np.array([1 - reading.served_share for reading in answer.readings])
    driven, explained = spread(answer.costs_usd, setting.draws)
    overrun = np.array([reading.overrun_usd for reading in answer.readings])
    return {
        "scenario": setting.options.scenario,
        "mode": answer.mode,
        "bound": BOUNDS[answer.mode],
        "draws": len(setting.draws),
        "seed": setting.draws.seed,
        "rechecked": answer.rechecked,
        "omega": functional.omega,
        "alpha": functional.alpha,
        "cost_usd": asdict(distribution(answer.costs_usd, weights, functional.alpha)),
        "usd_per_mtok": asdict(distribution(answer.usd_per_mtok, weights, functional.alpha)),
        "shed_probability": float(weights @ (shed > _SHED)),
        "shed_share_mean": float(weights @ shed),
        "shed_share_p95": value_at_risk(shed, weights, 0.95),
        "tail_draws": in_tail(answer.costs_usd, weights, functional.alpha),
        "overrun_usd_mean": float(weights @ overrun),
        "stranded_usd": stranded(setting, answer),
        "offers": offers(setting, answer),
        "drivers": [asdict(each) for each in driven[:_DRIVERS_SHOWN]],
        "drivers_r2": explained,
        **_hedged(answer),
    }


def in_tail(costs: Floats, weights: Floats, alpha: float) -> int:
    """How many draws the tail rests on: those not cheaper than the value at risk.

    >>> in_tail(np.array([1.0, 2.0, 3.0, 4.0]), np.full(4, 0.25), 0.5)
    3
    """
    return int(((costs >= value_at_risk(costs, weights, alpha)) & (weights > 0)).sum())


def stranded(setting: Setting, answer: Answer) -> list[dict[str, Any]]:
    """Book lost to displacement by gradient and vendor: mean and 95th percentile."""
    options, weights = setting.options, answer.probabilities
    by_offer = np.array([reading.stranded_usd for reading in answer.readings])
    groups: dict[tuple[int, str], list[int]] = {}
    for k, name in enumerate(answer.meter.offers):
        configuration = options.of(name)
        groups.setdefault((configuration.gradient or 0, configuration.vendor), []).append(k)
    rows = []
    for (gradient, vendor), members in sorted(groups.items()):
        usd = by_offer[:, members].sum(axis=1)
        if usd.any():
            found = distribution(usd, weights, 0.95)
            rows.append({"gradient": gradient, "vendor": vendor, "mean_usd": found.mean, "p95_usd": found.p95})  # fmt: skip
    return rows


def offers(setting: Setting, answer: Answer) -> list[dict[str, Any]]:
    """How often each offer is in the mix, and how many systems of it there are on average."""
    weights = answer.probabilities
    systems = np.array([reading.systems for reading in answer.readings])
    rows = []
    for k, name in enumerate(answer.meter.offers):
        often = float(weights @ (systems[:, k] > USED))
        if often > 0 and setting.options.offerings[name].fixed is None:
            configuration = setting.options.of(name)
            rows.append(
                {
                    "offer": name,
                    "gradient": configuration.gradient,
                    "in_mix": often,
                    "systems_mean": float(weights @ systems[:, k]),
                }
            )
    return sorted(rows, key=lambda row: (-row["in_mix"], row["offer"]))


def _hedged(answer: Answer) -> dict[str, Any]:
    """What the hedge is worth, and what it orders now; nothing in the other modes."""
    if answer.found is None:
        return {}
    worth = answer.found.worth
    return {
        "method": answer.found.method,
        "recourse_usd": worth.recourse * MUSD,
        "wait_and_see_usd": worth.wait_and_see * MUSD,
        "of_mean_plan_usd": worth.of_mean_plan * MUSD,
        "evpi_usd": worth.of_perfect_information * MUSD,
        "vss_usd": worth.of_stochastic_solution * MUSD,
    }


def outcomes(setting: Setting, answer: Answer) -> list[dict[str, Any]]:
    """One row per draw: its probability, what it cost and what was read off it."""
    per_mtok = answer.usd_per_mtok
    return [
        {
            "draw": number,
            "probability": float(answer.probabilities[number]),
            "cost_usd": float(answer.costs_usd[number]),
            "usd_per_mtok": float(per_mtok[number]),
            "penalty_usd": reading.penalty_usd,
            "overrun_usd": reading.overrun_usd,
            "served_share": reading.served_share,
            "stranded_usd": float(reading.stranded_usd.sum()),
        }
        for number, reading in enumerate(answer.readings)
    ]


def drawn_table(setting: Setting) -> list[dict[str, Any]]:
    """One row per draw: everything that was drawn; a date that never comes is empty."""
    draws = setting.draws
    return [
        {
            "draw": number,
            **{
                name: float(value) if np.isfinite(value) else None
                for name, value in zip(draws.names, draws.values[number], strict=True)
            },
        }
        for number in range(len(draws))
    ]
