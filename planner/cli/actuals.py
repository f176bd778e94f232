"""``planner review actuals``: what really happened, into the history."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.day import On, day_of
from planner.cli.output import Json, emit_json, line
from planner.cli.quotes import By
from planner.cli.run import REPORTS, Out


def actuals(
    file: Annotated[
        Path, typer.Argument(help="A CSV of one kind, or a workbook with a sheet for each kind.")
    ],
    scenario: Annotated[str, typer.Option("--scenario", help="The scenario it happened to.")],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            help="delivered, invoices (FOCUS columns), memory, orders, prices, served, slips or throughput; told from the heads where absent.",
        ),
    ] = "",
    on: On = "",
    by: By = "",
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Record what really happened, a whole file or nothing of it: orders, deliveries, slips, bills, tokens, speeds, prices, memory.

    Example: planner review actuals bills-2027-01.csv --scenario reference --today 2027-02-03
    """  # fmt: skip
    from planner.review.actuals.kind import World
    from planner.review.actuals.read import facts_in, keep, known_file, read_actuals
    from planner.review.history import HISTORY, History
    from planner.scenario.load import find_scenario, load

    day = day_of(on)
    history = History(out / HISTORY)
    entry = known_file(history, file) if file.is_file() else None
    new = entry is None
    if entry is None:
        known = tuple(facts_in(history.entries()))
        world = World(load(find_scenario(scenario)), known, day)
        entry = keep(history, file, read_actuals(file, world, kind), at=day, by=by)
    facts = entry.body["facts"]
    if json:
        emit_json({"entry": entry.seq, "new": new, "facts": facts})
    elif new:
        counts = Counter(fact["kind"] for fact in facts)
        told = ", ".join(f"{count} of {name}" for name, count in sorted(counts.items()))
        line(f"Kept {len(facts)} facts ({told}) as {entry.key}")
    else:
        line(f"This very file came in as {entry.key} on {entry.at}: nothing added")
