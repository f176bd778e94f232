"""How a program moves with an offer's price: every payment and every row that scales with it.

Nothing is listed by name: the scenario is joined a second time with all prices doubled, and what
differs between the two programs is what a price carries with it (purchase, network where its
share is assumed, upkeep, resale, remaining value, budget rows, whatever terms come later).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.options.join import join
from planner.options.table import Options
from planner.program.build import Program, build
from planner.program.kind import kinds
from planner.program.space import Column
from planner.scenario.load import Loaded
from planner.scenario.signed import BINDING, Signed
from planner.solver.arrays import Floats, Integers

TWICE = 2.0


@dataclass(frozen=True)
class Slope:
    """What one more asked price adds to a program.

    columns, cost: positions and MUSD per unit of each. rows, entries, coefficients: positions in
    the matrix and what is added there; own: what stands there at the asked price.
    """

    columns: Integers
    cost: Floats
    rows: Integers
    entries: Integers
    coefficients: Floats
    own: Floats

    def only(self, columns: NDArray[np.bool_]) -> Slope:
        """The part on some columns; ``columns`` marks them among all of the program's."""
        here, there = columns[self.columns], columns[self.entries]
        return Slope(
            self.columns[here],
            self.cost[here],
            self.rows[there],
            self.entries[there],
            self.coefficients[there],
            self.own[there],
        )

    @property
    def empty(self) -> bool:
        return not len(self.columns)


def doubled(loaded: Loaded) -> Options:
    """The options with twice the price of every offer, and of what is on paper and does not bind."""
    offers = {
        name: offer.model_copy(update={"price_factor": TWICE * offer.price_factor})
        for name, offer in loaded.scenario.offers.items()
    }
    signed = {
        name: paper if paper.state in BINDING else at_factor(paper, TWICE)
        for name, paper in loaded.scenario.signed.items()
    }
    scenario = loaded.scenario.model_copy(update={"offers": offers, "signed": signed})
    return join(replace(loaded, scenario=scenario))


def at_factor(paper: Signed, factor: float) -> Signed:
    """A contract on paper at a factor of its price, and of all that is still due under it."""
    steps = tuple((begins, amount * factor) for begins, amount in paper.price.steps)
    due = paper.due and tuple(
        payment.model_copy(update={"amount": payment.amount * factor}) for payment in paper.due
    )
    return paper.model_copy(update={"price": replace(paper.price, steps=steps), "due": due})


def slopes(program: Program, at_twice: Options) -> dict[str, Slope]:
    """Slope of every offer whose price is not sunk, from the same world at twice the prices.

    ValueError where the two worlds differ in more than costs and coefficients.
    """
    twice = build(at_twice)
    if [c.key for c in twice.space.columns] != [c.key for c in program.space.columns]:
        raise ValueError("twice the prices change the columns of the program")
    cost = np.array(twice.cost) - np.array(program.cost)
    owner = [_offer(program, column) for column in program.space.columns]
    by_offer: dict[str, list[int]] = defaultdict(list)
    for position in np.flatnonzero(cost):
        by_offer[owner[position]].append(int(position))
    entries: dict[str, list[tuple[int, int, float, float]]] = defaultdict(list)
    for row, column, own, change in _changed(program, twice):
        entries[owner[column]].append((row, column, change, own))
    return {
        name: _slope(columns, cost, entries.get(name, []))
        for name, columns in by_offer.items()
        if program.space.options.offerings[name].fixed is None
    }


def difference(program: Program, other: Program) -> Slope:
    """Every cost and coefficient in which two programs of the same columns and limits differ."""
    cost = np.array(other.cost) - np.array(program.cost)
    columns = [int(position) for position in np.flatnonzero(cost)]
    entries = [(row, column, change, own) for row, column, own, change in _changed(program, other)]
    return _slope(columns, cost, entries)


def _slope(columns: list[int], cost: Floats, entries: list[tuple[int, int, float, float]]) -> Slope:
    table = np.array(entries, dtype=np.float64).reshape(-1, 4)
    return Slope(
        np.array(columns, dtype=np.int32),
        cost[columns],
        table[:, 0].astype(np.int32),
        table[:, 1].astype(np.int32),
        table[:, 2],
        table[:, 3],
    )


def _changed(program: Program, twice: Program) -> Iterable[tuple[int, int, float, float]]:
    for number, (here, there) in enumerate(zip(program.rows(), twice.rows(), strict=True)):
        if here.rhs != there.rhs or here.key != there.key:
            raise ValueError(f"the two worlds differ in the limit of {here.name}")
        if here.terms != there.terms:
            now, then = dict(here.terms), dict(there.terms)
            for column in now.keys() | then.keys():
                own = now.get(column, 0.0)
                change = then.get(column, 0.0) - own
                if change:
                    yield number, column, own, change


def _offer(program: Program, column: Column) -> str:
    subject = str(column.key[kinds()[column.kind].subject])
    return subject if subject in program.space.options.offerings else ""
