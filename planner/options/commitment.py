"""A contract already on paper, as the program sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Commitment:
    """State and remaining payments of one signed contract.

    state: asked, offered, approved, locked or active. binding: whether it must be taken.
    change_by: last day it may be changed, None where it no longer may. due_usd: payments of one
    system still to be made, as (day, USD). unpaid_share: they over the price; the rest is sunk.
    """

    state: str
    binding: bool
    ordered: date
    change_by: date | None
    due_usd: tuple[tuple[date, float], ...]
    unpaid_share: float
