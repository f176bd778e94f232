"""``planner review calendar``: days to remember, for people's calendars."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, emit_json, line, table
from planner.cli.run import REPORTS, Out


def calendar(
    run: Annotated[str, typer.Argument(help="A run folder, an id prefix, or latest.")] = "latest",
    to: Annotated[
        Path | None, typer.Option("--to", help="The .ics file to write; without it, a list.")
    ] = None,
    before: Annotated[
        str,
        typer.Option(
            "--before",
            metavar="RUN",
            help="An earlier run: what it had and this one has not is cancelled.",
        ),
    ] = "",
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Days to remember: orders, rights, notices, deliveries, ends of terms, held prices.

    The file is iCalendar; the same matter keeps its id, so importing again doubles nothing.

    Example: planner review calendar latest --to plan.ics
    """
    from planner.plan.inputs import load_inputs
    from planner.plan.store import find
    from planner.report.write import put
    from planner.review.calendar import calendar as file_of
    from planner.review.dates import events, withdrawn
    from planner.review.history import HISTORY, History
    from planner.review.quotes.keep import all_quotes, newest

    folder = find(run, out)
    scenario = load_inputs(folder).scenario
    made = scenario.timeline.as_of
    found = events(folder, newest(all_quotes(History(out / HISTORY).entries())))
    if before:
        found += withdrawn(events(find(before, out)), found, made)
    if to is not None:
        put(file_of(found, scenario.name, made), to)
    if json:
        rows = [
            {"uid": e.uid(scenario.name), "kind": e.kind, "subject": e.subject, "day": e.day, "title": e.title, "cancelled": e.cancelled}
            for e in found
        ]  # fmt: skip
        emit_json({"run_dir": str(folder), "file": str(to) if to else None, "events": rows})
    elif to is not None:
        line(f"Wrote {len(found)} events to {to}")
    else:
        rows_shown = [(e.day, e.kind, e.title) for e in found if not e.cancelled]
        table(f"{len(rows_shown)} days of {folder.name}", ("day", "", "what"), rows_shown)
