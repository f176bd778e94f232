"""``planner frontier``: which chips stay as displacement becomes more likely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from math import isinf
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.engine import Address, Alpha, Engine, Omega, Workers, drawn, means
from planner.cli.output import Json, Overrides, Progress, Sets, emit_json, line, table

if TYPE_CHECKING:
    from planner.risk.entry import Entry
    from planner.risk.frontier import Exit, Frontier, Point

_HAZARDS = "0,0.02,0.05,0.07,0.1,0.15,0.2,0.3,0.5"
_FARTHEST = 2.0
"""Hazard a year to which exits are looked for: attention gone within half a year on average."""
_OMEGAS = (0.0, 0.25, 0.5, 0.75, 1.0)


def frontier(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or its name in scenarios/.")],
    hazards: Annotated[
        str, typer.Option(help="Hazards of displacement a year, comma-separated.")
    ] = _HAZARDS,
    draws: Annotated[int, typer.Option(min=4, help="Draws; a power of two.")] = 64,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 1,
    tolerance: Annotated[
        float, typer.Option(help="To which a chip's exit is bisected (1/year).")
    ] = 0.002,
    omega: Omega = 0.0,
    alpha: Alpha = 0.95,
    workers: Workers = 1,
    engine: Engine = "local",
    address: Address = "",
    entries: Annotated[
        bool,
        typer.Option(help="At what price chips absent at hazard 0 would enter; takes longest."),
    ] = True,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Write the picture here (.svg or .png).")
    ] = None,
    override: Overrides = None,
    set_: Sets = None,
    json: Json = False,
) -> None:
    """Hedge at one hazard of displacement after the other: what is ordered, and where chips leave.

    Example: planner frontier risk-small --draws 32 --picture frontier.svg
    """
    progress = Progress()
    from planner.report.charts.draw import write
    from planner.report.frontier import exit_sentence
    from planner.report.frontier import picture as chart
    from planner.risk.frontier import Frontier
    from planner.risk.functional import Functional
    from planner.risk.lshaped import Search
    from planner.risk.setting import setting
    from planner.scenario.load import find_scenario, load

    tried = _hazards(hazards, tolerance)
    functional = Functional(omega, alpha)
    used = drawn(draws, progress)
    loaded = load(find_scenario(scenario), tuple(override or ()), tuple(set_ or ()))
    made = setting(loaded, used, seed, paired=True)
    with means(engine, address, workers, progress) as by:
        found = Frontier(made, functional, Search(means=by), say=progress)
        points = {hazard: found.at(hazard) for hazard in tried}
        farthest = max(*tried, _FARTHEST)
        exits = found.exits(farthest, tolerance)
        name = loaded.scenario.name
        if picture is not None:
            write(chart(name, points, exits), picture)
            progress(f"wrote {picture}")
        for each in exits:
            progress(exit_sentence(each))
        late = list(_entries(found, exits, farthest, tolerance, progress)) if entries else []
        _show(name, found, points, exits, late, json)


def _entries(
    found: Frontier, exits: list[Exit], farthest: float, tolerance: float, progress: Progress
) -> Iterator[Entry]:
    """The entries of chips absent at hazard 0; each is told as it is found, because they take long."""
    from planner.report.frontier import entry_sentence
    from planner.risk.entry import entry

    for each in exits:
        late = entry(found, each.system, farthest, tolerance) if each.hazard_per_year is None else None  # fmt: skip
        if late is not None:
            progress(entry_sentence(late))
            yield late


def _hazards(text: str, tolerance: float) -> list[float]:
    from planner.errors import Usage

    try:
        hazards = sorted({float(part) for part in text.split(",")})
    except ValueError as error:
        raise Usage(f"CLI003: --hazards are numbers such as {_HAZARDS}, not '{text}'") from error
    if hazards[0] < 0 or len(hazards) < 2 or not tolerance > 0:
        raise Usage("CLI003: --hazards are at least two, none negative, and --tolerance is positive")  # fmt: skip
    return hazards


def _show(
    name: str,
    found: Frontier,
    points: dict[float, Point],
    exits: list[Exit],
    entries: list[Entry],
    as_json: bool,
) -> None:
    from planner.report.frontier import entry_row, entry_sentence, exit_sentence, rows, wide

    years, efficient = found.years(), found.efficient(_OMEGAS)
    if as_json:
        emit_json(
            {
                "scenario": name,
                "points": rows(points, "hazard_per_year"),
                "exits": [_finite(asdict(each)) for each in exits],
                "entries": [entry_row(each) for each in entries],
                "by_year": rows({float(y): p for y, p in years.items()}, "year"),
                "efficient": [{"omega": w, "mean_usd": p.cost_usd, "cvar_usd": p.cvar_usd} for w, p in efficient.items()],
            }
        )  # fmt: skip
        return
    table(f"{name}: share of the power ordered within the window", *wide(points, "hazard a year"))
    for each in exits:
        line(f"  - {exit_sentence(each)}")
    for late in entries:
        line(f"  - {entry_sentence(late)}")
    by_year = {float(year): point for year, point in years.items()}
    table("If displacement surely began in one year", *wide(by_year, "year"))
    table("Expected cost against its tail", *wide(efficient, "omega"))
    line("Optimistic after the window, where each draw sees its own future")
    line(f"Next:  planner risk run {name} --mode hedge")


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """A hazard that is never reached is told in words; JSON has no infinity."""
    hazard = row["hazard_per_year"]
    stays = hazard is not None and isinf(hazard)
    return {**row, "hazard_per_year": None if stays else hazard, "stays": stays}
