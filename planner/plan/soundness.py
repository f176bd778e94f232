"""Absurd input found before the solve: money for nothing, and figures too far apart to trust."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planner.errors import InvalidData, Problem
from planner.options.units import MUSD
from planner.program.build import Program
from planner.program.kind import kinds
from planner.program.space import Column
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import Session

WIDEST = 1e12
"""Largest over smallest coefficient of the rows: what 16 digits carry with four to spare."""
_GAIN = 1e-7
"""Gains below this (MUSD per unit of a column) are rounding."""
_NAMED = 3


def refuse_absurd(program: Program, arrays: Arrays) -> None:
    """Raise InvalidData (exit 3) with everything absurd that the program shows.

    PRG004: coefficients too far apart. PRG005: an offer resold above its price, or a way to earn
    without limit.
    """
    problems = [*_scaling(program, arrays), *_resold(program)]
    if not problems:
        problems += _without_end(program, arrays)
    if problems:
        raise InvalidData(problems)


def _scaling(program: Program, arrays: Arrays) -> Iterator[Problem]:
    sizes = np.abs(arrays.value)
    present = np.flatnonzero(sizes)
    if not len(present):
        return
    small, large = (int(present[pick(sizes[present])]) for pick in (np.argmin, np.argmax))
    ratio = sizes[large] / sizes[small]
    if ratio > WIDEST:
        names = [row.name for row in program.rows()]
        where = np.searchsorted(arrays.start, [small, large], side="right") - 1
        columns = [program.space.columns[arrays.index[at]].name for at in (small, large)]
        what = (
            f"its coefficient of {columns[1]} is {sizes[large]:.3g}, that of {columns[0]} in {names[where[0]]} "
            f"{sizes[small]:.3g}: {ratio:.1g} apart, more than {WIDEST:.0g}"
        )
        hint = "look for a rate, power or draw with the wrong unit; accepted is anything a solver can tell apart"
        yield Problem("PRG004", "", names[where[1]], what, hint)


def _resold(program: Program) -> Iterator[Problem]:
    for name, offering in program.space.options.offerings.items():
        best = max(offering.resale, default=0.0)
        if best > 1 + _GAIN:
            age = offering.resale.index(best)
            what = f"after {age} periods it is resold at {best:.0%} of the price paid"
            yield Problem(
                "PRG005", "", f"offers.{name}", what, "a resale is at most the price paid"
            )


def _without_end(program: Program, arrays: Arrays) -> Iterator[Problem]:
    """Ways to earn that no limit ends, named by their columns."""
    if not (arrays.cost < 0).any():
        return
    gains, x = unbounded_way(arrays)
    if gains <= _GAIN:
        return
    columns = program.space.columns
    earning = sorted(np.flatnonzero(x > _GAIN), key=lambda j: arrays.cost[j] * x[j])
    subjects = sorted({_subject(columns[j]) for j in earning if arrays.cost[j] < 0})
    steps = ", ".join(columns[j].name for j in earning[:_NAMED])
    what = (
        f"it earns {gains * MUSD:,.0f} USD for every unit of {steps}, and nothing limits how many"
    )
    hint = "look for a negative price, a credit above the price, or a resale above what is paid; or set max_total"
    yield Problem("PRG005", "", ", ".join(subjects[:_NAMED]), what, hint)


def unbounded_way(arrays: Arrays) -> tuple[float, Floats]:
    """Most that any direction without end earns (MUSD) when no column moves by more than 1, and that direction."""

    def cone(limits: Floats, inside: float) -> Floats:
        return np.where(np.isfinite(limits), 0.0, inside)

    directions = replace(
        arrays,
        lower=cone(arrays.lower, -1.0),
        upper=cone(arrays.upper, 1.0),
        row_lower=cone(arrays.row_lower, -np.inf),
        row_upper=cone(arrays.row_upper, np.inf),
        integer=np.zeros_like(arrays.integer),
    )
    solution = Session(directions).solve()
    return max(0.0, -solution.objective), solution.x


def _subject(column: Column) -> str:
    return str(column.key[kinds()[column.kind].subject])
