"""Answers on risk, printed on a terminal."""

from __future__ import annotations

from typing import Any

from planner.cli.output import line, table


def show_run(said: dict[str, Any], orders: list[dict[str, Any]]) -> None:
    """A question asked on draws."""
    from planner.report.risk import (
        decision_rows,
        driver_rows,
        figures,
        offer_rows,
        order_rows,
        regret_rows,
        sentences,
        stranded_rows,
    )

    table(f"{said['scenario']}: {said['mode']} on {said['draws']} draws ({said['bound']})", *figures(said))  # fmt: skip
    if said["mode"] == "hedge" and orders:
        table("Orders of the window", *order_rows(orders))
    if said["mode"] == "hedge" and said["decisions"]:
        table("What else is decided now", *decision_rows(said))
    table("How often each offer is in the mix", *offer_rows(said))
    if said["stranded_usd"]:
        table("Stranded by displacement", *stranded_rows(said))
    table("Regret of named plans in named worlds", *regret_rows(said))
    if said["drivers"]:
        table("What drives the cost", *driver_rows(said))
    for sentence in sentences(said):
        line(sentence)


def show_worlds(name: str, data: dict[str, Any]) -> None:
    """A hedge against named worlds."""
    from planner.plan.scarcity import money

    orders = [row for row in data["orders"] if row["systems"] > 1e-6 or row["systems_mean_plan"] > 1e-6]  # fmt: skip
    heads = ("offer", "site", "delivered in", "hedged", "mean world's plan")
    keys = ("offer", "site", "period", "systems", "systems_mean_plan")
    table(f"{name}: orders to place before the world is known", heads, [[row[k] for k in keys] for row in orders])  # fmt: skip
    rows = [(w["world"], f"{w['probability']:.1%}", money(w["cost_usd"])) for w in data["worlds"]]
    table("Total cost by world", ("world", "probability", "cost"), rows)
    hedged, waiting = money(data["recourse_usd"]), money(data["wait_and_see_usd"])
    line(f"The hedge costs {hedged} as weighed; knowing the world first would cost {waiting}: knowing is worth {money(data['evpi_usd'])}")  # fmt: skip
    ignoring, promised = money(data["of_mean_plan_usd"]), money(data["expected_value_usd"])
    line(f"Planning for the mean world promises {promised} and costs {ignoring}: hedging is worth {money(data['vss_usd'])}")  # fmt: skip
