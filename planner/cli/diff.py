"""``planner diff``: what changed between two runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.output import Json, emit_json, line, table

if TYPE_CHECKING:
    from planner.plan.diff import Diff

_REPORTS = Path("reports")


def diff(
    old: Annotated[
        str,
        typer.Argument(metavar="RUN", help="The run before: a folder, an id prefix, or latest."),
    ],
    new: Annotated[str, typer.Argument(metavar="RUN", help="The run after.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = _REPORTS,
    json: Json = False,
) -> None:
    """Show what changed between two runs: inputs, decisions, money, scarcities.

    Example: planner diff 3fa1 latest
    """  # fmt: skip
    from planner.plan.diff import diff as difference
    from planner.plan.diff import side_of_folder
    from planner.plan.store import find
    from planner.report.diff import as_json

    found = difference(side_of_folder(find(old, out)), side_of_folder(find(new, out)))
    if json:
        emit_json(as_json(found))
    else:
        print_diff(found)


def print_diff(found: Diff) -> None:
    """The headline and the four blocks, and what they do not cover."""
    from planner.plan.diff import NOT_COVERED
    from planner.report.diff import BLOCKS, HEADS, SHOWN, block_rows, headline_rows

    table("", ("", found.old.name, found.new.name, "change"), headline_rows(found))
    for block in BLOCKS:
        changes = getattr(found, block)
        if not changes:
            line(f"{block.capitalize()}: no change")
            continue
        table(block.capitalize(), HEADS, block_rows(block, changes))
        if len(changes) > SHOWN:
            line(f"  and {len(changes) - SHOWN} more; --json shows all")
    line(NOT_COVERED)
