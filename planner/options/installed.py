"""Systems that stand already, as the program sees them: a cohort of the past whose price is sunk."""

from __future__ import annotations

from planner.catalog.load import Catalog
from planner.catalog.system import System
from planner.options.dates import order_periods
from planner.options.needs import Needs
from planner.options.table import Configuration, Offering
from planner.scenario.offer import Installed
from planner.scenario.schema import Scenario
from planner.timeline import Timeline, first_day, years_between


def installed_offering(
    name: str, fleet: Installed, configuration: Configuration, catalog: Catalog, scenario: Scenario
) -> Offering:
    """A standing fleet: it is kept up for the rest of its life, and leaves nothing."""
    system, timeline = catalog.systems[fleet.system], scenario.timeline
    needs = Needs(catalog, system, timeline.as_of)
    life = fleet.life if fleet.life is not None else needs.practised(system.life, "life")
    age = round(years_between(first_day(fleet.in_service), timeline.start) / timeline.years)
    upkeep = needs.practised(system.maintenance, "maintenance")
    failures = needs.practised(None, "permanent_failures")
    wired, free = configuration.wired, (0.0,) * timeline.count
    return Offering(
        id=name, configuration=configuration.id, contract="installed", ownership="own", supplier=system.vendor,
        sites=(fleet.site,), price_usd=_price(fleet, system, timeline), fabric_usd=free, lead_weeks=0.0, first=0, last=0,
        held=max(0, timeline.periods_in(life) - age), life_years=life, draws={}, order_periods=order_periods(0.0, timeline),
        resale=(), exit_fee=None, maintenance_per_year=upkeep, failures_per_year=failures,
        max_per_period=None, max_total=None, min_total=None, tier=needs.tier, why_first="already in service",
        fixed=fleet.count, age=age, link_spares_usd_per_year=wired.spares_usd_per_year if wired else 0.0,
    )  # fmt: skip


def _price(fleet: Installed, system: System, timeline: Timeline) -> tuple[float, ...]:
    """What one cost (USD), the base of its upkeep: as stated, else the catalog's; 0 where neither knows."""
    price = fleet.price
    if price is None:
        fact = system.price.at(timeline.as_of) if system.price else None
        price = fact.number if fact else 0.0
    return (price,) * timeline.count
