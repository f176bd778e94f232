"""Sites, demand and supply pools as plain numbers by period."""

from __future__ import annotations

from math import ceil, inf

from planner.catalog.load import Catalog
from planner.catalog.supply import Pool
from planner.errors import MissingFigure
from planner.options.building import building
from planner.options.ground import Block, Place, RackClass
from planner.options.table import Demand, Supply
from planner.quantities import WEEKS_PER_YEAR
from planner.scenario.expansion import Block as Offered
from planner.scenario.expansion import usable_of
from planner.scenario.pool import SLOT, PoolShare
from planner.scenario.quantity import Series, scaled
from planner.scenario.schema import Scenario
from planner.scenario.site import Site
from planner.scenario.workload import Workload
from planner.timeline import after

_WHOLE = 1e-9
"""So that a time of exactly so many periods is not rounded up to one more."""


def place_of(name: str, site: Site, scenario: Scenario, catalog: Catalog) -> Place:
    """A site's scarcities, prices and possible blocks by period.

    Raises MissingFigure where its utility's contract states no minimum take on the as-of date.
    """
    if site.kind == "hosted":
        return Place(name, hosted=True)
    timeline = scenario.timeline

    def over(series: Series | None) -> tuple[float, ...]:
        assert series is not None
        return series.over(timeline)

    assert site.pue is not None
    if isinstance(site.tariff, dict):
        by_block = [over(site.tariff[block]) for block in scenario.load_blocks]
    else:
        by_block = [over(site.tariff)] * len(scenario.load_blocks)
    contracted, usable = over(site.power), usable_share(site)
    charge, rests, carbon = site.demand_charge, site.maintenance, site.carbon
    return Place(
        id=name,
        hosted=False,
        power_kw=tuple(kw * usable for kw in contracted),
        positions=() if site.rack_classes else over(site.racks),
        density_kw=site.rack_density or inf,
        liquid_kw=over(site.liquid) if site.liquid is not None else None,
        pue_air=site.pue.air,
        pue_liquid=site.pue.liquid,
        tariff_usd_per_kwh=tuple(zip(*by_block, strict=True)),
        facility_usd_per_kw_year=over(site.facility),
        carbon_g_per_kwh=over(carbon) if carbon is not None else None,
        shell=building(site.shell, timeline.discount_rate) if site.shell else None,
        contracted_kw=contracted,
        floor_kg=site.floor_load or inf,
        classes=_classes(site, scenario),
        oversubscription=site.oversubscription,
        demand_usd_per_kw_month=over(charge) if charge is not None else None,
        billed_share=_billed(site, scenario, catalog),
        lag=ceil(site.commissioning / (timeline.years * WEEKS_PER_YEAR) - _WHOLE),
        closed=over(rests) if rests is not None else (),
        blocks=tuple(_block(name, block, usable, scenario) for name, block in site.blocks.items()),
    )


def _billed(site: Site, scenario: Scenario, catalog: Catalog) -> tuple[float, ...]:
    """Least share of the installed grid power billed in each period; empty where there is none."""
    timeline = scenario.timeline
    if site.billed_share is not None:
        return site.billed_share.over(timeline)
    if site.large_load is None:
        return ()
    stated = catalog.contracts[site.large_load].minimum_take
    least = stated.value(timeline.as_of) if stated else None
    if least is None:
        raise MissingFigure(site.large_load, "minimum_take", timeline.as_of)
    return (least,) * timeline.count


def usable_share(site: Site) -> float:
    """Share of a site's installed power that may be used."""
    if site.redundancy is not None:
        return usable_of(site.redundancy)
    return 1.0 if site.usable_share is None else site.usable_share


def _classes(site: Site, scenario: Scenario) -> tuple[RackClass, ...]:
    return tuple(
        RackClass(name, c.density, c.floor_load or inf, c.racks.over(scenario.timeline))
        for name, c in site.rack_classes.items()
    )


def _block(name: str, block: Offered, usable: float, scenario: Scenario) -> Block:
    timeline = scenario.timeline
    installed = block.power or 0.0
    return Block(
        id=name,
        kind=block.kind,
        power_kw=installed * usable,
        contracted_kw=installed,
        positions=block.racks or 0.0,
        rack_class=block.rack_class,
        liquid_kw=block.liquid or 0.0,
        price_usd=block.price.over(timeline),
        lead_weeks=block.lead_time,
        first=timeline.first_from(after(timeline.as_of, block.lead_time)),
        life=timeline.periods_in(block.life),
        life_years=block.life,
        most=inf if block.most is None else block.most,
        running_usd_per_kwh=block.running.over(timeline) if block.running is not None else (),
        carbon_g_per_kwh=block.carbon.over(timeline) if block.carbon is not None else None,
    )


def demand_of(name: str, workload: Workload, scenario: Scenario) -> Demand:
    """A workload's demand by period and load block (tok/s)."""
    mean = workload.demand.over(scenario.timeline)
    level, revenue = workload.service_level, workload.revenue_usd_per_mtok
    return Demand(
        id=name,
        mean_tok_per_s=mean,
        block_tok_per_s=tuple(
            tuple(value * workload.profile.get(block, 1.0) for block in scenario.load_blocks)
            for value in mean
        ),
        deferrable=workload.deferrable,
        shed_usd_per_tok=workload.shed_penalty,
        service_level=(scenario.policy.service_level if level is None else level).over(
            scenario.timeline
        ),
        single_offer=workload.single_offer,
        revenue_usd_per_mtok=revenue.over(scenario.timeline) if revenue is not None else None,
        cappable=workload.cappable,
    )


def supply_of(name: str, share: PoolShare, pool: Pool | None, scenario: Scenario) -> Supply:
    """A pool's amounts and spot market by period, in its own unit; without a pool, a vendor's slots."""
    timeline = scenario.timeline
    unit = pool.unit if pool is not None else SLOT

    def over(series: Series | None, unit: str) -> tuple[float, ...] | None:
        return scaled(series, unit).over(timeline) if series is not None else None

    named = [share.amount] if share.amount is not None else []
    parts = [scaled(s, unit).over(timeline) for s in (*named, *share.allocations.values())]
    return Supply(
        id=name,
        unit=unit,
        amount=tuple(map(sum, zip(*parts, strict=True))),
        carry_over=share.carry_over,
        draw_at_order=share.draw_at == "order",
        spot_usd=over(share.spot_price, f"USD/({unit})"),
        spot_limit=over(share.spot_limit, unit),
        slots=share.slots_of is not None,
    )
