"""The sense of supply pools: amounts in the pool's unit, losses that leave something, draws of systems."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.load import Catalog
from planner.documents import Document, KeyPath
from planner.errors import Problem
from planner.quantities import UnitError
from planner.scenario.pool import SLOT, PoolShare
from planner.scenario.quantity import scaled, scaled_amount
from planner.scenario.schema import Scenario


def pools(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Problems of every pool that has a unit: the catalog's, or a vendor's slots."""
    for name, share in scenario.pools.items():
        key: KeyPath = ("pools", name)
        known = catalog.pools.get(name)
        if share.slots_of is not None and known is not None:
            what = f"'{name}' is a pool of the catalog, counted in {known.unit}, not in slots"
            hint = "give the slots a name of their own"
            yield document.problem("SCN054", (*key, "slots_of"), what, hint)
        if share.amount is None and not share.allocations:
            hint = "write amount, or allocations by contract"
            yield document.problem("SCN054", key, "nothing says how much arrives", hint)
        if share.yield_loss is not None and share.yield_loss >= 1:
            what = "all of what is drawn would be lost"
            yield document.problem("SCN054", (*key, "yield_loss"), what, "a share below 100 %")
        if share.slots_of is not None and share.draws:
            what = "a slot is one to a system"
            yield document.problem("SCN054", (*key, "draws"), what, "leave draws out")
        if known is not None or share.slots_of is not None:
            unit = SLOT if known is None else known.unit
            yield from _units(key, share, unit, document)


def _units(key: KeyPath, share: PoolShare, unit: str, document: Document) -> Iterator[Problem]:
    price = f"USD/({unit})"
    asked = [
        (("amount",), share.amount, unit),
        (("spot_limit",), share.spot_limit, unit),
        (("spot_price",), share.spot_price, price),
        *((("allocations", name), series, unit) for name, series in share.allocations.items()),
    ]
    for field, series, canonical in asked:
        if series is not None:
            try:
                scaled(series, canonical)
            except UnitError as error:
                yield document.problem("DOC006", (*key, *field), str(error))
    for system, written in share.draws.items():
        try:
            units = scaled_amount(written, unit)
        except UnitError as error:
            yield document.problem("DOC006", (*key, "draws", system), str(error))
            continue
        if units < 0:
            yield document.problem("DOC007", (*key, "draws", system), f"{written} is negative")
