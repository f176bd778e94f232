"""What a plan decides, in words with an amount: what two plans are compared by.

Systems and blocks count where they are delivered; what is taken by the hour or by the token as its
mean over a year, so that one busy evening is not told as a decision of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from planner.finance.ledger import ZERO
from planner.options.table import Options
from planner.plan.solved import Answer
from planner.plan.tables import serves_from

Key = tuple[Any, ...]
Told = tuple[str, float]
"""What is decided, and how much of it one unit of the column is."""


def decisions(answer: Answer) -> dict[str, float]:
    """Amounts by decision: systems unless the words name another unit."""
    sums: dict[str, float] = defaultdict(float)
    for column, value in zip(answer.program.space.columns, answer.x, strict=True):
        tell = _TOLD.get(column.kind)
        if tell is not None and value > ZERO:
            what, share = tell(answer.options, column.key)
            sums[what] += share * float(value)
    return {what: amount for what, amount in sums.items() if amount > ZERO}


def _label(options: Options, period: int) -> str:
    return options.timeline.periods[period].label


def _year(options: Options, period: int) -> tuple[int, float]:
    """Calendar year of a period, and the share of the planned part of that year that it is."""
    year = options.timeline.periods[period].start.year
    return year, 1 / sum(p.start.year == year for p in options.timeline.periods)


def _mean(options: Options, period: int, block: int) -> tuple[int, float]:
    """Year of a load block, and its share of the year's planned hours."""
    year, share = _year(options, period)
    return year, share * tuple(options.blocks.values())[block]


def _deliver(options: Options, key: Key) -> Told:
    offer, site, v = key
    return f"{offer}@{site} for {serves_from(options, options.offerings[offer], site, v)}", 1.0


def _rent(options: Options, key: Key) -> Told:
    offer, site, t, h = key
    year, share = _mean(options, t, h)
    return f"{offer}@{site} by the hour in {year} (mean systems)", share


def _buy(options: Options, key: Key) -> Told:
    offer, _, workload, t, h = key
    year, share = _mean(options, t, h)
    return f"{offer} for {workload} in {year} (mean Gtok/h)", share


def _leave(owned: str, hosted: str = "") -> Callable[[Options, Key], Told]:
    """Of a cohort that ends early; ``hosted``: what that is called of a term."""

    def told(options: Options, key: Key) -> Told:
        offer, site, v, t = key
        words = owned if options.offerings[offer].ownership == "own" else hosted or owned
        return f"{offer}@{site} of {_label(options, v)} {words} in {_label(options, t)}", 1.0

    return told


def _extend(options: Options, key: Key) -> Told:
    offer, site, v = key
    return f"{offer}@{site} of {_label(options, v)} extended", 1.0


def _commit(options: Options, key: Key) -> Told:
    return f"{key[0]} committed to (MW or Gtok/h)", 1.0


def _enlarge(options: Options, key: Key) -> Told:
    offer, t = key
    return f"{offer} enlarged from {_label(options, t)} (MW or Gtok/h)", 1.0


def _expand(options: Options, key: Key) -> Told:
    site, block, v = key
    return f"{block}@{site} for {_label(options, v)} (blocks)", 1.0


def _onboard(options: Options, key: Key) -> Told:
    name, t = key
    return f"onboarding {name} begun in {_label(options, t)} (times)", 1.0


def _slots(options: Options, key: Key) -> Told:
    return f"{key[0]}: slots kept open", 1.0


_TOLD: dict[str, Callable[[Options, Key], Told]] = {
    "deliver": _deliver,
    "rent": _rent,
    "buy": _buy,
    "sell": _leave("sold", "ended"),
    "give_back": _leave("returned"),
    "swap": _leave("handed in"),
    "extend": _extend,
    "commit": _commit,
    "enlarge": _enlarge,
    "expand": _expand,
    "onboard": _onboard,
    "reserve_slot": _slots,
}
"""Kinds of column that are decisions; the others say how what was decided is run."""
