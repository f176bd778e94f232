"""Published times of collectives come out of the command line."""

from __future__ import annotations

import pytest

from tests.fabric.commands import asked

EXPERTS = "collective --kind expert-parallel --tokens 32 --experts 9 --hidden 7000 --layers 61"


@pytest.mark.parametrize(
    ("gb_per_s", "layer_us", "token_ms", "tok_per_s"),
    [(50, 120.96, 14.76, 67.8), (900, 6.72, 0.82, 1_220)],
)
def test_expert_parallel_of_deepseek(
    gb_per_s: int, layer_us: float, token_ms: float, tok_per_s: float
) -> None:
    found = asked(f"{EXPERTS} --micro-batches 2 --gb-per-s {gb_per_s}")
    assert found["time_us"] == pytest.approx(layer_us)
    assert found["ms_per_token"] == pytest.approx(token_ms, abs=0.005)
    assert found["tok_per_s_per_user"] == pytest.approx(tok_per_s, rel=0.002)


@pytest.mark.parametrize(
    ("kv_bytes", "moved_mb", "time_ms"), [(70_000, 573, 11.5), (516_000, 4_227, 84.5)]
)
def test_kv_transfer_of_a_prompt(kv_bytes: int, moved_mb: float, time_ms: float) -> None:
    found = asked(
        f"collective --kind kv-transfer --tokens 8192 --kv-bytes {kv_bytes} --gb-per-s 50"
    )
    assert found["bytes_moved"] / 1e6 == pytest.approx(moved_mb, abs=0.6)
    assert found["time_us"] / 1e3 == pytest.approx(time_ms, rel=0.006)


def test_single_stream_bound_of_sohu() -> None:
    found = asked("collective --kind single-stream --chips 8 --tb-per-s 4.8 --weight-gb 70")
    assert found["tok_per_s_per_user"] == pytest.approx(549, abs=0.5)


def test_reduction_in_the_network_halves_a_ring() -> None:
    command = "collective --kind all-reduce --chips 16 --bytes 1e8 --alpha-us 2"
    ring, network = asked(command), asked(f"{command} --in-network")
    assert ring["time_us"] == pytest.approx(2 * network["time_us"])
    halves = [asked(command.replace("all-reduce", kind))["time_us"] for kind in ("reduce-scatter", "all-gather")]  # fmt: skip
    assert sum(halves) == pytest.approx(ring["time_us"])


def test_a_tensor_parallel_layer_is_two_all_reduces() -> None:
    layer = asked("collective --kind tensor-parallel --chips 8 --tokens 64 --hidden 16384")
    one = asked(f"collective --kind all-reduce --chips 8 --bytes {64 * 16384 * 2}")
    assert layer["time_us"] == pytest.approx(2 * one["time_us"])


def test_all_to_all_moves_all_but_the_own_part() -> None:
    found = asked("collective --kind all-to-all --chips 4 --bytes 4e6 --gb-per-s 100")
    assert (found["bytes_moved"], found["time_us"]) == (3e6, pytest.approx(30.0))
