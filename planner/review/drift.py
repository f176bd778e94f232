"""How far today's plan is from the approved one, and whether that is material."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

from planner.finance.ledger import ZERO
from planner.review.attribution import Attribution
from planner.review.held import Held
from planner.review.settings import Materiality

_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Drift:
    """npv_share: change of NPV that is neither time nor code, None where the old plan has none from
    today. orders_share: value of what is ordered otherwise in the periods both plans see."""

    npv_share: float | None
    orders_share: float
    material: bool

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def drift(old: Held, new: Held, why: Attribution, allowed: Materiality) -> Drift:
    """Today's plan against the approved one."""
    npv, orders = why.drift_share, orders_share(old, new)
    material = npv is None or abs(npv) > allowed.npv or orders > allowed.orders
    return Drift(npv, orders, bool(material))


def orders_share(old: Held, new: Held) -> float:
    """Σ value · |systems now − systems then| / Σ value · systems then, over the periods both see.

    What was ordered since counts as the order it was: systems are compared by kind, site and period,
    whether free, on paper or bound. The value of one is that of the older plan where it has it.
    """
    shared = set(old.labels) & set(new.labels)
    then, now = _systems(old, shared), _systems(new, shared)
    value = {**_value_usd(new), **_value_usd(old)}
    before = sum(value.get(key, 0.0) * systems for key, systems in then.items())
    moved = sum(
        value.get(key, 0.0) * abs(now.get(key, 0.0) - then.get(key, 0.0)) for key in {*then, *now}
    )
    if before <= ZERO:
        return 1.0 if moved > ZERO else 0.0
    return float(moved / before)


def _systems(held: Held, labels: set[str]) -> dict[_Key, float]:
    sums: dict[_Key, float] = defaultdict(float)
    for order in held.orders:
        if order.period in labels:
            sums[order.system, order.site, order.period] += order.systems
    return sums


def _value_usd(held: Held) -> dict[_Key, float]:
    """Cash that one system brings with it, told by orders that are still free."""
    return {
        (order.system, order.site, order.period): order.usd / order.systems
        for order in held.to_order()
    }
