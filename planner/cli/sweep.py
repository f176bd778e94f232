"""``planner sweep``: one scenario at many settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table
from planner.cli.subject import loaded_from

if TYPE_CHECKING:
    from planner.scenario.load import Loaded

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
    from planner.plan.sweep import settings_of
    from planner.plan.sweep import sweep as outcomes
    from planner.report.sweep import table_of

    settings = settings_of(vary)
    loaded = loaded_from(subject, out, tuple(override or ()), tuple(set_ or ()))
    offers = _known(offer or [], loaded)
    found = list(outcomes(loaded, settings, offers, Progress()))
    rows, name, hot = [o.row() for o in found], loaded.scenario.name, sum(o.hot for o in found)
    if csv is not None:
        _write(csv, rows)
    if json:
        emit_json({"scenario": name, "points": rows, "hot": hot})
        return
    table(f"{name} at {len(rows)} settings", *table_of(found))
    line(f"{hot} of {len(found)} began from the basis of the first")
    if csv is not None:
        line(f"Files: {csv}")


def _known(offers: list[str], loaded: Loaded) -> tuple[str, ...]:
    """The offers to count; UnknownName (CLI002) for one the scenario does not have."""
    from planner.errors import UnknownName

    for name in offers:
        if name not in loaded.scenario.offers:
            raise UnknownName("offer", name, loaded.scenario.offers)
    return tuple(offers)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    from planner.plan.store import CannotWrite, as_csv

    try:
        path.write_bytes(as_csv(rows))
    except OSError as error:
        raise CannotWrite(f"RUN007: cannot write to {path}: {error.strerror}") from error
