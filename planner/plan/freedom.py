"""What it is worth to need nothing of a scarce pool: the units that other chips would have drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from planner.finance.ledger import ZERO
from planner.options.table import Offering, Options, Supply
from planner.options.units import gtok_per_hour
from planner.plan.scarcity import ShadowPrice, money
from planner.plan.solved import Solved


@dataclass(frozen=True)
class Freedom:
    """An offer that was bought and whose chips carry no HBM, against one pool with a price.

    It stands against each pool by itself: worths in several pools do not add up. units_per_system: of the pool, that the least-drawing chips on offer would take to do the work of
    one of its systems. units: for all of them. worth_usd: at the pool's price when each was bought.
    """

    offer: str
    system: str
    gradient: int | None
    pool: str
    unit: str
    systems: float
    units_per_system: float
    units: float
    worth_usd: float
    sentence: str


def freedoms(solved: Solved, prices: Iterable[ShadowPrice]) -> list[Freedom]:
    """Every offer bought without HBM, against every pool with a price; dearest first."""
    options = solved.options
    by_row = {(p.subject, p.period): p.usd_per_unit for p in prices if p.family == "supply"}
    bought = _bought(solved)
    work = _work(solved)
    found = []
    for supply in options.supplies.values():
        worth = arrival_worth(options, supply, by_row)
        if supply.slots or not any(worth):
            continue
        least = _least_units(options, supply)
        for name, deliveries in bought.items():
            offering = options.offerings[name]
            if supply.id in offering.draws or options.of(name).stacked_memory:
                continue
            each = sum(
                share * least[workload]
                for workload, share in work.get(offering.configuration, {}).items()
                if workload in least
            )
            if each:
                found.append(_freedom(options, supply, offering, deliveries, each, worth))
    return sorted(found, key=lambda f: (-f.worth_usd, f.offer, f.pool))


def arrival_worth(
    options: Options, supply: Supply, price: dict[tuple[str, int | None], float]
) -> list[float]:
    """USD of one more unit arriving in each period: with carry-over the sum of later prices."""
    count = options.timeline.count
    own = [price.get((supply.id, t), 0.0) for t in range(count)]
    return [sum(own[t:]) if supply.carry_over else own[t] for t in range(count)]


def _bought(solved: Solved) -> dict[str, dict[int, float]]:
    """Systems bought by offer and delivery period."""
    bought: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for position, column in enumerate(solved.program.space.columns):
        if column.kind == "deliver" and solved.x[position] > ZERO:
            offering = solved.options.offerings[column.key[0]]
            if offering.ownership == "own" and offering.fixed is None:
                bought[offering.id][column.key[2]] += float(solved.x[position])
    return bought


def _work(solved: Solved) -> dict[str, dict[str, float]]:
    """Gtok/h that one busy system of a configuration does of each workload, over all its busy hours."""
    options = solved.options
    busy: dict[str, float] = defaultdict(float)
    gtok: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for position, column in enumerate(solved.program.space.columns):
        if column.kind == "serve" and solved.x[position] > ZERO:
            name, _, workload, period, block = column.key
            made = float(solved.x[position]) * options.hours(block)
            busy[name] += made / gtok_per_hour(options.speed(name, workload, period))
            gtok[name][workload] += made
    return {
        name: {workload: made / busy[name] for workload, made in mix.items()}
        for name, mix in gtok.items()
    }


def _least_units(options: Options, supply: Supply) -> dict[str, float]:
    """Fewest pool units for 1 Gtok/h of each workload among the offers that draw on the pool."""
    least: dict[str, float] = {}
    for offering in options.offerings.values():
        units = offering.draws.get(supply.id)
        configuration = options.configurations[offering.configuration]
        for workload in configuration.rates if units else ():
            open_here = any((configuration.id, i, workload) in options.arcs for i in offering.sites)
            if open_here and units:
                speeds = [
                    options.speed(configuration.id, workload, p.index)
                    for p in options.timeline.periods
                ]
                each = units / gtok_per_hour(max(speeds))
                least[workload] = min(each, least.get(workload, each))
    return least


def _freedom(
    options: Options,
    supply: Supply,
    offering: Offering,
    deliveries: dict[int, float],
    each: float,
    worth: list[float],
) -> Freedom:
    when = offering.order_periods if supply.draw_at_order else range(options.timeline.count)
    systems = sum(deliveries.values())
    usd = sum(count * each * worth[when[v]] for v, count in deliveries.items())
    configuration = options.of(offering.id)
    return Freedom(
        offer=offering.id,
        system=configuration.system,
        gradient=configuration.gradient,
        pool=supply.id,
        unit=supply.unit,
        systems=systems,
        units_per_system=each,
        units=systems * each,
        worth_usd=usd,
        sentence=(
            f"{offering.id} draws nothing: its {systems:,.3g} systems do the work of "
            f"{systems * each:,.0f} {supply.unit} of {supply.id}, worth {money(usd)} at its price"
        ),
    )
