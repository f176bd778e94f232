"""Errors on rows kept aside, beside the clerk's rule.

Rows are kept aside a group at a time; everything is refitted on the rest, and only then is the
group looked at. The clerk's rule is the nearest measured row of the same model times
√(bandwidth ratio · FLOPS ratio).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from planner.catalog.serving import Band, HeldOut, Parameter, Platform
from planner.serving.band import Nearness
from planner.serving.calibration import Calibration, inner
from planner.serving.evidence import Row
from planner.serving.fit import Bench, fit
from planner.serving.keep import fit_keep, keep_table, pairs_of, predicted_keep
from planner.serving.layout import Array

Key = Callable[[Row], str]

GOALS: dict[str, tuple[float, float]] = {
    "row": (0.10, 0.25),
    "box": (0.12, 0.26),
    "chip": (0.12, 0.26),
    "chip, siblings known": (0.12, 0.26),
    "family": (0.20, 0.36),
    "model": (0.20, 0.36),
    "keep-rate, server": (0.08, 0.25),
    "keep-rate, interactive": (0.18, 0.60),
}
"""Median and 90th percentile that were asked for before the fit."""

BANDS: dict[str, Nearness] = {
    "row": "box",
    "box": "box",
    "chip": "chip",
    "chip, siblings known": "chip",
    "family": "family or model",
    "model": "family or model",
    "keep-rate, server": "box",
    "keep-rate, interactive": "interactive",
}
"""The band of an estimate whose nearest evidence is as far as what was kept aside."""

_KEYS: dict[str, Key] = {
    "box": lambda row: row.box,
    "chip": lambda row: row.case.machine.chip,
    "family": lambda row: row.family,
    "model": lambda row: row.model,
}


def held_out(
    bench: Bench, start: Calibration, parameters: Sequence[Parameter]
) -> dict[str, tuple[Array, Array]]:
    """Log errors of the model and of the clerk's rule (NaN where it cannot) by what was kept aside."""
    rows = bench.rows
    labels = {"row": np.array([str(index) for index in range(len(rows))])}
    labels |= {name: np.array([key(row) for row in rows]) for name, key in _KEYS.items()}
    found = {}
    for name, groups in labels.items():
        log_error = np.full(len(rows), np.nan)
        for group in np.unique(groups):
            aside = np.flatnonzero(groups == group)
            made = fit(bench, start, parameters, np.flatnonzero(groups != group))
            log_error[aside] = made.log_rate(bench, aside) - bench.log_measured[aside]
        found[name] = (log_error, np.array(list(_clerk(rows, groups))))
    model, rule = found["chip"]
    chips_of = {row.family: {r.case.machine.chip for r in rows if r.family == row.family} for row in rows}  # fmt: skip
    alone = np.array([len(chips_of[row.family]) == 1 for row in rows])
    found["chip, siblings known"] = (
        np.where(alone, np.nan, model),
        np.where(alone, np.nan, rule),
    )
    return found


def _clerk(rows: Sequence[Row], groups: Array) -> Iterator[float]:
    """Log error of the clerk's rule for every row; NaN where no other group has the model."""
    for row, group in zip(rows, groups, strict=True):
        known = [
            (_apart(row, other), -other.day.toordinal(), index)
            for index, (other, label) in enumerate(zip(rows, groups, strict=True))
            if label != group and other.model == row.model
        ]
        if not known:
            yield math.nan
            continue
        nearest = rows[min(known)[2]]
        scale = math.sqrt(_bandwidth(row) / _bandwidth(nearest) * _peak(row) / _peak(nearest))
        yield math.log(nearest.per_chip * scale / row.per_chip)


def _apart(a: Row, b: Row) -> float:
    return abs(math.log(_bandwidth(a) / _bandwidth(b))) + abs(math.log(_peak(a) / _peak(b)))


def _bandwidth(row: Row) -> float:
    assert row.case.machine.bytes_per_s
    return row.case.machine.bytes_per_s


def _peak(row: Row) -> float:
    return row.case.machine.flops_per_s[row.case.precision]


def held_out_keep(
    bench: Bench, start: Calibration, parameters: Sequence[Parameter], rows: Sequence[Row]
) -> dict[str, Array]:
    """Log errors of keep-rates by scenario, each box predicted without its own rows.

    The offline parameters are refitted without the box too; of the box only its offline row is
    known, for a keep-rate is a share of it.
    """
    prior_tail = next(inner(p, p.prior) for p in parameters if p.name == "tail")
    known = pairs_of(rows, start)
    boxes = np.array([pair.row.box for pair in known])
    offline = np.array([row.box for row in bench.rows])
    errors = np.empty(len(known))
    for box in np.unique(boxes):
        made = fit(bench, start, parameters, np.flatnonzero(offline != box))
        table = keep_table(pairs_of(rows, made.calibration), made.calibration, prior_tail)
        values, _ = fit_keep(table, parameters, np.flatnonzero(boxes != box))
        aside = boxes == box
        errors[aside] = (predicted_keep(table, values) - table.observed)[aside]
    scenario = np.array([pair.row.scenario for pair in known])
    return {f"keep-rate, {name}": errors[scenario == name] for name in ("server", "interactive")}


def summary(
    group: str, log_error: Array, bands: Mapping[str, Band], rule: Array | None = None
) -> HeldOut:
    """Median and 90th percentile of |predicted / measured − 1|, beside the rule's and the goal.

    bands: those of estimates; the share of rows inside them tells whether they are wide enough.
    """
    goal = GOALS.get(group, (None, None))
    errors = _sizes(log_error)
    ruled = _sizes(rule) if rule is not None else np.zeros(0)
    return HeldOut(
        group=group,
        rows=len(errors),
        median=_share(errors, 0.5) or 0.0,
        p90=_share(errors, 0.9) or 0.0,
        goal_median=goal[0],
        goal_p90=goal[1],
        rule_rows=len(ruled),
        rule_median=_share(ruled, 0.5),
        rule_p90=_share(ruled, 0.9),
        band=BANDS[group],
        within_80=_inside(log_error, bands[BANDS[group]].b80),
        within_90=_inside(log_error, bands[BANDS[group]].b90),
    )


def _inside(log_error: Array, factor: float) -> float:
    known = np.abs(log_error[~np.isnan(log_error)])
    return round(float(np.mean(known <= math.log(factor))), 3)


def _sizes(log_error: Array) -> Array:
    return np.abs(np.expm1(log_error[~np.isnan(log_error)]))


def _share(errors: Array, share: float) -> float | None:
    return round(float(np.quantile(errors, share)), 4) if len(errors) else None


def platforms(bench: Bench, log_error: Array) -> list[Platform]:
    """Errors by chip family, every box predicted without its own rows."""
    found = []
    for family in sorted({row.family for row in bench.rows}):
        errors = _sizes(log_error[[row.family == family for row in bench.rows]])
        found.append(
            Platform(
                family=family,
                rows=len(errors),
                median=_share(errors, 0.5) or 0.0,
                worst=_share(errors, 1.0) or 0.0,
            )
        )
    return found
