"""Memory and other scarce inputs: what came in a period, or is confirmed for one, beside what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.quantities import UnitError, factor
from planner.review.actuals.kind import Kind, Rows, World, past, register
from planner.review.columns import Column, day, number, period, text, word
from planner.scenario.pool import SLOT
from planner.scenario.quantity import scaled


def columns(world: World) -> tuple[Column, ...]:
    return (
        Column("pool", "of the scenario", word(world.loaded.scenario.pools, "REV050", "pool")),
        Column("period", "which, as the scenario counts them", period),
        Column("amount", "what came in it, or is confirmed for it", number(least=0)),
        Column("unit", "of the amount, such as TB", text),
        Column("told on", "the day", day),
        Column("note", "who confirmed it", text, needed=False),
    )  # fmt: skip


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """Nothing of tomorrow, amounts in a unit of the pool's kind (REV053), periods of the scenario (REV066)."""
    yield from past(world, rows, "told on")
    labels = [one.label for one in world.loaded.scenario.timeline.periods]
    for row, values in rows:
        if values["period"] not in labels:
            what = f"'{values['period']}' is no period of the scenario, which knows {labels[0]} to {labels[-1]}"  # fmt: skip
            yield row.problem("REV066", "period", what, "give the periods as the scenario counts them")  # fmt: skip
        try:
            factor(values["unit"], _unit(world, values["pool"]))
        except UnitError as error:
            yield row.problem("REV053", "unit", str(error), f"this pool is kept in {_unit(world, values['pool'])}")  # fmt: skip


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    """The row with what the scenario expected for the period, in the unit of the pool."""
    unit = _unit(world, values["pool"])
    scale = factor(values["unit"], unit)
    return values["told on"], {
        "pool": values["pool"],
        "period": values["period"],
        "amount": values["amount"] * scale,
        "expected": _expected(world, values["pool"], values["period"]),
        "unit": unit,
        "note": values["note"] or "",
    }


def _expected(world: World, pool: str, period: str) -> float:
    scenario = world.loaded.scenario
    amount = scenario.pools[pool].amount
    if amount is None:
        return 0.0
    index = next(one.index for one in scenario.timeline.periods if one.label == period)
    return scaled(amount, _unit(world, pool)).over(scenario.timeline)[index]


def _unit(world: World, pool: str) -> str:
    known = world.loaded.catalog.pools.get(pool)
    return known.unit if known else SLOT


register(Kind("memory", "scarce inputs received", columns, fact, check))
