"""State a program in PuLP; the one place where rows become algebra."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite, isnan
from typing import Any

from pulp import (
    LpAffineExpression,
    LpConstraint,
    LpConstraintEQ,
    LpConstraintGE,
    LpConstraintLE,
    LpContinuous,
    LpInteger,
    LpMinimize,
    LpProblem,
)

from planner.errors import NotANumber
from planner.program.build import Program

_SENSE = {"<=": LpConstraintLE, "=": LpConstraintEQ, ">=": LpConstraintGE}


@dataclass(frozen=True)
class Statement:
    """A PuLP problem with its variables in column order, and the family and index of each row."""

    problem: LpProblem
    variables: list[Any]
    labels: list[tuple[str, tuple[Any, ...]]]


def state(program: Program) -> Statement:
    """The program as a PuLP minimisation.

    Raises NotANumber (PRG003) for a cost, limit or bound that is not finite, ValueError where a row names a
    column twice.
    """
    problem = LpProblem(program.space.options.scenario.replace("-", "_"), LpMinimize)
    for column in program.space.columns:
        if not isfinite(column.lower) or isnan(column.upper):
            raise NotANumber(f"the bounds of {column.name} are {column.lower} and {column.upper}")
    variables = [
        problem.add_variable(
            column.name,
            column.lower,
            None if column.upper == inf else column.upper,
            LpInteger if column.integer else LpContinuous,
        )
        for column in program.space.columns
    ]
    for variable, cost in zip(variables, program.cost, strict=True):
        if not isfinite(cost):
            raise NotANumber(f"the cost of {variable.name} is {cost}")
    problem += LpAffineExpression(
        [(variable, cost) for variable, cost in zip(variables, program.cost, strict=True) if cost]
    )
    labels = []
    for row in program.rows():
        if not isfinite(row.rhs):
            raise NotANumber(f"the limit of {row.name} is {row.rhs}")
        terms = [(variables[column], coefficient) for column, coefficient in row.terms]
        name = row.name
        constraint = LpConstraint(LpAffineExpression(terms), _SENSE[row.sense], name, row.rhs)
        if len(constraint) != len(terms):
            raise ValueError(f"{name} names a column twice")
        problem += constraint, name
        labels.append((row.family, row.key))
    return Statement(problem, variables, labels)
