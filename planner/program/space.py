"""Columns: every variable of the program, its bounds, and where each stands.

Single letters name set members, as in the symbol table of docs/mathematics.md: o offer,
c configuration, i site, w workload, t period, v delivery period, h load block, p pool,
s site lost, k class of rack positions, n model on a platform; b a block of power or room.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any

from planner.catalog.terms.extend import Extension
from planner.options.table import Offering, Options

ANY_BLOCK = -1
"""Load block of a deferrable workload's shed: whichever."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One variable: kind, index, bounds, and whether it is whole."""

    kind: str
    key: Key
    lower: float
    upper: float
    integer: bool

    @property
    def name(self) -> str:
        """Unique name of letters, digits, underscore and dot."""
        parts = (str(part).replace("-", "_").replace("@", ".") for part in self.key)
        return f"{self.kind}.{'.'.join(parts)}".replace("._1", ".any")


@dataclass
class Space:
    """The columns of one program over one Options value, with the sets the rows run over."""

    options: Options
    columns: list[Column] = field(default_factory=list)
    index: dict[Key, int] = field(default_factory=dict)
    configurations_at: list[tuple[str, str]] = field(default_factory=list)
    workloads_of: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    sites_serving: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[Offering]] = field(default_factory=dict)
    renters: dict[tuple[str, str], list[Offering]] = field(default_factory=dict)

    @property
    def periods(self) -> range:
        return range(self.options.timeline.count)

    @property
    def blocks(self) -> range:
        return range(len(self.options.blocks))

    def at(self, *key: Any) -> int:
        """Position of the column with this kind and index; KeyError where there is none."""
        return self.index[key]

    def find(self, *key: Any) -> int | None:
        """Position of the column, or None where it does not exist."""
        return self.index.get(key)

    def add(
        self,
        kind: str,
        *key: Any,
        lower: float = 0.0,
        upper: float = inf,
        integer: bool = False,
    ) -> None:
        """Append a column; a kind and index stand only once."""
        assert (kind, *key) not in self.index
        self.index[(kind, *key)] = len(self.columns)
        self.columns.append(Column(kind, key, lower, upper, integer))

    def running(self, configuration: str, site: str, period: int, block: int) -> Iterator[int]:
        """Columns whose units run in a load block: the fleet, and what is rented by the hour."""
        fleet = self.find("fleet", configuration, site, period)
        if fleet is not None:
            yield fleet
        for offering in self.renters.get((configuration, site), ()):
            rent = self.find("rent", offering.id, site, period, block)
            if rent is not None:
                yield rent

    def held(self, offering: Offering, site: str, period: int) -> Iterator[int]:
        """Columns whose units of an offering are in service at a site in a period."""
        first = max(0, period - offering.held + 1)
        stated = offering.fixed is not None or offering.commitment is not None
        lag = 0 if stated else self.options.places[site].lag
        for delivery in offering.deliveries:
            if not first <= delivery <= period - lag:
                continue
            if offering.ends_early:
                yield self.at("own", offering.id, site, delivery, period)
            else:
                yield self.at("deliver", offering.id, site, delivery)
        extension = offering.terms.get(Extension)
        if extension is not None:
            for delivery in offering.deliveries:
                column = self.find("extend", offering.id, site, delivery)
                begins = delivery + offering.held
                if column is not None and begins <= period < begins + extension.periods:
                    yield column


def sets_of(options: Options) -> Space:
    """The sets the rows run over, and no column yet."""
    space = Space(options)
    for offering in options.offerings.values():
        for site in offering.sites:
            pair = (offering.configuration, site)
            table = space.holders if offering.delivered else space.renters
            table.setdefault(pair, []).append(offering)
    space.configurations_at = sorted({*space.holders, *space.renters})
    serving: dict[tuple[str, str], list[str]] = defaultdict(list)
    sites: dict[str, list[tuple[str, str]]] = {name: [] for name in options.demands}
    for name, site in space.configurations_at:
        for workload in options.demands:
            if (name, site, workload) in options.arcs:
                serving[name, site].append(workload)
                sites[workload].append((name, site))
    space.workloads_of, space.sites_serving = dict(serving), sites
    return space


def spans(space: Space, configuration: str, workload: str) -> bool:
    """Whether a replica is larger than one system, so that whole replicas need rows of their own."""
    if not space.options.whole_units:
        return False
    rate = space.options.configurations[configuration].rates[workload]
    return rate.systems_per_replica > 1.0 + 1e-9
