"""The keep-rate: what share of offline throughput survives a service level.

Two things cost throughput. The mean step must stay under the limit on time per token (``tail``
translates a benchmark's 99th percentile into a mean), which picks smaller batches and other
layouts. And arrivals come by chance, so a box that must start every prompt in time keeps a
square-root-staffing headroom: of N arrivals expected within the limit on time to first token it
counts on 1 / (1 + z / √N), which is 1 − z / √N where N is large.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.catalog.serving import Parameter
from planner.serving.calibration import SERVICE, Calibration, coefficients, covariates_of, inner
from planner.serving.evidence import Row
from planner.serving.figures import figures_of
from planner.serving.layout import Array
from planner.serving.operate import Limits, operate
from planner.serving.step import Drafts

_NOISE = 0.1
"""Standard deviation of one row's log keep-rate around the law."""
_HEADROOMS = np.linspace(-1.2, 1.2, 25)
_TAILS = np.linspace(-0.6, 0.6, 13)
"""Grid of both logarithms around their priors on which the fit searches."""


def keeps(arrivals: Array | float, z: float) -> Array:
    """1 / (1 + z / √N): share of throughput that can be counted on; 1 where nothing waits.

    arrivals: requests expected within the limit on time to first token, N.

    >>> float(keeps(100.0, 1.0).round(3))
    0.909
    """
    return np.asarray(1 / (1 + z / np.sqrt(np.maximum(arrivals, 1e-12))))


@dataclass(frozen=True)
class Kept:
    """A row under a service level with the offline row of the same box and round."""

    row: Row
    log_keep: float
    shift: float
    """Log residual of the offline row: how the box departs from physics is known here."""


def pairs_of(rows: Sequence[Row], calibration: Calibration) -> list[Kept]:
    """Rows under a service level whose box also ran offline, in the same round where it did."""
    offline: dict[str, list[Row]] = {}
    for row in rows:
        if row.tuned and row.scenario == "offline":
            offline.setdefault(row.box, []).append(row)
    found = []
    for row in rows:
        if row.limit is None or not row.tuned or row.box not in offline:
            continue
        base = max(offline[row.box], key=lambda o: (o.round == row.round, o.chips == row.chips))
        if base.round == row.round:
            shift = math.log(base.per_chip / _offline_rate(base, calibration))
            found.append(Kept(row, math.log(row.per_chip / base.per_chip), shift))
    return found


def _offline_rate(row: Row, calibration: Calibration) -> float:
    figures = figures_of([row.case], calibration.mean_context, calibration.kv_bytes)
    c = coefficients(calibration, covariates_of([row.case], [row.day], calibration))
    return float(operate(figures, c, no_limits(1), calibration.usable).per_chip[0])


def no_limits(count: int) -> Limits:
    """The offline case, without speculation."""
    one = np.ones((count, 1))
    return Limits(one * np.inf, one * np.inf, Drafts(one, one))


@dataclass(frozen=True)
class KeepTable:
    """Log keep-rates of every pair on the grid of tails, before headroom, and their arrivals."""

    log_keep: Array
    """(tails, pairs)"""
    arrivals: Array
    """(tails, pairs)"""
    observed: Array
    tails: Array


def keep_table(pairs: Sequence[Kept], calibration: Calibration, prior_tail: float) -> KeepTable:
    """Physics of every pair at every tail of the grid."""
    tails = np.exp(prior_tail + _TAILS)
    offline = _rates(pairs, calibration, None)[0]
    served = [_rates(pairs, calibration, tail) for tail in np.minimum(tails, 1.0)]
    rate = np.array([found for found, _ in served])
    return KeepTable(
        np.log(np.maximum(rate, 1e-9) / offline),
        np.array([arrivals for _, arrivals in served]),
        np.array([pair.log_keep for pair in pairs]),
        np.log(tails),
    )


def _rates(
    pairs: Sequence[Kept], calibration: Calibration, tail: float | None
) -> tuple[Array, Array]:
    """Tokens per second and chip, and arrivals within the TTFT limit, of every pair."""
    cases = [pair.row.case for pair in pairs]
    figures = figures_of(cases, calibration.mean_context, calibration.kv_bytes)
    x = covariates_of(cases, [pair.row.day for pair in pairs], calibration)
    c = coefficients(calibration, x, np.array([[pair.shift] for pair in pairs]))
    limits = no_limits(len(pairs))
    if tail is not None:
        bounds = [(p.row.limit.tpot_ms, p.row.limit.ttft_ms) for p in pairs if p.row.limit]
        tpot, ttft = (np.array(bounds) / 1e3).T[:, :, None]
        spec = np.array([[pair.row.speculative] for pair in pairs])
        drafts = Drafts(np.where(spec, calibration.drafted, 1.0), np.where(spec, calibration.kept, 1.0))  # fmt: skip
        limits = Limits(tpot * tail, ttft, drafts)
    rate = operate(figures, c, limits, calibration.usable).per_chip
    chips = np.array([pair.row.chips for pair in pairs])
    waits = np.where(np.isfinite(limits.ttft_s[:, 0]), limits.ttft_s[:, 0], 0.0)
    return rate, rate * chips / figures.osl[:, 0] * waits


def fit_keep(
    table: KeepTable, parameters: Sequence[Parameter], seen: NDArray[np.intp] | None = None
) -> tuple[dict[str, float], dict[str, float]]:
    """Headroom and tail with standard errors (both as logarithms), from the pairs ``seen``.

    The posterior on a grid; absolute deviations over their noise, for a few rows fail for reasons
    of their own.
    """
    rows = np.arange(len(table.observed)) if seen is None else seen
    priors = {p.name: p for p in parameters}
    means = [inner(priors[name], priors[name].prior) for name in SERVICE]
    widths = [priors[name].prior_spread for name in SERVICE]
    heads = means[0] + _HEADROOMS
    cost = np.array(
        [[_misfit(table, rows, head, at) for at in range(len(table.tails))] for head in heads]
    )
    cost += (((heads - means[0]) / widths[0]) ** 2 / 2)[:, None]
    cost += (((table.tails - means[1]) / widths[1]) ** 2 / 2)[None, :]
    chance = np.exp(cost.min() - cost)
    chance /= chance.sum()
    values, errors = {}, {}
    for name, axis, grid in zip(SERVICE, (1, 0), (heads, table.tails), strict=True):
        weight = chance.sum(axis=axis)
        values[name] = float(weight @ grid)
        errors[name] = float(math.sqrt(weight @ (grid - values[name]) ** 2))
    return values, errors


def _misfit(table: KeepTable, rows: NDArray[np.intp], head: float, at: int) -> float:
    gap = table.observed[rows] - _log_kept(table, math.exp(head), at)[rows]
    return float(np.abs(gap).sum() / _NOISE)


def _log_kept(table: KeepTable, z: float, at: int) -> Array:
    return np.asarray(table.log_keep[at] + np.log(keeps(table.arrivals[at], z)))


def predicted_keep(table: KeepTable, values: Mapping[str, float]) -> Array:
    """Log keep-rates of every pair, linear between the tails of the grid."""
    z = math.exp(values["headroom"])
    curves = np.array([_log_kept(table, z, at) for at in range(len(table.tails))])
    return np.array([np.interp(values["tail"], table.tails, curve) for curve in curves.T])
