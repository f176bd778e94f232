"""Tokens that were asked for and served, beside what the scenario forecast for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.quantities import DAYS_PER_YEAR
from planner.review.actuals.kind import Kind, Rows, World, register
from planner.review.columns import Column, number, period, text, word
from planner.timeline import start_of


def columns(world: World) -> tuple[Column, ...]:
    return (
        Column("workload", "of the scenario", word(world.loaded.scenario.workloads, "REV050", "workload")),
        Column("period", "which, as the scenario counts them", period),
        Column("demand", "mean output tokens per second that were asked for", number(above=0), unit="tok/s"),
        Column("served", "of them, those that were served", number(least=0), unit="tok/s"),
        Column("note", "what a reader should know", text, needed=False),
    )  # fmt: skip


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """Only whole periods that are over (REV065) and forecast (REV066), each once (REV064)."""
    timeline = world.loaded.scenario.timeline
    labels = {one.label: one.index for one in timeline.periods}
    seen = {(f.values["workload"], f.values["period"]) for f in world.of("served")}
    for row, values in rows:
        label, key = values["period"], (values["workload"], values["period"])
        if label not in labels:
            what = f"'{label}' is no period of the scenario, which knows {timeline.periods[0].label} to {timeline.periods[-1].label}"  # fmt: skip
            yield row.problem("REV066", "period", what, "give the periods as the scenario counts them")  # fmt: skip
        elif timeline.begins(labels[label] + 1) > world.day:
            what = f"{label} is not over on {world.day}"
            yield row.problem("REV065", "period", what, "leave it for a later file")
        if key in seen:
            what = f"{values['workload']} in {label} is told already"
            yield row.problem("REV064", "workload", what, "leave it out")
        seen.add(key)
        if values["served"] > values["demand"]:
            what = f"{values['served']:,g} tok/s served are more than the {values['demand']:,g} asked for"  # fmt: skip
            yield row.problem("REV066", "served", what)


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    """The row with its forecast, and how many years ahead, at its middle, that was made."""
    timeline = world.loaded.scenario.timeline
    index = next(one.index for one in timeline.periods if one.label == values["period"])
    forecast = world.loaded.scenario.workloads[values["workload"]].demand.over(timeline)[index]
    begins, ends = start_of(values["period"]), timeline.begins(index + 1)
    middle_days = (begins - timeline.as_of).days + (ends - begins).days / 2
    return ends, {
        "workload": values["workload"],
        "period": values["period"],
        "demand_tok_per_s": values["demand"],
        "served_tok_per_s": values["served"],
        "forecast_tok_per_s": forecast,
        "ahead_years": middle_days / DAYS_PER_YEAR,
        "forecast_on": timeline.as_of.isoformat(),
    }


register(Kind("served", "tokens asked for and served", columns, fact, check))
