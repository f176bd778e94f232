"""Every system and offer with its verdict: chosen, lost by how much, or excluded and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from planner.finance.ledger import ZERO
from planner.options.table import Offering
from planner.options.units import MUSD
from planner.plan.price.offers import Negotiation
from planner.plan.scarcity import money
from planner.plan.solved import Solved
from planner.program.space import Column

CHOSEN, LOST, EXCLUDED = "chosen", "lost", "excluded"
_TIE = 1e-4
"""Missing less than this share of the cost is a tie."""


@dataclass(frozen=True)
class Verdict:
    """One line of the options table.

    systems: delivered, or the most rented at once, or the most Gtok/h of a workload bought. missed_by_usd: present value by which a lost
    offer costs more than it is worth, per system, at the delivery that earns back most of its net
    cost (price, network, upkeep, less remaining value); missed_share of that cost is not earned.
    target_*: the price at which a lost offer wins, per system (or system-hour) of the delivery named,
    target_share of what it asks and target_quote_usd in the first period's prices; now_*: for an order
    in the decision window. shrinks_above_share, leaves_above_share: of its price, for one that won.
    """

    id: str
    system: str
    vendor: str
    gradient: int | None
    contract: str
    verdict: str
    systems: float
    missed_by_usd: float | None
    missed_share: float | None
    why: str
    target_price_usd: float | None = None
    target_share: float | None = None
    target_quote_usd: float | None = None
    target_delivery: str = ""
    target_order_by: str = ""
    target_proven: bool | None = None
    now_price_usd: float | None = None
    now_share: float | None = None
    now_delivery: str = ""
    now_proven: bool | None = None
    shrinks_above_share: float | None = None
    leaves_above_share: float | None = None
    without_it_usd: float | None = None
    negotiation: str = ""


def verdicts(solved: Solved, priced: dict[str, Negotiation] | None = None) -> list[Verdict]:
    """One line for every offer, and for every catalog system nobody offers.

    priced: what to negotiate, by offer.
    """
    lines = [_negotiated(line, (priced or {}).get(line.id)) for line in _lines(solved)]
    order = {CHOSEN: 0, LOST: 1, EXCLUDED: 2}
    return sorted(lines, key=lambda line: (order[line.verdict], line.id))


def _negotiated(line: Verdict, found: Negotiation | None) -> Verdict:
    """A verdict with its prices to negotiate."""
    if found is None:
        return line
    anywhen, now, room = found.target, found.now, found.room
    if anywhen is not None:
        line = replace(
            line,
            target_price_usd=anywhen.price_usd,
            target_share=anywhen.factor,
            target_quote_usd=anywhen.quote_usd,
            target_delivery=anywhen.delivery,
            target_order_by=anywhen.order_by,
            target_proven=anywhen.proven,
        )
    if now is not None:
        line = replace(line, now_price_usd=now.price_usd, now_share=now.factor, now_delivery=now.delivery, now_proven=now.proven)  # fmt: skip
    if room is not None:
        without = None if room.without_musd is None else room.without_musd * MUSD
        line = replace(line, shrinks_above_share=room.shrinks, leaves_above_share=room.leaves, without_it_usd=without)  # fmt: skip
    if line.missed_share is not None and line.missed_share < _TIE and _below(found):
        line = replace(line, missed_by_usd=None, missed_share=None, why=f"several sets of prices prove this plan, and at one of them it earns back its cost; solved again: {found.sentence}")  # fmt: skip
    return replace(line, negotiation=found.sentence)


def _below(found: Negotiation) -> bool:
    """Whether a lost offer must become cheaper to win."""
    if found.target is None:
        return found.free_is_too_dear
    return found.target.factor < 1 - _TIE


def _lines(solved: Solved) -> list[Verdict]:
    options = solved.options
    used: dict[str, float] = defaultdict(float)
    nearest: dict[str, _Miss] = {}
    for position, column in enumerate(solved.program.space.columns):
        if column.kind not in ("deliver", "rent", "buy"):
            continue
        offer, value = column.key[0], float(solved.x[position])
        used[offer] = used[offer] + value if column.kind == "deliver" else max(used[offer], value)
        offering = options.offerings[offer]
        if offering.first <= _period(column) <= offering.last:
            miss = _miss(solved, position)
            if offer not in nearest or miss.share < nearest[offer].share:
                nearest[offer] = miss
    lines = [
        _line(solved, offering, used[name], nearest.get(name))
        for name, offering in options.offerings.items()
    ]
    lines += [
        Verdict(x.id, x.system, "", None, "", EXCLUDED, 0.0, None, None, x.why)
        for x in options.exclusions
    ]
    return lines


def _period(column: Column) -> int:
    """The period of a delivery, a rental or a purchase of tokens."""
    return int(column.key[3 if column.kind == "buy" else 2])


@dataclass(frozen=True)
class _Miss:
    usd: float
    share: float
    where: str


def _miss(solved: Solved, position: int) -> _Miss:
    """How far one delivery (or one hour's rental) is from earning back its net cost."""
    options = solved.options
    column = solved.program.space.columns[position]
    cost = solved.program.cost[position] * MUSD
    usd = max(0.0, float(solved.solution.reduced[position]) * MUSD)
    where = f"{options.timeline.periods[_period(column)].label} at {column.key[1]}"
    return _Miss(usd, usd / cost if cost > 0 else 0.0, where)


def _line(solved: Solved, offering: Offering, systems: float, miss: _Miss | None) -> Verdict:
    configuration = solved.options.configurations[offering.configuration]
    chosen = systems > ZERO
    lost = miss if not chosen else None
    if offering.fixed is not None:
        why = offering.why_first if offering.commitment else "installed"
    elif chosen:
        why = f"first delivery possible {solved.options.timeline.periods[offering.first].label}"
    elif lost is None:
        why = "no delivery is possible"
    elif lost.share < _TIE:
        why = f"a tie: at best ({lost.where}) it earns back its cost, and the plan does without"
    else:
        why = f"at best ({lost.where}) it earns back {1 - lost.share:.0%} of its net cost, {money(lost.usd)} a system too little"  # fmt: skip
    return Verdict(
        id=offering.id,
        system=configuration.system,
        vendor=configuration.vendor,
        gradient=configuration.gradient,
        contract=offering.contract,
        verdict=CHOSEN if chosen else LOST,
        systems=systems if chosen else 0.0,
        missed_by_usd=lost.usd if lost else None,
        missed_share=lost.share if lost else None,
        why=why,
    )
