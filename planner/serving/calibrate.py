"""Calibrate: from a catalog's measured rows to fitted parameters and held-out errors."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

from planner.catalog.load import Catalog
from planner.catalog.serving import Parameter, Serving
from planner.serving.calibration import FITTED, calibration_of
from planner.serving.evidence import rows_of
from planner.serving.fit import bench_of, fit
from planner.serving.heldout import held_out, held_out_keep, platforms, summary
from planner.serving.keep import fit_keep, keep_table, pairs_of
from planner.serving.machine import efficiency_of

_DIGITS = 4


def calibrate(catalog: Catalog, as_of: date) -> Serving:
    """The serving entity with fitted values, standard errors and held-out errors of these rows.

    Offline submissions, and users' own offline measurements in stock serving: points at a user
    speed depend on what an SLO lets run, and only move residuals.
    """
    serving = catalog.serving
    rows = rows_of(catalog, as_of)
    offline = [row for row in rows if row.scenario == "offline" and (row.tuned or row.user)]
    newest = max(row.day for row in offline if row.tuned)
    start = calibration_of(serving, efficiency_of(catalog.practice, as_of), as_of)
    start = replace(start, reference=newest)
    bench = bench_of(offline, start)
    made = fit(bench, start, serving.parameters)
    errors = held_out(bench, start, serving.parameters)
    pairs = pairs_of(rows, made.calibration)
    prior_tail = math.log(next(p.prior for p in serving.parameters if p.name == "tail"))
    table = keep_table(pairs, made.calibration, prior_tail)
    kept, kept_errors = fit_keep(table, serving.parameters)
    values = {name: made.calibration.theta[name] for name in FITTED} | kept
    spreads = made.errors | kept_errors
    keep = held_out_keep(bench, start, serving.parameters, rows)
    order = ("row", "box", "chip", "chip, siblings known", "family", "model")
    return serving.model_copy(
        update={
            "parameters": tuple(
                _fitted(p, values[p.name], spreads[p.name]) for p in serving.parameters
            ),
            "newest_row": newest.isoformat(),
            "rows": len(offline),
            "held_out": tuple(
                [summary(name, errors[name][0], serving.bands, errors[name][1]) for name in order]
                + [summary(name, log_error, serving.bands) for name, log_error in keep.items()]
            ),
            "platforms": tuple(platforms(bench, errors["box"][0])),
        }
    )


def _fitted(parameter: Parameter, value: float, error: float) -> Parameter:
    shown = math.exp(value) if parameter.logarithmic else value
    digits = _DIGITS - math.ceil(math.log10(abs(shown))) if shown else _DIGITS
    return parameter.model_copy(
        update={"value": round(shown, digits), "standard_error": round(error, _DIGITS)}
    )
