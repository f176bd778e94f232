"""Both sides of a shadow price: what one more unit is worth and what one less costs, by re-solve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.options.units import MUSD
from planner.plan.hot import Hot
from planner.plan.scarcity import Scarcity, asks_at_least, money
from planner.plan.shortage import split_key
from planner.program.family import family
from planner.solver.arrays import Integers
from planner.solver.highs import OPTIMAL

_STEP = 1e-3
"""Least change tried, as a share of the limit; a unit where that is more."""
_ALIKE = 0.01
"""Sides that differ by less than this share are one price."""


def with_sides(hot: Hot, scarcities: list[Scarcity], count: int) -> list[Scarcity]:
    """The first ``count`` scarcities with both their sides; the others as they are."""
    return [_sided(hot, found) for found in scarcities[:count]] + scarcities[count:]


def _sided(hot: Hot, found: Scarcity) -> Scarcity:
    rows = _rows(hot, found)
    scale = family(found.family).scale
    finite = np.where(np.isfinite(hot.arrays.row_upper[rows]), hot.arrays.row_upper[rows], hot.arrays.row_lower[rows])  # fmt: skip
    step = max(1.0, _STEP * float(np.abs(finite).min()) * scale)
    more = _moved(hot, rows, step / scale)
    less = _moved(hot, rows, -step / scale)
    worth = None if more is None else (hot.base.objective - more) * MUSD / step
    loss = None if less is None else (less - hot.base.objective) * MUSD / step
    sided = replace(found, more_usd_per_unit=worth, less_usd_per_unit=loss, step=step)
    return replace(sided, sentence=_sentence(sided))


def _rows(hot: Hot, found: Scarcity) -> Integers:
    """The rows of a limit that is moved as a whole: from its first binding period on."""
    card = family(found.family)
    rows: list[int] = []
    for position, (name, key) in enumerate(hot.labels):
        if name != found.family or asks_at_least(hot.arrays, position) != found.least:
            continue
        subject, period = split_key(name, key)
        if subject != found.subject:
            continue
        if period is None:
            chosen = abs(hot.base.dual[position]) > 0 or (len(rows) == 0 and found.first is None)
        else:
            first = found.first if found.first is not None else 0
            chosen = period == first if card.alternatives else period >= first
        if chosen:
            rows.append(position)
    return np.array(rows, dtype=np.int32)


def _moved(hot: Hot, rows: Integers, by: float) -> float | None:
    """Least cost with limits moved (row units); None where there is no plan."""
    arrays = hot.arrays
    with hot.question():
        hot.limit(rows, arrays.row_lower[rows] + by, arrays.row_upper[rows] + by)
        solution = hot.solve()
    return solution.objective if solution.status == OPTIMAL else None


def _sentence(found: Scarcity) -> str:
    """The scarcity's sentence with its left side where that differs from its right."""
    if found.more_usd_per_unit is None or found.less_usd_per_unit is None:
        return found.sentence
    more, less = found.more_usd_per_unit, found.less_usd_per_unit
    if abs(more - less) <= _ALIKE * max(abs(more), abs(less)):
        return found.sentence
    if found.least:
        begin = found.sentence.partition(" saves ")[0]
        return f"{begin} saves {money(-less)}, one more costs {money(-more)}"
    begin = found.sentence.partition(" is worth ")[0]
    return f"{begin} is worth {money(more)}, one less costs {money(less)}"
