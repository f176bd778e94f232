"""Depreciation, cohorts at the horizon, lease liabilities."""

from __future__ import annotations

from typing import Any

import pytest

from planner.catalog.term import Agreed
from planner.catalog.terms.escalator import Escalated
from planner.catalog.terms.extend import Extension
from planner.catalog.terms.prepayment import Prepaid
from planner.errors import InvalidData
from planner.finance.book import Asset, BookRow, depreciation
from planner.options.building import Building
from planner.options.table import Options
from tests.finance.plans import moneyed
from tests.world import YEARLY_MUSD, exactly, installed, purchase, rental, reservation, site, world


def three_years(**terms: Any) -> Options:
    """4 systems of 1 MUSD wanted in each of three years."""
    return world(periods=3, offerings=[purchase(**{"life_years": 4.0, **terms})])


def columns(rows: list[BookRow]) -> list[tuple[str, str, float, float, float, float]]:
    return [(r.period, r.asset, r.additions_usd, r.depreciation_usd, r.disposals_usd, r.book_value_usd) for r in rows]  # fmt: skip


def test_systems_are_written_off_in_equal_parts_over_their_life_in_service() -> None:
    """4 MUSD over 4 years: 1 MUSD each, so 3, 2 and 1 left."""
    assert columns(moneyed(three_years()).book) == [
        ("2027", "systems", exactly(4e6), exactly(1e6), 0.0, exactly(3e6)),
        ("2028", "systems", 0.0, exactly(1e6), 0.0, exactly(2e6)),
        ("2029", "systems", 0.0, exactly(1e6), 0.0, exactly(1e6)),
    ]


def test_the_books_may_have_lives_of_their_own_and_the_plan_keeps_its() -> None:
    """Over 2 years: 2, 2 and nothing; the network keeps its 4. The objective does not move."""
    options = three_years(fabric_usd=0.1e6)
    short = moneyed(options, book_lives={"systems": "2 year"})
    values = {(r.period, r.asset): r.book_value_usd for r in short.book}
    assert [values[y, "systems"] for y in ("2027", "2028", "2029")] == [exactly(2e6), exactly(0.0), exactly(0.0)]  # fmt: skip
    assert [values[y, "network"] for y in ("2027", "2028", "2029")] == [exactly(0.3e6), exactly(0.2e6), exactly(0.1e6)]  # fmt: skip
    assert short.bridge == moneyed(options).bridge


def test_what_is_sold_leaves_at_its_book_value() -> None:
    """2 units of 100 over 4 years, one sold a year: 200 − 50; then 75 goes and 25 is written off; then 50 goes."""
    asset = Asset("systems", 0, 100.0, (2.0, 1.0, 0.0), 4.0)
    options = world(periods=3)
    assert columns(depreciation(options, [asset])) == [
        ("2027", "systems", 200.0, 50.0, 0.0, 150.0),
        ("2028", "systems", 0.0, 25.0, 75.0, 50.0),
        ("2029", "systems", 0.0, 0.0, 50.0, 0.0),
    ]


def test_a_plan_that_sells_takes_what_it_sold_out_of_its_books() -> None:
    """4 wanted, then 1: three go at 3/4 of their price; 3 MUSD left after a year, then 0.5."""
    options = world(periods=2, demand=(4.0, 1.0), offerings=[purchase(life_years=4.0, resale=(1.0, 0.7, 0.1))])  # fmt: skip
    found = moneyed(options)
    assert columns(found.book) == [
        ("2027", "systems", exactly(4e6), exactly(1e6), 0.0, exactly(3e6)),
        ("2028", "systems", 0.0, exactly(0.25e6), exactly(2.25e6), exactly(0.5e6)),
    ]
    assert found.cash[1].received_usd == exactly(2.1e6)
    assert found.cohorts[0].held_at_end == exactly(1.0)


def test_a_shell_stands_in_the_books_from_the_power_it_first_gives() -> None:
    """1,000 USD/kW for 4 MW: 4 MUSD over 14 years; without a shell there is none."""
    from dataclasses import replace

    campus = replace(site(), shell=Building(1000.0, 14.0, 0.07))
    rows = [r for r in moneyed(world(places=[campus])).book if r.asset == "shell"]
    assert [(r.additions_usd, r.depreciation_usd) for r in rows] == [(exactly(4e6), exactly(4e6 / 14))]  # fmt: skip
    assert [r for r in moneyed(world()).book if r.asset == "shell"] == []


def test_installed_systems_are_not_in_the_books() -> None:
    assert moneyed(world(offerings=[installed(count=4.0)])).book == []


def test_a_cohort_shows_what_it_is_credited_and_what_a_buyer_would_give() -> None:
    """A year old of four: 3/4 of 4 MUSD credited; resold at half of them."""
    options = world(offerings=[purchase(life_years=4.0, resale=(1.0, 0.5))])
    (cohort,) = moneyed(options).cohorts
    assert (cohort.delivered, cohort.held_at_end) == ("2027", exactly(4.0))
    assert cohort.paid_usd == exactly(4e6)
    assert cohort.credited_usd == exactly(3e6)
    assert cohort.resale_usd == exactly(2e6)


def test_nothing_is_resold_above_the_price_paid() -> None:
    """A curve that gives 1.4 of the price is refused before anything is solved."""
    with pytest.raises(InvalidData, match="PRG005"):
        moneyed(world(offerings=[purchase(life_years=4.0, resale=(1.0, 1.4))]))


def test_without_a_market_a_cohort_has_no_resale() -> None:
    (cohort,) = moneyed(world(offerings=[purchase(life_years=4.0)])).cohorts
    assert cohort.resale_usd is None


def test_a_reservation_is_owed_until_its_term_ends_also_past_the_horizon() -> None:
    """4 systems at 1 MUSD a year for three years, planned for two: 8 MUSD owed after one, 4 after two."""
    options = world(periods=2, offerings=[reservation(held=3)])
    assert [row.liability_usd for row in moneyed(options).liabilities] == [exactly(8e6), exactly(4e6)]  # fmt: skip


def test_what_is_given_back_is_owed_no_more() -> None:
    """3 of 4 ended for nothing after a year of three: 8 MUSD owed, then 1; kept, 8 and 4."""
    options = world(
        periods=2,
        demand=(4.0, 1.0),
        offerings=[reservation(held=3, exit_fee=0.0, price=(YEARLY_MUSD, 2 * YEARLY_MUSD))],
    )
    assert [row.liability_usd for row in moneyed(options).liabilities] == [exactly(8e6), exactly(1e6)]  # fmt: skip


def test_a_liability_is_discounted_at_the_rate_stated() -> None:
    """At 21 %, mid-year: 4 · (1.21^-0.5 + 1.21^-1.5) = 4 · (1/1.1 + 1/1.331)."""
    options = world(periods=2, offerings=[reservation(held=3)])
    found = moneyed(options, lease_rate="21 %/year")
    assert found.lease_rate == exactly(0.21)
    assert found.liabilities[0].liability_usd == exactly(4e6 * (1 / 1.1 + 1 / 1.331))


def test_a_rate_that_rises_is_owed_at_what_it_rises_to() -> None:
    """At 10 % a year 1.1 and 1.21 MUSD of each of 4 follow the first year: 9.24, then 4.84."""
    rising = Agreed({Escalated: Escalated(0.1)})
    options = world(periods=2, offerings=[reservation(held=3, terms=rising)])
    assert [row.liability_usd for row in moneyed(options).liabilities] == [exactly(9.24e6), exactly(4.84e6)]  # fmt: skip


def test_what_was_prepaid_is_owed_no_more() -> None:
    """Half of the whole term paid when it begins: 4 MUSD owed after a year of three, 2 after two."""
    half = Agreed({Prepaid: Prepaid(share=0.5, discount=0.0)})
    options = world(periods=2, offerings=[reservation(held=3, terms=half)])
    assert [row.liability_usd for row in moneyed(options).liabilities] == [exactly(4e6), exactly(2e6)]  # fmt: skip


def test_an_extension_is_owed_once_it_has_begun() -> None:
    """A year's term, then two years at half its rate: nothing is owed after the first, 2 MUSD after the second.

    Without the right a new term of a year follows, over when the horizon is.
    """
    longer = Agreed({Extension: Extension(periods=2, rate_share=0.5, notice_weeks=0.0)})
    for terms, owed in ((longer, 2e6), (Agreed(), 0.0)):
        options = world(periods=2, offerings=[reservation(held=1, terms=terms)])
        assert [row.liability_usd for row in moneyed(options).liabilities] == [exactly(0.0), exactly(owed)]  # fmt: skip


def test_what_is_rented_by_the_hour_is_not_owed() -> None:
    assert moneyed(world(offerings=[rental()])).liabilities[0].liability_usd == 0.0
