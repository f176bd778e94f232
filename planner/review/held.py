"""A run as a review looks at it: what it orders, when each must be decided, and what that costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from planner.options.table import Offering, Options
from planner.plan.grounds import used
from planner.plan.headline import NO_CASH
from planner.plan.saved import SavedRun, load_run
from planner.plan.tables import order_by_of
from planner.plan.window import window_ends
from planner.scenario.load import Loaded


@dataclass(frozen=True)
class Order:
    """Systems of one offer for one site and period.

    order_by: last day to order, empty where they stand, are on paper already, or bind. usd: cash to
    be paid over the horizon because of them, upkeep included; what is reckoned past it aside.
    """

    offer: str
    system: str
    site: str
    period: str
    systems: float
    order_by: str
    usd: float


class Held:
    """A saved run, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def run(self) -> SavedRun:
        return load_run(self.folder)

    @property
    def options(self) -> Options:
        return self.run.options

    @property
    def loaded(self) -> Loaded:
        return self.run.loaded

    @property
    def plan(self) -> dict[str, Any]:
        return self.run.plan

    @property
    def npv_usd(self) -> float:
        return float(self.plan["headline"]["npv_usd"])

    @property
    def labels(self) -> list[str]:
        """Labels of the periods, in order."""
        return [period.label for period in self.options.timeline.periods]

    @cached_property
    def window_ends(self) -> date:
        """Orders due by this day are the ones to decide now."""
        return window_ends(self.options.timeline)

    @cached_property
    def orders(self) -> list[Order]:
        """Every delivery that is not standing already, signed ones included, in order of time."""
        paid = self._paid()
        return [
            Order(
                offering.offer,
                offering.configuration,
                site,
                self.labels[period],
                systems,
                order_by_of(offering, self.options.timeline.periods[offering.promised(period)].start),
                paid[offer, site, self.labels[period]],
            )
            for offering, offer, site, period, systems in sorted(self._delivered(), key=lambda d: d[1:4])
        ]  # fmt: skip

    def to_order(self) -> list[Order]:
        """Orders still free to be placed, the first due first."""
        free = [order for order in self.orders if order.order_by]
        return sorted(free, key=lambda order: (order.order_by, order.offer, order.site))

    def _delivered(self) -> Iterator[tuple[Offering, str, str, int, float]]:
        for (offer, site, period), systems in used(self.run.answer, "deliver"):
            offering = self.options.offerings[offer]
            if not offering.installed:
                yield offering, offer, site, period, systems

    def _paid(self) -> dict[tuple[str, str, str], float]:
        """Cash by offer, site and cohort (USD); payments to us do not lessen what is signed for."""
        sums: dict[tuple[str, str, str], float] = defaultdict(float)
        for entry in self.run.entries:
            if entry.account not in NO_CASH and entry.usd > 0:
                sums[entry.subject, entry.site, entry.cohort] += entry.usd
        return sums
