"""A risk run as tables and sentences."""

from __future__ import annotations

from typing import Any

from planner.plan.scarcity import money

Rows = tuple[tuple[str, ...], list[tuple[Any, ...]]]
_OFFERS_SHOWN = 20
_DRIVERS_SHOWN = 8


def figures(said: dict[str, Any]) -> Rows:
    """Cost and USD per Mtok: mean, percentiles, tail."""
    heads = ("", "mean", "P5", "P50", "P95", f"CVaR {said['alpha']:.0%}")
    keys = ("mean", "p5", "p50", "p95", "cvar")
    cost, rate = said["cost_usd"], said["usd_per_mtok"]
    rows: list[tuple[Any, ...]] = [
        ("total cost", *(money(cost[key]) for key in keys)),
        ("USD/Mtok, penalties aside", *(f"{rate[key]:.4f}" for key in keys)),
    ]
    return heads, rows


def offer_rows(said: dict[str, Any]) -> Rows:
    """The offers most often in the mix."""
    heads = ("offer", "gradient", "in the mix", "systems on average")
    rows = [
        (row["offer"], str(row["gradient"]), f"{row['in_mix']:.1%}", f"{row['systems_mean']:.4g}")
        for row in said["offers"][:_OFFERS_SHOWN]
    ]
    return heads, rows


def stranded_rows(said: dict[str, Any]) -> Rows:
    """Book lost to displacement, by gradient and vendor."""
    heads = ("gradient", "vendor", "mean", "P95")
    rows = [
        (str(row["gradient"]), row["vendor"], money(row["mean_usd"]), money(row["p95_usd"]))
        for row in said["stranded_usd"]
    ]
    return heads, rows


def driver_rows(said: dict[str, Any]) -> Rows:
    """What moves the cost most."""
    heads = ("driver", "cost per standard deviation of its ranks")
    return heads, [
        (row["driver"], money(row["change_usd"])) for row in said["drivers"][:_DRIVERS_SHOWN]
    ]


def _more(usd: float) -> str:
    return f"{money(abs(usd))} {'more' if usd >= 0 else 'less'}"


def order_rows(orders: list[dict[str, Any]]) -> Rows:
    """What to order now, and by which day to be half, four fifths and nearly sure of it."""
    heads = ("offer", "site", "delivered in", "systems", "order by", "P50", "P80", "P95", "on time if ordered today")  # fmt: skip
    keys = ("order_by", "order_by_p50", "order_by_p80", "order_by_p95")
    return heads, [
        (row["offer"], row["site"], row["period"], row["systems"], *(row[k] for k in keys), f"{row['on_time']:.0%}")
        for row in orders
    ]  # fmt: skip


def decision_rows(said: dict[str, Any]) -> Rows:
    """What else is decided now, by which day."""
    keys = ("decision", "of", "amount", "unit", "due")
    return ("decision", "of", "amount", "unit", "last day"), [
        tuple(row[key] for key in keys) for row in said["decisions"]
    ]


def regret_rows(said: dict[str, Any]) -> Rows:
    """Regret of every named plan, world by world; the worst of each below."""
    plans = list(dict.fromkeys(row["plan"] for row in said["regret"]))
    found = {(row["world"], row["plan"]): row["regret_usd"] for row in said["regret"]}
    worlds = list(dict.fromkeys(row["world"] for row in said["regret"]))
    rows: list[tuple[Any, ...]] = [
        (world, *(money(found[world, plan]) for plan in plans)) for world in worlds
    ]
    worst = tuple(money(said["worst_regret"][plan]["regret_usd"]) for plan in plans)
    return ("in the world where", *plans), [*rows, ("at worst", *worst)]


def sentences(said: dict[str, Any]) -> list[str]:
    """What a planner would say of the run."""
    told = [
        f"Something is shed in {said['shed_probability']:.1%} of the weight of draws, {said['shed_share_mean']:.2%} of demand on average and {said['shed_share_p95']:.2%} or more in one of twenty",
        f"The tail rests on {said['tail_draws']} of the draws",
    ]  # fmt: skip
    if said["drivers"]:
        told.append(f"All drivers together explain {said['drivers_r2']:.0%} of the variance of cost (adjusted R² of a linear fit on ranks)")  # fmt: skip
    else:
        told.append("Too few draws to say what drives the cost: take four for each driver")
    if said["overrun_usd_mean"] > 0:
        told.append(f"Overruns of pools cost {money(said['overrun_usd_mean'])} on average")
    if said.get("overrun_as_planned_usd", 0) > 0:
        told.append(f"Even as planned {money(said['overrun_as_planned_usd'])} of overruns pay: risk.overrun is below what a pool is worth, so that worlds buy their way out of its scarcity; raise it")  # fmt: skip
    if "vss_usd" in said:
        told.append(f"Knowing the draw first would be worth {money(said['evpi_usd'])} (EVPI); hedging rather than planning for the mean draw is worth {money(said['vss_usd'])} (VSS)")  # fmt: skip
    if "over_planned" in said:
        over = said["over_planned"]
        told.append(f"Over the plan's own orders of the window the hedge costs {_more(over['mean_usd'])} on average and {_more(over['cvar_usd'])} in the tail, on the same draws")  # fmt: skip
    if "gap_usd" in said:
        gap = said["gap_usd"]
        told.append(f"On {len(gap['replications'])} fresh samples the hedge lies {money(gap['estimate'])} above their best, and at most {money(gap['at_most'])} ({gap['confidence']:.0%} confident)")  # fmt: skip
    if "rolling" in said:
        past = said["rolling"]
        told.append(f"A policy that sees only the past, reviewed {past['reviews']} times on {past['draws']} of the draws, costs {money(past['mean_usd'])} where this bound says {money(past['bound_usd'])}: seeing the future is worth {money(past['gap_usd'])} of it")  # fmt: skip
    if "planned" in said["worst_regret"]:
        told.append("'planned' is the scenario's own plan, which keeps its service levels in advance; the others are made as worlds are, where a level gives way to the penalty of shedding, so what 'planned' regrets as planned is the price of its levels")  # fmt: skip
    fresh = said["out_of_sample"]
    seen, wide = fresh["as_believed"]["loss_usd"], fresh["half_again"]["loss_usd"]
    told.append(f"On {fresh['draws']} fresh draws it costs {_more(seen)} than on its own, and {_more(wide)} still if every uncertain figure is off by half again")  # fmt: skip
    told.append(f"{said['rechecked']} of {said['draws']} draws were solved again cold, with the same answer")  # fmt: skip
    return told
