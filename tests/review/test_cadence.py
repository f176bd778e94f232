"""When reviews are due: quarters, months, cron expressions, and what weekends do to them."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from planner.errors import InvalidData, UnknownName
from planner.review.cadence.rhythm import Cadence, due, next_due, rolled
from planner.review.settings import chosen, find, load, required
from tests.review.small import REVIEW
from tests.support import edited, line_of

FIRST = date(2027, 1, 1)
"""A Friday."""


def days(today: date, **keys: object) -> list[str]:
    cadence = Cadence.model_validate({"first": FIRST, "roll": "none", **keys})
    return [one.day.isoformat() for one in due(cadence, None, today)]


def test_a_quarter_comes_every_third_month() -> None:
    assert days(date(2027, 12, 31)) == ["2027-01-01", "2027-04-01", "2027-07-01", "2027-10-01"]


def test_a_month_without_such_a_day_takes_its_last() -> None:
    found = days(date(2027, 4, 30), every="month", first=date(2027, 1, 31))
    assert found == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


def test_a_cron_expression_counts_each_of_its_days_once() -> None:
    """Twice a day on Mondays and Thursdays: 4, 7 and 11 January 2027, the first day itself included."""
    expression = {"every": "cron", "expression": "0 6,18 * * 1,4"}
    assert days(date(2027, 1, 12), **expression) == ["2027-01-04", "2027-01-07", "2027-01-11"]
    assert days(date(2027, 1, 4), first=date(2027, 1, 4), **expression) == ["2027-01-04"]


@pytest.mark.parametrize(
    ("roll", "day"),
    [
        ("none", "2027-05-01"),
        ("following", "2027-05-04"),
        ("preceding", "2027-04-30"),
        ("modified following", "2027-05-04"),
    ],
)
def test_a_saturday_rolls_past_the_holiday_after_it(roll: str, day: str) -> None:
    """1 May 2027 is a Saturday, and Monday the 3rd is a holiday here."""
    cadence = Cadence.model_validate({"first": date(2027, 5, 1), "roll": roll, "holidays": [date(2027, 5, 3)]})  # fmt: skip
    assert rolled(date(2027, 5, 1), cadence).isoformat() == day


def test_modified_following_stays_in_its_month() -> None:
    """31 July 2027 is a Saturday: the next business day is in August, so it is the Friday before."""
    cadence = Cadence(first=date(2027, 7, 31), roll="modified following")
    assert rolled(date(2027, 7, 31), cadence) == date(2027, 7, 30)


def test_a_review_that_rolls_backward_is_due_before_its_planned_day() -> None:
    cadence = Cadence(first=date(2027, 5, 1), roll="preceding")
    [one] = due(cadence, None, date(2027, 4, 30))
    assert (one.planned, one.day) == (date(2027, 5, 1), date(2027, 4, 30))
    assert due(cadence, one.planned, date(2027, 5, 2)) == []


def test_what_is_recorded_is_not_due_again_even_if_holidays_change() -> None:
    """The planned day is what is recorded, so a roll that changes later names no second review."""
    before = Cadence(first=date(2027, 5, 1))
    after = Cadence(first=date(2027, 5, 1), holidays=(date(2027, 5, 3),))
    [one] = due(before, None, date(2027, 5, 3))
    assert due(after, one.planned, date(2027, 5, 10)) == []
    assert next_due(after, date(2027, 5, 10)).planned == date(2027, 8, 1)


def test_the_calendar_has_no_end() -> None:
    from planner.review.cadence.quarter import days as quarters

    assert list(islice(quarters(Cadence(first=FIRST)), 400))[-1] == date(2126, 10, 1)


@pytest.mark.parametrize(
    ("wrong", "code", "says"),
    [
        ("every: quartr", "REV020", "did you mean 'quarter'"),
        ('every: cron, expression: "0 6 * *"', "REV020", "is no cron expression"),
        ('every: cron, expression: "0 6 31 2 *"', "REV020", "Bad day-of-month"),
        ("every: quarter, rol: none", "DOC003", "roll"),
    ],
)
def test_a_cadence_that_cannot_be_told_is_named_with_its_line(
    wrong: str, code: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.yaml"
    text = edited(REVIEW, ("every: quarter", wrong))
    path.write_text(text if "rol:" not in wrong else text.replace(", roll: none", ""))
    with pytest.raises(InvalidData) as refusal:
        load(path)
    [problem] = refusal.value.problems
    assert problem.code == code
    assert problem.place == f"{path}:{line_of(path, 'cadence')}"
    assert says in f"{problem.what} {problem.hint}"


@pytest.mark.parametrize(
    "roles", ["[{role: CFO, above: 1 MUSD}]", "[{role: CFO}, {role: CFO, above: 1 MUSD}]"]
)
def test_roles_that_leave_a_review_unsigned_are_refused(roles: str, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(REVIEW.partition("roles:")[0] + f"roles: {roles}\n")
    with pytest.raises(InvalidData, match="REV021"):
        load(path)


def test_the_reviews_that_ship_load_and_name_who_signs() -> None:
    shipped = {review.settings.name: review for review in chosen([])}
    assert set(shipped) == {"quickstart", "reference"}
    reference = shipped["reference"].settings
    assert required(reference, 25e6) == ["capacity lead"]
    assert required(reference, 25.1e6) == ["capacity lead", "CFO"]
    assert required(reference, 1e9) == ["capacity lead", "CFO", "board"]
    assert all(review.scenario_file.is_file() for review in shipped.values())
    with pytest.raises(UnknownName, match="quickstart"):
        find("quikstart")
