"""The five figures: what each is made of, on plans that shed and plans that do not."""

from __future__ import annotations

import pytest

from planner.options.units import GTOK
from planner.plan.headline import PENALTY, REMAINING, present_tokens, tokens
from planner.plan.make import Plan
from tests.plan.plans import plan

SHORT = (
    "sites.columbus.power=1 MW",
    "policy.service_level=0",
    "workloads.chat-70b.demand=900 ktok/s",
    "offers.b200-buy.max_per_period=1",
    *(f"offers.{name}.max_per_period=0" for name in ("b200-reserve-1y", "h200-buy", "mi355x-buy")),
    *(f"offers.{name}.max_per_period=5" for name in ("b200-on-demand", "h100-on-demand")),
)
"""Too little of everything: a good part of the demand is shed."""
PLANS = {"as shipped": (), "short of everything": SHORT, "whole": ("whole_units=true",)}

same = pytest.approx


@pytest.fixture(params=PLANS.values(), ids=PLANS.keys())
def made(request: pytest.FixtureRequest) -> Plan:
    return plan("quickstart", *request.param)


def test_npv_is_minus_the_present_value_of_the_ledger_and_of_the_objective(made: Plan) -> None:
    assert made.headline.npv_usd == same(-sum(entry.pv_usd for entry in made.entries), rel=1e-12)
    assert made.headline.npv_usd == same(-made.objective_musd * 1e6, rel=1e-9)


def test_usd_per_mtok_leaves_penalties_out(made: Plan) -> None:
    """Levelised: present value of all but penalties over present value of Mtok served."""
    cost = sum(entry.pv_usd for entry in made.entries if entry.account != PENALTY)
    served = present_tokens(made.solved.program.space, made.solved.x) / 1e6
    assert made.headline.usd_per_mtok == same(cost / served, rel=1e-12)


def test_penalties_are_in_the_npv_and_stand_apart(made: Plan) -> None:
    penalty = sum(entry.pv_usd for entry in made.entries if entry.account == PENALTY)
    assert made.headline.penalty_usd == same(penalty, rel=1e-12, abs=1e-9)


def test_the_scarce_plan_sheds_and_the_others_do_not() -> None:
    """The twin of every identity above: penalties are there to leave out."""
    short = plan("quickstart", *SHORT).headline
    assert short.penalty_usd > 1e6
    assert short.served_share < 0.9
    assert plan("quickstart").headline.penalty_usd == same(0.0, abs=1e-6)


def test_a_dearer_penalty_leaves_usd_per_mtok_of_a_plan_that_must_shed() -> None:
    """What is shed for want of anything else is shed at any price: only the penalty doubles."""
    doubled = ("workloads.chat-70b.shed_penalty=40 USD/Mtok", "workloads.batch-8b.shed_penalty=10 USD/Mtok")  # fmt: skip
    cheap, dear = plan("quickstart", *SHORT).headline, plan("quickstart", *SHORT, *doubled).headline
    assert dear.usd_per_mtok == same(cheap.usd_per_mtok, rel=1e-6)
    assert dear.penalty_usd > 1.5 * cheap.penalty_usd


def test_capex_is_what_is_paid_for_purchases_and_their_network(made: Plan) -> None:
    paid = sum(entry.usd for entry in made.entries if entry.account in ("purchase", "network"))
    assert made.headline.capex_usd == same(paid, rel=1e-12)
    by_order = sum(
        row["price_usd"] * row["systems"]
        for row in made.tables["deliveries"]
        if row["price_usd"] is not None and row["site"] == "columbus"
    )
    assert made.headline.capex_usd > by_order >= 0


def test_peak_power_is_the_most_that_our_sites_draw_in_any_period(made: Plan) -> None:
    draws = [row["power_mw"] for row in made.tables["sites"]]
    assert made.headline.peak_mw == same(max(draws), rel=1e-9)
    assert all(row["power_mw"] <= row["power_limit_mw"] + 1e-9 for row in made.tables["sites"])


def test_the_share_served_counts_every_token_asked_for(made: Plan) -> None:
    """Served by the tables: tok/s of every workload, system and block times its hours."""
    options = made.solved.options
    asked, served = tokens(made.solved.program.space, made.solved.x)
    hours = {name: options.timeline.hours * share for name, share in options.blocks.items()}
    counted = sum(row["tok_per_s"] * 3600 * hours[row["block"]] for row in made.tables["serving"])
    assert served == same(counted, rel=1e-6)
    assert made.headline.served_share == same(served / asked, rel=1e-12)
    assert asked > GTOK


def test_cash_by_period_is_the_ledger_as_paid(made: Plan) -> None:
    """What the fleet is still worth at the end is credited, but nobody pays it."""
    booked = sum(row["usd"] for row in made.tables["cash"])
    paid = sum(entry.usd for entry in made.entries if entry.account != REMAINING)
    assert booked == same(paid, rel=1e-12)


def test_the_workloads_share_the_whole_cost_among_them(made: Plan) -> None:
    """Σ usd_per_mtok · present Mtok over workloads = the cost without penalties."""
    space, x = made.solved.program.space, made.solved.x
    shared = sum(
        row["usd_per_mtok"] * present_tokens(space, x, row["workload"]) / 1e6
        for row in made.tables["workloads"]
        if row["usd_per_mtok"] is not None
    )
    cost = sum(entry.pv_usd for entry in made.entries if entry.account != PENALTY)
    assert shared == same(cost, rel=1e-6)
