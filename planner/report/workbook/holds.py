"""How unit prices hang on the levers, found by asking the accounts again.

An account is asked again with one family of inputs doubled; what it then asks more is the part of
its price that hangs on that input. So a support contract follows its system's price, and nobody
has to write the money down a second time. A price that does not follow in proportion is pasted.
Raising every period by a factor of its own then tells whose input it is: that of the payment's own
period, or of the period in which its system came. One that compares prices of several periods, as an
obligation past the horizon does, is taken to hang on that of its own delivery.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from math import isclose, sqrt

from planner.options.ground import Place
from planner.options.table import Offering, Options
from planner.plan.saved import SavedRun
from planner.report.workbook.levers import levers_of
from planner.report.workbook.series import Flow, Series, flows

Factors = tuple[float, ...]
"""By period."""
TWICE, THRICE = 2.0, 3.0
_EXACT = 1e-9
"""Relative distance below which two sums of the same payments are one."""
_STEP, _APART = 2.0**-10, 1e-6
"""Marks are small, so that no choice of an account turns; the relative distance within which a share is
one of them, while neighbours lie hundredths apart."""


@dataclass(frozen=True)
class Family:
    """A kind of lever.

    scaled: the options with all of them times a factor by period. pull: id of the lever that a flow
    of a series would hang on, None where it has none.
    """

    scaled: Callable[[Options, Factors], Options]
    pull: Callable[[Options, Flow], str | None]


def _times(values: tuple[float, ...], factors: Factors) -> tuple[float, ...]:
    return tuple(value * factor for value, factor in zip(values, factors, strict=True))


def by_share(run: SavedRun) -> frozenset[str]:
    """Configurations whose network costs a share of their price, for want of a fabric and of a figure."""
    systems, day = run.loaded.catalog.systems, run.options.timeline.as_of
    return frozenset(
        name
        for name, configuration in run.options.configurations.items()
        if configuration.wired is None
        and (system := systems.get(configuration.system)) is not None
        and (system.fabric_price is None or system.fabric_price.at(day) is None)
    )


def _price_scaled(shared: frozenset[str], options: Options, factors: Factors) -> Options:
    def dearer(offering: Offering) -> Offering:
        network = _times(offering.fabric_usd, factors) if offering.configuration in shared else offering.fabric_usd  # fmt: skip
        return replace(offering, price_usd=_times(offering.price_usd, factors), fabric_usd=network)

    return replace(options, offerings={name: dearer(o) for name, o in options.offerings.items()})


def _price_of(options: Options, flow: Flow) -> str | None:
    offering = options.offerings.get(flow.series.name("subject"))
    return f"price|{offering.offer}" if offering else None


def _tariff_scaled(options: Options, factors: Factors) -> Options:
    def dearer(place: Place) -> Place:
        if place.hosted:
            return place
        by_period = zip(place.tariff_usd_per_kwh, factors, strict=True)
        tariffs = tuple(tuple(usd * factor for usd in now) for now, factor in by_period)
        return replace(place, tariff_usd_per_kwh=tariffs)

    return replace(options, places={name: dearer(place) for name, place in options.places.items()})


def _tariff_of(options: Options, flow: Flow) -> str | None:
    site = flow.series.name("site")
    return f"tariff|{site}|{flow.rate}" if flow.rate in options.blocks else None


def _facility_scaled(options: Options, factors: Factors) -> Options:
    def dearer(place: Place) -> Place:
        if place.hosted:
            return place
        rates = _times(place.facility_usd_per_kw_year, factors)
        return replace(place, facility_usd_per_kw_year=rates)

    return replace(options, places={name: dearer(place) for name, place in options.places.items()})


def _facility_of(options: Options, flow: Flow) -> str | None:
    site = flow.series.name("site")
    place = options.places.get(site)
    return f"facility|{site}" if place and not place.hosted else None


def families(shared: frozenset[str]) -> tuple[Family, ...]:
    """shared: configurations whose network costs a share of their price."""
    return (
        Family(partial(_price_scaled, shared), _price_of),
        Family(_tariff_scaled, _tariff_of),
        Family(_facility_scaled, _facility_of),
    )


@dataclass(frozen=True)
class Hold:
    """How a flow's unit price hangs on a lever: fixed + factor · lever, all by period.

    lever: None where the whole price is its own input. at: the period whose lever value counts in
    every period, as the price of a cohort does; None where each period counts its own.
    """

    fixed: dict[int, float]
    lever: str | None = None
    factor: dict[int, float] = field(default_factory=dict)
    at: int | None = None


class Levers:
    """The levers of one run, and what the accounts ask when each family of them is scaled."""

    def __init__(self, run: SavedRun) -> None:
        options = self.options = run.options
        self.by_id = {lever.id: lever for lever in levers_of(options)}
        count = options.timeline.count
        self._marks = tuple(_STEP * sqrt(t + 1) for t in range(count))
        marked = tuple(1 + mark for mark in self._marks)
        self._scaled = [
            (family, [family.scaled(options, by) for by in ((TWICE,) * count, (THRICE,) * count, marked)])
            for family in families(by_share(run))
        ]  # fmt: skip

    def holds(self, series: Series) -> Iterator[tuple[Flow, Hold]]:
        """Every flow of a series with the lever its price hangs on."""
        again = [
            (family, [{flow.id: flow for flow in flows(options, series)} for options in asked])
            for family, asked in self._scaled
        ]
        for flow in flows(self.options, series):
            moved = [
                (family, Asked(flow, *(of.get(flow.id, flow) for of in asked)))
                for family, asked in again
                if asked[0].get(flow.id, flow).usd != flow.usd
            ]
            yield flow, self._hold(*moved[0]) if len(moved) == 1 else Hold(_price(flow))

    def _hold(self, family: Family, asked: Asked) -> Hold:
        flow = asked.flow
        lever = self.by_id.get(family.pull(self.options, flow) or "")
        if lever is None or not all(asked.in_proportion(t) for t in flow.usd):
            return Hold(_price(flow))
        periods = {t: asked.period(t, self._marks) for t in flow.usd if asked.hangs(t)}
        if None in periods.values():
            periods = dict.fromkeys(periods, flow.came)
        own, whose = all(t == at for t, at in periods.items()), set(periods.values())
        if None in whose or not (own or len(whose) == 1):
            return Hold(_price(flow))
        fixed, factor = {}, {}
        for t, usd in flow.usd.items():
            value, hangs = lever.values[periods.get(t) or 0], asked.hangs(t)
            factor[t] = hangs / flow.quantity[t] / value if hangs else 0.0
            rest = usd - hangs
            fixed[t] = 0.0 if abs(rest) <= _EXACT * abs(usd) else rest / flow.quantity[t]
        return Hold(fixed, lever.id, factor, None if own else whose.pop())


@dataclass(frozen=True)
class Asked:
    """What a flow asks as it is, with every input of a family doubled, trebled, and raised by its mark."""

    flow: Flow
    twice: Flow
    thrice: Flow
    marked: Flow

    def hangs(self, t: int) -> float:
        """Dollars of a period that hang on the family."""
        return self.twice.usd[t] - self.flow.usd[t]

    def in_proportion(self, t: int) -> bool:
        """Whether it asks as much again with every further time of the inputs."""
        if not (t in self.twice.usd and t in self.thrice.usd and t in self.marked.usd):
            return False
        more, usd = self.thrice.usd[t] - self.flow.usd[t], self.flow.usd[t]
        return isclose(more, TWICE * self.hangs(t), rel_tol=_EXACT, abs_tol=_EXACT * abs(usd))

    def period(self, t: int, marks: Factors) -> int | None:
        """Whose input they hang on, by how much it was raised; None where on several periods'."""
        share = (self.marked.usd[t] - self.flow.usd[t]) / self.hangs(t)
        return next((k for k, mark in enumerate(marks) if isclose(share, mark, rel_tol=_APART)), None)  # fmt: skip


def _price(flow: Flow) -> dict[int, float]:
    return {t: usd / flow.quantity[t] if usd else 0.0 for t, usd in flow.usd.items()}
