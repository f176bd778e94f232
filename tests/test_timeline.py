"""Periods, partial dates and the one place where money is discounted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.timeline import Timeline, after, before, first_day, last_day, start_of, years_between

QUARTERS = Timeline(date(2026, 11, 20), date(2027, 1, 1), "quarter", 6, 0.1)
"""Six quarters from 2027Q1 at 10 % a year."""


def starting(unit: str, start: str, count: int) -> Timeline:
    return replace(QUARTERS, unit=unit, start=start_of(start), count=count)


@pytest.mark.parametrize(
    ("unit", "start", "labels"),
    [
        ("quarter", "2027Q3", ["2027Q3", "2027Q4", "2028Q1"]),
        ("quarter", "2027-04", ["2027Q2", "2027Q3", "2027Q4"]),
        ("month", "2027-11", ["2027-11", "2027-12", "2028-01"]),
        ("year", "2027", ["2027", "2028", "2029"]),
        ("hour", "2027", ["2027-01-01h00", "2027-01-01h01", "2027-01-01h02"]),
    ],
)
def test_periods_are_labelled_by_the_calendar(unit, start, labels):
    assert [period.label for period in starting(unit, start, 3).periods] == labels


def test_hours_pass_into_the_next_day():
    last = starting("hour", "2027", 26).periods[-1]
    assert (last.label, last.start) == ("2027-01-02h01", date(2027, 1, 2))


def test_periods_know_their_index_first_day_and_year():
    last = QUARTERS.periods[-1]
    assert (last.index, last.start, last.year) == (5, date(2028, 4, 1), 2028)


@pytest.mark.parametrize(
    ("unit", "years"), [("quarter", 0.25), ("month", 1 / 12), ("year", 1.0), ("hour", 1 / 8766)]
)
def test_a_period_is_as_long_as_its_unit(unit, years):
    timeline = starting(unit, "2027", 1)
    assert timeline.years == pytest.approx(years)
    assert timeline.hours == pytest.approx(8766 * years)


@pytest.mark.parametrize(
    ("day", "index"),
    [
        ("2026-12-31", -1),
        ("2027-01-01", 0),
        ("2027-03-31", 0),
        ("2027-04-01", 1),
        ("2028-08-15", 6),
    ],
)
def test_a_day_finds_the_period_that_contains_it(day, index):
    assert QUARTERS.index_at(date.fromisoformat(day)) == index


def test_a_day_after_the_horizon_is_in_no_period():
    assert QUARTERS.index_at(QUARTERS.end) == QUARTERS.count


@pytest.mark.parametrize("text", ["2027Q5", "2027Q0", "Q1", "2027-13", "27Q1", "2027Q1 ", "next"])
def test_a_label_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"period|month"):
        start_of(text)


@pytest.mark.parametrize(
    ("weeks", "index"), [(0, 0), (6, 0), (7, 1), (18, 1), (19, 2), (81, 6), (500, 6)]
)
def test_an_order_placed_today_serves_from_the_first_period_after_its_lead_time(weeks, index):
    assert QUARTERS.first_from(after(QUARTERS.as_of, weeks)) == index


def test_a_delivery_on_the_first_day_of_a_period_serves_in_it():
    assert QUARTERS.first_from(date(2027, 4, 1)) == 1
    assert QUARTERS.first_from(date(2027, 4, 2)) == 2


def test_before_undoes_after():
    day = date(2027, 7, 1)
    assert after(before(day, 30), 30) == day
    assert years_between(date(2027, 1, 1), date(2031, 1, 1)) == pytest.approx(4.0)


def test_money_at_the_start_of_the_horizon_is_worth_itself():
    assert QUARTERS.discount(0) == 1.0
    assert QUARTERS.discount(0, "start") == 1.0


def test_a_year_later_it_is_worth_one_year_less():
    assert QUARTERS.discount(4) == pytest.approx(1 / 1.1)
    assert QUARTERS.discount(3, "end") == pytest.approx(1 / 1.1)


def test_the_middle_lies_between_start_and_end():
    middle = QUARTERS.discount(1, "middle")
    assert middle == pytest.approx((QUARTERS.discount(1) * QUARTERS.discount(1, "end")) ** 0.5)


def test_without_interest_every_day_is_worth_the_same():
    free = replace(QUARTERS, discount_rate=0.0)
    assert {free.discount(t, moment) for t in range(6) for moment in ("start", "end")} == {1.0}


@given(st.integers(0, 40), st.floats(0.0, 0.5), st.sampled_from(["quarter", "month", "year"]))
def test_the_end_of_a_period_is_the_start_of_the_next(index, rate, unit):
    timeline = replace(QUARTERS, discount_rate=rate, unit=unit, count=60)
    assert timeline.discount(index, "end") == pytest.approx(timeline.discount(index + 1))


@given(st.integers(0, 40), st.floats(0.0, 0.5))
def test_the_length_of_a_period_does_not_change_what_a_year_is_worth(years, rate):
    by_year = replace(QUARTERS, discount_rate=rate, unit="year")
    by_month = replace(QUARTERS, discount_rate=rate, unit="month")
    assert by_year.discount(years) == pytest.approx(by_month.discount(12 * years))


@pytest.mark.parametrize(
    ("years", "periods"), [(5, 20), (1, 4), (0.3, 1), (0.0, 1), (1.1, 4), (1.13, 5)]
)
def test_lengths_of_time_are_whole_periods_and_at_least_one(years, periods):
    assert QUARTERS.periods_in(years) == periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-09-17", date(2026, 9, 17), date(2026, 9, 17)),
    ],
)
def test_a_partial_date_is_taken_early_or_late(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-02-30", "2026-Q5", "2026-H3", "26"])
def test_a_date_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"date|month|day"):
        first_day(text)
