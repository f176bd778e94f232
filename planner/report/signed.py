"""Terminal tables of contracts that give no systems: tokens bought, and capacity committed to."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from planner.plan.make import Plan


def tokens_rows(plan: Plan) -> list[list[Any]]:
    """Offer, workload, price, mean rate over the horizon (ktok/s), latency limits, evidence."""
    options = plan.solved.options
    mean: dict[tuple[str, str], float] = defaultdict(float)
    prices: dict[tuple[str, str], list[float]] = defaultdict(list)
    shown: dict[tuple[str, str], dict[str, Any]] = {}
    for row in plan.tables["tokens_bought"]:
        key = (row["offer"], row["workload"])
        share = options.blocks[row["block"]] / options.timeline.count
        mean[key] += row["tok_per_s"] * share
        prices[key].append(row["usd_per_mtok"])
        shown[key] = row
    return [
        [
            offer,
            workload,
            _range(prices[offer, workload]),
            f"{mean[offer, workload] / 1e3:,.1f}",
            "kept" if row["meets_slo"] else "not kept",
            row["evidence_tier"],
        ]
        for (offer, workload), row in sorted(shown.items())
    ]


def commitment_rows(plan: Plan) -> tuple[tuple[str, ...], list[list[Any]]]:
    """Heads and rows: committed and used on average, in the last period of each year."""
    timeline = plan.solved.options.timeline
    last = {period.label: period.year for period in timeline.periods}
    ends = {year: label for label, year in last.items()}
    rows: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in plan.tables["take_or_pay"]:
        rows[row["offer"], row["unit"]][row["period"]] = f"{row['mean_used']:.3g} of {row['committed']:.3g}"  # fmt: skip
    heads = ("offer", "unit", *map(str, ends))
    body = [
        [offer, unit, *(by.get(label, "·") for label in ends.values())]
        for (offer, unit), by in sorted(rows.items())
    ]
    return heads, body


def _range(values: list[float]) -> str:
    low, high = min(values), max(values)
    return f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"
