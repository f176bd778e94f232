"""Time passes: what grows has grown, what is dated stays, and the same demand is seen from a later day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.documents import Document
from planner.errors import InvalidData
from planner.options.join import join
from planner.review.roll import rolled
from planner.scenario.load import of_document
from tests.support import loaded

LATER = date(2027, 5, 10)
"""The first period that begins on it or later is 2027Q3, two after 2027Q1."""
EDITS = (
    ("price: 0.4 MUSD", "price: 0.4 MUSD\n    price_change: -8 %/year"),
    ("  cloud:\n    kind: hosted", "  cloud:\n    title: elsewhere\n    kind: hosted"),
)


def seen(folder: Path, day: date, horizon: str) -> Document:
    return rolled(loaded(folder, *EDITS).document, day, horizon)


def test_a_fixed_end_keeps_the_last_period_and_a_rolling_one_their_number(tmp_path: Path) -> None:
    fixed, rolling = (seen(tmp_path, LATER, h).data["horizon"] for h in ("fixed end", "rolling"))
    assert (fixed["start"], fixed["periods"]) == ("2027Q3", 2)
    assert (rolling["start"], rolling["periods"]) == ("2027Q3", 4)


def test_demand_power_and_prices_are_those_the_earlier_scenario_gave_the_same_periods(
    tmp_path: Path,
) -> None:
    """Demand 100 ktok/s growing 40 % a year is 100 · 1.4^0.5 = 118.3 ktok/s in 2027Q3, seen from then
    as from before; so is a price falling 8 % a year, and power, which is dated, stays 3 MW."""
    before = join(loaded(tmp_path, *EDITS))
    after = join(of_document(seen(tmp_path, LATER, "fixed end"), tmp_path))
    demand = after.demands["chat"].mean_tok_per_s
    assert demand == pytest.approx(before.demands["chat"].mean_tok_per_s[2:])
    assert demand[0] == pytest.approx(100e3 * 1.4**0.5)
    prices = (before.offerings["fast-buy"].price_usd[2:], after.offerings["fast-buy"].price_usd)
    assert prices[1] == pytest.approx(prices[0])
    assert prices[1][0] == pytest.approx(0.4e6 * 0.92**0.5)
    assert after.places["home"].power_kw == pytest.approx(before.places["home"].power_kw[2:])


def test_the_day_it_is_made_from_changes_nothing_but_the_day(tmp_path: Path) -> None:
    """Rolled within the first period: only the as-of date moves."""
    document = loaded(tmp_path, *EDITS).document
    same = rolled(document, date(2026, 12, 15), "fixed end")
    assert same.data == {**document.data, "as_of": "2026-12-15"}
    assert document.data["as_of"] == "2026-11-20"


def test_rolling_twice_is_rolling_once(tmp_path: Path) -> None:
    once = seen(tmp_path, LATER, "rolling")
    twice = rolled(seen(tmp_path, date(2027, 2, 1), "rolling"), LATER, "rolling")
    from planner.review.causes import same

    assert same(once.data, twice.data)


def test_a_software_gain_ends_when_it_was_believed_to(tmp_path: Path) -> None:
    gain = "software_gain:\n  young: {per_year: 20 %/year, until: 1 years, basis: a guess}\npolicy:"
    document = loaded(tmp_path, ("policy:", gain)).document
    half = rolled(document, date(2027, 5, 22), "fixed end").data["software_gain"]["young"]["until"]
    assert float(half.split()[0]) == pytest.approx(0.5, abs=0.01)
    assert rolled(document, date(2027, 12, 1), "rolling").data["software_gain"] == {}


def test_no_period_left_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="REV022"):
        seen(tmp_path, date(2027, 10, 2), "fixed end")
    assert seen(tmp_path, date(2027, 10, 1), "fixed end").data["horizon"]["periods"] == 1
    assert seen(tmp_path, date(2029, 1, 2), "rolling").data["horizon"]["start"] == "2029Q2"


def test_a_pool_that_carries_over_brings_what_came_before(tmp_path: Path) -> None:
    """60 TB a quarter: by 2027Q3 three quarters' worth came, 180 TB, and what was ordered in the first
    two still draws on it; a pool that does not carry over gives its 60 TB and no more."""
    after = join(of_document(seen(tmp_path, LATER, "fixed end"), tmp_path))
    assert after.supplies["hbm3e"].amount == pytest.approx((180e3, 60e3))
    lapsing = ("hbm3e: {amount: 60 TB}", "hbm3e: {amount: 60 TB, carry_over: false}")
    document = rolled(loaded(tmp_path, lapsing).document, LATER, "fixed end")
    assert join(of_document(document, tmp_path)).supplies["hbm3e"].amount == (60e3, 60e3)
