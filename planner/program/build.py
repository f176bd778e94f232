"""The program of one Options value: columns, costs and rows, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import planner.accounts  # noqa: F401  (importing the package registers every account)
from planner.options.table import Options
from planner.program.family import Row, families
from planner.program.kind import adders
from planner.program.price import objective
from planner.program.space import Space, sets_of


@dataclass(frozen=True)
class Program:
    """A stated program: minimise cost · x over the rows and the columns' bounds."""

    space: Space
    cost: list[float]

    def rows(self) -> Iterator[Row]:
        """Every row of every family, made afresh on each call and never kept."""
        for _, generate in families():
            yield from generate(self.space)


def build(options: Options) -> Program:
    """State the program; the order of its columns depends on the options alone."""
    space = sets_of(options)
    for add in adders():
        add(space)
    return Program(space, objective(space))
