"""``planner scenario``: show what a scenario says and which file and line said it."""

from __future__ import annotations

from typing import Annotated

import typer

from planner.cli.output import Json, Overrides, Sets, emit_json, line, table

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
