"""What else would let an offer in at the price it asks: more speed, less power, an earlier delivery.

Each is tried by re-solve on a world in which only this offer's systems change; the figure is where
the plan turns, to a hundredth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.options.table import Configuration, Offering, Options
from planner.plan.hot import ACQUISITIONS, Hot
from planner.plan.price.priced import Priced
from planner.plan.price.slope import difference
from planner.plan.solved import solve
from planner.program.build import build
from planner.timeline import before

_SPLIT = "+"
"""Marks the configuration that only the offer asked about has."""
_TO = 0.01
_LEAST = 1 / 64
"""Nobody is sixty-four times faster."""


@dataclass(frozen=True)
class Lever:
    """One way in. needed: the factor (or periods) at which it enters, None where none tried does."""

    name: str
    needed: float | None
    sentence: str


def levers(options: Options, offer: str) -> list[Lever]:
    """Throughput, power and lead time that would let a lost offer in at its price."""
    apart = _apart(options, offer)
    hot = Hot.of(solve(apart))
    slower = _turn(hot, _scaled(apart, offer, speed=0.5), offer)
    hungrier = _turn(hot, _scaled(apart, offer, power=2.0), offer)
    return [
        Lever("throughput", None if slower is None else 1 / slower, _faster(slower)),
        Lever("power", hungrier, _leaner(hungrier)),
        _earlier(options, offer, hot.base.objective),
    ]


def _apart(options: Options, offer: str) -> Options:
    """The same world with a configuration of the offer's own."""
    offering = options.offerings[offer]
    old = options.configurations[offering.configuration]
    own = replace(old, id=old.id + _SPLIT)
    arcs = {(own.id, i, w) for c, i, w in options.arcs if c == old.id and i in offering.sites}
    return replace(
        options,
        configurations={**options.configurations, own.id: own},
        offerings={**options.offerings, offer: replace(offering, configuration=own.id)},
        arcs=options.arcs | arcs,
    )


def _scaled(options: Options, offer: str, speed: float = 1.0, power: float = 1.0) -> Options:
    own = options.of(offer)
    rates = {w: replace(rate, tok_per_s=rate.tok_per_s * speed) for w, rate in own.rates.items()}
    changed: Configuration = replace(
        own,
        rates=rates,
        provisioned_kw=own.provisioned_kw * power,
        serving_kw=own.serving_kw * power,
        idle_kw=own.idle_kw * power,
    )
    return replace(options, configurations={**options.configurations, own.id: changed})


def _turn(hot: Hot, doubled: Options, offer: str) -> float | None:
    """Largest share of the time or power of a token at which the offer enters; 1 where it is in already."""
    slope = difference(hot.program, build(doubled))
    columns = hot.program.space.columns
    taken = [j for j in hot.columns_of[offer] if columns[j].kind in ACQUISITIONS]
    with hot.question():
        priced = Priced(hot, slope)

        def enters(share: float) -> bool:
            point = priced.at(share)
            if point is None:
                return False
            cheaper = point.cost < hot.base.objective - priced.near
            return cheaper and float(point.solution.x[taken].sum()) > 0

        inside, outside = _LEAST, 1.0
        if not enters(inside):
            return None
        while outside - inside > _TO * inside:
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if enters(middle) else (inside, middle)
    return inside


def _earlier(options: Options, offer: str, without: float) -> Lever:
    """Periods by which its first delivery would have to come sooner."""
    offering = options.offerings[offer]
    for periods in range(1, offering.first + 1):
        sooner = replace(options, offerings={**options.offerings, offer: _sooner(options, offering, periods)})  # fmt: skip
        answer = solve(sooner)
        taken = sum(
            float(value)
            for column, value in zip(answer.program.space.columns, answer.x, strict=True)
            if column.kind in ACQUISITIONS and column.key[0] == offer
        )
        if taken > 0 and answer.solution.objective < without - 1e-9 * abs(without):
            when = options.timeline.periods[offering.first - periods].label
            return Lever("lead time", float(periods), f"a first delivery {periods} {'period' if periods == 1 else 'periods'} sooner, in {when}")  # fmt: skip
    return Lever("lead time", None, "no earlier delivery would")


def _sooner(options: Options, offering: Offering, periods: int) -> Offering:
    timeline = options.timeline
    gained = (timeline.periods[offering.first].start - timeline.periods[offering.first - periods].start).days / 7  # fmt: skip
    weeks = max(0.0, offering.lead_weeks - gained)
    orders = tuple(max(0, timeline.index_at(before(p.start, weeks))) for p in timeline.periods)
    return replace(offering, first=offering.first - periods, lead_weeks=weeks, order_periods=orders)


def _faster(share: float | None) -> str:
    if share is None:
        return f"no speed up to {1 / _LEAST:.0f} times its own would"
    return f"{1 / share:.2f} times its throughput"


def _leaner(share: float | None) -> str:
    if share is None:
        return f"no power down to {_LEAST:.0%} of its own would"
    return f"{share:.0%} of its power"
