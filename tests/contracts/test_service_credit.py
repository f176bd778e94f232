"""Service credits: part of the fee comes back for availability short of the promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import contract, refused, run, under
from tests.contracts.papers import demand

PROVES = (
    "service credit on deliver",
    "service credit on own",
    "service credit on extend",
    "service credit on rent",
)
SHORT = "promised: 99.9 %, expected: 98.9 %, per_point: 10 %"
CLOUD = {"sites": "[cloud]", "price": "100 USD/chip/h", "available_until": "2027"}
"""Ten boxes for two years at 100 USD/h: 17.532 MUSD of fee."""


def credit(text: str, base: str = "reserve", others: str = "") -> tuple[str, str]:
    return contract(f"based_on: {base}, terms: {{service_credit: {{{text}}}{others}}}")


@pytest.mark.parametrize("others", ["", ", cancellable: true, exit_fee: 100 %"])
def test_a_point_short_brings_its_share_of_the_fee_back(tmp_path: Path, others: str) -> None:
    """One point at 10 %: 1.7532 of 17.532, by year; also where the term could be left."""
    made = run(tmp_path, demand(10), credit(SHORT, others=others), under(**CLOUD))
    assert [made.musd("service credit", year) for year in range(4)] == pytest.approx([-0.8766, -0.8766, 0, 0])  # fmt: skip


def test_credits_stop_at_their_most(tmp_path: Path) -> None:
    """5 % of the fee and no more: 0.8766."""
    made = run(tmp_path, credit(f"{SHORT}, most: 5 %"), under(**CLOUD))
    assert made.musd("service credit") == pytest.approx(-0.8766)


def test_without_a_stated_expectation_no_money_is_counted_on(tmp_path: Path) -> None:
    """As without the term: 17.532."""
    made = run(tmp_path, credit("promised: 99.9 %, per_point: 10 %"), under(**CLOUD))
    assert made.musd("service credit") == 0
    assert made.musd("reservation") == pytest.approx(17.532)


def test_an_extension_earns_its_credit_too(tmp_path: Path) -> None:
    """A third year at 80 % of the rate: 10 % of 7.0128."""
    extend = ", extend: {by: 1 year, rate_share: 80 %}"
    made = run(tmp_path, demand(10), credit(SHORT, others=extend), under(**CLOUD))
    assert made.musd("service credit", 2) == pytest.approx(-0.70128)


def test_what_is_rented_earns_it_by_the_hour(tmp_path: Path) -> None:
    """Four boxes rented for four years at 100 USD/h: 10 % of 14.0256."""
    rented = {"sites": "[cloud]", "price": "100 USD/chip/h", "min_total": "", "max_total": "", "available_until": "", "lead_time": ""}  # fmt: skip
    made = run(tmp_path, demand(4), credit(SHORT, "hour"), under(**rented))
    assert made.musd("on-demand") == pytest.approx(14.0256)
    assert made.musd("service credit") == pytest.approx(-1.40256)


def test_a_promise_of_more_than_always_is_refused(tmp_path: Path) -> None:
    """101 % of the hours."""
    said = refused(tmp_path, credit("promised: 101 %, per_point: 10 %"), under(**CLOUD))
    assert "contracts.ours.terms.service_credit.promised" in said
