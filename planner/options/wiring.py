"""The wiring of a system as an offer sees it: which fabric, from which delivery on, at what capital."""

from __future__ import annotations

from planner.catalog.load import Catalog
from planner.catalog.system import System
from planner.fabric.shelf import Shelf
from planner.fabric.wire import Wired, wire
from planner.fabric.wiring import wiring
from planner.options.table import Configuration
from planner.scenario.schema import Scenario


def wired_system(
    catalog: Catalog, scenario: Scenario, system: System, chips: float, fabric_id: str
) -> Wired | str:
    """The system in a fabric of the first period whose start all parts can be had by, or why never.

    Parts are chosen once and kept: a fabric whose media change is another fabric.
    """
    timeline = scenario.timeline
    figure = system.scale_up_domain
    domain = figure.value(timeline.as_of) if figure else None
    found: Wired | str = ""
    for period in timeline.periods:
        shelf = Shelf.of(catalog, timeline.as_of, max(period.start, timeline.as_of))
        found = wire(catalog.fabrics[fabric_id], chips, domain or chips, shelf)
        if isinstance(found, Wired):
            return found
    return found


def network_usd(
    configuration: Configuration, price_usd: tuple[float, ...], catalog: Catalog, scenario: Scenario
) -> tuple[float, ...]:
    """Network capital of one system by delivery period: of its fabric, else the catalog's figure.

    price_usd: the system's price by period, base of the stated share where no figure is public.
    """
    if configuration.wired is not None:
        return (configuration.wired.capex_usd,) * len(price_usd)
    system, as_of = catalog.systems[configuration.system], scenario.timeline.as_of
    return tuple(wiring(system, usd, catalog.practice, as_of).capex_usd for usd in price_usd)
