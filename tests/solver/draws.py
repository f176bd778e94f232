"""Random small worlds in which everything is scarce at times: two sites, two systems, a pool, two workloads."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import settings
from hypothesis import strategies as st

from planner.options.table import Options
from tests.world import HOURS, pool, purchase, rental, site, system, workload, world

few = settings(max_examples=30, derandomize=True, deadline=None, database=None)


@dataclass(frozen=True)
class Figures:
    """What is drawn; money in MUSD, power in MW, work in Gtok/h."""

    price: float
    liquid_price: float
    hosted_price: float
    growth: float
    chat: float
    batch: float
    power_mw: float
    racks: float
    hbm: float
    spot: float
    tariff: float
    lead: int
    carry_over: bool


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False).map(lambda x: round(x, 6))


figures = st.builds(
    Figures,
    price=between(0.5, 3.0),
    liquid_price=between(0.5, 3.0),
    hosted_price=between(1.0, 6.0),
    growth=between(0.5, 2.0),
    chat=between(1.0, 8.0),
    batch=between(0.5, 4.0),
    power_mw=between(0.5, 6.0),
    racks=between(1.0, 12.0),
    hbm=between(200.0, 4000.0),
    spot=between(100.0, 3000.0),
    tariff=between(0.02, 0.2),
    lead=st.integers(0, 2),
    carry_over=st.booleans(),
)


def small(drawn: Figures) -> Options:
    """Three years, two blocks, 10 % a year; each figure bites in some draws and not in others."""
    air = system(rate={"chat": 1.0, "batch": 1.3}, idle_kw=300.0, serving_kw=800.0)
    liquid = system(
        "asic", rate={"chat": 1.7, "batch": 0.9}, kw=1600.0, idle_kw=500.0, serving_kw=1400.0,
        positions=2.0, liquid=True, gradient=6,
    )  # fmt: skip
    grown = tuple(drawn.chat * drawn.growth**year for year in range(3))
    lab = site("lab", power_mw=drawn.power_mw / 2, racks=drawn.racks, pue=1.4, pue_liquid=1.1,
               tariff=(drawn.tariff * 1.5, drawn.tariff * 0.7), facility=20.0)  # fmt: skip
    campus = site(power_mw=drawn.power_mw, racks=drawn.racks / 2, pue=1.3, pue_liquid=1.15,
                  tariff=drawn.tariff, facility=30.0, carbon=350.0)  # fmt: skip
    both = ("campus", "lab")
    return world(
        periods=3,
        blocks=(0.3, 0.7),
        discount_rate=0.1,
        systems=[air, liquid],
        places=[campus, lab],
        offerings=[
            purchase(sites=both, price=drawn.price * 1e6, draws={"hbm": 400.0}, life_years=5.0,
                     fabric_usd=0.1e6, maintenance_per_year=0.05),
            purchase("dense", "asic", sites=both, price=drawn.liquid_price * 1e6, first=drawn.lead,
                     draws={"hbm": 700.0}, life_years=4.0, resale=(1.0, 0.5, 0.3)),
            rental(price=drawn.hosted_price * 1e6 / HOURS, max_per_period=2.0),
        ],
        demands=[
            workload(grown, profile=(1.7, 0.7), shed_musd=9.0),
            workload(drawn.batch, "batch", deferrable=True, shed_musd=5.0),
        ],
        supplies=[pool(drawn.hbm, spot=drawn.spot, spot_limit=500.0, carry_over=drawn.carry_over)],
        carbon_usd_per_t=40.0,
        staff_usd_per_kw_year=15.0,
    )  # fmt: skip


MIDDLING = Figures(
    price=1.1, liquid_price=1.9, hosted_price=3.0, growth=1.3, chat=4.0, batch=2.0, power_mw=3.0,
    racks=4.0, hbm=900.0, spot=700.0, tariff=0.08, lead=1, carry_over=True,
)  # fmt: skip
"""A draw in which power, racks, pool and lead time are all short somewhere."""


def whole(options: Options) -> Options:
    return replace(options, whole_units=True)
