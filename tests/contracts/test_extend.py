"""Option to extend: a term goes on at a share of its rate, if notice can be given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, contract, refused, run, under
from tests.contracts.papers import dear, demand, paper

PROVES = (
    "extend",
    "extension on extend",
    "obligation past horizon on extend",
    "lease upkeep on extend",
)
IN_2027 = {"sites": "[cloud]", "price": "100 USD/chip/h", "available_until": "2027", "lead_time": "4 weeks", "min_total": "", "max_total": ""}  # fmt: skip
HELD = {"contract": "ours", "site": "cloud", "delivery": "2026", "ordered": "2025-10", "price": "100 USD/chip/h", "due": "", "state": "active"}  # fmt: skip
"""Four boxes under a two-year term that began in 2026."""
YEAR = 0.8766
"""MUSD of a box-year at 100 USD an hour."""


def extend(text: str = "by: 1 year, rate_share: 80 %, notice: 26 weeks") -> tuple[str, str]:
    return contract(f"based_on: reserve, terms: {{extend: {{{text}}}}}")


def test_a_term_is_extended_where_that_is_cheaper_than_doing_without(tmp_path: Path) -> None:
    """Two years at 0.8766 and a third at 80 % of it for each of 4; 2030 is shed: 4 · 87.66."""
    made = run(tmp_path, demand(4), extend(), under(**IN_2027))
    assert made.musd("reservation") == pytest.approx(8 * YEAR)
    assert made.musd("extension", 2) == pytest.approx(4 * 0.8 * YEAR)
    assert made.npv_musd == pytest.approx(-(4 * SHED_MUSD + 8 * YEAR + 3.2 * YEAR))
    (right,) = made.table("rights")
    assert (right["right"], right["advice"], right["decide_by"]) == ("extend the term", "exercise", "2028-07-03")  # fmt: skip


def test_without_the_option_two_years_are_shed(tmp_path: Path) -> None:
    """The twin: 2029 and 2030."""
    made = run(tmp_path, demand(4), under("reserve", **IN_2027))
    assert made.npv_musd == pytest.approx(-(8 * SHED_MUSD + 8 * YEAR))
    assert made.table("rights") == []


def test_an_extension_past_the_horizon_is_charged_above_the_market(tmp_path: Path) -> None:
    """By three years at the signed rate: 2029 and 2030 are paid; 2031 owes 100 and is worth 60."""
    falling = {**IN_2027, "price": "{2027: 100 USD/chip/h, 2030: 60 USD/chip/h}"}
    made = run(tmp_path, demand(4), extend("by: 3 years, rate_share: 1"), under(**falling))
    assert made.musd("extension") == pytest.approx(8 * YEAR)
    assert made.musd("obligation past horizon") == pytest.approx(4 * 0.4 * YEAR)


def test_a_signed_term_is_extended_while_notice_can_be_given(tmp_path: Path) -> None:
    """A term from 2026 ends with 2027; forty weeks' notice are in March 2027. The twin sheds 2028."""
    term = extend("by: 1 year, rate_share: 80 %, notice: 40 weeks")
    made = run(tmp_path, demand(4), dear(), term, paper(**HELD))
    assert made.musd("extension") == pytest.approx(4 * 0.8 * YEAR)
    twin = run(tmp_path, demand(4), dear(), paper(**{**HELD, "contract": "reserve"}))
    assert twin.musd("shed penalty") - made.musd("shed penalty") == pytest.approx(4 * SHED_MUSD)


def test_a_right_whose_last_day_has_passed_is_refused(tmp_path: Path) -> None:
    """Sixty weeks' notice were due in November 2026; the plan is made in December."""
    term = extend("by: 1 year, rate_share: 80 %, notice: 60 weeks")
    said = refused(tmp_path, dear(), term, paper(**HELD))
    assert "RGT002" in said
    assert "signed.paper.contract: its right 'extend' could be used until 2026-11-0" in said


def test_a_dear_extension_lapses(tmp_path: Path) -> None:
    """At two hundred times the rate it costs more than shedding; the plan says to let it lapse."""
    made = run(tmp_path, demand(4), extend("by: 1 year, rate_share: 200"), under(**IN_2027))
    (right,) = made.table("rights")
    assert (right["advice"], float(right["used"])) == ("let lapse", 0.0)


def test_a_lease_goes_on_with_its_upkeep(tmp_path: Path) -> None:
    """Two years at 0.24 MUSD a box-year and a third at 80 % of it, 0.012 of upkeep in each: 10 boxes."""
    leased = "terms: {ownership: lease, term: 2 year, lease: {rate: 20 kUSD/system/month, upkeep: 1 kUSD/system/month}"  # fmt: skip
    goes_on = contract(f"{leased}, extend: {{by: 1 year, rate_share: 80 %}}}}")
    made = run(tmp_path, demand(10), goes_on, under())
    assert [made.musd("lease", year) for year in range(4)] == pytest.approx([2.4, 2.4, 0, 0])
    assert [made.musd("extension", year) for year in range(4)] == pytest.approx([0, 0, 1.92, 0])
    assert [made.musd("lease upkeep", year) for year in range(4)] == pytest.approx(
        [0.12, 0.12, 0.12, 0]
    )
    twin = run(tmp_path, demand(10), contract(f"{leased}}}"), under())
    assert twin.musd("lease upkeep", 2) == twin.musd("extension") == 0
