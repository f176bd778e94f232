"""Made-up worlds of any size, the same for the same seed.

Every figure in this file is invented: it has the order of magnitude of the real thing, so that
the program has a realistic shape, and says nothing about any vendor, site or price.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from planner.catalog.contract import Ownership
from planner.options.table import Configuration, Demand, Offering, Options, Place, Supply
from planner.scenario.policy import Group, Limit, Policy, ShareCap
from planner.serving.rate import Rate
from planner.timeline import Timeline

BLOCKS = {"peak": 0.25, "shoulder": 0.375, "off-peak": 0.375}
PROFILES = ((1.7, 1.05, 0.483333), (1.9, 1.1, 0.3), (1.2, 1.0, 0.866667))
POOLS = ("hbm-new", "hbm-old", "packaging")
YEARS_OF_LIFE = 5.0


@dataclass(frozen=True)
class Size:
    """How large a world is. resalable: share of the bought offers that may be sold again."""

    periods: int = 40
    own_sites: int = 9
    hosted_sites: int = 3
    systems: int = 32
    bought: int = 40
    reserved: int = 10
    rented: int = 10
    workloads: int = 40
    resalable: float = 0.25
    sites_per_offer: int = 6
    serves: float = 0.24


LARGE = Size()
"""More than 300,000 columns."""
SMALL = Size(
    periods=8,
    own_sites=2,
    hosted_sites=1,
    systems=6,
    bought=6,
    reserved=2,
    rented=2,
    workloads=5,
    sites_per_offer=2,
    serves=0.9,
)
"""For trying the benchmark itself."""


def fleet_world(size: Size = LARGE, seed: int = 7) -> Options:
    """A provider's world in which power, pools and suppliers' slots bind; the page says where."""
    random = Random(seed)
    timeline = Timeline(date(2026, 11, 20), date(2027, 1, 1), "quarter", size.periods, 0.09)
    places = _places(random, size)
    systems = _systems(random, size)
    offerings = _offerings(random, size, systems, places)
    own_kw = [
        sum(p.power_kw[t] / p.pue_air for p in places.values() if not p.hosted)
        for t in range(size.periods)
    ]
    return Options(
        scenario=f"made-up-{seed}",
        timeline=timeline,
        blocks=dict(BLOCKS),
        places=places,
        demands=_demands(random, size, systems, own_kw),
        supplies={name: _supply(name, size, own_kw) for name in POOLS},
        configurations=systems,
        offerings=offerings,
        arcs=_arcs(random, size, systems, offerings, places),
        exclusions=(),
        policy=_policy(timeline, own_kw),
        carbon_usd_per_g=(60e-6,) * size.periods,
        staff_usd_per_kw_year=120.0,
        whole_units=False,
        counterfactuals={},
    )


def _places(random: Random, size: Size) -> dict[str, Place]:
    """Sites of our own whose power arrives in steps, and hosted ones."""
    places = {}
    for number in range(size.own_sites):
        first, step = random.uniform(4e3, 12e3), random.uniform(2e3, 8e3)
        every = random.randint(3, 6)
        power = tuple(first + step * (t // every) for t in range(size.periods))
        tariff = random.uniform(0.04, 0.11)
        growth = random.uniform(1.0, 1.012)
        places[f"site-{number}"] = Place(
            id=f"site-{number}",
            hosted=False,
            power_kw=power,
            positions=tuple(kw / 30.0 for kw in power),
            liquid_kw=tuple(0.6 * kw for kw in power),
            pue_air=random.uniform(1.18, 1.4),
            pue_liquid=random.uniform(1.06, 1.17),
            tariff_usd_per_kwh=tuple(
                tuple(tariff * factor * growth**t for factor in (1.35, 1.0, 0.8))
                for t in range(size.periods)
            ),
            facility_usd_per_kw_year=tuple(
                random.uniform(1400, 2400) * 1.01**t for t in range(size.periods)
            ),
            carbon_g_per_kwh=(random.uniform(5, 400),) * size.periods,
        )
    for number in range(size.hosted_sites):
        places[f"cloud-{number}"] = Place(f"cloud-{number}", hosted=True)
    return places


def _systems(random: Random, size: Size) -> dict[str, Configuration]:
    """Systems of eight vendors; later ones are denser and faster per kW."""
    systems = {}
    for number in range(size.systems):
        progress = number / size.systems
        kw = random.choice((10.0, 14.0, 20.0, 40.0, 120.0))
        per_kw = random.uniform(140, 260) * (1 + 2.5 * progress)
        name = f"system-{number}"
        rates, refusals = {}, {}
        for workload in range(size.workloads):
            if random.random() < size.serves:
                weight = 0.02 * 60 ** (workload / size.workloads)
                speed = kw * per_kw / weight * random.uniform(0.6, 1.5)
                rates[f"work-{workload}"] = _rate(speed)
            else:
                refusals[f"work-{workload}"] = "made up: too slow"
        systems[name] = Configuration(
            id=name,
            system=name,
            chip=f"chip-{number}",
            vendor=f"vendor-{number % 8}",
            gradient=1 + number % 7,
            family="gpu" if number % 7 < 3 else "asic",
            chips=kw // 1.4,
            provisioned_kw=kw,
            serving_kw=0.8 * kw,
            idle_kw=0.35 * kw,
            positions=max(1.0, kw / 40.0),
            liquid=kw >= 40.0,
            availability=0.97,
            rates=rates,
            refusals=refusals,
        )
    return systems


def _rate(tok_per_s: float) -> Rate:
    return Rate(
        tok_per_s=tok_per_s,
        tok_per_s_per_user=50.0,
        ttft_ms=400.0,
        batch=32.0,
        chips_per_replica=8.0,
        systems_per_replica=0.5,
        precision="fp8",
        bound_by="made up",
        tier="assumed",
        why="made up",
    )


def _offerings(
    random: Random, size: Size, systems: dict[str, Configuration], places: dict[str, Place]
) -> dict[str, Offering]:
    own_sites = [name for name, place in places.items() if not place.hosted]
    hosted = [name for name, place in places.items() if place.hosted]
    names = list(systems)
    offerings = {}
    kinds: list[Ownership] = ["own"] * size.bought
    kinds += ["reserve"] * size.reserved
    kinds += ["rent"] * size.rented
    for number, ownership in enumerate(kinds):
        configuration = systems[names[number % len(names)]]
        sites = hosted
        if ownership == "own":
            sites = sorted(random.sample(own_sites, min(size.sites_per_offer, len(own_sites))))
        resold = ownership == "own" and number < size.resalable * size.bought
        name = f"offer-{number}"
        offerings[name] = _offering(random, size, name, configuration, ownership, sites, resold)
    return offerings


def _offering(
    random: Random,
    size: Size,
    name: str,
    configuration: Configuration,
    ownership: Ownership,
    sites: list[str],
    resold: bool,
) -> Offering:
    own = ownership == "own"
    held = {"own": round(YEARS_OF_LIFE * 4), "reserve": random.choice((4, 12)), "rent": 1}[
        ownership
    ]
    usd = configuration.provisioned_kw * random.uniform(2.0e4, 3.6e4)
    if not own:
        usd = usd / YEARS_OF_LIFE / 8766 * random.uniform(1.4, 2.6)
    first = random.randint(1, 5) if own else 0
    lots = 20e3 / configuration.provisioned_kw
    return Offering(
        id=name,
        configuration=configuration.id,
        contract={"own": "purchase", "reserve": "reservation", "rent": "on-demand"}[ownership],
        ownership=ownership,
        supplier=configuration.vendor,
        sites=tuple(sites),
        price_usd=tuple(usd * 0.975**t for t in range(size.periods)),
        fabric_usd=(0.08 * usd if own else 0.0,) * size.periods,
        lead_weeks=13.0 * first,
        first=first,
        last=size.periods - 1,
        held=held,
        life_years=YEARS_OF_LIFE,
        draws={random.choice(POOLS): configuration.chips * random.choice((80.0, 141.0, 192.0))}
        if own
        else {},
        order_periods=tuple(max(0, v - first) for v in range(size.periods)),
        resale=tuple(0.75 * 0.9**age for age in range(held + 1)) if resold else (),
        exit_fee=None,
        maintenance_per_year=0.04 if own else 0.0,
        failures_per_year=0.01 if own else 0.0,
        max_per_period=(lots * random.uniform(0.2, 0.6),) * size.periods,
        max_total=lots * random.uniform(4, 8) if own else None,
        min_total=None,
        tier="assumed",
        why_first="made up",
    )


def _demands(
    random: Random, size: Size, systems: dict[str, Configuration], own_kw: list[float]
) -> dict[str, Demand]:
    """Demand that systems of median efficiency would need 2.2 times the power for."""
    demands = {}
    for number in range(size.workloads):
        name = f"work-{number}"
        per_kw = sorted(
            c.rates[name].tok_per_s / c.provisioned_kw for c in systems.values() if name in c.rates
        )
        typical = per_kw[len(per_kw) // 2]
        share = random.uniform(0.5, 1.5) / size.workloads
        mean = tuple(2.2 * share * kw * typical for kw in own_kw)
        profile = random.choice(PROFILES)
        demands[name] = Demand(
            id=name,
            mean_tok_per_s=mean,
            block_tok_per_s=tuple(tuple(tok * factor for factor in profile) for tok in mean),
            deferrable=number % 5 == 4,
            shed_usd_per_tok=random.uniform(3e-4, 1.2e-3) / typical,
            service_level=(0.3 if number % 8 == 0 else 0.0,) * len(mean),
            single_offer=False,
        )
    return demands


def _supply(name: str, size: Size, own_kw: list[float]) -> Supply:
    """A pool that would fill about a fifteenth of the sites in a quarter, with a dear spot market."""
    amount = tuple(kw / 1.4 * 140.0 / 60.0 for kw in own_kw)
    return Supply(
        id=name,
        unit="GB",
        amount=amount,
        carry_over=True,
        draw_at_order=True,
        spot_usd=(60.0,) * size.periods,
        spot_limit=tuple(value * 0.5 for value in amount),
    )


def _arcs(
    random: Random,
    size: Size,
    systems: dict[str, Configuration],
    offerings: dict[str, Offering],
    places: dict[str, Place],
) -> frozenset[tuple[str, str, str]]:
    """Where the rate and the distance of the site allow it."""
    too_far = {
        (site, f"work-{number}")
        for site in places
        for number in range(size.workloads)
        if random.random() < 0.3
    }
    return frozenset(
        (offering.configuration, site, workload)
        for offering in offerings.values()
        for site in offering.sites
        for workload in systems[offering.configuration].rates
        if (site, workload) not in too_far
    )


def _policy(timeline: Timeline, own_kw: list[float]) -> Policy:
    """Budgets by year, a cap on one vendor's share, a ceiling on one vendor's purchases."""
    budget: dict[int, float] = {}
    for period in timeline.periods:
        kw = own_kw[period.index]
        budget[period.year] = budget.get(period.year, 0.0) + kw * 3e4 / 12
    return Policy.model_construct(
        headroom=0.1,
        budget=budget,
        share_caps={"one vendor": ShareCap(group=Group(vendors=("vendor-7",)), at_most=0.3)},
        limits={
            "early chips": Limit(group=Group(gradients=(1,)), measure="capex", at_most=2e9),
        },
    )
