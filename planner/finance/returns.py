"""Returns: what serving earns, where the scenario says what customers pay.

Revenue is reported beside the plan and never part of what is minimised: demand is to be served,
and what is not served costs its penalty (docs/decisions/0011-finance.md). Penalties are no cash and
are left out here; the value left at the horizon counts as received at its end.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.finance.allocate import PENALTY, workload_costs
from planner.finance.formulas import internal_rate_of_return, payback_years
from planner.finance.ledger import Entry
from planner.finance.usage import Usage
from planner.options.table import Options
from planner.options.units import MUSD
from planner.program.build import Program
from planner.solver.arrays import Floats
from planner.timeline import SHARE_OF_PERIOD


@dataclass(frozen=True)
class Margin:
    """One workload: present values, and per discounted Mtok; revenue None where none is stated."""

    workload: str
    revenue_usd_pv: float | None
    cost_usd_pv: float
    margin_usd_pv: float | None
    revenue_usd_per_mtok: float | None
    cost_usd_per_mtok: float | None


@dataclass(frozen=True)
class Returns:
    """The plan as an investment.

    irr: yearly rate at which everything paid and received is worth nothing. payback_years: after
    the horizon's start. break_even_share: of the tokens served, at which revenue covers all cost
    while what serving itself adds falls with them. utilisation: hours at work over hours ready;
    break_even_utilisation: the share of it. margin_usd_pv: of the workloads that state a price.
    None where there is none, and wherever a workload is served unpriced: its cost cannot be parted
    from the rest without the splitting rule, which is no contract. unpriced: those workloads.
    """

    margins: tuple[Margin, ...]
    margin_usd_pv: float
    irr: float | None
    payback_years: float | None
    break_even_share: float | None
    utilisation: float | None
    break_even_utilisation: float | None
    unpriced: tuple[str, ...]


def returns(program: Program, x: Floats, entries: list[Entry], used: Usage) -> Returns | None:
    """What serving earns; None where no workload states a price."""
    options = program.space.options
    if all(demand.revenue_usd_per_mtok is None for demand in options.demands.values()):
        return None
    margins = _margins(options, entries, used)
    revenue = sum(m.revenue_usd_pv or 0.0 for m in margins)
    cost = sum(e.pv_usd for e in entries if e.account != PENALTY)
    unpriced = tuple(m.workload for m in margins if m.revenue_usd_pv is None and m.cost_usd_pv)
    share = None if unpriced else break_even_share(revenue, cost, _added_by_serving(program, x))
    flows = [] if unpriced else dated_flows(options, entries, used)
    busy = used.utilisation
    return Returns(
        margins=tuple(margins),
        margin_usd_pv=sum(m.margin_usd_pv or 0.0 for m in margins) if unpriced else revenue - cost,
        irr=internal_rate_of_return(flows),
        payback_years=payback_years(flows),
        break_even_share=share,
        utilisation=busy,
        break_even_utilisation=None if share is None or busy is None else share * busy,
        unpriced=unpriced,
    )


def break_even_share(revenue_usd: float, cost_usd: float, variable_usd: float) -> float | None:
    """Share s of the tokens at which s · revenue = fixed + s · variable cost; None if at no share.

    s = (cost − variable) / (revenue − variable).

    >>> break_even_share(200.0, 150.0, 50.0)
    0.6666666666666666
    >>> break_even_share(40.0, 150.0, 50.0) is None
    True
    """
    if revenue_usd <= variable_usd:
        return None
    return (cost_usd - variable_usd) / (revenue_usd - variable_usd)


def dated_flows(options: Options, entries: list[Entry], used: Usage) -> list[tuple[float, float]]:
    """(years after the horizon's start, USD received less paid), in order of time."""
    years = options.timeline.years
    flows = [
        (years * (e.period + SHARE_OF_PERIOD[e.moment]), -e.usd)
        for e in entries
        if e.account != PENALTY
    ]
    for (workload, period), mtok in used.mtok_by_period.items():
        price = options.demands[workload].revenue_usd_per_mtok
        if price is not None:
            flows.append((years * (period + SHARE_OF_PERIOD["middle"]), mtok * price[period]))
    dated: dict[float, float] = {}
    for at, usd in flows:
        dated[at] = dated.get(at, 0.0) + usd
    return sorted(dated.items())


def _margins(options: Options, entries: list[Entry], used: Usage) -> list[Margin]:
    costs, _ = workload_costs(options, entries, used)
    margins = []
    for demand in options.demands.values():
        price, revenue, pv_mtok = demand.revenue_usd_per_mtok, 0.0, 0.0
        for period in range(options.timeline.count):
            mtok = used.mtok_by_period.get((demand.id, period), 0.0)
            worth = mtok * options.timeline.discount(period, "middle")
            pv_mtok += worth
            revenue += worth * price[period] if price is not None else 0.0
        cost = costs.get(demand.id, 0.0)
        margins.append(
            Margin(
                workload=demand.id,
                revenue_usd_pv=revenue if price is not None else None,
                cost_usd_pv=cost,
                margin_usd_pv=revenue - cost if price is not None else None,
                revenue_usd_per_mtok=revenue / pv_mtok if price is not None and pv_mtok else None,
                cost_usd_per_mtok=cost / pv_mtok if pv_mtok else None,
            )
        )
    return margins


def _added_by_serving(program: Program, x: Floats) -> float:
    """Present value of what serving itself adds: energy beyond idle, its carbon (USD)."""
    return sum(
        cost * float(value) * MUSD
        for column, cost, value in zip(program.space.columns, program.cost, x, strict=True)
        if column.kind == "serve"
    )
