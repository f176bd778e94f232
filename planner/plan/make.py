"""The use case: from a loaded scenario to a plan with its twins, prices and verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from planner.errors import InfeasibleScenario
from planner.finance.ledger import Entry, ledger
from planner.options.join import join
from planner.options.table import Options
from planner.options.units import MUSD
from planner.plan import tables
from planner.plan.flip import Flip, flips
from planner.plan.freedom import Freedom, freedoms
from planner.plan.grounds import Table, beyond_volume
from planner.plan.headline import Headline, headline
from planner.plan.hot import Hot
from planner.plan.light import Light, lights
from planner.plan.masks import parts_of_sets
from planner.plan.price.offers import NONE, Negotiation, negotiations
from planner.plan.price.sides import with_sides
from planner.plan.price.slope import doubled, slopes
from planner.plan.rounding import rounding_cost, unavoidable_shed
from planner.plan.scarcity import Scarcity, ShadowPrice, scarcities, shadow_prices
from planner.plan.solved import Settings, Solved, solve
from planner.plan.twin import business_as_usual, counterfactual
from planner.plan.verdicts import Verdict, verdicts
from planner.scenario.load import Loaded
from planner.serving.claim import PHYSICAL_BOUND

FORMAT_VERSION = 1
SIDES_OF = 8
"""Scarcities whose price is confirmed on both sides."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Twin:
    """A counterfactual beside the plan.

    costs_usd: what losing the freedom costs (present value). without: what would be short where no
    plan exists without it; headline and cost are then None.
    """

    title: str
    headline: Headline | None
    costs_usd: float | None
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The answer.

    solve_s is wall clock and stays out of ``plan.json``.
    """

    scenario: str
    as_of: str
    first_period: str
    last_period: str
    status: str
    gap: float
    whole_units: bool
    objective_musd: float
    headline: Headline
    bau: Headline
    bau_status: str
    bau_gap: float
    counterfactuals: dict[str, Twin]
    rounding_cost_usd: float | None
    unavoidable_shed_tokens: float
    tables: dict[str, Table]
    bau_tables: dict[str, Table]
    scarcities: list[Scarcity]
    shadow_prices: list[ShadowPrice]
    freedoms: list[Freedom]
    verdicts: list[Verdict]
    lights: list[Light]
    flips: list[Flip]
    capped_claims: list[str]
    caveats: list[str]
    entries: list[Entry] = field(repr=False)
    solved: Solved = field(repr=False, compare=False)
    seconds: dict[str, float] = field(compare=False, default_factory=dict)

    @property
    def solve_s(self) -> float:
        return self.seconds["solve"]

    def as_data(self) -> dict[str, Any]:
        """What ``plan.json`` holds; the same inputs give the same bytes."""
        return {
            "format_version": FORMAT_VERSION,
            "scenario": self.scenario,
            "as_of": self.as_of,
            "horizon": [self.first_period, self.last_period],
            "status": self.status,
            "gap": self.gap,
            "whole_units": self.whole_units,
            "objective_musd": self.objective_musd,
            "headline": asdict(self.headline),
            "bau": asdict(self.bau),
            "counterfactuals": {name: asdict(twin) for name, twin in self.counterfactuals.items()},
            "rounding_cost_usd": self.rounding_cost_usd,
            "unavoidable_shed_tokens": self.unavoidable_shed_tokens,
            "deliveries": self.tables["deliveries"],
            "workloads": self.tables["workloads"],
            "bau_workloads": self.bau_tables["workloads"],
            "scarcities": [asdict(scarcity) for scarcity in self.scarcities],
            "photonics": [asdict(light) for light in self.lights],
            "flips": [asdict(flip) for flip in self.flips],
            "freedoms": [asdict(freedom) for freedom in self.freedoms],
            "capped_claims": self.capped_claims,
            "caveats": self.caveats,
            "options": [asdict(verdict) for verdict in self.verdicts],
        }


def make_plan(loaded: Loaded, settings: Settings, say: Say = lambda text: None) -> Plan:
    """Join, solve, solve the twins, and read the answer off.

    Raises InvalidData (exit 3), InfeasibleScenario (exit 4), NoProof (exit 5).
    """
    options = join(loaded)
    say(
        f"{len(options.offerings)} usable offers, {len(options.configurations)} systems, "
        f"{len(options.arcs)} ways to serve {len(options.demands)} workloads"
    )
    solved = solve(options, settings)
    seconds = dict(solved.seconds)
    say(
        f"{solved.arrays.columns:,} columns, {solved.arrays.rows:,} rows, "
        f"{len(solved.arrays.value):,} coefficients: {solved.solution.status} "
        f"in {seconds['solve']:.1f} s"
    )
    entries = ledger(solved.program, solved.x)
    twins = {name: _twin(options, settings, solved, name, say) for name in options.counterfactuals}
    usual = solve(business_as_usual(options), settings)
    usual_entries = ledger(usual.program, usual.x)
    seconds["bau"] = usual.seconds["solve"]
    say(f"business as usual: {usual.solution.status} in {seconds['bau']:.1f} s")
    relaxed = not options.whole_units
    extra = rounding_cost(solved) if relaxed else None
    prices = shadow_prices(solved.arrays, solved.labels, solved.solution)
    scarce = scarcities(options, prices)
    hot = Hot.at_units(solved)
    priced = _negotiated(loaded, solved, hot, settings, say)
    periods = options.timeline.periods
    return Plan(
        scenario=options.scenario,
        as_of=options.timeline.as_of.isoformat(),
        first_period=periods[0].label,
        last_period=periods[-1].label,
        status=solved.solution.status,
        gap=solved.solution.gap,
        whole_units=options.whole_units,
        objective_musd=solved.solution.objective,
        headline=headline(solved.program.space, solved.x, entries),
        bau=headline(usual.program.space, usual.x, usual_entries),
        bau_status=usual.solution.status,
        bau_gap=usual.solution.gap,
        counterfactuals=twins,
        rounding_cost_usd=None if extra is None else extra * MUSD,
        unavoidable_shed_tokens=unavoidable_shed(solved),
        tables=tables.all_tables(solved.answer, entries),
        bau_tables=tables.all_tables(usual.answer, usual_entries),
        scarcities=with_sides(hot, scarce, SIDES_OF),
        shadow_prices=prices,
        freedoms=freedoms(solved, prices),
        verdicts=verdicts(solved, priced),
        lights=lights(solved, settings, loaded),
        flips=flips(solved, loaded, settings),
        capped_claims=capped_claims(options),
        caveats=[*options.caveats, *beyond_volume(solved.answer), *parts_of_sets(solved.answer)],
        entries=entries,
        solved=solved,
        seconds=seconds,
    )


def _negotiated(
    loaded: Loaded, solved: Solved, hot: Hot, settings: Settings, say: Say
) -> dict[str, Negotiation]:
    """What to negotiate with each supplier; of whole-unit plans, by the relaxed program."""
    if settings.targets == NONE:
        return {}
    begun = hot.seconds
    relaxed = Hot.of(solved) if solved.arrays.integer.any() else hot
    slope = slopes(solved.program, doubled(loaded))
    priced = negotiations(relaxed, slope, settings.targets, say=say)
    say(f"prices to negotiate of {len(priced)} offers in {relaxed.seconds - begun:.1f} s")
    return priced


def capped_claims(options: Options) -> list[str]:
    """Vendors' claims that were above what physics allows, each with the bound used instead."""
    return [
        f"{name} on {workload}: {rate.tok_per_s:,.0f} tok/s a system, its physical bound"
        for name, configuration in sorted(options.configurations.items())
        for workload, rate in configuration.rates.items()
        if rate.bound_by == PHYSICAL_BOUND
    ]


def _twin(options: Options, settings: Settings, solved: Solved, name: str, say: Say) -> Twin:
    twin = options.counterfactuals[name]
    try:
        other = solve(counterfactual(options, twin), settings)
    except InfeasibleScenario as impossible:
        say(f"{twin.title}: no plan without it")
        return Twin(twin.title, None, None, impossible.shortages)
    say(f"{twin.title}: {other.solution.status} in {other.seconds['solve']:.1f} s")
    lines = ledger(other.program, other.x)
    return Twin(
        title=twin.title,
        headline=headline(other.program.space, other.x, lines),
        costs_usd=(other.solution.objective - solved.solution.objective) * MUSD,
    )
