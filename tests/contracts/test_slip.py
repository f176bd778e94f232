"""Slip: systems come later than promised; what was tied to the order stays, damages come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, contract, refused, run, under
from tests.contracts.papers import demand

PROVES = ("liquidated damages on deliver",)
RISES = {"price": "{2027: 1 MUSD, 2028: 3 MUSD}"}


def slip(text: str, others: str = "") -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{slip: {{{text}}}{others}}}")


def test_a_year_late_serves_a_year_later_at_the_price_it_was_promised_for(tmp_path: Path) -> None:
    """Ten boxes promised for 2027 at 1 come in 2028: 2027 is shed; a quarter of their life is left."""
    made = run(tmp_path, demand(10), slip("weeks: 52 weeks"), under(**RISES))
    assert made.musd("purchase", 1) == pytest.approx(10)
    assert made.npv_musd == pytest.approx(-(10 * SHED_MUSD + 10 - 2.5))
    (row,) = made.table("deliveries")
    assert (row["order_by"], row["in_service"]) == ("2026-12-04", "2028")


def test_without_slip_they_serve_from_the_start(tmp_path: Path) -> None:
    """The twin: 10 MUSD in 2027, ordered the same day."""
    made = run(tmp_path, demand(10), under("buy", **RISES))
    assert made.npv_musd == pytest.approx(-10)
    assert made.table("deliveries")[0]["order_by"] == "2026-12-04"


def test_damages_are_paid_by_the_week_up_to_their_most(tmp_path: Path) -> None:
    """26 weeks at 0.5 % are 13 % of 10; 52 weeks would be 26 % and stop at 20 %. Capex is net of them."""
    half = run(tmp_path, slip("weeks: 26 weeks, damages: 0.5 %/week, most: 20 %"), under(**RISES))
    assert half.musd("liquidated damages", 1) == pytest.approx(-1.3)
    whole = run(tmp_path, slip("weeks: 52 weeks, damages: 0.5 %/week, most: 20 %"), under(**RISES))
    assert whole.musd("liquidated damages", 1) == pytest.approx(-2)
    assert whole.capex_musd == pytest.approx(8)


def test_payments_tied_to_the_order_stay_where_they_were(tmp_path: Path) -> None:
    """Half at order, in 2026 and so at 2027's start; half at acceptance, in 2028 with the boxes."""
    others = ", instalments: {payments: [{share: 50 %, at: order}, {share: 50 %, at: acceptance}]}"
    made = run(tmp_path, slip("weeks: 52 weeks", others), under(**RISES))
    assert [made.musd("instalments", year) for year in range(4)] == pytest.approx([5, 5, 0, 0])


def test_slip_past_the_horizon_leaves_no_delivery(tmp_path: Path) -> None:
    """Four years late, the first box of 2027 would serve after the last period."""
    made = run(tmp_path, demand(10), slip("weeks: 208 weeks"), under(min_total="", max_total=""), ("offers:\n", "offers:\n  hour: {system: box, contract: hour, sites: [cloud]}\n"))  # fmt: skip
    (line,) = [row for row in made.table("options") if row["id"] == "deal"]
    assert line["verdict"] == "excluded"
    assert "208 weeks late" in line["why"]


def test_damages_above_the_price_are_refused(tmp_path: Path) -> None:
    """A supplier pays back at most the price."""
    said = refused(tmp_path, slip("weeks: 52 weeks, damages: 1 %/week, most: 150 %"), under())
    assert "contracts.ours.terms.slip.most" in said
