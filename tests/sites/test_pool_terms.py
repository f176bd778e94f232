"""Supply pools through the command line: what arrives, what it may cost beyond, and who needs none.

A box holds 1,000 GB of HBM3E, sits on a quarter of a packaging wafer and takes one slot of its vendor.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import called
from tests.contracts.deals import scenario
from tests.contracts.papers import free
from tests.sites.asking import BUY, FOUR, SHED_MUSD, above, boxes, run

LATE = ("demand: 1 Mtok/h", "demand: {2027: 0 Gtok/h, 2028: 4 Gtok/h}")
"""Four boxes wanted from 2028 on."""


def pool(words: str, name: str = "hbm3e") -> tuple[str, str]:
    """An edit that makes one pool scarce."""
    return above(f"pools: {{{name}: {{{words}}}}}")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("amount: {2027: 2500 GB, 2028: 0 GB}", 2.5),
        # of every 100 GB 20 are lost on the way
        ("amount: {2027: 2500 GB, 2028: 0 GB}, yield_loss: 20 %", 2.0),
        ("amount: {2027: 4000 GB, 2028: 0 GB}", 4.0),
        # allocations of two contracts add up to each other and to the amount
        ("amount: {2027: 500 GB, 2028: 0 GB}, allocations: {lta: {2027: 2000 GB, 2028: 0 GB}, second: {2027: 1000 GB, 2028: 0 GB}}", 3.5),
        # the scenario knows better what a box takes
        ("amount: {2027: 2500 GB, 2028: 0 GB}, draws: {box: 500 GB}", 4.0),
    ],
    ids=["short", "lossy", "ample", "allocated", "stated"],
)  # fmt: skip
def test_boxes_draw_what_has_arrived(tmp_path: Path, words: str, count: float) -> None:
    """As many boxes as the memory of 2027 makes; none arrives later."""
    made = run(tmp_path, FOUR, BUY, pool(words))
    assert boxes(made) == pytest.approx([count] * 4)
    assert made.npv_musd == pytest.approx(-(count + 4 * (4 - count) * SHED_MUSD))


@pytest.mark.parametrize(
    ("words", "count", "spot"),
    [
        # 2,000 GB at 100 USD
        ("spot_price: 100 USD/GB", 4.0, 0.2),
        # 500 GB are all the market gives
        ("spot_price: 100 USD/GB, spot_limit: {2027: 500 GB, 2028: 0 GB}", 2.5, 0.05),
        ("carry_over: true", 2.0, 0.0),
    ],
    ids=["spot", "limited", "no market"],
)
def test_spot_gives_more_at_its_price_up_to_its_limit(
    tmp_path: Path, words: str, count: float, spot: float
) -> None:
    """2,000 GB of our own make two boxes."""
    made = run(tmp_path, FOUR, BUY, pool(f"amount: {{2027: 2000 GB, 2028: 0 GB}}, {words}"))
    assert made.musd("spot supply", 0) == pytest.approx(spot)
    assert made.npv_musd == pytest.approx(-(count + spot + 4 * (4 - count) * SHED_MUSD))


def test_what_is_not_drawn_stays_where_the_pool_carries_over(tmp_path: Path) -> None:
    """2,000 GB in 2027 and in 2028, boxes wanted from 2028: all four then, a quarter of them left, 3.

    Not carried over, two must come in 2027 already: 2 + 2 − 0.5.
    """
    amount = "amount: {2027: 2000 GB, 2029: 0 GB}"
    kept = run(tmp_path, LATE, BUY, pool(amount))
    assert kept.musd("purchase", 1) == pytest.approx(4)
    assert kept.npv_musd == pytest.approx(-3)
    gone = run(tmp_path, LATE, BUY, pool(f"{amount}, carry_over: false"))
    assert [gone.musd("purchase", year) for year in range(2)] == pytest.approx([2, 2])
    assert gone.npv_musd == pytest.approx(-3.5)


@pytest.mark.parametrize(("draw_at", "count"), [("delivery", 4.0), ("order", 0.0)])
def test_a_pool_is_drawn_at_the_order_or_at_the_delivery(
    tmp_path: Path, draw_at: str, count: float
) -> None:
    """Boxes of 2028 are ordered in December 2027, before the memory of 2028 has arrived."""
    words = f"amount: {{2027: 0 GB, 2028: 4000 GB, 2029: 0 GB}}, carry_over: false, draw_at: {draw_at}"  # fmt: skip
    in_2028 = free("buy", available_until="2028")
    made = run(tmp_path, LATE, in_2028, pool(words))
    assert boxes(made)[1:] == pytest.approx([count] * 3)


def test_wafers_are_drawn_by_packages(tmp_path: Path) -> None:
    """Four packages to a wafer: three quarters of a wafer make three boxes; a whole one four."""
    for wafers, count in (("0.75", 3.0), ("1", 4.0)):
        words = f"amount: {{2027: {wafers} wafer, 2028: 0 wafer}}"
        assert boxes(run(tmp_path, FOUR, BUY, pool(words, "wafers")))[0] == pytest.approx(count)


def test_a_vendors_slots_are_one_to_a_system(tmp_path: Path) -> None:
    """Three slots in all; slots of another system bind nobody."""
    for group, count in (("vendors: [acme]", 3.0), ("systems: [wet-box]", 4.0)):
        words = f"amount: {{2027: 3 systems, 2028: 0 systems}}, slots_of: {{{group}}}"
        assert boxes(run(tmp_path, FOUR, BUY, pool(words, "slots")))[0] == pytest.approx(count)


def test_chips_without_hbm_draw_nothing_and_the_plan_says_what_that_is_worth(
    tmp_path: Path,
) -> None:
    """2,000 GB make two boxes; two with GDDR at 3 MUSD do the rest: 2 + 6.

    One box's memory more would save a GDDR box for a box: 2 MUSD, so 2,000 GB of freedom are worth
    4. Without them two boxes are shed for; with memory enough nothing is said.
    """
    short = pool("amount: {2027: 2000 GB, 2028: 0 GB}")
    both = (BUY[0], f"{BUY[1]}\n  dry: {{system: gddr-box, contract: buy, sites: [home], lead_time: 4 weeks}}")  # fmt: skip
    made = run(tmp_path, FOUR, both, short)
    assert made.npv_musd == pytest.approx(-8)
    told = called("run", scenario(tmp_path, FOUR, both, short), "--out", tmp_path / "told").out
    assert "dry draws nothing: its 2 systems do the work of 2,000 GB of hbm3e, worth 4 MUSD" in told
    alone = run(tmp_path, FOUR, BUY, short)
    assert alone.npv_musd == pytest.approx(-(2 + 8 * SHED_MUSD))
    ample = scenario(tmp_path, FOUR, both, pool("amount: {2027: 9000 GB, 2028: 0 GB}"))
    assert "draws nothing" not in called("run", ample, "--out", tmp_path / "told").out
