"""``planner sweep``: one scenario at many settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table
from planner.cli.subject import loaded_from

_REPORTS = Path("reports")


def sweep(
    subject: Annotated[str, typer.Argument(metavar="SCENARIO|RUN", help="A scenario, or a run.")],
    vary: Annotated[
        list[str],
        typer.Option(metavar="KEY=A,B,C", help="Values of one key; repeat for combinations."),
    ],
    offer: Annotated[
        list[str] | None, typer.Option(help="Count the systems of this offer too.")
    ] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the table to this file too.")] = None,
    override: Overrides = None,
    set_: Sets = None,
    out: Annotated[Path, typer.Option("--out", help="Folder of run folders.")] = _REPORTS,
    json: Json = False,
) -> None:
    """Plan a scenario at every combination of some settings, and table the outcomes.

    Example: planner sweep reference --vary sites.ashburn.power='8 MW,12 MW' --vary discount_rate='6 %/year,9 %/year'
    """  # fmt: skip
    from planner.errors import UnknownName
    from planner.plan.store import as_csv
    from planner.plan.sweep import settings_of
    from planner.plan.sweep import sweep as outcomes
    from planner.report.sweep import table_of

    settings = settings_of(vary)
    loaded = loaded_from(subject, out, tuple(override or ()), tuple(set_ or ()))
    unknown = [name for name in offer or [] if name not in loaded.scenario.offers]
    if unknown:
        raise UnknownName("offer", unknown[0], loaded.scenario.offers)
    found = list(outcomes(loaded, settings, tuple(offer or ()), Progress()))
    rows = [outcome.row() for outcome in found]
    if csv is not None:
        _write(csv, as_csv(rows))
    if json:
        emit_json(
            {"scenario": loaded.scenario.name, "points": rows, "hot": sum(o.hot for o in found)}
        )
        return
    table(f"{loaded.scenario.name} at {len(rows)} settings", *table_of(found))
    line(f"{sum(o.hot for o in found)} of {len(found)} began from the basis of the first")
    if csv is not None:
        line(f"Files: {csv}")


def _write(path: Path, text: bytes) -> None:
    from planner.plan.store import CannotWrite

    try:
        path.write_bytes(text)
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write to {path}: {error.strerror}") from error
