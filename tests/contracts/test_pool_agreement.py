"""Supply agreements on a pool in layers, as memory buyers sign them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, refused, run
from tests.contracts.papers import dear, demand, free

PROVES = (
    "agreement",
    "supply agreement on take",
    "untaken supply on leave",
    "reduced supply on leave",
)
LAYERS = "fixed: 2000 GB, flexible: 2000 GB, reduction_fee: 25 %, notice: 26 weeks"


def pool(layers: str, pool_id: str = "hbm3e", price: str = "100 USD/GB") -> tuple[str, str]:
    """A pool in which nothing arrives of itself, and an agreement at 0.1 MUSD for a box's 1,000 GB."""
    agreement = f"memory: {{pool: {pool_id}, supplier: acme, price: {price}, {layers}}}"
    pools = "pools: {hbm3e: {amount: 0 GB}}"
    return "contracts: {}", f"{pools}\npool_agreements:\n  {agreement}\ncontracts: {{}}"


def test_memory_taken_under_an_agreement_makes_boxes(tmp_path: Path) -> None:
    """Six boxes asked for; 4,000 GB of 2027 make four and 2,000 of 2028 two more: 6 · 0.1.

    Notice for 2027 came too late. From 2029 on nothing is taken: fixed 2 · 0.2, flexible 2 · 0.05,
    and in 2028, where the two flexible ones are reduced and the two fixed ones taken, 0.05.
    """
    made = run(tmp_path, demand(6), pool(LAYERS), free("buy"))
    assert [made.musd("supply agreement", year) for year in range(4)] == pytest.approx([0.4, 0.2, 0, 0])  # fmt: skip
    assert [made.musd("untaken supply", year) for year in range(4)] == pytest.approx([0, 0, 0.2, 0.2])  # fmt: skip
    assert [made.musd("reduced supply", year) for year in range(4)] == pytest.approx([0, 0.05, 0.05, 0.05])  # fmt: skip
    assert made.musd("shed penalty") == pytest.approx(2 * SHED_MUSD)
    reduced = [row for row in made.table("rights") if row["right"] == "reduce the flexible supply"]
    assert [(row["cohort"], row["advice"], row["decide_by"]) for row in reduced] == [
        ("2028", "exercise", "2027-07-03"),
        ("2029", "exercise", "2028-07-03"),
        ("2030", "exercise", "2029-07-03"),
    ]


def test_it_is_paid_where_no_box_is_wanted(tmp_path: Path) -> None:
    """2027 is fixed as a whole, 0.4; then 0.2 and 0.05 a year: 1.15 in all."""
    made = run(tmp_path, pool(LAYERS), dear())
    accounts = ("supply agreement", "untaken supply", "reduced supply")
    paid = sum(made.musd(account) for account in accounts)
    assert paid == pytest.approx(1.15, rel=1e-3)


def test_without_an_agreement_there_is_no_memory_and_no_box(tmp_path: Path) -> None:
    """The twin: the pool is empty and everything is shed."""
    empty = ("contracts: {}", "pools: {hbm3e: {amount: 0 GB}}\ncontracts: {}")
    made = run(tmp_path, demand(6), empty, free("buy"))
    assert made.npv_musd == pytest.approx(-24 * SHED_MUSD)


def test_of_the_uncommitted_the_stated_share_comes(tmp_path: Path) -> None:
    """Half of 4,000 GB beyond the fixed 2,000: four boxes in 2027, two more in 2028 of the six."""
    layers = "fixed: 2000 GB, uncommitted: 4000 GB, expected: 50 %"
    made = run(tmp_path, demand(6), pool(layers), free("buy"))
    assert [float(row["systems"]) for row in made.table("deliveries")] == pytest.approx([4, 2])


@pytest.mark.parametrize(
    ("edit", "code", "key"),
    [
        (pool("fixed: 1 GB, flexible: 1 GB"), "DOC004", "pool_agreements.memory.reduction_fee"),
        (pool("fixed: 1 GB", pool_id="hbm9"), "SCN001", "pool_agreements.memory.pool"),
        (pool("fixed: 1 MW"), "DOC006", "pool_agreements.memory.fixed"),
        (pool("fixed: 1 GB", price="1 USD"), "DOC006", "pool_agreements.memory.price"),
    ],
)
def test_an_agreement_that_makes_no_sense_is_refused(
    tmp_path: Path, edit: tuple[str, str], code: str, key: str
) -> None:
    """Each with its code and key."""
    said = refused(tmp_path, edit, dear())
    assert code in said
    assert f"{key}: " in said
