"""The fit: a few numbers with priors on all offline rows, residuals shared between the like.

Gauss–Newton on the posterior: minimise r' V⁻¹ r + (θ − θ₀)' Σ⁻¹ (θ − θ₀), r log measured over
predicted, V the covariance of random effects and noise, θ₀ and Σ the priors. Standard errors are
the diagonal of the posterior covariance (J' V⁻¹ J + Σ⁻¹)⁻¹.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.catalog.serving import Parameter
from planner.serving.calibration import (
    FITTED,
    Calibration,
    Covariates,
    coefficients,
    covariates_of,
    inner,
)
from planner.serving.evidence import Row
from planner.serving.figures import Figures, figures_of
from planner.serving.layout import Array, every_layout
from planner.serving.operate import most_sequences, whole_replica
from planner.serving.residual import Residuals, covariance, mark_of, noise, residuals_of
from planner.serving.step import Terms, decode_terms, prefill_terms, step_s

_STEPS = 12
_NUDGE = 1e-4
_CLOSE = 1e-4
_LONGEST = 0.5

Picks = NDArray[np.intp]


@dataclass(frozen=True)
class Bench:
    """Offline rows with their step terms, made once: the parameters only scale them."""

    rows: tuple[Row, ...]
    log_measured: Array
    figures: Figures
    x: Covariates
    tuned: Array
    """1 for a submission, 0 for a user's own measurement of stock serving."""
    batch: Array
    possible: NDArray[np.bool_]
    decode: Terms
    prefill: Terms


def bench_of(rows: Sequence[Row], calibration: Calibration) -> Bench:
    """Prepare offline rows, of submissions and of users, for the fit."""
    cases = [row.case for row in rows]
    figures = figures_of(cases, calibration.mean_context, calibration.kv_bytes)
    layouts = every_layout()
    space = most_sequences(figures, layouts, calibration.usable)
    possible = space >= 1
    batch = np.where(possible, space, 1.0)
    return Bench(
        rows=tuple(rows),
        log_measured=np.log([row.per_chip for row in rows]),
        figures=figures,
        x=covariates_of(cases, [row.day for row in rows], calibration),
        tuned=np.array([[float(row.tuned)] for row in rows]),
        batch=batch,
        possible=possible,
        decode=decode_terms(figures, layouts, batch),
        prefill=prefill_terms(figures, layouts),
    )


def predicted(bench: Bench, calibration: Calibration) -> Array:
    """Log tokens per second and chip of every row, physics alone."""
    layouts = every_layout()
    c = coefficients(calibration, bench.x, tuned=bench.tuned)
    step = step_s(bench.decode, c)
    step, chips = whole_replica(bench.figures, layouts, bench.batch, step, step_s(bench.prefill, c))
    inside = bench.possible & ((chips <= bench.figures.domain) | (bench.figures.out > 0))
    rate = np.where(inside, bench.batch / step / chips, 0.0)
    return np.asarray(np.log(rate.max(axis=1)))


@dataclass(frozen=True)
class Fit:
    """A fitted calibration with its standard errors and the residuals of the rows it saw."""

    calibration: Calibration
    errors: dict[str, float]
    residuals: Residuals
    physics: Array
    """Log prediction of physics alone for every row of the bench."""

    def log_rate(self, bench: Bench, rows: Picks) -> Array:
        """Log prediction of some rows, residuals of their kin included."""
        marks = [mark_of(bench.rows[index]) for index in rows]
        return np.asarray(self.physics[rows] + self.residuals.at(marks))


def fit(
    bench: Bench, start: Calibration, parameters: Sequence[Parameter], seen: Picks | None = None
) -> Fit:
    """Fit on the rows ``seen`` (all where None); the other rows have no say in anything."""
    rows = np.arange(len(bench.rows)) if seen is None else seen
    priors = {p.name: p for p in parameters}
    mean = np.array([inner(priors[name], priors[name].prior) for name in FITTED])
    precision = np.diag([priors[name].prior_spread ** -2.0 for name in FITTED])
    marks = [mark_of(bench.rows[index]) for index in rows]
    known = covariance(marks, marks, start.spreads) + np.diag(noise(marks, start.spreads))
    weight = np.linalg.inv(known)
    theta = mean.copy()
    for _ in range(_STEPS):
        log_rate, slope = _linearised(bench, start, theta)
        jacobian = slope[rows]
        rest = bench.log_measured[rows] - log_rate[rows]
        curvature = jacobian.T @ weight @ jacobian + precision
        move = np.linalg.solve(curvature, jacobian.T @ weight @ rest - precision @ (theta - mean))
        theta = theta + np.clip(move, -_LONGEST, _LONGEST)
        if np.abs(move).max() < _CLOSE:
            break
    calibration = with_theta(start, theta)
    log_rate = predicted(bench, calibration)
    residuals = residuals_of(marks, bench.log_measured[rows] - log_rate[rows], start.spreads)
    errors = np.sqrt(np.diag(np.linalg.inv(curvature)))
    return Fit(calibration, dict(zip(FITTED, map(float, errors), strict=True)), residuals, log_rate)


def with_theta(calibration: Calibration, theta: Array) -> Calibration:
    """The calibration with other fitted numbers."""
    named = dict(zip(FITTED, map(float, theta), strict=True))
    return replace(calibration, theta={**calibration.theta, **named})


def _linearised(bench: Bench, calibration: Calibration, theta: Array) -> tuple[Array, Array]:
    """Log predictions and their slopes in every parameter, (rows,) and (rows, parameters)."""
    log_rate = predicted(bench, with_theta(calibration, theta))
    slope = np.empty((len(log_rate), len(theta)))
    for index in range(len(theta)):
        nudged = theta.copy()
        nudged[index] += _NUDGE
        slope[:, index] = (predicted(bench, with_theta(calibration, nudged)) - log_rate) / _NUDGE
    return log_rate, slope
