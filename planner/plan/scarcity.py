"""Prices of scarcity: what one more unit of whatever binds is worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from planner.options.table import Options
from planner.options.units import MUSD
from planner.plan.shortage import Label, split_key
from planner.program.family import Family, families
from planner.solver.arrays import Arrays
from planner.solver.highs import Solution

_NEGLIGIBLE_MUSD = 1e-7


@dataclass(frozen=True)
class ShadowPrice:
    """One binding row.

    usd_per_unit: fall of total cost (present value) per unit more of the row's limit; below zero for
    what is asked at least. rent_usd: usd_per_unit times the limit, how much of the cost hangs on
    it. least: whether the row asks for at least its limit.
    """

    family: str
    subject: str
    period: int | None
    index: tuple[Any, ...]
    unit: str
    limit: float
    usd_per_unit: float
    rent_usd: float
    least: bool = False


def shadow_prices(arrays: Arrays, labels: list[Label], solution: Solution) -> list[ShadowPrice]:
    """Every row with a price, in row order."""
    cards = {card.name: card for card, _ in families()}
    found = []
    for j, (family, key) in enumerate(labels):
        dual = float(solution.dual[j])
        if abs(dual) <= _NEGLIGIBLE_MUSD:
            continue
        card = cards[family]
        upper = arrays.row_upper[j]
        limit = float(upper if upper < float("inf") else arrays.row_lower[j])
        subject, period = split_key(family, key)
        price = -dual * MUSD / card.scale
        found.append(
            ShadowPrice(
                family=family,
                subject=subject,
                period=period,
                index=key,
                unit=card.user_unit or card.unit,
                limit=limit * card.scale,
                usd_per_unit=price,
                rent_usd=price * limit * card.scale,
                least=asks_at_least(arrays, j),
            )
        )
    return found


def asks_at_least(arrays: Arrays, row: int) -> bool:
    """Whether a row has a lower limit alone."""
    return not isfinite(arrays.row_upper[row])


@dataclass(frozen=True)
class Scarcity:
    """One scarce thing over the whole horizon.

    usd_per_unit: worth of one more unit from the first period it binds in on, by the plan's prices;
    periods: how many it binds in. more_usd_per_unit, less_usd_per_unit: worth of ``step`` units
    more and cost of as many less, per unit, by re-solve; None where that was not tried or there is no plan.
    least: whether it is something asked at least; a unit more of that is worth less than nothing.
    """

    family: str
    subject: str
    unit: str
    periods: int
    first: int | None
    usd_per_unit: float
    rent_usd: float
    sentence: str
    more_usd_per_unit: float | None = None
    less_usd_per_unit: float | None = None
    step: float | None = None
    least: bool = False


def scarcities(options: Options, prices: Iterable[ShadowPrice]) -> list[Scarcity]:
    """Shadow prices of limits gathered by what is scarce, what most cost hangs on first.

    Periods' prices add up, except between alternatives: a system can come early only once.
    """
    cards = {card.name: card for card, _ in families()}
    groups: dict[tuple[str, str, bool], list[ShadowPrice]] = defaultdict(list)
    for price in prices:
        if cards[price.family].scarcity:
            groups[price.family, price.subject, price.least].append(price)
    found = []
    for (name, subject, _), group in groups.items():
        chosen = group
        if cards[name].alternatives:
            chosen = [max(group, key=lambda price: price.usd_per_unit)]
        found.append(_gather(options, cards[name], subject, chosen))
    return sorted(
        found, key=lambda s: (-abs(s.rent_usd), -abs(s.usd_per_unit), s.family, s.subject)
    )


def _gather(options: Options, card: Family, subject: str, group: list[ShadowPrice]) -> Scarcity:
    periods = sorted({price.period for price in group if price.period is not None})
    worth = sum(price.usd_per_unit for price in group)
    labels = [options.timeline.periods[p].label for p in periods]
    when = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}" if labels else str(group[0].index[-1])  # fmt: skip
    binds = f", in the {len(labels)} periods it binds" if len(labels) > 1 else ""
    supply = options.supplies.get(subject)
    unit = supply.unit if supply and card.name == "supply" else card.user_unit or card.unit
    least = group[0].least
    what = (card.minimum if least else card.scarcity).format(subject, when)
    sentence = (
        f"one {unit} less in {what} saves {money(-worth)}{binds}"
        if least
        else f"one more {unit} of {what} is worth {money(worth)}{binds}"
    )
    return Scarcity(
        family=card.name,
        subject=subject,
        unit=unit,
        periods=len(periods),
        first=periods[0] if periods else None,
        usd_per_unit=worth,
        rent_usd=sum(price.rent_usd for price in group),
        sentence=sentence,
        least=least,
    )


def money(usd: float) -> str:
    """Dollars as people say them: three figures, and all of them above a thousand billion.

    >>> money(1_940_000), money(-52_300), money(12.5)
    ('1.94 MUSD', '-52.3 kUSD', '12.5 USD')
    >>> money(999_800), money(2.9123e12)
    ('1 MUSD', '2,912 BUSD')
    """
    if abs(usd) < 0.005:
        return "0 USD"
    for scale, unit in ((1e9, "BUSD"), (1e6, "MUSD"), (1e3, "kUSD"), (1.0, "USD")):
        said = f"{usd / scale:.3g}"
        if abs(float(said)) >= 1:
            return f"{said if abs(float(said)) < 1000 else f'{usd / scale:,.0f}'} {unit}"
    return f"{usd:.3g} USD"
