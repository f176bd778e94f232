"""A site as the program sees it: power, positions and loops, and the blocks it can still get."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal

from planner.options.building import Building

if TYPE_CHECKING:
    from planner.options.offered import Configuration

BlockKind = Literal["grid", "generation", "shell"]


def positions_taken(configuration: Configuration, density_kw: float, floor_kg: float) -> float:
    """Rack positions one system takes where a position feeds ``density_kw`` and carries ``floor_kg``.

    Its own size, or more where a position feeds or carries less; a weight that is not disclosed
    takes no position more.
    """
    weight = configuration.weight_kg or 0.0
    return max(configuration.positions, configuration.system_kw / density_kw, weight / floor_kg)


def why_not_on(
    positions: float, kw: float, weight_kg: float | None, density_kw: float, floor_kg: float
) -> str:
    """Why a position cannot feed or carry its part of a system; empty where it can."""
    spread = max(positions, 1.0)
    if kw / spread > density_kw:
        return f"{kw / spread:.0f} kW a position against {density_kw:.0f}"
    if weight_kg is not None and weight_kg / spread > floor_kg:
        return f"{weight_kg / spread:.0f} kg a position against {floor_kg:.0f}"
    return ""


@dataclass(frozen=True)
class RackClass:
    """Positions of one kind, by period."""

    id: str
    density_kw: float
    floor_kg: float
    positions: tuple[float, ...]


@dataclass(frozen=True)
class Block:
    """Power or room bought by the block.

    power_kw: usable at the meter, after the site's redundancy; contracted_kw before it.
    price_usd: by period of service. first: earliest period of service. life: in periods.
    running_usd_per_kwh: of on-site generation, by period.
    """

    id: str
    kind: BlockKind
    power_kw: float
    contracted_kw: float
    positions: float
    rack_class: str
    liquid_kw: float
    price_usd: tuple[float, ...]
    lead_weeks: float
    first: int
    life: int
    life_years: float
    most: float = inf
    running_usd_per_kwh: tuple[float, ...] = ()
    carbon_g_per_kwh: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Place:
    """A site with its scarcities by period; hosted sites have none of them.

    power_kw: usable at the meter, contracted_kw: installed, before redundancy. density_kw,
    floor_kg: the most one rack position can feed and cool, and carry; classes replace positions
    where the site has several kinds. tariff_usd_per_kwh by period and load block; facility in USD
    per kW of provisioned IT power and year; carbon in gCO2e per kWh. oversubscription: share of
    usable power by which what serves cappable work alone may exceed it. demand_usd_per_kw_month: on
    the period's highest metered draw, at least the period's billed_share of what is contracted. lag: periods from
    dock to service. closed: share of each period's hours in which the site is down. shell: where the building is ours.
    """

    id: str
    hosted: bool
    power_kw: tuple[float, ...] = ()
    positions: tuple[float, ...] = ()
    density_kw: float = inf
    liquid_kw: tuple[float, ...] | None = None
    pue_air: float = 1.0
    pue_liquid: float = 1.0
    tariff_usd_per_kwh: tuple[tuple[float, ...], ...] = ()
    facility_usd_per_kw_year: tuple[float, ...] = ()
    carbon_g_per_kwh: tuple[float, ...] | None = None
    shell: Building | None = None
    contracted_kw: tuple[float, ...] = ()
    floor_kg: float = inf
    classes: tuple[RackClass, ...] = ()
    oversubscription: float = 0.0
    demand_usd_per_kw_month: tuple[float, ...] | None = None
    billed_share: tuple[float, ...] = ()
    lag: int = 0
    closed: tuple[float, ...] = ()
    blocks: tuple[Block, ...] = ()

    def pue(self, configuration: Configuration) -> float:
        """Facility power over IT power for this system's cooling."""
        return self.pue_liquid if configuration.liquid else self.pue_air

    def positions_of(self, configuration: Configuration) -> float:
        """Rack positions one system takes here: its own size, or more where a position gives less."""
        return positions_taken(configuration, self.density_kw, self.floor_kg)

    def open_share(self, period: int) -> float:
        """Share of a period's hours in which the site is not down for planned work."""
        return 1.0 - self.closed[period] if self.closed else 1.0

    @property
    def generates(self) -> bool:
        """Whether power can be made on site."""
        return any(block.kind == "generation" for block in self.blocks)

    def block(self, name: str) -> Block:
        """One of its blocks."""
        return next(block for block in self.blocks if block.id == name)
