"""What a site can still become: blocks of power and room that can be bought, and rack classes."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planner.catalog.fact import Strict
from planner.scenario.quantity import (
    CarbonSeries,
    DollarSeries,
    GenerationCostSeries,
    Kilograms,
    Kilowatts,
    PureSeries,
    Weeks,
    Years,
)

_SPARED = re.compile(r"([1-9][0-9]*)\+([1-9][0-9]*)$")


def usable_of(redundancy: str) -> float:
    """Share of the installed power that a redundancy leaves for use; ValueError where it does not say.

    >>> usable_of("N"), usable_of("2N"), usable_of("3+1")
    (1.0, 0.5, 0.75)
    """
    spared = _SPARED.match(redundancy)
    if spared:
        carries, spare = int(spared[1]), int(spared[2])
        return carries / (carries + spare)
    known = {"N": 1.0, "2N": 0.5}
    if redundancy in known:
        return known[redundancy]
    raise ValueError(f"'{redundancy}' does not say what share of the power may be used")


def _says_its_share(redundancy: str) -> str:
    try:
        usable_of(redundancy)
    except ValueError as error:
        hint = "write N, 2N, or what carries and what stands by, such as 3+1"
        raise PydanticCustomError("SCN050", "{why}", {"why": str(error), "hint": hint}) from error
    return redundancy


Redundancy = Annotated[str, AfterValidator(_says_its_share)]
"""How the power is backed: N, 2N, or modules that carry + modules that stand by."""


class RackClass(Strict):
    """Positions of one kind at a site; a system stands where a position can feed and carry it."""

    density: Annotated[Kilowatts, Field(gt=0)]
    """Most power one position can feed and cool."""
    racks: PureSeries
    """Positions of this kind."""
    floor_load: Annotated[Kilograms, Field(gt=0)] | None = None
    """Most weight one position can carry; absent: not a limit."""


class Block(Strict):
    """Power or room that can be bought by the block: a feeder, a generator, a hall."""

    title: str = ""
    """What people call it."""
    kind: Literal["grid", "generation", "shell"]
    """grid: more of the utility's power; generation: power made on site; shell: room without power."""
    power: Annotated[Kilowatts, Field(gt=0)] | None = None
    """Installed power of one block at the meter, before the site's redundancy."""
    racks: float | None = Field(None, gt=0)
    """Rack positions of one block."""
    rack_class: str = ""
    """Which class of the site its positions are, where the site has classes."""
    liquid: Annotated[Kilowatts, Field(gt=0)] | None = None
    """Heat that the loops of one block can take."""
    price: DollarSeries
    """Price of one block, paid when it enters service."""
    lead_time: Weeks
    """Order to service."""
    life: Annotated[Years, Field(gt=0)]
    """Years in service; at the horizon it counts at straight line on its price."""
    most: float | None = Field(None, gt=0)
    """Most blocks over the horizon."""
    running: GenerationCostSeries | None = None
    """Fuel and upkeep of on-site generation per energy generated."""
    carbon: CarbonSeries | None = None
    """Carbon intensity of on-site generation."""
    note: str = ""
    """What a reader should know."""
