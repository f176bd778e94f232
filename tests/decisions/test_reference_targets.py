"""On the reference scenario every purchase offer that lost has a target price that proves itself."""

from __future__ import annotations

import pytest

from planner.options.join import join
from planner.plan.make import Plan
from planner.plan.price.slope import doubled, slopes
from planner.plan.verdicts import Verdict
from planner.program.build import build
from tests.decisions.asking import ordered
from tests.plan.plans import loaded, options, plan


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan("reference")


def lost(made: Plan) -> list[Verdict]:
    """Purchase offers that lost."""
    return [line for line in made.verdicts if line.verdict == "lost" and line.id.endswith("-buy")]


def test_every_lost_purchase_has_a_proven_price_or_would_have_to_be_paid(made: Plan) -> None:
    assert len(lost(made)) >= 5
    for line in lost(made):
        if line.target_share is None:
            assert "would have to be paid" in line.negotiation
            continue
        assert line.target_proven
        assert 0 < line.target_share < 1
        assert line.target_delivery in line.negotiation
        assert line.now_proven in (True, None)
        assert (line.now_share or 0.0) <= line.target_share * (1 + 1e-6)


@pytest.mark.parametrize("which", [0, -1], ids=["nearest", "farthest"])
def test_scenarios_at_one_percent_below_and_above_take_it_and_leave_it(
    made: Plan, which: int
) -> None:
    """Loaded, joined and solved from nothing with the price of the first period set."""
    priced = [line for line in lost(made) if line.target_share is not None]
    line = sorted(priced, key=lambda line: -(line.target_share or 0.0))[which]
    assert line.target_quote_usd is not None
    below, above = (
        ordered(options("reference", f"offers.{line.id}.price={line.target_quote_usd * by} USD"), line.id)
        for by in (0.99, 1.01)
    )  # fmt: skip
    assert below > 0
    assert above == 0


def test_what_scales_with_a_price_is_affine_in_it() -> None:
    """The slope taken between the price and its double foretells the costs at half the price."""
    world = loaded("reference")
    base = join(world)
    program = build(base)
    slope = slopes(program, doubled(world))["b200-buy"]
    usd = base.offerings["b200-buy"].price_usd[0] / 2
    half = build(options("reference", f"offers.b200-buy.price={usd} USD"))
    for position, musd in zip(slope.columns, slope.cost, strict=True):
        assert half.cost[position] == pytest.approx(program.cost[position] - musd / 2, rel=1e-9)


def test_scarcities_are_confirmed_on_both_sides(made: Plan) -> None:
    """Convex cost: one more is worth at most the price, one less costs at least it."""
    sided = [found for found in made.scarcities if found.step is not None]
    assert len(sided) >= 5
    for found in sided:
        slack = 1e-3 * abs(found.usd_per_unit) + 1.0
        assert (found.more_usd_per_unit or 0.0) <= found.usd_per_unit + slack
        if found.less_usd_per_unit is not None:
            assert found.less_usd_per_unit >= found.usd_per_unit - slack
