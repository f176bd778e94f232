"""Why a run took or left an offer, from what the run saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.errors import UnknownName
from planner.options.join import join
from planner.plan.store import PLAN, load_inputs, read_json


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
    world = join(load_inputs(folder))
    configuration = world.configurations.get(system)
    if configuration is None:
        return []
    served = [
        {
            "workload": name,
            "tok_per_s_per_system": rate.tok_per_s,
            "tok_per_s_per_user": rate.tok_per_s_per_user,
            "precision": rate.precision,
            "evidence_tier": rate.tier,
            "why": rate.why,
        }
        for name, rate in configuration.rates.items()
    ]
    refused = [
        {
            "workload": name,
            "tok_per_s_per_system": None,
            "tok_per_s_per_user": None,
            "precision": None,
            "evidence_tier": None,
            "why": why,
        }
        for name, why in configuration.refusals.items()
    ]
    return served + refused
