"""Supply agreements on a pool, in the layers that memory makers sign: fixed, flexible, uncommitted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from planner.catalog.fact import Strict
from planner.quantities import UnitError
from planner.scenario.quantity import ANY_UNIT, Series, SeriesIn, Share, Weeks, scaled

AnySeries = Annotated[Series, SeriesIn(ANY_UNIT)]


class PoolAgreement(Strict):
    """Units of a pool bought from one supplier, beyond what the pool's own amount says.

    Fixed ones are paid whether they are taken or not; flexible ones may be reduced until notice,
    against a fee; uncommitted ones are a best effort.
    """

    pool: str
    """Id of a pool of this scenario."""
    supplier: str
    """Who delivers it."""
    price: AnySeries
    """Price of one unit when it is taken."""
    fixed: AnySeries
    """Units each period that are paid whatever is taken."""
    flexible: AnySeries | None = None
    """Units each period that may be reduced until notice."""
    reduction_fee: Share | None = None
    """Share of the price of a flexible unit that is paid when it is not taken."""
    notice: Weeks = 0.0
    """Notice before the period by which a flexible unit must be reduced; later it counts as fixed."""
    uncommitted: AnySeries | None = None
    """Units each period beyond both, as a best effort."""
    expected: Share = 0.0
    """Share of the uncommitted that is expected to come; absent: none."""
    note: str = ""
    """What a reader should know."""

    def series(self) -> Iterator[tuple[str, Series, bool]]:
        """(field, series, whether it is a price) of every amount and price."""
        for name in ("price", "fixed", "flexible", "uncommitted"):
            given = getattr(self, name)
            if given is not None:
                yield name, given, name == "price"

    def wrong_units(self, unit: str) -> Iterator[tuple[str, str]]:
        """(field, why) of every series that is not in the pool's unit, or USD for one."""
        for name, series, price in self.series():
            try:
                scaled(series, f"USD/({unit})" if price else unit)
            except UnitError as error:
                yield name, str(error)
