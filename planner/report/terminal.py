"""Tables of a plan for a terminal; content only, the command prints it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from planner.catalog.fact import TIERS
from planner.options.table import Options
from planner.plan.make import Plan
from planner.plan.price.offers import price_as_said
from planner.plan.scarcity import money
from planner.plan.verdicts import Verdict
from planner.plan.window import WINDOW_DAYS, window_ends


def headline_rows(plan: Plan) -> list[tuple[str, str, str]]:
    """The five figures of the plan beside its business-as-usual twin."""
    here, there = plan.headline, plan.bau

    def price(value: float | None) -> str:
        return "nothing served" if value is None else f"{value:.4f}"

    return [
        ("USD per Mtok (without penalties)", price(here.usd_per_mtok), price(there.usd_per_mtok)),
        ("NPV", money(here.npv_usd), money(there.npv_usd)),
        ("of it shed penalties", money(-here.penalty_usd), money(-there.penalty_usd)),
        (
            "remaining value credited in it",
            money(here.remaining_value_usd),
            money(there.remaining_value_usd),
        ),
        ("capex", money(here.capex_usd), money(there.capex_usd)),
        ("peak power, own sites", f"{here.peak_mw:.1f} MW", f"{there.peak_mw:.1f} MW"),
        ("share served", f"{here.served_share:z.2%}", f"{there.served_share:.2%}"),
    ]


def fleet_by_year(plan: Plan) -> tuple[tuple[str, ...], list[list[Any]]]:
    """Heads and rows: systems by gradient, system and site in the last period of each year."""
    timeline = plan.solved.options.timeline
    last = {period.year: period.label for period in timeline.periods}
    counts: dict[tuple[int, str, str], dict[str, float]] = defaultdict(dict)
    for row in [*plan.tables["fleet"], *_rented(plan)]:
        key = (row["gradient"] or 0, row["system"], row["site"])
        counts[key][row["period"]] = counts[key].get(row["period"], 0.0) + row["systems"]
    heads = ("gradient", "system", "site", *map(str, last))
    rows = [
        [gradient, system, site, *(_count(by_period.get(label)) for label in last.values())]
        for (gradient, system, site), by_period in sorted(counts.items())
        if any(by_period.get(label) for label in last.values())
    ]
    return heads, rows


def evidence(plan: Plan) -> str:
    """Shares of served tokens by the evidence their rates rest on, the best first."""
    shares = plan.solved.options.blocks
    tokens: dict[str, float] = defaultdict(float)
    for row in plan.tables["serving"]:
        tokens[row["evidence_tier"]] += row["tok_per_s"] * shares[row["block"]]
    whole = sum(tokens.values())
    parts = [f"{tokens[tier] / whole:.0%} {tier}" for tier in TIERS if tokens.get(tier)]
    return f"Evidence behind the tokens served: {', '.join(parts) or 'none served'}"


def orders_due(plan: Plan) -> list[list[Any]]:
    """Orders whose last day falls in the window after the as-of date, the first due first."""
    timeline = plan.solved.options.timeline
    last = window_ends(timeline).isoformat()
    return [
        [row["offer"], row["site"], row["order_by"], _count(row["systems"]), row["in_service"], _price(row)]
        for row in sorted(plan.tables["deliveries"], key=lambda row: (row["order_by"], row["offer"]))
        if row["order_by"] and row["order_by"] <= last
    ]  # fmt: skip


TARGET_HEADS = ("offer", "asks", "wins at", "", "for", "order by", f"in {WINDOW_DAYS} days")
"""Heads of ``target_rows``; the last is the price for an order in the decision window."""


def target_rows(plan: Plan) -> list[list[Any]]:
    """Offers that lost with the price that would win them, the nearest first."""
    options = plan.solved.options
    lost = [line for line in plan.verdicts if line.verdict == "lost" and line.negotiation]
    return [
        [
            line.id,
            price_as_said(options, line.id, _asked(options, line)),
            "not if free" if line.target_share is None else _of(options, line.id, line.target_price_usd),
            None if line.target_share is None else f"{line.target_share - 1:+.1%}",
            line.target_delivery or None,
            line.target_order_by or None,
            _of(options, line.id, line.now_price_usd),
        ]
        for line in sorted(lost, key=lambda line: (-(line.target_share or 0.0), line.id))
    ]  # fmt: skip


def _asked(options: Options, line: Verdict) -> float:
    """What an offer asks for the delivery its target is for; for the first possible where it has none."""
    if line.target_share is None or line.target_price_usd is None:
        offering = options.offerings[line.id]
        return offering.price_usd[offering.first]
    return line.target_price_usd / line.target_share


def _of(options: Options, offer: str, usd: float | None) -> str | None:
    return None if usd is None else price_as_said(options, offer, usd)


def grounds_due(plan: Plan) -> list[list[Any]]:
    """Blocks to buy, models to onboard and masks to cut: the first date, and how much over the whole horizon."""
    blocks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(plan.tables["expansions"], key=lambda row: str(row["order_by"])):
        blocks[f"{row['block']}@{row['site']}"].append(row)
    models: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in plan.tables["onboardings"]:
        models[row["onboarding"]].append(row)
    built = [
        [
            name,
            rows[0]["order_by"],
            rows[0]["in_service"],
            *(_count(_sum(rows, key)) for key in ("blocks", "power_mw", "positions")),
            money(sum(row["blocks"] * row["price_usd"] for row in rows)),
        ]
        for name, rows in blocks.items()
    ]
    learned = [
        [
            name,
            rows[0]["begin"],
            rows[0]["serves_from"],
            _count(_sum(rows, "times")),
            "·",
            "·",
            money(_sum(rows, "usd")),
        ]
        for name, rows in models.items()
    ]
    return built + learned + [_masks_due(row) for row in plan.tables["mask_sets"]]


def _masks_due(row: dict[str, Any]) -> list[Any]:
    """Masks to cut for one delivery."""
    name = f"masks of {row['model']} for {row['offer']}"
    ordered, serves = row["order_by"], row["serves_from"]
    return [name, ordered, serves, _count(row["sets"]), "·", "·", money(row["usd"])]


def _sum(rows: list[dict[str, Any]], key: str) -> float:
    return sum(float(row[key]) for row in rows)


def _price(row: dict[str, Any]) -> str:
    return money(row["price_usd"]) + ("/h" if row["price_per"] == "system-hour" else "")


def _count(value: float | None) -> str:
    if not value:
        return "·"
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _rented(plan: Plan) -> list[dict[str, Any]]:
    """On-demand systems, the most rented in any block of a period."""
    options = plan.solved.options
    most: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in plan.tables["rentals"]:
        key = (row["offer"], row["site"], row["period"])
        most[key] = max(most[key], row["systems"])
    return [
        {
            "gradient": options.of(offer).gradient,
            "system": f"{options.of(offer).system} (on demand)",
            "site": site,
            "period": period,
            "systems": systems,
        }
        for (offer, site, period), systems in most.items()
    ]
