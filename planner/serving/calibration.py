"""The calibration as numbers, and how it turns a case into efficiencies.

A parameter is one number for all rows; what it multiplies is read from the chip, the model and the
date. The same function serves the fit and every estimate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from planner.catalog.chip import Precision
from planner.catalog.serving import Parameter, Serving
from planner.errors import MissingFigure
from planner.quantities import DAYS_PER_YEAR, TERA, factor
from planner.serving.figures import Case
from planner.serving.layout import Array
from planner.serving.machine import Efficiency
from planner.serving.shape import Shape
from planner.serving.step import Coefficients
from planner.timeline import first_day

_BITS: dict[Precision, float] = {"bf16": 16, "fp8": 8, "int8": 8, "fp4": 4, "int4": 4}
_WIDEST_BITS = 16.0
_FINE_GRAINED_EXPERTS = 16
_REFERENCE_VENDOR = "nvidia"
_MOST_WATTS = 0.95
"""The exponent stays below 1, so that more FLOPS at the same watts is never slower."""

FITTED = ("compute", "four_bit", "bandwidth", "activation", "challenger", "mixture", "mixture_software", "chip_age", "watts")  # fmt: skip
"""Parameters that offline rows decide, in the order of the fit's vectors."""
SERVICE = ("headroom", "tail")
"""Parameters that rows under a service level decide."""


@dataclass(frozen=True)
class Calibration:
    """Stated and fitted numbers on one as-of date; logarithmic parameters as logarithms."""

    theta: Mapping[str, float]
    norm: float
    tuned_layer_s: float
    field_layer_s: float
    collective_s: float
    hop_s: float
    scale_out_s: float
    """What one step of a collective between domains waits."""
    watts_reference: float
    maturing_years: float
    software_gain: float
    drafted: float
    kept: float
    usable: float
    mean_context: float
    kv_bytes: float
    field_dense: float
    field_moe: float
    reference: date | None
    """Day of the newest row: software ages up to it, and is believed to gain beyond it."""
    spreads: Mapping[str, float] = field(default_factory=dict)


def calibration_of(serving: Serving, efficiency: Efficiency, as_of: date) -> Calibration:
    """Read the calibration; MissingFigure names a stated figure that no fact covers yet."""

    def need(name: str, unit: str = "", canonical: str = "") -> float:
        value = getattr(serving, name).value(as_of)
        if value is None:
            raise MissingFigure("serving", name, as_of)
        return float(value) * (factor(unit, canonical) if unit else 1.0)

    return Calibration(
        theta={p.name: inner(p, p.value) for p in serving.parameters},
        norm=need("norm_exponent"),
        tuned_layer_s=need("tuned_layer_overhead", "us", "s"),
        field_layer_s=efficiency.layer_s,
        collective_s=need("collective_overhead", "us", "s"),
        hop_s=need("hop_overhead", "us", "s"),
        scale_out_s=need("scale_out_overhead", "us", "s"),
        watts_reference=need("watts_reference"),
        maturing_years=need("maturing"),
        software_gain=need("software_gain"),
        drafted=need("drafted_tokens"),
        kept=need("kept_tokens"),
        usable=efficiency.memory_usable,
        mean_context=efficiency.mean_context,
        kv_bytes=efficiency.kv_bytes,
        field_dense=efficiency.field_dense,
        field_moe=efficiency.field_moe,
        reference=first_day(serving.newest_row) if serving.newest_row else None,
        spreads={name: float(figure.value(as_of) or 0.0) for name, figure in serving.spreads.items()},
    )  # fmt: skip


def inner(parameter: Parameter, value: float) -> float:
    """A parameter's value as the fit holds it: the logarithm of a factor, else itself."""
    return math.log(value) if parameter.logarithmic else value


def is_fine_grained(shape: Shape) -> bool:
    """Whether a model routes tokens among many small experts."""
    return shape.experts > _FINE_GRAINED_EXPERTS


@dataclass(frozen=True)
class Covariates:
    """What the parameters multiply, columns of shape (cases, 1)."""

    four_bit: Array
    challenger: Array
    mixture: Array
    years_behind: Array
    """Years before the newest round, for fine-grained mixtures; 0 for others and after it."""
    immaturity: Array
    """e^(−age of the chip / maturing time); 0 where the launch day is not known."""
    log_watts: Array
    """Log of watts per BF16-equivalent peak over the reference; 0 where watts are not public."""
    years_ahead: Array
    """Years since the newest round."""


def covariates_of(cases: list[Case], days: list[date], calibration: Calibration) -> Covariates:
    """Covariates of many cases, each on its own day."""
    rows = [_covariates(case, day, calibration) for case, day in zip(cases, days, strict=True)]
    return Covariates(*np.array(rows, dtype=float).reshape(len(rows), -1).T[:, :, None])


def _covariates(case: Case, day: date, calibration: Calibration) -> tuple[float, ...]:
    machine, fine = case.machine, float(is_fine_grained(case.shape))
    reference = calibration.reference or day
    behind = (reference - day).days / DAYS_PER_YEAR
    age = (day - machine.launched).days / DAYS_PER_YEAR if machine.launched else math.inf
    log_watts = 0.0
    if machine.watts:
        widest = machine.flops_per_s[case.precision] * _BITS[case.precision] / _WIDEST_BITS / TERA
        log_watts = math.log(machine.watts / widest / calibration.watts_reference)
    return (
        float(_BITS[case.precision] == 4),
        float(machine.vendor != _REFERENCE_VENDOR),
        fine,
        fine * max(behind, 0.0),
        math.exp(-max(age, 0.0) / calibration.maturing_years),
        log_watts,
        max(-behind, 0.0),
    )


def coefficients(
    calibration: Calibration,
    x: Covariates,
    log_shift: Array | float = 0.0,
    tuned: Array | bool = True,
) -> Coefficients:
    """Efficiencies of each case.

    speed = e^(challenger + mixture − mixture_software · years behind − chip_age · immaturity
    + residual) · (1 + gain)^years ahead;
    compute efficiency = e^(compute + four_bit) · (watts per peak over reference)^watts, times the
    stated factor from submissions to stock serving: memory streams as fast in either.
    """
    t = calibration.theta
    mixture = t["mixture"] * x.mixture - t["mixture_software"] * x.years_behind
    log_speed = t["challenger"] * x.challenger - t["chip_age"] * x.immaturity
    log_speed = log_speed + log_shift + math.log1p(calibration.software_gain) * x.years_ahead
    stock = np.where(x.mixture > 0, calibration.field_moe, calibration.field_dense)
    same = np.ones_like(x.mixture)
    watts = min(max(t["watts"], 0.0), _MOST_WATTS)
    layer_s = np.where(tuned, calibration.tuned_layer_s, calibration.field_layer_s)
    return Coefficients(
        speed=np.exp(log_speed),
        compute=np.exp(t["compute"] + t["four_bit"] * x.four_bit + watts * x.log_watts + mixture)
        * np.where(tuned, 1.0, stock),
        bandwidth=same * math.exp(t["bandwidth"]),
        activation=same * math.exp(t["activation"]),
        collective_s=same * calibration.collective_s,
        layer_s=same * layer_s,
        norm=calibration.norm,
    )
