"""A right in a contract, as the program sees it: an offering of its own that hangs on another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Literal


@dataclass(frozen=True)
class Right:
    """What lets an offering be ordered at all.

    of: the offer whose contract holds the right. share: systems per system of it taken by then.
    most: systems in all. until: last day to order. fee_usd: paid now for each slot kept open (fast).
    handed_in: old systems given for one new (swap).
    """

    kind: Literal["expand", "fast", "swap"]
    of: str
    share: float = inf
    most: float = inf
    until: date | None = None
    fee_usd: float = 0.0
    handed_in: float = 1.0
