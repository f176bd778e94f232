"""Why a run took or left an offer, from what the run saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.errors import UnknownName
from planner.options.join import join
from planner.plan.inputs import load_inputs
from planner.plan.store import PLAN, read_json
from planner.serving.rate import Rate


def decision(folder: Path, name: str) -> dict[str, Any]:
    """Verdicts, orders and rates of one offer, or of every offer of one system.

    Raises UnknownName (CLI002) for a name the run does not know.
    """
    plan = read_json(folder, PLAN)
    options = [
        o for o in plan["options"] if name in (o["id"], o["id"].partition("@")[0], o["system"])
    ]
    if not options:
        known = {o["id"] for o in plan["options"]} | {o["system"] for o in plan["options"]}
        raise UnknownName("offer", name, known)
    ids = {option["id"] for option in options}
    return {
        "run": folder.name,
        "options": options,
        "deliveries": [
            {k: row[k] for k in ("order_by", "in_service", "offer", "site", "systems", "price_usd")}
            for row in plan["deliveries"]
            if row["offer"] in ids
        ],
        "rates": _rates(folder, options[0]["system"]),
    }


def _rates(folder: Path, system: str) -> list[dict[str, Any]]:
    """What every configuration of a system serves, and what it refuses and why."""
    world = join(load_inputs(folder))
    rows = []
    for configuration in world.configurations.values():
        if configuration.system == system:
            for name, rate in configuration.rates.items():
                rows.append(_row(configuration.id, name, rate.why, rate))
            for name, why in configuration.refusals.items():
                rows.append(_row(configuration.id, name, why))
    return rows


def _row(configuration: str, workload: str, why: str, rate: Rate | None = None) -> dict[str, Any]:
    return {
        "system": configuration,
        "workload": workload,
        "tok_per_s_per_system": rate.tok_per_s if rate else None,
        "tok_per_s_per_user": rate.tok_per_s_per_user if rate else None,
        "precision": rate.precision if rate else None,
        "evidence_tier": rate.tier if rate else None,
        "why": why,
    }
