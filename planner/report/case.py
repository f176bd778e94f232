"""The case of one offer as tables and a picture; content only, the command prints it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from planner.options.join import join
from planner.plan.inputs import load_inputs
from planner.plan.price.case import Case
from planner.plan.scarcity import money
from planner.report.charts.chart import Axis, Chart

_BINDS = 10
"""Limits shown on a terminal."""
CURVE_HEADS = ("price of first period", "of asked", "systems", "share of cost", "plan costs")


def offers_of(folder: Path, found: dict[str, Any]) -> list[str]:
    """Offers among a decision's options that could be ordered."""
    offerings = join(load_inputs(folder)).offerings
    ids = [option["id"] for option in found["options"]]
    return [name for name in ids if name in offerings and offerings[name].fixed is None]


def money_rows(case: Case) -> list[list[Any]]:
    """Present value by account, the largest first."""
    return [[name, money(usd)] for name, usd in sorted(case.money.items(), key=lambda item: -abs(item[1]))]  # fmt: skip


def bind_rows(case: Case) -> list[list[Any]]:
    """Priced limits that the offer uses, the dearest first."""
    return [[bind.family, bind.subject, money(bind.usd)] for bind in case.binds[:_BINDS]]


def curve_rows(case: Case) -> list[list[Any]]:
    """One line per price."""
    return [
        [money(p.quote_usd), f"{p.factor:.0%}", p.systems, f"{p.cost_share:.1%}", money(p.cost_usd)]
        for p in case.curve
    ]


def curve_chart(told: list[Case]) -> Chart:
    """The price-entry curves of some offers as one picture."""
    rows = tuple(
        {"offer": case.offer, "price_usd": point.quote_usd, "systems": point.systems}
        for case in told
        for point in case.curve
    )
    names = ", ".join(case.offer for case in told)
    sentences = [f"{case.offer} {case.negotiation.sentence}" for case in told if case.negotiation]
    return Chart(
        id="price-entry",
        title=f"How much of {names} the plan takes at each price",
        sentence="; ".join(sentences),
        mark="line",
        rows=rows,
        x=Axis("price_usd", "price in the first period, USD", format="~s"),
        y=Axis("systems", "systems over the horizon"),
        colour=Axis("offer", "offer", "names"),
    )


def as_json(case: Case) -> dict[str, Any]:
    """A case as plain data."""
    return asdict(case)
