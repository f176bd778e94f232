"""Worlds small enough to solve by hand: Options values built directly, and their solved answer.

Everything is one by default, so that arithmetic stays in the head: a system serves 1 Gtok/h, draws
1 MW, stands on 1 rack position, costs 1 MUSD and is worth nothing at the horizon; a period is a
year; energy, buildings and staff are free; money is not discounted; not serving 1 Gtok/h for a
period costs 10 MUSD. A test names only what it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import inf
from typing import Any

import pytest

from planner.accounts.account import Payment
from planner.catalog.term import Agreed
from planner.catalog.terms.metered import TokensSold
from planner.options.ground import Block, Place, RackClass
from planner.options.metered import PricedTokens
from planner.options.table import Configuration, Demand, Offering, Onboarding, Options, Supply
from planner.program.build import Program, build
from planner.program.family import Row
from planner.program.price import payments
from planner.program.state import state
from planner.scenario.policy import Policy
from planner.serving.rate import Rate
from planner.solver.arrays import compile_arrays
from planner.solver.highs import OPTIMAL, Session
from planner.timeline import Timeline

GTOK_PER_HOUR = 1e9 / 3600
"""tok/s in 1 Gtok/h."""
HOURS = 8766.0
"""Hours of a year."""
YEARLY_MUSD = 1e6 / HOURS
"""USD per hour that make 1 MUSD in a year."""
AMPLE = 1000.0
LONGEST = 20
NEVER = 1e-9
"""A life so short that nothing is left of it at any horizon (years)."""

exactly = partial(pytest.approx, rel=1e-9, abs=1e-9)
Series = float | Sequence[float]


def over(value: Series) -> tuple[float, ...]:
    """One figure per period; a scalar holds throughout, a sequence keeps its last value."""
    given = tuple(value) if isinstance(value, Sequence) else (value,)
    return (*given, *[given[-1]] * (LONGEST - len(given)))


def system(
    name: str = "gpu",
    *,
    rate: float | dict[str, float] = 1.0,
    kw: float = 1000.0,
    span: float = 1.0,
    idle_kw: float = 0.0,
    **figures: Any,
) -> Configuration:
    """A configuration. rate: Gtok/h of one system (of "chat", or by workload); span: systems per replica.

    It draws as much when it serves as when idle unless ``serving_kw`` says otherwise.
    """
    by_workload = rate if isinstance(rate, dict) else {"chat": rate}
    rates = {
        workload: Rate(
            gtok * GTOK_PER_HOUR, 50.0, None, 1.0, 8.0 * span, span, "fp8", "test", "assumed", ""
        )
        for workload, gtok in by_workload.items()
    }
    base = Configuration(
        id=name, system=name, chip=f"{name}-chip", vendor="acme", gradient=1, family="gpu", chips=8.0,
        provisioned_kw=kw, serving_kw=idle_kw, idle_kw=idle_kw, positions=1.0, liquid=False, availability=1.0,
        rates=rates, refusals={},
    )  # fmt: skip
    return replace(base, **figures)


def _offering(
    name: str, system: str, sites: Sequence[str], price: Series, **terms: Any
) -> Offering:
    base = Offering(
        id=name, configuration=system, contract="test", ownership="own", supplier="acme",
        sites=tuple(sites), price_usd=over(price), fabric_usd=over(0.0), lead_weeks=0.0, first=0,
        last=LONGEST, held=LONGEST, life_years=NEVER, draws={}, order_periods=tuple(range(LONGEST)), resale=(), exit_fee=None,
        maintenance_per_year=0.0, failures_per_year=0.0, max_per_period=None, max_total=None,
        min_total=None, tier="assumed", why_first="",
    )  # fmt: skip
    for series in ("fabric_usd", "max_per_period"):
        if series in terms:
            terms[series] = over(terms[series])
    if "order_lag" in terms:
        lag = terms.pop("order_lag")
        terms["order_periods"] = tuple(max(0, v - lag) for v in range(LONGEST))
    return replace(base, **terms)


def purchase(
    name: str = "buy", system: str = "gpu", *, sites: Sequence[str] = ("campus",), price: Series = 1e6, **terms: Any
) -> Offering:  # fmt: skip
    """Systems bought at ``price`` USD each."""
    return _offering(name, system, sites, price, **terms)


def installed(name: str = "old", system: str = "gpu", *, count: float, **terms: Any) -> Offering:
    """Systems that already stand on the campus."""
    given = {"sites": ("campus",), "price": 1e6, "fixed": count, "last": 0, **terms}
    return _offering(name, system, given.pop("sites"), given.pop("price"), **given)


def reservation(
    name: str = "term", system: str = "gpu", *, price: Series = YEARLY_MUSD, **terms: Any
) -> Offering:
    """Hosted systems paid for a whole term of ``held`` periods, ``price`` USD an hour."""
    return _offering(name, system, ("cloud",), price, ownership="reserve", **terms)


def rental(
    name: str = "hour", system: str = "gpu", *, price: Series = YEARLY_MUSD, **terms: Any
) -> Offering:
    """Hosted systems paid by the hour, ``price`` USD each."""
    return _offering(name, system, ("cloud",), price, ownership="rent", **terms)


def tokens(name: str = "api", *, price: float = 1.0, **terms: Any) -> Offering:
    """Tokens of "chat" at ``price`` USD per Mtok, without a limit unless a term gives one."""
    usd = price / 1e6
    agreed = {
        TokensSold: TokensSold({}, None),
        PricedTokens: PricedTokens({"chat": over(usd)}, {"chat": "test"}, {"chat": True}),
        **terms.pop("agreed", {}),
    }
    return _offering(name, name, ("cloud",), usd, ownership="meter", terms=Agreed(agreed), **terms)


def service(name: str = "api") -> Configuration:
    """What stands for a seller of tokens of "chat": 1 Gtok/h of it is one of no system."""
    return system(name, rate=1.0, kw=0.0, span=0.0, metered=True, chips=0.0)


def site(
    name: str = "campus", *, power_mw: Series = AMPLE, racks: Series = AMPLE, density_kw: float = inf, liquid_mw: Series | None = None,
    pue: float = 1.0, pue_liquid: float | None = None, tariff: Sequence[Series] | float = 0.0,
    facility: Series = 0.0, carbon: Series | None = None, demand_charge_musd: Series | None = None, billed_share: Series = (), closed: Series = (), **others: Any,
) -> Place:  # fmt: skip
    """A site of our own. tariff: USD/kWh, or one series per load block; carbon: g/kWh.

    demand_charge_musd: what 1 MW of billed peak costs for a whole year.
    """
    blocks = tariff if isinstance(tariff, Sequence) else (tariff,) * 4
    yearly = None if demand_charge_musd is None else over(demand_charge_musd)
    return Place(
        id=name,
        hosted=False,
        power_kw=tuple(mw * 1000 for mw in over(power_mw)),
        contracted_kw=tuple(mw * 1000 for mw in over(power_mw)),
        positions=over(racks),
        density_kw=density_kw,
        liquid_kw=None if liquid_mw is None else tuple(mw * 1000 for mw in over(liquid_mw)),
        pue_air=pue,
        pue_liquid=pue if pue_liquid is None else pue_liquid,
        tariff_usd_per_kwh=tuple(zip(*map(over, blocks), strict=True)),
        facility_usd_per_kw_year=over(facility),
        carbon_g_per_kwh=None if carbon is None else over(carbon),
        demand_usd_per_kw_month=None
        if yearly is None
        else tuple(musd * 1e3 / 12 for musd in yearly),
        closed=over(closed) if closed != () else (),
        billed_share=over(billed_share) if billed_share != () else (),
        **others,
    )


def block(
    name: str = "feeder", kind: str = "grid", *, mw: float = 1.0, price: Series = 2e6, first: int = 0, life: int = LONGEST,
    running_musd: Series = 0.0, carbon: Series | None = None, **others: Any,
) -> Block:  # fmt: skip
    """Power or room that can be bought, worth nothing at the horizon. running_musd: of 1 MW for a year."""
    given = {"positions": 0.0, "rack_class": "", "liquid_kw": 0.0, "lead_weeks": 0.0, "life_years": NEVER, **others}  # fmt: skip
    return Block(
        id=name, kind=kind, power_kw=mw * 1000, contracted_kw=mw * 1000, price_usd=over(price), first=first, life=life,
        running_usd_per_kwh=tuple(musd * 1e6 / (1000 * HOURS) for musd in over(running_musd)),
        carbon_g_per_kwh=None if carbon is None else over(carbon), **given,
    )  # fmt: skip


def rack_class(
    name: str, positions: Series, *, kw: float = 1000.0, floor_kg: float = inf
) -> RackClass:
    """Positions that feed ``kw`` and carry ``floor_kg`` each."""
    return RackClass(name, kw, floor_kg, over(positions))


def onboarding(
    name: str = "port@chat", *, systems: Sequence[str] = ("gpu",), workloads: Sequence[str] = ("chat",), fee: float = 2e6,
    engineers: float = 0.0, periods: int = 0, volume: float = 4.0,
) -> Onboarding:  # fmt: skip
    """A model that a platform must learn: fee and engineers in USD, volume in Gtok/h."""
    return Onboarding(
        name, frozenset(systems), frozenset(workloads), fee, engineers, periods, volume
    )


def workload(
    mean: Series, name: str = "chat", *, profile: Sequence[float] = (1.0,) * 4, deferrable: bool = False,
    shed_musd: float = 10.0, service_level: Series = 0.0, single_offer: bool = False, hours: float = HOURS, cappable: bool = False,
) -> Demand:  # fmt: skip
    """Demand of ``mean`` Gtok/h. shed_musd: of 1 Gtok/h not served over a period of ``hours``."""
    means = tuple(gtok * GTOK_PER_HOUR for gtok in over(mean))
    return Demand(
        id=name,
        mean_tok_per_s=means,
        block_tok_per_s=tuple(tuple(rate * factor for factor in profile) for rate in means),
        deferrable=deferrable,
        shed_usd_per_tok=shed_musd * 1e6 / (hours * 1e9),
        service_level=over(service_level),
        single_offer=single_offer,
        cappable=cappable,
    )


def pool(
    amount: Series, name: str = "hbm", *, carry_over: bool = True, draw_at_order: bool = False,
    spot: Series | None = None, spot_limit: Series | None = None,
) -> Supply:  # fmt: skip
    """A supply pool of ``amount`` units a period, and its spot market in USD per unit."""
    return Supply(
        id=name, unit="GB", amount=over(amount), carry_over=carry_over, draw_at_order=draw_at_order,
        spot_usd=None if spot is None else over(spot),
        spot_limit=None if spot_limit is None else over(spot_limit),
    )  # fmt: skip


def world(
    *,
    offerings: Sequence[Offering] = (),
    systems: Sequence[Configuration] = (),
    demand: Series = 4.0,
    demands: Sequence[Demand] = (),
    power_mw: Series = AMPLE,
    places: Sequence[Place] = (),
    supplies: Sequence[Supply] = (),
    blocks: Sequence[float] = (1.0,),
    periods: int = 1,
    unit: str = "year",
    discount_rate: float = 0.0,
    closed: Sequence[tuple[str, str, str]] = (),
    policy: dict[str, Any] | None = None,
    carbon_usd_per_t: Series | None = None,
    **others: Any,
) -> Options:
    """The options of a tiny scenario that begins in 2027. closed: arcs that may not serve."""
    timeline = Timeline(date(2027, 1, 1), date(2027, 1, 1), unit, periods, discount_rate)
    offerings = offerings or (purchase(),)
    configurations = {s.id: s for s in systems or (system(),)}
    sites = {
        p.id: p for p in (*(places or (site(power_mw=power_mw),)), Place("cloud", hosted=True))
    }
    stands = {(o.configuration, at) for o in offerings for at in o.sites}
    arcs = {(c, at, w) for c, at in stands for w in configurations[c].rates}
    fields: dict[str, Any] = {
        "scenario": "tiny",
        "timeline": timeline,
        "blocks": {f"h{number}": share for number, share in enumerate(blocks)},
        "places": sites,
        "demands": {d.id: d for d in demands or (workload(demand, hours=timeline.hours),)},
        "supplies": {s.id: s for s in supplies},
        "configurations": configurations,
        "offerings": {o.id: replace(o, last=min(o.last, periods - 1)) for o in offerings},
        "arcs": frozenset(arcs - set(closed)),
        "exclusions": (),
        "policy": Policy.model_validate(policy or {}),
        "carbon_usd_per_g": None if carbon_usd_per_t is None else tuple(usd / 1e6 for usd in over(carbon_usd_per_t)),
        "staff_usd_per_kw_year": 0.0,
        "whole_units": False,
        "counterfactuals": {},
    }  # fmt: skip
    return Options(**{**fields, **others})


@dataclass(frozen=True)
class Answer:
    """A solved world. x by (kind, *index); dual by (family, *index); cost in MUSD."""

    status: str
    musd: float
    x: dict[tuple[Any, ...], float]
    dual: dict[tuple[Any, ...], float]

    def total(self, *prefix: Any) -> float:
        """Sum of the columns whose kind and index begin so."""
        return sum(value for key, value in self.x.items() if key[: len(prefix)] == prefix)


@dataclass(frozen=True)
class Without(Program):
    """A program in which the rows of one family were never written."""

    missing: str = ""

    def rows(self) -> Iterator[Row]:
        return (row for row in super().rows() if row.family != self.missing)


def session(program: Program) -> Session:
    """The program at the solver."""
    return Session(compile_arrays(state(program)))


def solve(options: Options, without: str = "") -> Answer:
    """The optimum; ``without`` a family it is the twin whose rows of that family are missing."""
    program = build(options)
    if without:
        program = Without(program.space, program.cost, without)
    statement = state(program)
    solution = Session(compile_arrays(statement)).solve()
    if solution.status != OPTIMAL:
        return Answer(solution.status, solution.objective, {}, {})
    columns = [(column.kind, *column.key) for column in program.space.columns]
    labels = [(family, *key) for family, key in statement.labels]
    return Answer(
        solution.status,
        solution.objective,
        dict(zip(columns, map(float, solution.x), strict=True)),
        dict(zip(labels, map(float, solution.dual), strict=True)),
    )


def cost(options: Options, kind: str, *key: Any) -> float:
    """Objective coefficient of one column (MUSD): all its payments, discounted."""
    program = build(options)
    return program.cost[program.space.at(kind, *key)]


def paid(options: Options, account: str, kind: str, *key: Any) -> list[Payment]:
    """What one account asks of one unit of a column."""
    return [payment for card, payment in payments(options, kind, key) if card.name == account]
