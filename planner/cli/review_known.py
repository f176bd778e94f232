"""``planner review known | notify``: what happened changes of the next scenario, and who is told of a review."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Annotated

import typer

from planner.cli.day import On, day_of
from planner.cli.output import Json, emit_json, line, table
from planner.cli.run import REPORTS, Out

Review = Annotated[str, typer.Argument(metavar="REVIEW", help="A name in reviews/, or a file.")]
_WIDEST = 60
"""Letters of a value that a table shows."""


def known(review: Review, today: On = "", out: Out = REPORTS, json: Json = False) -> None:
    """Show what the history changes in the scenario of a review: every key before and after, why, and what stays open.

    Example: planner review known quickstart --today 2027-04-01
    """
    from planner.review.carry import carried
    from planner.review.history import HISTORY, History
    from planner.review.roll import rolled
    from planner.review.settings import find
    from planner.scenario.inherit import resolve

    day = day_of(today)
    asked = find(review)
    document = resolve(asked.scenario_file, asked.settings.overrides)
    entries = History(out / HISTORY).entries()
    found = carried(rolled(document, day, asked.settings.horizon), entries, day)
    if json:
        emit_json({"changes": [asdict(change) for change in found.changes], "open": found.open})
        return
    rows = [
        (change.key, _short(change.before), _short(change.after), change.why, change.seq or None)
        for change in found.changes
    ]
    table(f"{asked.settings.scenario} on {day}", ("key", "before", "after", "why", "entry"), rows)
    for text in found.open:
        line(f"Open: {text}")


def notify(
    review: Review,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go out, and send nothing.")
    ] = False,
    today: On = "",
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Tell people of the last review held, through the channels of its file; a failure is kept, never raised.

    Example: planner review notify reference --dry-run
    """
    from planner.errors import UnknownName
    from planner.review.announce import announce
    from planner.review.approval import reviews
    from planner.review.history import HISTORY, History
    from planner.review.settings import find

    settings = find(review).settings
    history = History(out / HISTORY)
    held = reviews(history.entries(), settings.name)
    if not held:
        raise UnknownName("review held", settings.name, [])
    told = announce(settings, held[-1], history, out, os.environ, on=day_of(today), dry_run=dry_run)  # fmt: skip
    if json:
        emit_json({"review": held[-1].body["id"], "told": [{**one.as_data(), "message": one.message or None} for one in told]})  # fmt: skip
        return
    for one in told:
        line(f"{one.channel}: {'sent' if one.sent else one.why}")
        if one.message:
            line(one.message)
    if not told:
        line("The review names no channel under notifications")


def _short(value: object) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
