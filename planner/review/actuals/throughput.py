"""Speeds measured on systems of ours, beside those the plan counted on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from planner.catalog.chip import Precision
from planner.errors import Problem
from planner.options.join import join
from planner.quantities import KILO
from planner.review.actuals.kind import Kind, Rows, World, past, register
from planner.review.columns import Column, day, number, text, word


def columns(world: World) -> tuple[Column, ...]:
    return (
        Column("system", "by its id", word(world.loaded.catalog.systems, "REV050", "system")),
        Column("workload", "whose requests it served, within its latency limits", word(world.loaded.scenario.workloads, "REV050", "workload")),
        Column("chips", "how many produced the figure together", number(above=0)),
        Column("measured", "output tokens per second of all of them", number(above=0), unit="tok/s"),
        Column("precision", "of the weights", word(get_args(Precision), "REV049", "precision")),
        Column("measured on", "the day", day),
        Column("note", "how it was measured", text, needed=False),
    )  # fmt: skip


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """Nothing of tomorrow, and no precision that the workload does not accept (REV066)."""
    yield from past(world, rows, "measured on")
    for row, values in rows:
        accepted = world.loaded.scenario.workloads[values["workload"]].precisions
        if values["precision"] not in accepted:
            what = f"'{values['workload']}' does not accept {values['precision']}"
            yield row.problem("REV066", "precision", what, f"accepted: {', '.join(accepted)}")


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    """The row with the speed the plan counts on (None where it counts on none), its tier and vendor."""
    workload = world.loaded.scenario.workloads[values["workload"]]
    per_chip = values["measured"] / values["chips"]
    planned, tier = _planned(world, values["system"], values["workload"])
    return values["measured on"], {
        "system": values["system"],
        "vendor": world.loaded.catalog.systems[values["system"]].vendor,
        "workload": values["workload"],
        "model": workload.model,
        "isl": workload.isl,
        "osl": workload.osl,
        "precision": values["precision"],
        "chips": values["chips"],
        "tok_per_s": values["measured"],
        "tok_per_s_per_chip": per_chip,
        "tok_per_s_per_user": KILO / workload.tpot if workload.tpot else None,
        "planned_tok_per_s_per_chip": planned,
        "planned_tier": tier,
        "note": values["note"] or "",
    }


def _planned(world: World, system: str, workload: str) -> tuple[float | None, str]:
    """(tok/s per chip, evidence tier) of the fastest wiring the scenario offers."""
    found = [
        (one.rates[workload].tok_per_s / one.chips, str(one.rates[workload].tier))
        for one in join(world.loaded).configurations.values()
        if one.system == system and workload in one.rates
    ]
    return max(found, default=(None, ""), key=lambda pair: pair[0] or 0.0)


register(Kind("throughput", "speeds measured", columns, fact, check))
