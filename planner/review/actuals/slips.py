"""Deliveries that will come on another day than agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.review.actuals.kind import Kind, Rows, World, cohorts, past, register
from planner.review.columns import Column, day, partial_day, text, word
from planner.timeline import last_day


def columns(world: World) -> tuple[Column, ...]:
    return (
        Column("cohort", "the signed contract or order that moves", word(cohorts(world), "REV061", "cohort")),
        Column("told on", "the day on which the supplier said so", day),
        Column("new delivery", "when what is still to come begins service now", partial_day),
        Column("reason", "as the supplier gave it", text, needed=False),
    )  # fmt: skip


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """Nothing of tomorrow, and no new day that was over when it was told (REV066)."""
    yield from past(world, rows, "told on")
    for row, values in rows:
        if last_day(values["new delivery"]) < values["told on"]:
            what = f"{values['new delivery']} was over when it was told, on {values['told on']}"
            hint = "what has come belongs to the kind delivered"
            yield row.problem("REV066", "new delivery", what, hint)


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    return values["told on"], {
        "cohort": values["cohort"],
        "delivery": values["new delivery"],
        "reason": values["reason"] or "",
    }


register(Kind("slips", "deliveries that moved", columns, fact, check))
