"""What is short: each question to the one session is answered as if it were the only one."""

from __future__ import annotations

import numpy as np
import pytest

from planner.solver.arrays import Arrays
from planner.solver.elastic import Diagnosis, Question, Relief, diagnose


def short() -> Arrays:
    """minimise nothing: x + z >= 4, x <= 3, z a way out that may be closed, of at most 1."""
    return Arrays(
        cost=np.zeros(2),
        lower=np.zeros(2),
        upper=np.array([np.inf, 1.0]),
        integer=np.zeros(2, dtype=np.bool_),
        row_lower=np.array([4.0, -np.inf]),
        row_upper=np.array([np.inf, 3.0]),
        start=np.array([0, 2, 3], dtype=np.int32),
        index=np.array([0, 1, 0], dtype=np.int32),
        value=np.ones(3),
    )


PROMISE, LIMIT = Relief((0,), 5.0), Relief((1,), 2.0)
WAY_OUT = np.array([0.0, 1.0])
"""What using z counts: less than either relief."""


def asked(*questions: Question) -> list[Diagnosis | None]:
    return diagnose(short(), questions, WAY_OUT)


def test_the_cheaper_relief_gives_way() -> None:
    """With z closed one unit is short; stretching the limit counts 2, the promise 5."""
    (found,) = asked(Question([PROMISE, LIMIT], closed=(1,)))
    assert found is not None
    assert list(found.amounts) == pytest.approx([0.0, 1.0])


def test_a_column_that_counts_less_than_the_reliefs_is_used_first() -> None:
    """Twin: with z open nothing is stretched."""
    (found,) = asked(Question([PROMISE, LIMIT]))
    assert found is not None
    assert list(found.amounts) == pytest.approx([0.0, 0.0])
    assert list(found.x) == pytest.approx([3.0, 1.0])


def test_the_second_answer_does_not_hang_on_the_first_question() -> None:
    """The promise alone gives 1 with z closed; then all ways with z open: z."""
    alone, every = asked(Question([PROMISE], closed=(1,)), Question([PROMISE, LIMIT]))
    assert alone is not None
    assert every is not None
    assert list(alone.amounts) == pytest.approx([1.0])
    assert list(every.amounts) == pytest.approx([0.0, 0.0])
    assert list(every.x) == pytest.approx([3.0, 1.0])


def test_reliefs_of_the_first_question_are_closed_in_the_second() -> None:
    """The promise answers the first; the limit alone the second, though it is the dearer here."""
    cheap, dear = Relief((0,), 1.0), Relief((1,), 9.0)
    first, second = asked(Question([cheap], closed=(1,)), Question([dear], closed=(1,)))
    assert first is not None
    assert second is not None
    assert list(second.amounts) == pytest.approx([1.0])
    assert list(second.x) == pytest.approx([4.0, 0.0])


def test_where_no_relief_helps_there_is_no_answer_and_the_next_question_has_one() -> None:
    """Nothing may give way in the first."""
    nothing, found = asked(Question([], closed=(1,)), Question([LIMIT], closed=(1,)))
    assert nothing is None
    assert found is not None
    assert list(found.amounts) == pytest.approx([1.0])
