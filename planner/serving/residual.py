"""Random effects: what measured rows of the like say beyond the physics, shrunken.

The residual of a row, log measured over predicted, is shared by covariance: rows of one chip
family, one chip, one model, and one model on one chip (the box) have more in common the more they
share; stock serving has effects of its own on top. No row gets a number of its own: what a box
does differently is believed only as far as its rows outweigh their noise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planner.serving.evidence import Row
from planner.serving.layout import Array


@dataclass(frozen=True)
class Mark:
    """What a row or an asked-for pair has in common with others."""

    family: str
    system: str
    model: str
    tuned: bool
    user: bool = False


def mark_of(row: Row) -> Mark:
    """The mark of a measured row."""
    return Mark(row.family, row.system, row.model, row.tuned, row.user)


def covariance(a: Sequence[Mark], b: Sequence[Mark], spreads: Mapping[str, float]) -> Array:
    """Σ over shared traits of their variance, (len a, len b)."""

    def same(trait: str) -> Array:
        left = np.array([getattr(mark, trait) for mark in a], dtype=object)[:, None]
        right = np.array([getattr(mark, trait) for mark in b], dtype=object)[None, :]
        return np.asarray(left == right, dtype=float)

    family, system, model = same("family"), same("system"), same("model")
    stock = np.outer([not mark.tuned for mark in a], [not mark.tuned for mark in b])
    total = spreads["family"] ** 2 * family + spreads["chip"] ** 2 * system
    total = total + spreads["model"] ** 2 * model + spreads["box"] ** 2 * system * model
    total = total + stock * (spreads["field"] ** 2 + spreads["field_family"] ** 2 * family)
    return np.asarray(total + spreads["field_box"] ** 2 * stock * system * model)


def noise(marks: Sequence[Mark], spreads: Mapping[str, float]) -> Array:
    """Variance of each row around its box."""
    names = ["user_noise" if m.user else "noise" if m.tuned else "field_noise" for m in marks]
    return np.array([spreads[name] ** 2 for name in names])


@dataclass(frozen=True)
class Residuals:
    """Rows seen, with the weights that predict anything like them: k' (K + noise)⁻¹ r."""

    marks: tuple[Mark, ...]
    weights: Array
    spreads: Mapping[str, float]

    def at(self, wanted: Sequence[Mark]) -> Array:
        """The expected residual of each mark; 0 where nothing alike was measured."""
        if not self.marks:
            return np.zeros(len(wanted))
        return np.asarray(covariance(wanted, self.marks, self.spreads) @ self.weights)

    def kinship(self, mark: Mark) -> str:
        """The nearest kin measured: box, chip, family or model, or none."""
        if any(m.system == mark.system and m.model == mark.model for m in self.marks):
            return "box"
        known_model = any(m.model == mark.model for m in self.marks)
        if not known_model:
            return "none"
        if any(m.system == mark.system for m in self.marks):
            return "chip"
        return "family" if any(m.family == mark.family for m in self.marks) else "none"


def residuals_of(
    marks: Sequence[Mark], log_residuals: Array, spreads: Mapping[str, float]
) -> Residuals:
    """Condition the random effects on rows."""
    if not marks:
        return Residuals((), np.zeros(0), spreads)
    known = covariance(marks, marks, spreads) + np.diag(noise(marks, spreads))
    return Residuals(tuple(marks), np.asarray(np.linalg.solve(known, log_residuals)), spreads)
