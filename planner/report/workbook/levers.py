"""Levers: inputs of the workbook on which unit prices hang, found by asking twice.

An account is asked again with one family of inputs doubled; what it then asks more is the part of
its price that hangs on that input. So a support contract follows its system's price, and nobody
has to write the money down a second time. A price that does not follow in proportion is pasted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from math import isclose

from planner.options.ground import Place
from planner.options.table import Offering, Options
from planner.report.workbook.series import Flow, Series, flows

TWICE, THRICE = 2.0, 3.0
_EXACT = 1e-9
"""Relative distance below which two sums of the same payments are one."""


@dataclass(frozen=True)
class Lever:
    """One input that may be changed in the workbook.

    id: of its line. values: by period. key: where the scenario states it.
    """

    id: str
    subject: str
    what: str
    unit: str
    values: tuple[float, ...]
    key: str


@dataclass(frozen=True)
class Family:
    """A kind of lever.

    levers: every lever of the options. scaled: the options with all of them times a factor.
    pull: id of the lever that a flow of a series would hang on, None where it has none.
    """

    name: str
    levers: Callable[[Options], Iterator[Lever]]
    scaled: Callable[[Options, float], Options]
    pull: Callable[[Options, Flow], str | None]


def _prices(options: Options) -> Iterator[Lever]:
    for offering in options.offerings.values():
        hourly = offering.ownership not in ("own", "lease")
        yield Lever(
            f"price|{offering.id}",
            offering.id,
            "price per system-hour" if hourly else "price per system",
            "USD/h" if hourly else "USD",
            offering.price_usd,
            f"offers.{offering.id}.price",
        )


def _price_scaled(options: Options, factor: float) -> Options:
    def dearer(offering: Offering) -> Offering:
        return replace(offering, price_usd=tuple(usd * factor for usd in offering.price_usd))

    return replace(options, offerings={name: dearer(o) for name, o in options.offerings.items()})


def _price_of(options: Options, flow: Flow) -> str | None:
    name = flow.series.name("subject")
    return f"price|{name}" if name in options.offerings else None


def _tariffs(options: Options) -> Iterator[Lever]:
    for place in options.places.values():
        for at, block in enumerate(options.blocks if not place.hosted else ()):
            yield Lever(
                f"tariff|{place.id}|{block}",
                place.id,
                f"energy tariff, {block}",
                "USD/kWh",
                tuple(by_block[at] for by_block in place.tariff_usd_per_kwh),
                f"sites.{place.id}.tariff.{block}",
            )


def _tariff_scaled(options: Options, factor: float) -> Options:
    def dearer(place: Place) -> Place:
        tariffs = tuple(tuple(t * factor for t in now) for now in place.tariff_usd_per_kwh)
        return replace(place, tariff_usd_per_kwh=tariffs)

    return replace(options, places={name: dearer(place) for name, place in options.places.items()})


def _tariff_of(options: Options, flow: Flow) -> str | None:
    site = flow.series.name("site")
    return f"tariff|{site}|{flow.rate}" if flow.rate in options.blocks else None


def _facilities(options: Options) -> Iterator[Lever]:
    for place in options.places.values():
        if not place.hosted:
            yield Lever(
                f"facility|{place.id}",
                place.id,
                "facility rate",
                "USD/kW/year",
                place.facility_usd_per_kw_year,
                f"sites.{place.id}.facility",
            )


def _facility_scaled(options: Options, factor: float) -> Options:
    def dearer(place: Place) -> Place:
        rates = tuple(usd * factor for usd in place.facility_usd_per_kw_year)
        return replace(place, facility_usd_per_kw_year=rates)

    return replace(options, places={name: dearer(place) for name, place in options.places.items()})


def _facility_of(options: Options, flow: Flow) -> str | None:
    site = flow.series.name("site")
    place = options.places.get(site)
    return f"facility|{site}" if place and not place.hosted else None


FAMILIES = (
    Family("prices", _prices, _price_scaled, _price_of),
    Family("tariffs", _tariffs, _tariff_scaled, _tariff_of),
    Family("facility rates", _facilities, _facility_scaled, _facility_of),
)


@dataclass(frozen=True)
class Hold:
    """How a flow's unit price hangs on a lever: fixed + factor · lever, all by period.

    lever: None where the whole price is its own input. at: the period whose lever value counts in
    every period, as the price of a delivery does; None where each period counts its own.
    """

    fixed: dict[int, float]
    lever: str | None = None
    factor: dict[int, float] = field(default_factory=dict)
    at: int | None = None


class Levers:
    """The levers of one run, and what the accounts ask when each family of them is scaled."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.by_id = {lever.id: lever for family in FAMILIES for lever in family.levers(options)}
        self._scaled = [
            (family, family.scaled(options, TWICE), family.scaled(options, THRICE))
            for family in FAMILIES
        ]

    def holds(self, series: Series) -> Iterator[tuple[Flow, Hold]]:
        """Every flow of a series with the lever its price hangs on."""
        plain = list(flows(self.options, series))
        again = [
            (family, list(flows(twice, series)), list(flows(thrice, series)))
            for family, twice, thrice in self._scaled
        ]
        for at, flow in enumerate(plain):
            moved = [(f, two[at], three[at]) for f, two, three in again if two[at].usd != flow.usd]
            yield flow, self._hold(flow, *moved[0]) if len(moved) == 1 else Hold(_price(flow))

    def _hold(self, flow: Flow, family: Family, twice: Flow, thrice: Flow) -> Hold:
        lever = self.by_id.get(family.pull(self.options, flow) or "")
        if lever is None:
            return Hold(_price(flow))
        fixed, factor = {}, {}
        for t, usd in flow.usd.items():
            value = lever.values[t if flow.decided is None else flow.decided]
            hangs, more = twice.usd[t] - usd, thrice.usd[t] - usd
            if value == 0 or not isclose(more, TWICE * hangs, rel_tol=_EXACT, abs_tol=_EXACT):
                return Hold(_price(flow))
            factor[t] = hangs / flow.quantity[t] / value
            rest = usd - hangs
            fixed[t] = 0.0 if abs(rest) <= _EXACT * abs(usd) else rest / flow.quantity[t]
        return Hold(fixed, lever.id, factor, flow.decided)


def _price(flow: Flow) -> dict[int, float]:
    return {t: usd / flow.quantity[t] if usd else 0.0 for t, usd in flow.usd.items()}
