"""A sweep as a table; content only, the command prints it."""

from __future__ import annotations

from typing import Any

from planner.plan.scarcity import money
from planner.plan.sweep import Outcome

_FIGURES = ("USD/Mtok", "NPV", "capex", "MW", "served")


def table_of(outcomes: list[Outcome]) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows: the varied keys by their last words, five figures, systems of the offers asked about."""
    keys = list(outcomes[0].setting)
    offers = list(next((o.systems for o in outcomes if o.headline), {}))
    heads = [*(key.rpartition(".")[2] for key in keys), *_FIGURES, *offers]
    rows = []
    for outcome in outcomes:
        figures = outcome.headline
        settings = [str(outcome.setting[key]) for key in keys]
        if figures is None:
            rows.append([*settings, "no plan", *[None] * (len(_FIGURES) - 1 + len(offers))])
            continue
        price = None if figures.usd_per_mtok is None else f"{figures.usd_per_mtok:.4f}"
        shown = [price, money(figures.npv_usd), money(figures.capex_usd), f"{figures.peak_mw:.1f}", f"{figures.served_share:z.2%}"]  # fmt: skip
        rows.append([*settings, *shown, *(f"{outcome.systems[o]:,.1f}" for o in offers)])
    return heads, rows
