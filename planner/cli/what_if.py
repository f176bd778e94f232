"""``planner what-if``: ask a run what would change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.diff import print_diff
from planner.cli.output import Json, Progress, emit_json, line

_REPORTS = Path("reports")


def what_if(
    run: Annotated[str, typer.Argument(help="A run folder, an id prefix, or latest.")],
    question: Annotated[list[str], typer.Argument(help="pin, ban, freeze until, price or slip.")],
    save: Annotated[bool, typer.Option("--save", help="Keep the answer as a run.")] = False,
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = _REPORTS,
    json: Json = False,
) -> None:
    """Re-solve a run's inputs with one or more things changed, and show the difference.

    Example: planner what-if latest "pin cs3-buy@ashburn >= 4" "slip gb200-buy by 2q"
    """
    progress = Progress()
    from planner.options.join import join
    from planner.plan.diff import diff, side_of_folder, side_of_plan
    from planner.plan.inputs import load_inputs
    from planner.plan.make import make_plan
    from planner.plan.price.offers import NONE
    from planner.plan.solved import Settings
    from planner.plan.store import MANIFEST, find, prepare, read_json, run_inputs
    from planner.plan.store import save as keep
    from planner.plan.what_if.question import asked
    from planner.report.diff import as_json

    folder = find(run, out)
    if save:
        prepare(out)
    before = load_inputs(folder)
    after = asked(before, join(before), tuple(question))
    settings = Settings(**read_json(folder, MANIFEST)["settings"])
    if not save:
        settings = replace(settings, targets=NONE)  # a difference shows no target prices
    plan = make_plan(after, settings, progress)
    name = "; ".join(question)
    found = diff(side_of_folder(folder), side_of_plan(plan, after, name))
    kept = keep(plan, run_inputs(after, settings), out) if save else None
    if json:
        emit_json({**as_json(found), "run_dir": None if kept is None else str(kept)})
        return
    print_diff(found)
    line(f"Files: {kept}" if kept else "Not saved; --save keeps it as a run")
