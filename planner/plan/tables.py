"""The tables people read, as rows of plain values; every column's unit stands in its name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import date

from planner.finance.ledger import Entry
from planner.options.table import Offering, Options
from planner.options.units import MEGAWATT, POOL_LOT, gtok_per_hour
from planner.plan.commitments import agreements, commitments, ends
from planner.plan.fabrics import fabric
from planner.plan.grounds import Table, expansions, meter_kw, onboardings, sites, used
from planner.plan.headline import NO_CASH
from planner.plan.masks import mask_sets
from planner.plan.rights import rights
from planner.plan.signed import take_or_pay, tokens_bought
from planner.plan.solved import Answer
from planner.plan.workloads import workloads
from planner.program.space import ANY_BLOCK
from planner.serving.rate import Rate
from planner.timeline import before


def deliveries(answer: Answer) -> Table:
    """What to sign, for which site, by when."""
    options = answer.options
    table = []
    for (offer, site, period), systems in used(answer, "deliver"):
        offering = options.offerings[offer]
        table.append(
            {
                "order_by": order_by_of(offering, options.timeline.periods[offering.promised(period)].start),
                "in_service": serves_from(options, offering, site, period),
                "offer": offer,
                "system": offering.configuration,
                "supplier": offering.supplier,
                "contract": offering.contract,
                "site": site,
                "systems": systems,
                "chips": systems * options.of(offer).chips,
                "price_per": "system" if offering.ownership == "own" else "system-hour",
                "price_usd": None if offering.installed else offering.price_usd[period],
                "state": _state(offering),
                "change_by": _change_by(offering),
                "evidence_tier": offering.tier,
            }
        )  # fmt: skip
    return sorted(table, key=lambda row: (row["in_service"], row["offer"], row["site"]))


def order_by_of(offering: Offering, begins: date) -> str:
    """Last day to order; of what stands or binds there is none, of what is on paper it is the last to change."""
    if offering.commitment is not None:
        return "" if offering.commitment.binding else _change_by(offering)
    return "" if offering.installed else before(begins, offering.lead_weeks).isoformat()


def _state(offering: Offering) -> str:
    if offering.commitment is not None:
        return offering.commitment.state
    return "installed" if offering.installed else "to order"


def _change_by(offering: Offering) -> str:
    commitment = offering.commitment
    return commitment.change_by.isoformat() if commitment and commitment.change_by else ""


def fleet(answer: Answer) -> Table:
    """Systems in service by configuration, site and period."""
    options = answer.options
    return [
        {
            "period": options.timeline.periods[period].label,
            "site": site,
            "system": name,
            "gradient": options.configurations[name].gradient,
            "systems": systems,
            "chips": systems * options.configurations[name].chips,
            "power_mw": systems * meter_kw(options, name, site) / MEGAWATT,
        }
        for (name, site, period), systems in used(answer, "fleet")
    ]


def rentals(answer: Answer) -> Table:
    """On-demand systems by period and load block."""
    options, blocks = answer.options, tuple(answer.options.blocks)
    return [
        {
            "period": options.timeline.periods[period].label,
            "block": blocks[block],
            "offer": offer,
            "site": site,
            "systems": systems,
        }
        for (offer, site, period, block), systems in used(answer, "rent")
    ]


def serving(answer: Answer) -> Table:
    """Who serves what, with the evidence each rate rests on."""
    options, blocks = answer.options, tuple(answer.options.blocks)
    table = []
    for (name, site, workload, period, block), value in used(answer, "serve"):
        rate = options.configurations[name].rates[workload]
        table.append(
            {
                "period": options.timeline.periods[period].label,
                "block": blocks[block],
                "workload": workload,
                "system": name,
                "site": site,
                "tok_per_s": value / gtok_per_hour(1.0),
                "systems_busy": value / gtok_per_hour(options.speed(name, workload, period)),
                **_band(rate, options.speed(name, workload, period)),
                "tok_per_s_per_user": rate.tok_per_s_per_user,
                "precision": rate.precision,
                "evidence_tier": rate.tier,
            }
        )
    return table


def _band(rate: Rate, speed: float) -> dict[str, float | None]:
    """Speed of one system in this period (tok/s), and what 80 and 90 % of outcomes lie between."""
    gained = speed / rate.tok_per_s
    ends = {name: getattr(rate, name) for name in ("low", "high", "low_90", "high_90")}
    return {
        "tok_per_s_per_system": speed,
        **{name: None if end is None else end * gained for name, end in ends.items()},
    }


def shed(answer: Answer) -> Table:
    """What is not served."""
    options, blocks = answer.options, tuple(answer.options.blocks)
    return [
        {
            "period": options.timeline.periods[period].label,
            "block": "any" if block == ANY_BLOCK else blocks[block],
            "workload": workload,
            "tok_per_s": value / gtok_per_hour(1.0),
        }
        for (workload, period, block), value in used(answer, "shed")
    ]


def pools(answer: Answer) -> Table:
    """Draws on supply pools by period."""
    options = answer.options
    drawn: dict[tuple[str, int], float] = defaultdict(float)
    for (offer, _, period), systems in used(answer, "deliver"):
        offering = options.offerings[offer]
        if not offering.installed and options.supplies:
            for pool, each in offering.draws.items():
                at_order = options.supplies[pool].draw_at_order
                when = offering.order_periods[period] if at_order else period
                drawn[pool, when] += systems * each
    spot = {key: value * POOL_LOT for key, value in used(answer, "spot")}
    return [
        {
            "pool": supply.id,
            "unit": supply.unit,
            "period": period.label,
            "arrives": supply.amount[period.index],
            "drawn": drawn[supply.id, period.index],
            "spot": spot.get((supply.id, period.index), 0.0),
        }
        for supply in options.supplies.values()
        for period in options.timeline.periods
    ]


def cash(options: Options, entries: list[Entry]) -> Table:
    """Cash by period and account (USD as paid); what is reckoned past the horizon is no cash and is not in it."""
    sums: dict[tuple[int, str], float] = defaultdict(float)
    for entry in entries:
        if entry.account in NO_CASH:
            continue
        sums[entry.period, entry.account] += entry.usd
    return [
        {"period": options.timeline.periods[period].label, "account": account, "usd": usd}
        for (period, account), usd in sorted(sums.items())
    ]


def serves_from(options: Options, offering: Offering, site: str, period: int) -> str:
    """Label of the first period in which a delivery serves; after the last one it serves none."""
    stated = offering.fixed is not None or offering.commitment is not None
    lag = 0 if stated else options.places[site].lag
    periods = options.timeline.periods
    return periods[period + lag].label if period + lag < len(periods) else "after the horizon"


def all_tables(answer: Answer, entries: list[Entry]) -> dict[str, Table]:
    """Every table by name."""
    return {
        "deliveries": deliveries(answer),
        "commitments": commitments(answer),
        "ends": ends(answer),
        "agreements": agreements(answer),
        "rights": rights(answer),
        "fleet": fleet(answer),
        "rentals": rentals(answer),
        "serving": serving(answer),
        "shed": shed(answer),
        "tokens_bought": tokens_bought(answer),
        "take_or_pay": take_or_pay(answer),
        "sites": sites(answer),
        "expansions": expansions(answer),
        "onboardings": onboardings(answer),
        "mask_sets": mask_sets(answer),
        "pools": pools(answer),
        "fabric": fabric(answer),
        "cash": cash(answer.options, entries),
        "workloads": workloads(answer, entries),
        "ledger": [asdict(entry) for entry in entries],
    }
