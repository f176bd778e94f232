"""Flags of ``planner fabric`` and what they mean: one name each, whatever command takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from planner.fabric.shelf import Shelf


def flag(text: str, *names: str) -> Any:
    """An option with its help; its name is the parameter's unless said."""
    return typer.Option(*names, help=text)


Whole = int | None
Name = Annotated[str, flag("A folder under catalogs/, or a path.", "--catalog")]
Day = Annotated[str, flag("The day to buy on; unsaid is the catalog's newest.", "--as-of")]
Endpoints = Annotated[Whole, flag("NIC ports, or chips of a direct network.")]
Radix = Annotated[Whole, flag("Ports of a switch.")]
PortGbps = Annotated[float | None, flag("Rate of a port, one direction (Gbit/s).")]
TopologyId = Annotated[str, flag("clos, rail-only, dragonfly, torus, ...")]
Media = Annotated[list[str] | None, flag("A medium, or TIER_PAIR=MEDIUM; repeat.", "--medium")]
Box = Annotated[str, flag("The box; unsaid is the cheapest that fits.")]
Tiers = Annotated[Whole, flag("Tiers of a Clos, 1 to 3.")]
Planes = Annotated[int, flag("Parallel networks.")]
Over = Annotated[float, flag("Down over up at a leaf.")]
Domain = Annotated[Whole, flag("Chips of a scale-up domain (rail-only).")]
Shape = Annotated[str, flag("Sides such as 8x8x16 (torus, torus-ocs, hyperx).")]
Trunks = Annotated[str, flag("Parallel links per dimension (hyperx).")]
Cube = Annotated[Whole, flag("Side of a copper cube (torus-ocs).")]
PerRouter = Annotated[Whole, flag("Endpoints of a router.", "--p")]
Routers = Annotated[Whole, flag("Routers of a group (dragonfly).", "--a")]
Global = Annotated[Whole, flag("Global ports of a router.", "--h")]
Groups = Annotated[Whole, flag("Groups of a dragonfly.")]
Leaves = Annotated[Whole, flag("Leaves of a group (dragonfly-plus).")]
Spines = Annotated[Whole, flag("Spines of a group (dragonfly-plus).")]
Prime = Annotated[Whole, flag("Prime power (slim-fly).", "--q")]
Board = Annotated[Whole, flag("Side of a board in chips (hamming-mesh, torus).")]
Boards = Annotated[Whole, flag("Boards on a side (hamming-mesh).")]
Links = Annotated[Whole, flag("Links of a chip (scale-up).")]
LaneGbps = Annotated[float, flag("Rate of a copper pair, one direction (Gbit/s).")]


def wish(text: str) -> tuple[str, str]:
    """``PAIR=MEDIUM`` as a pair, a bare medium as the one for all links."""
    pair, equals, name = text.partition("=")
    return (pair, name) if equals else ("", text)


def sides(text: str, name: str) -> tuple[int, ...] | None:
    """``8x8x16`` as numbers; FAB001 for anything else."""
    from planner.fabric.ask import refusal

    if not text:
        return None
    try:
        return tuple(int(side) for side in text.lower().split("x"))
    except ValueError as error:
        what = f"'{text}' is no shape"
        raise refusal("FAB001", name, what, f"nearest: --{name} 8x8x16") from error


def shelf_on(catalog: str, as_of: str) -> Shelf:
    """What can be bought on a day from a catalog; Usage (CLI003) for a day that is none."""
    from planner.catalog.load import load
    from planner.errors import Usage
    from planner.fabric.shelf import Shelf
    from planner.report.catalog import newest_day
    from planner.scenario.load import find_catalog
    from planner.timeline import first_day

    loaded = load(find_catalog(catalog))
    try:
        day = first_day(as_of) if as_of else newest_day(loaded)
    except ValueError as error:
        raise Usage(f"CLI003: --as-of: {error}") from error
    return Shelf.of(loaded, day)
