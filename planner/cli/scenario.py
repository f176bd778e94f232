"""``planner scenario``: show what a scenario says and which file and line said it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, Overrides, Sets, emit_json, line, table
from planner.cli.run import REPORTS, Out

app = typer.Typer(help="What is asked: horizon, sites, workloads, offers.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Commands on scenarios."""


@app.command()
def show(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    explain: Annotated[
        str, typer.Option("--explain", metavar="KEY", help="Which file and line set this key.")
    ] = "",
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Show a scenario with its parents, overrides and settings merged.

    Example: planner scenario show as-claimed --explain claims
    """
    from planner.report.scenario import explained, flattened
    from planner.scenario.inherit import resolve
    from planner.scenario.load import find_scenario

    document = resolve(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    rows = explained(document, explain) if explain else flattened(document)
    if json:
        data = {"key": explain, "set_at": {key: place for key, _, place in rows}} if explain else {"scenario": document.data}  # fmt: skip
        emit_json(data)
        return
    table(document.file, ("key", "value", "set at"), rows)
    if not explain:
        line(f"Next:  planner check {scenario}")


@app.command("from-workbook")
def from_workbook(
    file: Annotated[Path, typer.Argument(help="A workbook that planner report wrote.")],
    to: Annotated[
        Path | None, typer.Option("--to", help="Scenario file to write; without it, none.")
    ] = None,
    out: Out = REPORTS,
    json: Json = False,
) -> None:
    """Read changed inputs of a workbook back as a scenario, and show what was changed.

    Example: planner scenario from-workbook report.xlsx --to dearer.yaml
    """
    from dataclasses import asdict

    from planner.plan.saved import load_run
    from planner.plan.store import find
    from planner.report.amended import amended
    from planner.report.workbook.amend import changes, run_of
    from planner.report.workbook.override import parent_of, scenario_of, write

    run = load_run(find(run_of(file), out))
    changed = changes(file, run)
    if to is not None:
        write(scenario_of(parent_of(run, to), run, changed), to)
    if json:
        found = [asdict(change) for change in changed]
        emit_json({"run_id": run.folder.name, "changes": found, "scenario": str(to) if to else None})  # fmt: skip
        return
    if not changed:
        line(f"No input of {file} differs from its run")
        return
    heads = ("key", "periods", "was", "is", "unit", "change")
    table(f"Inputs changed against {run.folder.name}", heads, amended(changed))
    line(f"Next:  planner run {to}" if to else f"Next:  planner scenario from-workbook {file} --to FILE.yaml")  # fmt: skip
