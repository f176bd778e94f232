"""Sites, demand and supply pools as plain numbers by period."""

from __future__ import annotations

from planner.catalog.supply import Pool
from planner.options.building import building
from planner.options.table import Demand, Place, Supply
from planner.scenario.offer import PoolShare
from planner.scenario.quantity import Series, scaled
from planner.scenario.schema import Scenario
from planner.scenario.site import Site
from planner.scenario.workload import Workload


def place_of(name: str, site: Site, scenario: Scenario) -> Place:
    """A site's scarcities and prices by period."""
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
    return Place(
        id=name,
        hosted=False,
        power_kw=over(site.power),
        positions=over(site.racks),
        density_kw=site.rack_density or float("inf"),
        liquid_kw=over(site.liquid) if site.liquid is not None else None,
        pue_air=site.pue.air,
        pue_liquid=site.pue.liquid,
        tariff_usd_per_kwh=tuple(zip(*by_block, strict=True)),
        facility_usd_per_kw_year=over(site.facility),
        carbon_g_per_kwh=over(site.carbon) if site.carbon is not None else None,
        shell=building(site.shell, timeline.discount_rate) if site.shell else None,
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
    )


def supply_of(name: str, share: PoolShare, pool: Pool, scenario: Scenario) -> Supply:
    """A pool's amounts and spot market by period, in the pool's unit."""
    timeline = scenario.timeline

    def over(series: Series | None, unit: str) -> tuple[float, ...] | None:
        return scaled(series, unit).over(timeline) if series is not None else None

    amount = over(share.amount, pool.unit)
    assert amount is not None
    return Supply(
        id=name,
        unit=pool.unit,
        amount=amount,
        carry_over=share.carry_over,
        draw_at_order=share.draw_at == "order",
        spot_usd=over(share.spot_price, f"USD/({pool.unit})"),
        spot_limit=over(share.spot_limit, pool.unit),
    )
