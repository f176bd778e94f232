"""A measurement at the very shape asked for is the answer, as it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.catalog.throughput import Point
from planner.serving.measured import exact
from planner.serving.rate import Rate, Refusal, Request
from tests.serving.worlds import GPU, claim_of

ASKED = Request(1000, 500, precisions=("fp8",))


def seen(tok_per_s: float, **row: object) -> Point:
    """8 chips together, measured by the user, 1,000 in and 500 out."""
    by = row.pop("by", "user")
    given = {"isl": 1000, "osl": 500, "scenario": "offline", "chips": 8, **row}
    return claim_of(tok_per_s, by=by, **given)  # type: ignore[arg-type]


def answer(*points: Point, request: Request = ASKED) -> Rate | Refusal | None:
    return exact(GPU, request, list(points))


def tok_per_s(*points: Point, request: Request = ASKED) -> float:
    found = answer(*points, request=request)
    assert isinstance(found, Rate)
    assert found.tier == "measured"
    return found.tok_per_s


def test_the_figure_is_used_as_it_stands() -> None:
    assert tok_per_s(seen(12_345)) == 12_345


def test_a_figure_of_fewer_chips_is_one_of_more_such_replicas() -> None:
    """2 chips made 3,000: the eight of a system make 12,000, a replica takes a quarter of it."""
    found = answer(seen(3_000, chips=2))
    assert isinstance(found, Rate)
    assert found.tok_per_s == pytest.approx(12_000)
    assert found.systems_per_replica == pytest.approx(0.25)


def test_a_curve_point_counts_one_chip() -> None:
    assert tok_per_s(seen(700, scenario="curve", chips=None, unit="tok/s/chip")) == 5_600


@pytest.mark.parametrize(
    "row",
    [
        {"isl": 1001},
        {"osl": 499},
        {"isl": None},
        {"precision": "bf16"},
        {"regime": "tuned"},
        {"scenario": "server"},
        {"scenario": "aggregate"},
        {"accounting": "total"},
        {"by": "vendor"},
        {"by": "press"},
    ],
    ids=str,
)
def test_any_other_row_answers_nothing(row: dict[str, object]) -> None:
    assert answer(seen(12_345, **row)) is None


def test_a_user_speed_asked_for_must_have_been_seen() -> None:
    """25 tok/s to each user at 40 ms: rows that saw 20 or do not say are no answer."""
    fast = replace(ASKED, tpot_ms=40.0)
    assert answer(seen(9_000), request=fast) is None
    assert answer(seen(9_000, tok_per_s_per_user=20), request=fast) is None
    assert tok_per_s(seen(9_000, tok_per_s_per_user=25), request=fast) == 9_000


def test_of_several_the_fastest_that_meets_the_request_counts() -> None:
    curve = [seen(9_000, tok_per_s_per_user=20), seen(6_000, tok_per_s_per_user=50), seen(3_000, tok_per_s_per_user=90)]  # fmt: skip
    assert tok_per_s(*curve) == 9_000
    assert tok_per_s(*curve, request=replace(ASKED, tpot_ms=40.0)) == 6_000
    assert tok_per_s(*curve, request=replace(ASKED, tpot_ms=15.0)) == 3_000


def test_the_users_own_measurement_counts_before_anybody_elses() -> None:
    assert (
        tok_per_s(seen(9_000, by="measured"), seen(7_000), seen(8_000, by="third party")) == 7_000
    )


def test_speed_per_user_times_batch_is_the_speed_of_a_replica() -> None:
    found = answer(seen(9_000, tok_per_s_per_user=20))
    assert isinstance(found, Rate)
    assert found.tok_per_s_per_user * found.batch == pytest.approx(9_000)


def test_a_measured_zero_is_a_refusal() -> None:
    assert isinstance(answer(seen(0)), Refusal)


def test_the_fastest_is_the_fastest_for_each_chip() -> None:
    """2 chips at 3,000 beat 8 chips at 9,000."""
    assert tok_per_s(seen(9_000), seen(3_000, chips=2)) == 12_000


def test_a_time_to_first_token_asked_for_must_have_been_seen() -> None:
    assert answer(seen(9_000), request=replace(ASKED, ttft_ms=500.0)) is None


def test_a_curve_point_counts_one_chip_whatever_chips_made_it() -> None:
    assert tok_per_s(seen(700, scenario="curve", chips=8, unit="tok/s/chip")) == 5_600
