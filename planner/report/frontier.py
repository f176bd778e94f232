"""The frontier as data, tables, a picture and sentences."""

from __future__ import annotations

from dataclasses import asdict
from math import inf, isinf
from typing import Any

from planner.plan.scarcity import money
from planner.report.charts.chart import Axis, Chart
from planner.report.spectrum import KINDS, PLACES
from planner.risk.entry import ABOVE, BELOW, FASTEST, Entry
from planner.risk.frontier import Exit, Point


def rows(points: dict[float, Point], key: str) -> list[dict[str, Any]]:
    """One row per belief and gradient: the share of the window's ordered power."""
    gradients = sorted({g for point in points.values() for g, mw in point.mw.items() if mw > 0})
    return [
        {
            key: belief,
            "gradient": gradient,
            "kind": KINDS.get(gradient, "other"),
            "share": point.share(gradient),
            "mw": point.mw.get(gradient, 0.0),
            "cost_usd": point.cost_usd,
            "cvar_usd": point.cvar_usd,
            "draws": point.draws,
        }
        for belief, point in points.items()
        for gradient in gradients
    ]


def wide(points: dict[float, Point], head: str) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Shares side by side, a line per belief."""
    gradients = sorted({g for point in points.values() for g, mw in point.mw.items() if mw > 0})
    heads = (head, *(f"{g} {KINDS.get(g, '')}".strip() for g in gradients), "MW", "mean cost", "CVaR", "draws that count")  # fmt: skip
    lines = [
        (
            f"{belief:g}",
            *(f"{point.share(g):.1%}" for g in gradients),
            f"{sum(point.mw.values()):.3g}",
            money(point.cost_usd),
            money(point.cvar_usd),
            f"{point.draws:.1f}",
        )
        for belief, point in points.items()
    ]
    return heads, lines


def picture(scenario: str, points: dict[float, Point], exits: list[Exit]) -> Chart:
    """Share of the window's orders by gradient against the hazard."""
    return drawn(scenario, rows(points, "hazard_per_year"), [exit_sentence(each) for each in exits])


def drawn(scenario: str, points: list[dict[str, Any]], sentences: list[str]) -> Chart:
    """The same picture from rows as ``rows`` gives them, fresh or kept."""
    shown = [{**row, "label": f"{row['gradient']} {row['kind']}"} for row in points]
    return Chart(
        id="frontier",
        title=f"{scenario}: what a hedge orders now, by displacement hazard",
        sentence="; ".join(sentences) or "no specialised chip is on offer",
        mark="area",
        rows=tuple(shown),
        x=Axis("hazard_per_year", "hazard of displacement (1/year)"),
        y=Axis("share", "share of ordered power", format=".0%"),
        colour=Axis("label", "place on the spectrum", scale="names", values=PLACES),
    )


def told(kept: dict[str, Any]) -> str:
    """The sentence of an exit that was kept as JSON, which has no infinity."""
    hazard = inf if kept.get("stays") else kept["hazard_per_year"]
    return exit_sentence(Exit(kept["system"], kept["gradient"], hazard))


def exit_sentence(found: Exit) -> str:
    """Where one system leaves."""
    if found.hazard_per_year is None:
        return f"{found.system} (gradient {found.gradient}) is not ordered even at hazard 0"
    if isinf(found.hazard_per_year):
        return f"{found.system} (gradient {found.gradient}) stays at every hazard tried"
    return f"{found.system} (gradient {found.gradient}) leaves the orders at a hazard of {found.hazard_per_year:.3f} a year, all but a tenth of what hazard 0 orders"


def entry_row(found: Entry) -> dict[str, Any]:
    """An entry as data; what is never reached is null, and said to stay."""
    left = found.exit_per_year
    stays = left is not None and isinf(left)
    told = {"entry_usd": found.entry_usd, "exit_per_year": None if stays else left, "stays": stays}
    return {**asdict(found), **told}


def entry_sentence(found: Entry) -> str:
    """At what price or speed an absent system enters, and where it then leaves."""
    if found.share is not None and found.entry_usd is not None:
        told = f"{found.system} enters at {money(found.entry_usd)}, {found.share:.0%} of what {found.offer} costs for {found.period}"
        better = f"{1 - BELOW:.0%} below that"
    else:
        told = f"{found.system} is not ordered even as a gift, where {found.offer} costs {money(found.price_usd)} for {found.period}"
        if found.speed is None:
            return f"{told}, nor at its price at {FASTEST:.0f} times its speed"
        told = f"{told}; at its price it enters at {found.speed:.2f} times its speed"
        better = f"{ABOVE - 1:.0%} above that"
    if found.exit_per_year is None or isinf(found.exit_per_year):
        return f"{told}; {better} it stays at every hazard tried"
    return f"{told}; {better} it leaves at a hazard of {found.exit_per_year:.3f} a year"
