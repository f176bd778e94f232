"""The case of one offer in a run: its prices, what binds it, its money; computed from the run's inputs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from planner.finance.ledger import ledger
from planner.options.join import join
from planner.options.units import MUSD
from planner.plan.hot import Hot
from planner.plan.price.curve import CurvePoint, curve, factors_around
from planner.plan.price.levers import Lever, levers
from planner.plan.price.offers import EVERY, Negotiation, is_used, negotiations
from planner.plan.price.slope import doubled, slopes
from planner.plan.shortage import split_key
from planner.plan.solved import solve
from planner.program.family import family
from planner.scenario.load import Loaded

_PRICED = 1e-7
"""MUSD per row unit below which a row has no price."""


@dataclass(frozen=True)
class Bind:
    """A limit with a price that one system of the offer uses: worth of what it takes (USD, all periods)."""

    family: str
    subject: str
    usd: float


@dataclass(frozen=True)
class Case:
    """One offer. money: present value by account. curve, levers: where asked for."""

    offer: str
    negotiation: Negotiation | None
    money: dict[str, float]
    binds: list[Bind]
    curve: list[CurvePoint] = field(default_factory=list)
    levers: list[Lever] = field(default_factory=list)


def cases(loaded: Loaded, offers: list[str], with_curve: bool, with_levers: bool) -> list[Case]:
    """The cases of some offers of a scenario, from one solve of its relaxed program."""
    options = join(loaded)
    solved = solve(options)
    hot = Hot.of(solved)
    slope = slopes(solved.program, doubled(loaded))
    priced = negotiations(hot, slope, EVERY, offers)
    entries = ledger(solved.program, hot.base.x)
    found = []
    for offer in offers:
        money: dict[str, float] = defaultdict(float)
        for entry in entries:
            if entry.subject == offer:
                money[entry.account] += entry.pv_usd
        told = priced.get(offer)
        drawn: list[CurvePoint] = []
        if with_curve and offer in slope:
            turn = told.target.factor if told and told.target else None
            drawn = curve(hot, slope[offer], offer, factors_around(turn))
        ways = levers(options, offer) if with_levers and not is_used(hot, offer) else []
        found.append(Case(offer, told, dict(money), _binds(hot, offer), drawn, ways))
    return found


def _binds(hot: Hot, offer: str) -> list[Bind]:
    """Priced limits that the columns of the offer or of its configuration stand in, the dearest first."""
    name = hot.options.offerings[offer].configuration
    worth: dict[tuple[str, str], float] = defaultdict(float)
    mine = {
        position
        for position, column in enumerate(hot.program.space.columns)
        if column.key[0] in (offer, name)
    }
    arrays = hot.arrays
    for row, (kind, key) in enumerate(hot.labels):
        price = float(hot.base.dual[row])
        if abs(price) <= _PRICED or not family(kind).scarcity:
            continue
        span = slice(arrays.start[row], arrays.start[row + 1])
        uses = [
            abs(value)
            for column, value in zip(arrays.index[span], arrays.value[span], strict=True)
            if int(column) in mine
        ]
        if uses:
            limit, usd = (kind, split_key(kind, key)[0]), abs(price) * max(uses) * MUSD
            once = family(kind).alternatives
            worth[limit] = max(worth[limit], usd) if once else worth[limit] + usd
    return [Bind(*limit, usd) for limit, usd in sorted(worth.items(), key=lambda item: -item[1])]
