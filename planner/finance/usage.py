"""What the plan's systems did: tokens, hours busy, hours in service, by place and workload."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from planner.options.units import GTOK, gtok_per_hour
from planner.program.space import Space
from planner.quantities import MEGA, MONTHS_PER_YEAR
from planner.solver.arrays import Floats

Place = tuple[str, str]
"""(configuration, site)."""
Sums = dict[Place, float]
ByWork = dict[tuple[str, str, str], float]


def _sums() -> defaultdict[Place, float]:
    return defaultdict(float)


@dataclass
class Usage:
    """Sums over the horizon. ``pv_``: each period's amount discounted from its middle, like money.

    mtok, pv_mtok, pv_busy_hours: by (configuration, site, workload); output tokens in Mtok, hours
    of systems. chip_hours, pv_chip_hours, kw_months: by (configuration, site), of systems in
    service, rented ones in their load blocks; kw_months of provisioned IT power at our own sites.
    mtok_by_period: (workload, period). busy_hours, ready_hours: system-hours at work, and
    available for it.
    """

    mtok: ByWork = field(default_factory=lambda: defaultdict(float))
    pv_mtok: ByWork = field(default_factory=lambda: defaultdict(float))
    pv_busy_hours: ByWork = field(default_factory=lambda: defaultdict(float))
    mtok_by_period: dict[tuple[str, int], float] = field(default_factory=lambda: defaultdict(float))
    chip_hours: Sums = field(default_factory=_sums)
    pv_chip_hours: Sums = field(default_factory=_sums)
    kw_months: Sums = field(default_factory=_sums)
    most_kw: Sums = field(default_factory=_sums)
    busy_hours: float = 0.0
    ready_hours: float = 0.0

    @property
    def utilisation(self) -> float | None:
        """Hours at work over hours available for work; None where nothing stood ready."""
        return self.busy_hours / self.ready_hours if self.ready_hours else None


def usage(space: Space, x: Floats) -> Usage:
    """Read the usage off a solution."""
    found = Usage()
    for column, value in zip(space.columns, map(float, x), strict=True):
        if value and column.kind == "serve":
            _serve(space, column.key, value, found)
        elif value and column.kind == "fleet":
            name, site, period = column.key
            _stand(space, (name, site), period, value, space.options.timeline.hours, found)
        elif value and column.kind == "rent":
            offer, site, period, block = column.key
            name = space.options.offerings[offer].configuration
            _stand(space, (name, site), period, value, space.options.hours(block), found)
    return found


def _serve(
    space: Space, key: tuple[str, str, str, int, int], gtok_per_h: float, found: Usage
) -> None:
    name, site, workload, period, block = key
    options = space.options
    hours, worth = options.hours(block), options.timeline.discount(period, "middle")
    mtok = gtok_per_h * hours * GTOK / MEGA
    rate = gtok_per_hour(options.speed(name, workload, period))
    found.mtok[name, site, workload] += mtok
    found.pv_mtok[name, site, workload] += mtok * worth
    found.mtok_by_period[workload, period] += mtok
    found.pv_busy_hours[name, site, workload] += gtok_per_h / rate * hours * worth
    found.busy_hours += gtok_per_h / rate * hours


def _stand(
    space: Space, place: Place, period: int, systems: float, hours: float, found: Usage
) -> None:
    options = space.options
    configuration = options.configurations[place[0]]
    chip_hours = systems * configuration.chips * hours
    found.chip_hours[place] += chip_hours
    found.pv_chip_hours[place] += chip_hours * options.timeline.discount(period, "middle")
    found.ready_hours += systems * hours * configuration.availability
    if not options.places[place[1]].hosted:
        kw = systems * configuration.provisioned_kw
        found.kw_months[place] += kw * options.timeline.years * MONTHS_PER_YEAR
        found.most_kw[place] = max(found.most_kw[place], kw)
