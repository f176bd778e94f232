"""Kinds of chip: on-chip pipelines, two memory tiers, Transformer-only, model-etched, coprocessors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from planner.catalog.load import load
from planner.serving.estimate import Estimator
from planner.serving.kind import streaming
from planner.serving.pipeline import chips_of
from planner.serving.rate import Rate, Refusal, Request
from tests.support import ROOT

TODAY = date(2026, 11, 20)
LLAMA = "llama-3.1-70b"
ANY = ("bf16", "fp8", "fp4", "int8", "int4")


@cache
def estimator() -> Estimator:
    return Estimator(load(ROOT / "catalogs" / "default"), TODAY)


def asked(system: str, model: str = LLAMA, **more) -> Rate | Refusal:
    request = Request(more.get("isl", 1000), more.get("osl", 500), more.get("ttft"), more.get("tpot"), more.get("precisions", ANY))  # fmt: skip
    return estimator().rate(system, model, request)


def served(system: str, model: str = LLAMA, **more) -> Rate:
    answer = asked(system, model, **more)
    assert isinstance(answer, Rate), answer
    return answer


def refused(system: str, model: str = LLAMA, **more) -> Refusal:
    answer = asked(system, model, **more)
    assert isinstance(answer, Refusal), answer
    return answer


def test_seventy_billion_weights_in_sixteen_bit_take_four_wafers_and_a_fifth_for_caches() -> None:
    """140 GB over 44 GB is four; 90 % usable and one user's cache make it four still."""
    machine, shape = estimator().machine("cerebras-cs-3"), estimator().shapes[LLAMA]
    request = Request(100, 100)
    assert chips_of(machine, shape, request, estimator().efficiency, "bf16", 1) == 4
    assert served("cerebras-cs-3").systems_per_replica >= 4
    assert chips_of(machine, estimator().shapes["llama-3.1-8b"], request, estimator().efficiency, "bf16", 1) == 1  # fmt: skip


def test_hundreds_of_small_chips_hold_one_model() -> None:
    rate = served("groq-lpu-v1-rack")
    assert 305 <= rate.chips_per_replica <= 576
    assert rate.systems_per_replica > 4


def test_one_user_of_a_pipeline_is_as_fast_as_measured() -> None:
    """The time per layer was taken from 250 tok/s of one user, weights taken as 16 bit."""
    machine, shape = estimator().machine("groq-lpu-v1-rack"), estimator().shapes[LLAMA]
    from planner.serving.pipeline import layer_time, pipelines

    hop_s = estimator().calibration.hop_s
    points = estimator().points["groq-lpu-v1-rack"]
    slot = layer_time(machine, shape, points, estimator().shapes, estimator().efficiency, hop_s)
    alone = next(iter(pipelines(machine, shape, Request(1024, 1024), estimator().efficiency, "bf16", slot.seconds, hop_s)))  # fmt: skip
    assert alone.users == 1
    assert alone.tok_per_s_per_user == pytest.approx(250, rel=0.15)


def test_a_faster_user_is_served_by_on_chip_memory_and_not_by_hbm() -> None:
    assert served("cerebras-cs-3", tpot=1.0).tok_per_s_per_user > 1000
    assert refused("nvidia-hgx-b200", tpot=1.0).code == "SRV003"


def test_weights_that_fit_stay_resident_and_larger_ones_stream_from_the_second_tier() -> None:
    """70 GB of INT8 in 131 GB of SRAM; 405 GB only in the cards' LPDDR, far slower."""
    resident = served("d-matrix-corsair", precisions=("int8",))
    streamed = served("d-matrix-corsair", "llama-3.1-405b", precisions=("int8",))
    assert "pipeline" in resident.layout
    assert "streamed from the second memory tier" in streamed.why
    assert streamed.tok_per_s_per_user < resident.tok_per_s_per_user / 4


def test_a_chip_of_one_tier_has_nothing_to_stream_from() -> None:
    machine = estimator().machine("nvidia-hgx-h100")
    assert streaming(machine) is None
    lent = streaming(replace(machine, second_bytes=1e12, second_bytes_per_s=1e11))
    assert lent is not None
    assert (lent.memory_bytes, lent.bytes_per_s) == (1e12, 1e11)


def test_a_transformer_chip_runs_no_hybrid_and_no_attention_free_model() -> None:
    assert served("etched-sohu", isl=2048, osl=128).tier == "claimed"
    for model in ("qwen3-next-80b-a3b", "falcon-mamba-7b"):
        why = refused("etched-sohu", model)
        assert why.code == "SRV006"
        assert "does not run" in why.why
        served("nvidia-hgx-h100", model)


def test_a_stated_share_slows_a_matrix_engine_on_a_hybrid() -> None:
    """TPU v6e runs hybrids at 0.93 of its speed; the twin chip at full speed is faster."""
    catalog = estimator().catalog
    chip = catalog.chips["google-tpu-v6e-chip"]
    full = chip.model_copy(update={"runs": chip.runs.model_copy(update={"hybrid": chip.runs.transformer})})  # fmt: skip
    twin = Estimator(replace(catalog, chips={**catalog.chips, chip.id: full}), TODAY)
    request = Request(1000, 500, precisions=("int8",))
    slow, fast = (e.rate("google-tpu-v6e", "qwen3-next-80b-a3b", request) for e in (estimator(), twin))  # fmt: skip
    assert isinstance(slow, Rate)
    assert isinstance(fast, Rate)
    assert slow.tok_per_s == pytest.approx(0.93 * fast.tok_per_s, rel=0.03)


def test_etched_weights_serve_their_own_model_and_no_other() -> None:
    assert served("taalas-hc1", "llama-3.1-8b").systems_per_replica == pytest.approx(0.1)
    why = refused("taalas-hc1", LLAMA).why
    assert "holds only llama-3.1-8b" in why
    assert "new masks take 8.7 weeks" in why


def test_a_coprocessor_is_refused_alone() -> None:
    for system in ("qant-npu-2", "lightmatter-envise", "groq-lpx-rack"):
        assert "never carries a workload alone" in refused(system).why


@pytest.mark.parametrize(
    ("code", "system", "model", "more"),
    [
        ("SRV001", "nvidia-hgx-h100", "deepseek-r1", {"precisions": ("fp8",)}),
        ("SRV002", "nvidia-hgx-h100", "llama-2-70b", {"isl": 4000}),
        ("SRV003", "nvidia-hgx-h100", LLAMA, {"tpot": 0.5}),
        ("SRV003", "nvidia-hgx-h100", LLAMA, {"isl": 60000, "ttft": 50}),
        ("SRV004", "nvidia-hgx-h100", LLAMA, {"precisions": ("fp4",)}),
        ("SRV005", "nvidia-hgx-h100", LLAMA, {"isl": 0}),
        ("SRV005", "nvidia-hgx-h100", LLAMA, {"osl": 0}),
        ("SRV006", "nvidia-kyber-nvl576", LLAMA, {}),
    ],
)
def test_what_cannot_be_served_is_refused_with_its_code(code, system, model, more) -> None:
    assert refused(system, model, **more).code == code


def test_the_twins_of_the_refusals_are_served() -> None:
    served("nvidia-hgx-h200", "deepseek-r1", precisions=("fp8",))
    served("nvidia-hgx-h100", "llama-2-70b", isl=3000)
    served("nvidia-hgx-h100", tpot=50)
