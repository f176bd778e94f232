"""A solved plan kept warm: questions are changes of costs, bounds and limits, each undone after it.

Every question begins from the plan's own basis, so its answer does not hang on what was asked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from time import process_time
from typing import Any

import numpy as np

from planner.errors import NoProof
from planner.options.table import Options
from planner.plan.shortage import Label
from planner.plan.solved import Solved, way
from planner.program.build import Program
from planner.program.kind import kinds
from planner.program.space import Column
from planner.solver.arrays import Arrays, Floats
from planner.solver.highs import Session, Solution

ACQUISITIONS = ("deliver", "rent", "buy")
"""Kinds of column that count systems ordered or rented, or Gtok/h of tokens bought."""


class Hot:
    """The linear program of a plan at the solver, solved once, ready for questions.

    Whole-unit programs are asked without their integers. base: the plan's own solution;
    solves, seconds: of the processor, spent on questions; base_seconds: what solving from nothing takes.
    """

    def __init__(self, program: Program, arrays: Arrays, labels: list[Label]) -> None:
        self.program = program
        self.arrays = replace(arrays, integer=np.zeros_like(arrays.integer))
        self.labels = labels
        self.session = Session(self.arrays, **way(self.arrays))
        begun = process_time()
        self.base = self.session.solve()
        self.base_seconds = process_time() - begun
        self.mark = self.session.mark()
        self.solves, self.seconds = 0, 0.0
        self._columns: set[int] = set()
        self._rows: set[int] = set()
        self._entries: dict[tuple[int, int], float] = {}

    @classmethod
    def of(cls, solved: Solved) -> Hot:
        """The program of a plan without its integers, solved again from nothing."""
        return cls(solved.program, solved.arrays, solved.labels)

    @classmethod
    def at_units(cls, solved: Solved) -> Hot:
        """The program with whole columns held at the plan's units: where its prices come from."""
        whole = solved.arrays.integer
        lower, upper = solved.arrays.lower.copy(), solved.arrays.upper.copy()
        lower[whole] = upper[whole] = np.round(solved.x[whole])
        arrays = replace(solved.arrays, lower=lower, upper=upper)
        return cls(solved.program, arrays, solved.labels)

    @property
    def options(self) -> Options:
        return self.program.space.options

    @property
    def effort(self) -> float:
        """Time spent on questions, in solves of the plan from nothing."""
        return self.seconds / self.base_seconds

    @cached_property
    def columns_of(self) -> dict[str, Floats]:
        """Positions of the columns that each offer's index leads, by offer."""
        found: dict[str, list[int]] = defaultdict(list)
        for position, column in enumerate(self.program.space.columns):
            subject = column.key[kinds()[column.kind].subject]
            if subject in self.options.offerings:
                found[subject].append(position)
        return {name: np.array(columns, dtype=np.int32) for name, columns in found.items()}

    @cached_property
    def row_of(self) -> dict[Label, int]:
        """Position of each row by family and index."""
        return {label: position for position, label in enumerate(self.labels)}

    @contextmanager
    def question(self) -> Iterator[Hot]:
        """Changes made inside are undone at the end."""
        try:
            yield self
        finally:
            self._undo()

    def cost(self, columns: Any, cost: Floats) -> None:
        """Give some columns other costs (MUSD)."""
        self._columns.update(map(int, columns))
        self.session.set_costs(columns, cost)

    def bound(self, columns: Any, lower: Floats, upper: Floats) -> None:
        """Give some columns other bounds."""
        self._columns.update(map(int, columns))
        self.session.set_column_bounds(columns, lower, upper)

    def limit(self, rows: Any, lower: Floats, upper: Floats) -> None:
        """Give some rows other limits."""
        self._rows.update(map(int, rows))
        self.session.set_row_bounds(rows, lower, upper)

    def coefficients(self, rows: Any, columns: Any, values: Any, before: Any) -> None:
        """Give some entries of the matrix other values; ``before`` are the plan's own."""
        for row, column, value in zip(rows, columns, before, strict=True):
            self._entries[int(row), int(column)] = float(value)
        self.session.set_coefficients(rows, columns, values)

    def close(self, columns: Any) -> None:
        """Forbid some columns."""
        zero = np.zeros(len(columns))
        self.bound(columns, zero, zero)

    def solve(self) -> Solution:
        """The answer as the program now stands; from nothing where the warm start leads nowhere."""
        begun = process_time()
        try:
            solution = self.session.solve()
        except NoProof:
            self.session.forget()
            solution = self.session.solve()
        self.seconds += process_time() - begun
        self.solves += 1
        return solution

    def _undo(self) -> None:
        arrays, session = self.arrays, self.session
        if self._columns:
            columns = np.array(sorted(self._columns), dtype=np.int32)
            session.set_costs(columns, arrays.cost[columns])
            session.set_column_bounds(columns, arrays.lower[columns], arrays.upper[columns])
        if self._rows:
            rows = np.array(sorted(self._rows), dtype=np.int32)
            session.set_row_bounds(rows, arrays.row_lower[rows], arrays.row_upper[rows])
        for (row, column), value in self._entries.items():
            session.set_coefficients([row], [column], [value])
        self._columns.clear()
        self._rows.clear()
        self._entries.clear()
        session.return_to(self.mark)


def period_of(column: Column) -> int | None:
    """The period a column is delivered in, or else stands for; None where it has none."""
    names = kinds()[column.kind].index.split(",")
    return next((int(column.key[names.index(n)]) for n in ("v", "t") if n in names), None)
