"""The five figures that matter, and how each is computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.accounts.account import all_accounts
from planner.finance.ledger import Entry
from planner.options.table import Options
from planner.options.units import GTOK, MEGAWATT
from planner.program.space import ANY_BLOCK, Space
from planner.quantities import MEGA
from planner.solver.arrays import Floats

PENALTY = "shed penalty"
REMAINING = "remaining value"
OBLIGATION = "obligation past horizon"
NO_CASH = (REMAINING, OBLIGATION, "due past horizon")
"""Accounts that reckon what lies past the horizon; nothing is paid in it."""


@dataclass(frozen=True)
class Headline:
    """The plan in five figures, with what they rest on.

    usd_per_mtok: present value of all cost but penalties over present value of tokens served.
    npv_usd: minus the present value of all cost, penalties included.
    capex_usd: purchase and network, as paid. peak_mw: most power at the meter of our own sites.
    served_share: tokens served over tokens asked for. penalty_usd: present value of shedding.
    remaining_value_usd: present value credited for what the fleet is worth at the end.
    """

    usd_per_mtok: float | None
    npv_usd: float
    capex_usd: float
    peak_mw: float
    served_share: float
    penalty_usd: float
    remaining_value_usd: float


def headline(space: Space, x: Floats, entries: Iterable[Entry]) -> Headline:
    """The headline of one solution."""
    capital = {account.name for account in all_accounts() if account.capital}
    cost = penalty = capex = remaining = 0.0
    for entry in entries:
        cost += entry.pv_usd
        if entry.account == PENALTY:
            penalty += entry.pv_usd
        if entry.account == REMAINING:
            remaining -= entry.pv_usd
        if entry.account in capital:
            capex += entry.usd
    asked, served = tokens(space, x)
    worth = present_tokens(space, x)
    return Headline(
        usd_per_mtok=(cost - penalty) / (worth / MEGA) if worth > 0 else None,
        npv_usd=-cost,
        capex_usd=capex,
        peak_mw=peak_mw(space, x),
        served_share=served / asked,
        penalty_usd=penalty,
        remaining_value_usd=remaining,
    )


def tokens(space: Space, x: Floats) -> tuple[float, float]:
    """Output tokens asked for and served over the horizon."""
    options = space.options
    asked = sum(
        sum(demand.mean_tok_per_s) * options.timeline.hours * 3600
        for demand in options.demands.values()
    )
    shed = sum(
        x[space.at("shed", *key)] * GTOK * shed_hours(options, key[2])
        for kind, *key in space.index
        if kind == "shed"
    )
    return asked, asked - float(shed)


def shed_hours(options: Options, block: int) -> float:
    """Hours that a shed column stands for."""
    return options.timeline.hours if block == ANY_BLOCK else options.hours(block)


def present_tokens(space: Space, x: Floats, workload: str | None = None) -> float:
    """Tokens served, discounted like money in the middle of their period."""
    options = space.options
    total = 0.0
    for position, column in enumerate(space.columns):
        if column.kind == "serve" and x[position] and workload in (None, column.key[2]):
            hours = options.hours(column.key[4])
            weight = options.timeline.discount(column.key[3], "middle")
            total += float(x[position]) * GTOK * hours * weight
    return total


def peak_mw(space: Space, x: Floats) -> float:
    """Most provisioned power at the meter, all sites of ours together."""
    options = space.options
    by_period = [0.0] * options.timeline.count
    for position, column in enumerate(space.columns):
        if column.kind == "fleet":
            place = options.places[column.key[1]]
            if not place.hosted:
                configuration = options.configurations[column.key[0]]
                kw = configuration.provisioned_kw * place.pue(configuration)
                by_period[column.key[2]] += float(x[position]) * kw / MEGAWATT
    return max(by_period)
