"""Which key of a scenario belongs to which cause of change, and a scenario changed cause by cause."""

from __future__ import annotations

from collections.abc import Collection
from math import isclose
from typing import Any, Literal

from planner.documents import KeyPath
from planner.quantities import UnitError, split
from planner.scenario.quantity import is_series

Cause = Literal["code", "time", "catalog", "prices", "supply", "delivery", "demand", "beliefs", "rules"]  # fmt: skip
CAUSES: tuple[Cause, ...] = (
    "code", "time", "catalog", "prices", "supply", "delivery", "demand", "beliefs", "rules",
)  # fmt: skip
"""In the order in which they are applied; where causes meet, the order matters and is told."""
_OF_KEY: dict[str, Cause] = {
    "as_of": "time",
    "horizon": "time",
    "catalog": "catalog",
    "contracts": "catalog",
    "assumptions": "catalog",
    "measured": "catalog",
    "exchange_rates": "prices",
    "offers": "supply",
    "sites": "supply",
    "pools": "supply",
    "pool_agreements": "supply",
    "onboarding": "supply",
    "installed": "delivery",
    "signed": "delivery",
    "workloads": "demand",
    "risk": "beliefs",
    "software_gain": "beliefs",
    "claims": "beliefs",
}
_PRICES: dict[str, frozenset[str]] = {
    "offers": frozenset(("price", "price_change", "price_factor")),
    "sites": frozenset(("tariff", "facility", "demand_charge", "carbon", "shell")),
    "pools": frozenset(("spot_price",)),
}
_SAME = 1e-9
"""Amounts nearer than this differ by rounding alone."""


def cause_of(key: KeyPath) -> Cause:
    """The cause that a change at a key belongs to.

    >>> cause_of(("offers", "h200-buy", "price")), cause_of(("offers", "h200-buy"))
    ('prices', 'supply')
    >>> cause_of(("discount_rate",))
    'rules'
    """
    priced = len(key) > 2 and str(key[2]) in _PRICES.get(str(key[0]), frozenset())
    return "prices" if priced else _OF_KEY.get(str(key[0]), "rules")


def mixed(old: Any, new: Any, taken: Collection[str], key: KeyPath = ()) -> Any:
    """The old data with everything that belongs to the causes taken as the new data has it."""
    if not (_branches(old) and _branches(new)):
        return new if cause_of(key) in taken and not same(old, new) else old
    result = {}
    for name in [*old, *(name for name in new if name not in old)]:
        inner = (*key, name)
        if name in old and name in new:
            result[name] = mixed(old[name], new[name], taken, inner)
        elif (name in new) == (cause_of(inner) in taken):
            result[name] = new.get(name, old.get(name))
    return result


def same(old: Any, new: Any) -> bool:
    """Whether two values say the same, roundings of an amount aside.

    >>> same("100 ktok/s", "100.00000000001 ktok/s"), same("1 MW", "1 GW")
    (True, False)
    """
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[k], new[k]) for k in old)
    if old == new or isinstance(old, bool) or isinstance(new, bool):
        return bool(old == new)
    amounts = [_amount(value) for value in (old, new)]
    if None in amounts:
        return False
    (one, unit), (other, its_unit) = (amount for amount in amounts if amount is not None)
    return unit == its_unit and isclose(one, other, rel_tol=_SAME)


def _branches(value: Any) -> bool:
    return isinstance(value, dict) and not is_series(value)


def _amount(value: Any) -> tuple[float, str] | None:
    if isinstance(value, int | float):
        return float(value), ""
    try:
        return split(value) if isinstance(value, str) else None
    except UnitError:
        return None
