"""Laws of the roofline that hold for every machine, model and request."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.serving.machine import Machine
from planner.serving.rate import Refusal, Request
from planner.serving.roofline import best
from planner.serving.shape import Shape
from tests.serving.worlds import DENSE, FEW, GPU, PIPELINE, STOCK, machines, requests, shapes

more = st.floats(1.0, 8.0)
ROUNDING = 1e-6
"""The largest batch is found by bisection."""


def speed(machine: Machine, shape: Shape, request: Request) -> float:
    """tok/s per chip; what is refused is served at 0."""
    point = best(machine, shape, request, STOCK)
    return 0.0 if isinstance(point, Refusal) else point.per_chip


@FEW
@given(machines, shapes, requests, more)
def test_more_bandwidth_is_never_slower(machine: Machine, shape: Shape, request: Request, factor: float) -> None:  # fmt: skip
    assert machine.bytes_per_s
    better = replace(machine, bytes_per_s=machine.bytes_per_s * factor)
    assert speed(better, shape, request) >= speed(machine, shape, request) * (1 - ROUNDING)


@FEW
@given(machines, shapes, requests, more)
def test_more_memory_is_never_slower(machine: Machine, shape: Shape, request: Request, factor: float) -> None:  # fmt: skip
    assert machine.memory_bytes
    better = replace(machine, memory_bytes=machine.memory_bytes * factor)
    assert speed(better, shape, request) >= speed(machine, shape, request) * (1 - ROUNDING)


@FEW
@given(machines, shapes, requests, more)
def test_more_flops_are_never_slower(machine: Machine, shape: Shape, request: Request, factor: float) -> None:  # fmt: skip
    better = replace(machine, flops_per_s={"fp8": machine.flops_per_s["fp8"] * factor})
    assert speed(better, shape, request) >= speed(machine, shape, request) * (1 - ROUNDING)


@FEW
@given(machines, shapes, requests, more)
def test_a_longer_prompt_is_never_faster(machine: Machine, shape: Shape, request: Request, factor: float) -> None:  # fmt: skip
    longer = replace(request, isl=request.isl * factor)
    assert speed(machine, shape, longer) <= speed(machine, shape, request) * (1 + ROUNDING)


@FEW
@given(machines, shapes, requests, st.floats(2, 500), st.floats(0.1, 1.0))
def test_a_stricter_tpot_never_gives_more(machine: Machine, shape: Shape, request: Request, tpot: float, share: float) -> None:  # fmt: skip
    loose, strict = replace(request, tpot_ms=tpot), replace(request, tpot_ms=tpot * share)
    assert speed(machine, shape, strict) <= speed(machine, shape, loose) * (1 + 1e-6)
    assert speed(machine, shape, loose) <= speed(machine, shape, replace(request, tpot_ms=None)) * (1 + 1e-6)  # fmt: skip


@FEW
@given(machines, shapes, requests, st.floats(100, 10000), st.floats(0.1, 1.0))
def test_a_stricter_ttft_never_gives_more(machine: Machine, shape: Shape, request: Request, ttft: float, share: float) -> None:  # fmt: skip
    loose, strict = replace(request, ttft_ms=ttft), replace(request, ttft_ms=ttft * share)
    assert speed(machine, shape, strict) <= speed(machine, shape, loose) * (1 + 1e-6)


@FEW
@given(machines, shapes, requests)
def test_speed_per_user_times_batch_is_the_speed_of_a_replica(machine: Machine, shape: Shape, request: Request) -> None:  # fmt: skip
    point = best(machine, shape, request, STOCK)
    if not isinstance(point, Refusal):
        assert point.tok_per_s == pytest.approx(point.tok_per_s_per_user * point.batch, rel=1e-9)
        assert point.per_chip == pytest.approx(point.tok_per_s / point.chips, rel=1e-12)


@FEW
@given(machines, shapes, requests)
def test_an_answer_meets_the_service_level_it_was_asked_for(machine: Machine, shape: Shape, request: Request) -> None:  # fmt: skip
    point = best(machine, shape, request, STOCK)
    if isinstance(point, Refusal):
        assert point.why
        return
    if request.tpot_ms is not None:
        assert 1e3 / point.tok_per_s_per_user <= request.tpot_ms * (1 + 1e-9)
    if request.ttft_ms is not None:
        assert point.ttft_s * 1e3 <= request.ttft_ms * (1 + 1e-9)


@FEW
@given(requests, more)
def test_a_measured_speed_up_is_never_slower(request: Request, factor: float) -> None:
    plain = best(GPU, DENSE, request, STOCK)
    anchored = best(GPU, DENSE, request, STOCK, speed=factor)
    if not isinstance(plain, Refusal):
        assert not isinstance(anchored, Refusal)
        assert anchored.per_chip >= plain.per_chip * (1 - ROUNDING)


@pytest.mark.parametrize("field", ["memory_bytes", "bytes_per_s"])
def test_what_is_not_disclosed_is_refused_and_never_taken_as_zero(field: str) -> None:
    answer = best(replace(GPU, **{field: None}), DENSE, Request(1000, 500), STOCK)
    assert isinstance(answer, Refusal)
    assert "not disclosed" in answer.why


def test_refusals_name_what_is_in_the_way() -> None:
    """Context, precision, memory, and the service level that no batch meets."""
    cases = {
        "context": (GPU, Request(130000, 5000)),
        "runs none of": (GPU, Request(1000, 500, precisions=("int4",))),
        "does not fit": (replace(GPU, memory_bytes=5e9), Request(1000, 500)),
        "1 ms TPOT": (GPU, Request(1000, 500, None, 1.0)),
        "10 ms TTFT": (GPU, Request(16000, 500, 10.0, None)),
    }
    for words, (machine, request) in cases.items():
        answer = best(machine, DENSE, request, STOCK)
        assert isinstance(answer, Refusal)
        assert words in answer.why


def test_a_replica_of_on_chip_memory_is_hundreds_of_chips() -> None:
    """70 GB in 0.225 GB of usable SRAM each: 312 chips and the cache."""
    point = best(PIPELINE, DENSE, Request(1000, 500), STOCK)
    assert not isinstance(point, Refusal)
    assert point.chips > 311
