"""Supply pools: scarce inputs with an amount per period."""

from __future__ import annotations

from pydantic import Field

from planner.catalog.chip import MemoryKind
from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Number, Text


class Pool(Strict):
    """A scarce input; a scenario says how much of it the planner's company may draw."""

    id: str
    """Kebab case: hbm3e, hbm4, cowos."""
    name: str
    """What it is."""
    unit: str
    """Unit in which amounts are counted, such as GB."""
    memory_kinds: tuple[MemoryKind, ...] = ()
    """Memory kinds whose capacity draws on this pool."""
    packaging: bool = False
    """Whether it counts packaging wafers: a chip with HBM draws one over its packages per wafer."""
    yield_loss: Number | None = None
    """Share of what is drawn that is lost on the way into systems."""
    price: Figure | None = None
    """Contract price per unit."""
    facts: dict[str, Figure] = Field(default_factory=dict)
    """What is known of supply, demand, shares and lead times."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further facts."""
