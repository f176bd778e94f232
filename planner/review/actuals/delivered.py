"""Systems that arrived and began service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.review.actuals.kind import Kind, Rows, World, cohorts, past, register
from planner.review.columns import Column, day, number, text, word

_CLOSE = 1e-9
"""Share of a count by which sums of fractions may pass it."""


def columns(world: World) -> tuple[Column, ...]:
    return (
        Column("cohort", "the signed contract or order they belong to", word(cohorts(world), "REV061", "cohort")),
        Column("systems", "how many began service that day", number(above=0)),
        Column("delivered", "the day", day),
        Column("note", "what a reader should know", text, needed=False),
    )  # fmt: skip


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """Nothing of tomorrow, and no more of a cohort than was ordered (REV063)."""
    yield from past(world, rows, "delivered")
    ordered = cohorts(world)
    here = dict.fromkeys(ordered, 0.0)
    for known in world.of("delivered"):
        here[known.values["cohort"]] += known.values["systems"]
    for row, values in rows:
        name = values["cohort"]
        here[name] += values["systems"]
        if here[name] > ordered[name] * (1 + _CLOSE):
            what = f"{here[name]:g} of '{name}' would have come, and {ordered[name]:g} were ordered"
            hint = "correct the count, or record the order of the others"
            yield row.problem("REV063", "systems", what, hint)


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    told = {"cohort": values["cohort"], "systems": values["systems"], "note": values["note"] or ""}
    return values["delivered"], told


register(Kind("delivered", "systems that arrived", columns, fact, check))
