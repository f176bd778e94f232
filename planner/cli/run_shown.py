"""What ``planner run`` prints for people: one subject after another, each where there is any of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.output import line, table

if TYPE_CHECKING:
    from planner.plan.make import Plan

_SCARCITIES_SHOWN = 5


def show(plan: Plan, folder: Path) -> None:
    """The whole answer, and where it is kept."""
    from planner.report.terminal import fleet_by_year, headline_rows

    heads = ("", "plan", "business as usual")
    table(f"{plan.scenario}, {plan.first_period} to {plan.last_period}", heads, headline_rows(plan))
    table("Fleet in service (systems, last period of each year)", *fleet_by_year(plan))
    for subject in (
        _orders,
        _signed,
        _rights,
        _scarce,
        _prices,
        _freedoms,
        _wires,
        _grounds_of_trust,
    ):
        subject(plan)
    line(f"Files: {folder}")
    line(f"Next:  planner verify {folder.name}")


def _orders(plan: Plan) -> None:
    """What to sign now, and what to prepare."""
    from planner.plan.window import WINDOW_DAYS
    from planner.report.terminal import grounds_due, orders_due

    if due := orders_due(plan):
        columns = ("offer", "site", "order by", "systems", "serves", "price each")
        table(f"Orders to place in the {WINDOW_DAYS} days after {plan.as_of}", columns, due)
    if built := grounds_due(plan):
        grounds = ("what", "order by", "serves", "number", "MW", "racks", "price")
        table("Power, room and platforms to prepare", grounds, built)


def _signed(plan: Plan) -> None:
    """What contracts give beside systems."""
    from planner.report.signed import commitment_rows, tokens_rows

    if bought := tokens_rows(plan):
        columns = ("offer", "workload", "USD per Mtok", "mean ktok/s", "latency limits", "price is")
        table("Tokens bought", columns, bought)
    heads, commitments = commitment_rows(plan)
    if commitments:
        table("Committed capacity (used of it, last period of each year)", heads, commitments)


def _rights(plan: Plan) -> None:
    from planner.report.rights import promises, rights_to_decide

    if rights := rights_to_decide(plan):
        heads = ("decide by", "right", "in", "systems", "advice")
        table("Rights to exercise or let lapse", heads, rights)
    for sentence in promises(plan):
        line(sentence)


def _scarce(plan: Plan) -> None:
    """The dearest scarcities, and what it was worth to need none of a scarce thing."""
    from planner.plan.scarcity import money

    scarce = plan.scarcities or plan.freedoms
    line("What holds it back" if scarce else "Nothing scarce holds it back")
    for scarcity in plan.scarcities[:_SCARCITIES_SHOWN]:
        rent = f"; {money(abs(scarcity.rent_usd))} of cost hangs on it" if scarcity.rent_usd else ""
        line(f"  - {scarcity.sentence}{rent}")
    for freedom in plan.freedoms[:_SCARCITIES_SHOWN]:
        line(f"  - {freedom.sentence}")


def _prices(plan: Plan) -> None:
    """What to negotiate with those that lost, and with those that won."""
    from planner.report.room import ROOM_HEADS, room_rows
    from planner.report.terminal import TARGET_HEADS, target_rows

    if lost := target_rows(plan):
        title = "What would win the offers that lost (re-solved 1 % below and above it)"
        table(title, TARGET_HEADS, lost)
    if won := room_rows(plan):
        table("How far the prices of what won may rise, each alone", ROOM_HEADS, won)


def _freedoms(plan: Plan) -> None:
    """What losing each freedom of the scenario's counterfactuals would cost."""
    from planner.plan.scarcity import money

    for twin in plan.counterfactuals.values():
        cost = "there is no plan without it" if twin.costs_usd is None else f"losing it costs {money(twin.costs_usd)}"  # fmt: skip
        line(f"  - {twin.title}: {cost}")


def _wires(plan: Plan) -> None:
    from planner.plan.fabrics import fabric_lines

    if plan.lights:
        line("What wires it")
        for text in [*fabric_lines(plan.tables["fabric"]), *(x.sentence for x in plan.lights)]:
            line(f"  - {text}")
    if plan.flips:
        line("What would wire it otherwise (found by re-solves)")
        for flip in plan.flips:
            line(f"  - {flip.sentence}")


def _grounds_of_trust(plan: Plan) -> None:
    """What the answer rests on, and what is not exact in it."""
    from planner.plan.scarcity import money
    from planner.quantities import GIGA
    from planner.report.terminal import evidence

    line(evidence(plan))
    for claim in plan.capped_claims:
        line(f"Claim capped: {claim}")
    for caveat in plan.caveats:
        line(f"Caveat: {caveat}")
    if plan.whole_units:
        line(f"Whole units, proven within {plan.gap:.2%} of the best; prices hold at these units")
    elif plan.rounding_cost_usd is not None:
        line(f"Rounding to whole systems would cost at most {money(plan.rounding_cost_usd)}")
    if plan.unavoidable_shed_tokens:
        least = plan.unavoidable_shed_tokens / GIGA
        line(f"At least {least:,.0f} Gtok must be shed before anything ordered today can arrive")
