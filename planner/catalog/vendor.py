"""A vendor: who may be late, short or gone; displacement and failure beliefs draw on it."""

from __future__ import annotations

from pydantic import Field

from planner.catalog.fact import Strict
from planner.catalog.figures import Dollars, Number, Text


class Vendor(Strict):
    """A supplier of chips, systems, memory or capacity."""

    id: str
    """Kebab case."""
    name: str
    """As it calls itself."""
    aliases: tuple[str, ...] = ()
    """Other spellings in sources."""
    public: bool | None = None
    """Whether its shares are listed."""
    valuation: Dollars | None = None
    """Market or last-round value (USD)."""
    revenue: Dollars | None = None
    """Yearly revenue (USD)."""
    booked: Dollars | None = None
    """Contracts signed and not yet delivered (USD)."""
    raised: Dollars | None = None
    """Money raised (USD); never the valuation."""
    concentration: Number | None = None
    """Share of revenue from its largest customers."""
    backers: Text | None = None
    """Who stands behind it."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further facts."""
