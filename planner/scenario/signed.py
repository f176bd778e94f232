"""What is already in the files: contracts signed, approved or still talked about, with their state."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.catalog.fact import Strict
from planner.scenario.quantity import ANY_UNIT, Dollars, Series, SeriesIn, Written

State = Literal["asked", "offered", "approved", "locked", "active", "ended"]
BINDING: tuple[State, ...] = ("locked", "active")
"""States in which both sides are held to the contract; before them it is a choice, after them nothing."""


class Due(Strict):
    """One payment still to be made under a signed purchase."""

    date: Written
    """The day, month or quarter it falls due."""
    amount: Dollars
    """For all systems of the contract together."""


class Signed(Strict):
    """Systems under a contract that is already on paper.

    Locked and active ones bind: they are delivered and paid, whatever the plan thinks of them. Asked,
    offered and approved ones are choices up to their count, at their own delivery alone.
    """

    system: str
    """Id of the system."""
    contract: str
    """Id of the contract it was made under."""
    supplier: str = ""
    """Who signed it; empty: the system's vendor."""
    site: str
    """Where it stands, will stand, or is hosted."""
    fabric: str = ""
    """Id of the fabric that wires it; empty: the system's own wiring."""
    count: float = Field(gt=0)
    """How many systems."""
    state: State
    """How far it has come."""
    ordered: Written
    """When it was ordered; pools that count at the order count it there."""
    delivery: Written
    """When its systems begin service."""
    price: Annotated[Series, SeriesIn(ANY_UNIT)]
    """Price of one system (USD), or of a hosted one per chip-hour (USD/chip/h)."""
    due: tuple[Due, ...] | None = None
    """Payments still to be made for a purchase, its network included; [] where all is paid. What was paid is sunk."""
    change_by: Written = ""
    """Last day it may still be changed; needed while it does not bind."""
    note: str = ""
    """What a reader should know."""
