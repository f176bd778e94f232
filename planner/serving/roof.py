"""The calibrated roofline: many questions answered in one call.

A query is a case with its service level and what measured kin say of it (the residual). The answer
is the best operating point of every query; residuals speed up compute, memory and communication
alike, so that user speed times batch stays the replica's throughput.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from planner.catalog.chip import Precision
from planner.serving.calibration import Calibration, coefficients, covariates_of
from planner.serving.evidence import Row
from planner.serving.figures import Case, figures_of
from planner.serving.fit import bench_of, predicted
from planner.serving.layout import Array
from planner.serving.operate import Limits, Operating, merged, operate
from planner.serving.residual import Mark, Residuals, mark_of, residuals_of
from planner.serving.step import Drafts

_BISECTIONS = 18
_WIDEST = 3.0
"""Log speeds beyond this say that a row and the roofline speak of different things."""
_MS = 1e3


@dataclass(frozen=True)
class Query:
    """One question to the roofline; limits in seconds, infinity where there is none."""

    case: Case
    tpot_s: float = np.inf
    ttft_s: float = np.inf
    shift: float = 0.0
    """Log speed beyond the physics."""
    across: bool = False
    """Whether only replicas that span domains count."""


@dataclass(frozen=True)
class Seam:
    """A measured point of a front, and the log speed at which the roofline passes through it."""

    per_user: float | None
    per_chip: float
    shift: float | None
    """None where no plausible speed does."""
    user: bool
    chips: float | None = None
    """Chips that made the figure; None where it was given per chip."""
    speculative: bool = False


def _reach(case: Case) -> float:
    """Most chips a replica can have, as `Figures.reach` says."""
    machine = case.machine
    joined = np.inf if machine.scale_out_bytes_per_s else machine.domain_chips
    return min(joined, machine.pod_chips)


@dataclass
class Roof:
    """The calibrated roofline on one as-of date, with the residuals of the rows known then."""

    calibration: Calibration
    rows: Sequence[Row]
    as_of: date

    def solve(self, queries: Sequence[Query], tuned: bool, days: Sequence[date] = ()) -> Operating:
        """The best operating point of every query, on its day (the as-of date where not given).

        Queries of one reach go together, so that none is tried on layouts it can never have.
        """
        on = list(days) or [self.as_of] * len(queries)
        alike: dict[float, list[int]] = {}
        for place, query in enumerate(queries):
            alike.setdefault(_reach(query.case), []).append(place)
        if len(alike) == 1:
            return self._solve(queries, tuned, on)
        parts = [
            self._solve([queries[n] for n in places], tuned, [on[n] for n in places])
            for places in alike.values()
        ]
        return merged(parts, list(alike.values()))

    def _solve(self, queries: Sequence[Query], tuned: bool, on: Sequence[date]) -> Operating:
        cases = [query.case for query in queries]
        figures = figures_of(cases, self.calibration.mean_context, self.calibration.kv_bytes)
        limits = self._limits(queries)
        shift = np.array([[query.shift] for query in queries])
        c = coefficients(
            self.calibration, covariates_of(cases, list(on), self.calibration), shift, tuned
        )
        across = np.array([[query.across] for query in queries])
        return operate(figures, c, limits, self.calibration.usable, across)

    def _limits(self, queries: Sequence[Query]) -> Limits:
        tpot = np.array([[query.tpot_s] for query in queries])
        ttft = np.array([[query.ttft_s] for query in queries])
        drafts = np.array([[query.case.request.speculative] for query in queries])
        computed = np.where(drafts, self.calibration.drafted, 1.0)
        kept = np.where(drafts, self.calibration.kept, 1.0)
        return Limits(tpot, ttft, Drafts(computed, kept))

    @cached_property
    def seen(self) -> tuple[tuple[Mark, ...], Array]:
        """Marks and log residuals of every row without a service level."""
        offline = [row for row in self.rows if row.tuned and row.scenario == "offline"]
        marks = [mark_of(row) for row in offline]
        logs: list[float] = []
        if offline:
            bench = bench_of(offline, self.calibration)
            logs = list(bench.log_measured - predicted(bench, self.calibration))
        field = [row for row in self.rows if not row.tuned]
        days = [row.day for row in field]
        for row, log_speed in zip(field, self._log_speeds(field, days), strict=True):
            if abs(log_speed) < _WIDEST:
                marks.append(mark_of(row))
                logs.append(float(log_speed))
        return tuple(marks), np.array(logs)

    @cached_property
    def seams(self) -> dict[tuple[str, str, Precision, float, float], list[Seam]]:
        """Stock-serving points by (system, model, precision, prompt, output): where fronts end.

        Each with the log speed at which the roofline of the as-of date passes through it.
        """
        field = [row for row in self.rows if not row.tuned]
        found: dict[tuple[str, str, Precision, float, float], list[Seam]] = {}
        for row, log_speed in zip(field, self._log_speeds(field, [self.as_of] * len(field)), strict=True):  # fmt: skip
            shape = row.case.request
            key = (row.system, row.model, row.case.precision, shape.isl, shape.osl)
            shift = float(log_speed) if abs(log_speed) < _WIDEST else None
            chips = row.chips if row.scenario == "offline" else None
            seam = Seam(row.per_user, row.per_chip, shift, row.user, chips, row.speculative)
            found.setdefault(key, []).append(seam)
        return found

    def _log_speeds(self, rows: Sequence[Row], days: Sequence[date]) -> Array:
        """The log speed at which the roofline of a day gives each row at its own user speed."""
        target = np.array([row.per_chip for row in rows])
        low, high = np.full(len(rows), -_WIDEST), np.full(len(rows), _WIDEST)
        for _ in range(_BISECTIONS if len(rows) else 0):
            middle = (low + high) / 2
            queries = [
                Query(row.case, 1 / row.per_user if row.per_user else np.inf, np.inf, shift)
                for row, shift in zip(rows, middle, strict=True)
            ]
            slow = self.solve(queries, False, days).per_chip < target
            low, high = np.where(slow, middle, low), np.where(slow, high, middle)
        ends = (low <= -_WIDEST) | (high >= _WIDEST)
        return np.where(ends, np.inf, (low + high) / 2)

    @cached_property
    def residuals(self) -> Residuals:
        """Residuals of every row."""
        return residuals_of(*self.seen, self.calibration.spreads)

    def without(self, system: str, model: str) -> Residuals:
        """Residuals with a box's own rows kept aside."""
        marks, logs = self.seen
        keep = [m.system != system or m.model != model for m in marks]
        kept = tuple(mark for mark, stays in zip(marks, keep, strict=True) if stays)
        return residuals_of(kept, logs[np.array(keep, dtype=bool)], self.calibration.spreads)
