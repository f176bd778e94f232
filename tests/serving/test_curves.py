"""The front of a box: measured points as they stand, interpolation, and a seam without a jump."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from planner.catalog.load import Catalog, load, with_anchors
from planner.catalog.serving import Anchors
from planner.serving.curve import front_of
from planner.serving.estimate import Estimator
from planner.serving.rate import Rate, Refusal, Request
from planner.serving.roof import Seam
from tests.support import ROOT

TODAY = date(2026, 11, 20)
H200, LLAMA, R1 = "nvidia-hgx-h200", "llama-3.1-70b", "deepseek-r1"


@cache
def catalog() -> Catalog:
    return load(ROOT / "catalogs" / "default")


@cache
def estimator(tier=None, regime="field") -> Estimator:
    return Estimator(catalog(), TODAY, regime=regime, tier=tier)


def at(speed: float, system: str = H200, model: str = LLAMA, using: Estimator | None = None, **more) -> Rate:  # fmt: skip
    request = Request(1024, 1024, more.get("ttft"), 1e3 / speed, more.get("precisions", ("fp8",)))
    answer = (using or estimator()).rate(system, model, request)
    assert isinstance(answer, Rate), answer
    return answer


def per_chip(rate: Rate, chips: float = 8) -> float:
    return rate.tok_per_s / chips


def test_a_measured_point_is_used_as_it_stands() -> None:
    rate = at(40)
    assert (per_chip(rate), rate.tier) == (pytest.approx(1619), "measured")
    assert rate.tok_per_s_per_user == pytest.approx(40)


def test_between_two_points_the_front_is_interpolated() -> None:
    """Halfway between 22 and 40 tok/s/user: the geometric mean of 2,740 and 1,619."""
    rate = at(31)
    assert rate.tier == "interpolated"
    assert per_chip(rate) == pytest.approx((2740 * 1619) ** 0.5)


@pytest.mark.parametrize("seam", [22, 40])
def test_the_roofline_takes_over_at_the_seam_without_a_jump(seam: float) -> None:
    inside, outside = (0.9999, 1.0001) if seam == 40 else (1.0001, 0.9999)
    near, beyond = at(seam * inside), at(seam * outside)
    assert (near.tier, beyond.tier) == ("interpolated", "calibrated")
    assert per_chip(near) == pytest.approx(per_chip(beyond), rel=2e-3)


def test_the_whole_front_never_rises_with_user_speed() -> None:
    speeds = [5 * 1.15**k for k in range(26)]
    rates = [at(speed).tok_per_s for speed in speeds]
    assert all(fast <= slow * (1 + 1e-6) for slow, fast in pairwise(rates))


def test_a_point_under_a_faster_and_better_one_is_no_part_of_the_front() -> None:
    seams = [Seam(10, 100, 0, False), Seam(20, 150, 0, False), Seam(30, 50, 0, False)]
    front = front_of(seams)
    assert front is not None
    assert [seam.per_user for seam in front.seams] == [20, 30]
    assert front_of([]) is None


def test_a_shape_nobody_measured_has_no_front() -> None:
    answer = estimator().rate(H200, LLAMA, Request(1000, 1024, None, 25, ("fp8",)))
    assert isinstance(answer, Rate)
    assert answer.tier == "calibrated"
    assert "joined" not in answer.why


def test_the_forced_roofline_predicts_the_point_without_having_seen_it() -> None:
    forced = at(40, using=estimator("roofline"))
    assert forced.tier == "calibrated"
    assert per_chip(forced) != pytest.approx(1619, rel=1e-3)


def test_forcing_measured_evidence_refuses_where_there_is_none() -> None:
    assert at(40, using=estimator("measured")).tier == "measured"
    answer = estimator("measured").rate(H200, LLAMA, Request(777, 1024, None, 25, ("fp8",)))
    assert isinstance(answer, Refusal)
    assert answer.code == "SRV007"


def test_the_rack_beats_eight_chips_as_published_on_one_models_experts() -> None:
    """R1 at 4 bit, 125 tok/s/user, no speculation, 1k/1k: 4,130 against 941, 4.39 times."""
    rack = at(125, "nvidia-gb200-nvl72", R1, precisions=("fp4",))
    eight = at(125, "nvidia-hgx-b200", R1, precisions=("fp4",))
    assert per_chip(rack, 72) / per_chip(eight) == pytest.approx(4.39, rel=0.01)


def test_the_forced_roofline_sees_the_racks_speed_and_that_experts_are_shared() -> None:
    """Each box's own rows kept aside: the rack within 1.5, eight chips are predicted too slow."""
    forced = estimator("roofline")
    rack = per_chip(at(125, "nvidia-gb200-nvl72", R1, forced, precisions=("fp4",)), 72)
    eight = per_chip(at(125, "nvidia-hgx-b200", R1, forced, precisions=("fp4",)))
    assert 1 / 1.5 < rack / 4130 < 1.5
    assert rack / eight > 4.39 / 1.5
    slow = [per_chip(at(15, s, R1, forced, precisions=("fp4",)), n) for s, n in (("nvidia-gb200-nvl72", 72), ("nvidia-hgx-b200", 8))]  # fmt: skip
    assert slow[0] / slow[1] < rack / eight


def test_a_limit_on_the_first_token_takes_headroom_and_keeps_user_speed() -> None:
    free, held = at(31), at(31, ttft=1000)
    assert held.tok_per_s < free.tok_per_s
    assert held.tok_per_s_per_user == free.tok_per_s_per_user
    assert held.batch * held.tok_per_s_per_user == pytest.approx(held.tok_per_s * held.systems_per_replica)  # fmt: skip


def test_bands_travel_with_every_rate_and_widen_with_weaker_evidence() -> None:
    def width(rate: Rate) -> float:
        assert rate.low is not None
        assert rate.high is not None
        assert rate.low_90 is not None
        assert rate.low_90 <= rate.low <= rate.tok_per_s <= rate.high
        return rate.high / rate.low

    measured, beyond = at(40), at(60)
    new = estimator().rate("google-tpu-v7", LLAMA, Request(900, 900))
    claimed = estimator().rate("etched-sohu", LLAMA, Request(2048, 128))
    assert isinstance(new, Rate)
    assert isinstance(claimed, Rate)
    assert width(measured) < width(new) < width(claimed)
    assert width(measured) < width(beyond)


def anchored(value: float, speed: float = 40.0) -> Estimator:
    point = {
        "model": LLAMA, "system": H200, "precision": "fp8", "scenario": "curve", "regime": "field",
        "isl": 1024, "osl": 1024, "tok_per_s_per_user": speed,
        "throughput": {"value": value, "unit": "tok/s/chip", "as_of": "2026-10", "quality": "user", "source": "user-measurement"},
    }  # fmt: skip
    own = Anchors.model_validate({"id": "anchors", "points": [point]})
    return Estimator(with_anchors(catalog(), own), TODAY)


def test_a_users_measurement_outranks_public_rows_of_its_box() -> None:
    using = anchored(1000.0)
    assert per_chip(at(40, using=using)) == pytest.approx(1000)
    assert at(22, using=using).tier == "calibrated"
    assert per_chip(at(40)) == pytest.approx(1619)


def test_a_users_measurement_moves_estimates_of_its_kin_at_other_shapes() -> None:
    other = Request(2000, 500, None, 40, ("fp8",))
    low, high = (anchored(value).rate(H200, LLAMA, other) for value in (800.0, 2500.0))
    assert isinstance(low, Rate)
    assert isinstance(high, Rate)
    assert high.tok_per_s > low.tok_per_s


def test_a_submission_is_predicted_faster_than_stock_serving() -> None:
    request = Request(600, 300, None, None, ("fp8",))
    tuned = estimator(regime="tuned").rate(H200, "llama-2-70b", request)
    field = estimator().rate(H200, "llama-2-70b", request)
    assert isinstance(tuned, Rate)
    assert isinstance(field, Rate)
    assert (tuned.regime, field.regime) == ("tuned", "field")


def test_many_questions_at_once_are_answered_as_each_alone() -> None:
    asks = [(system, model, Request(700, 300, 3000, 30)) for system in ("nvidia-hgx-b200", "amd-mi300x", "cerebras-cs-3", "etched-sohu") for model in (LLAMA, R1)]  # fmt: skip
    together = estimator().rates(asks)
    for ask, answer in zip(asks, together, strict=True):
        alone = estimator().rate(*ask)
        assert type(alone) is type(answer)
        if isinstance(alone, Rate) and isinstance(answer, Rate):
            assert answer.tok_per_s == pytest.approx(alone.tok_per_s, rel=1e-6)
