"""Bounds no software beats, claims held to them, and silicon that refuses what it cannot run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.catalog.load import load
from planner.scenario.load import find_catalog
from planner.serving import claim
from planner.serving.bound import single_stream_tok_per_s, system_tok_per_s
from planner.serving.estimate import Estimator
from planner.serving.rate import Rate, Refusal, Request
from tests.serving.worlds import (
    AS_OF,
    DENSE,
    FEW,
    GPU,
    MIXTURE,
    STOCK,
    catalog,
    claim_of,
    estimator,
    requests,
)

CHAT = Request(2048, 128, precisions=("fp8",))
SOHU = replace(GPU, id="gpu", bytes_per_s=4.8e12, memory_bytes=144e9, flops_per_s={})


def rate_of(answer: Rate | Refusal) -> Rate:
    assert isinstance(answer, Rate), answer
    return answer


def test_eight_chips_of_4_8_tb_per_s_read_70_gb_549_times_a_second() -> None:
    assert single_stream_tok_per_s(SOHU, DENSE, "fp8") == pytest.approx(549, abs=0.5)


def test_four_bit_weights_raise_the_bound_and_their_scales_count() -> None:
    eight, four = (single_stream_tok_per_s(SOHU, DENSE, p) for p in ("fp8", "fp4"))
    assert eight
    assert four
    assert four / eight == pytest.approx(1 / 0.5625)


def test_an_expert_model_reads_only_the_experts_its_token_visits() -> None:
    """6 GB shared and 4 of 128 experts of 114 GB: 9.5625 GB."""
    assert single_stream_tok_per_s(SOHU, MIXTURE, "fp8") == pytest.approx(38.4e12 / 9.5625e9)


def test_weights_etched_in_the_chip_are_read_from_nowhere() -> None:
    assert single_stream_tok_per_s(replace(GPU, memory_kind="mask-rom"), DENSE, "fp8") is None


@FEW
@given(
    st.sampled_from(["nvidia-hgx-h100", "nvidia-hgx-b200", "amd-mi300x"]),
    st.sampled_from(["llama-3.1-8b", "llama-3.1-70b", "deepseek-r1"]),
    requests,
)
def test_the_model_stays_below_the_bounds(system: str, model: str, request: Request) -> None:
    shipped = shipped_roofline()
    answer = shipped.rate(system, model, request)
    if isinstance(answer, Refusal):
        return
    machine, shape = shipped.machine(system), shipped.shapes[model]
    of_system = system_tok_per_s(machine, shape, request, answer.precision, shipped.efficiency)
    of_stream = single_stream_tok_per_s(machine, shape, answer.precision)
    assert of_system
    assert of_stream
    assert answer.tok_per_s <= of_system
    assert answer.tok_per_s_per_user <= of_stream


@cache
def shipped_roofline() -> Estimator:
    return Estimator(load(find_catalog("default")), AS_OF, tier="roofline")


def claimed(tok_per_s: float, mode: claim.Mode = "at their word", **row: object) -> Rate | Refusal:
    return claim.rate(SOHU, DENSE, CHAT, [claim_of(tok_per_s, **row)], STOCK, mode)  # type: ignore[arg-type]


def test_a_claim_over_its_bound_is_capped_even_when_taken_at_its_word() -> None:
    bound = system_tok_per_s(SOHU, DENSE, CHAT, "fp8", STOCK)
    taken = rate_of(claimed(500_000))
    assert bound
    assert bound < 500_000
    assert taken.tok_per_s == pytest.approx(bound)
    assert taken.bound_by == claim.PHYSICAL_BOUND
    assert "capped" in taken.why
    assert taken.tier == "claimed"


def test_a_claim_below_its_bound_is_taken_or_cut_by_the_stated_share() -> None:
    assert rate_of(claimed(50_000)).tok_per_s == pytest.approx(50_000)
    assert rate_of(claimed(50_000)).bound_by == "claim"
    cut = rate_of(claimed(50_000, "haircut"))
    assert cut.tok_per_s == pytest.approx(50_000 * STOCK.haircut)


@pytest.mark.parametrize("chips", [None, 1, 8])
def test_a_speed_per_user_is_never_multiplied_by_a_count_of_chips(chips: float | None) -> None:
    """It is one user's speed on however many chips: no throughput, so no rate."""
    answer = claimed(500, scenario="per user", unit="tok/s/user", chips=chips)
    assert isinstance(answer, Refusal)


def test_the_claims_of_others_and_rejected_ones_are_no_claims() -> None:
    for by in ("press", "recalled", "analyst"):
        assert isinstance(claimed(50_000, by=by), Refusal)


def test_a_claim_at_a_precision_nobody_accepts_is_refused_with_the_reason() -> None:
    answer = claimed(50_000, precision="int4")
    assert isinstance(answer, Refusal)
    assert "int4" in answer.why


def test_a_model_etched_chip_serves_its_model_and_refuses_every_other() -> None:
    """Taalas HC1 holds Llama 3.1 8B."""
    ask = Request(1024, 1024, precisions=("fp8", "int4"))
    assert rate_of(estimator().rate("taalas-hc1", "llama-3.1-8b", ask)).tier == "claimed"
    for model in sorted(set(catalog().models) - {"llama-3.1-8b"}):
        answer = estimator().rate("taalas-hc1", model, ask)
        assert isinstance(answer, Refusal)
        assert "holds only llama-3.1-8b" in answer.why


def test_a_coprocessor_refuses_everything_with_its_own_reason() -> None:
    reason = catalog().chips[catalog().systems["qant-npu-2"].chip].coprocessor
    assert reason
    for model in sorted(catalog().models):
        answer = estimator().rate("qant-npu-2", model, CHAT)
        assert isinstance(answer, Refusal)
        assert reason in answer.why


def test_a_transformer_chip_refuses_models_of_the_other_states() -> None:
    states = {name: model.state for name, model in catalog().models.items()}
    for model, state in sorted(states.items()):
        if state != "T":
            answer = estimator().rate("etched-sohu", model, CHAT)
            assert isinstance(answer, Refusal)
            assert "does not run" in answer.why
    assert set(states.values()) == {"T", "H", "X"}


@pytest.mark.parametrize("mode", ["haircut", "at their word"])
def test_no_claim_in_the_catalog_ever_passes_its_bound(mode: claim.Mode) -> None:
    """Every system and model: a claimed rate is at most what cache reads and FLOPS allow."""
    asker = estimator(mode)
    for system in sorted(catalog().systems):
        for model, shape in asker.shapes.items():
            answer = asker.rate(system, model, CHAT)
            if isinstance(answer, Rate) and answer.tier == "claimed":
                machine = asker.machine(system)
                bound = system_tok_per_s(machine, shape, CHAT, answer.precision, asker.efficiency)
                assert bound is None or answer.tok_per_s <= bound * (1 + 1e-9)


def test_a_modelled_speed_nobody_measured_counts_at_most_the_discounted_claim() -> None:
    """Corsair claims 60,000 tok/s from eight cards on 8B; the measured B200 is held to nothing."""
    asker = Estimator(load(find_catalog("default")), AS_OF)
    voice = Request(600, 120, None, 4.0, ("int8", "int4", "fp8", "fp4"))
    corsair = asker.rate("d-matrix-corsair", "llama-3.1-8b", voice)
    assert isinstance(corsair, Rate)
    assert corsair.tok_per_s <= asker.efficiency.haircut * 60_000 * 8 * (1 + 1e-9)
    assert corsair.tier == "claimed"
    b200 = asker.rate("nvidia-hgx-b200", "llama-3.1-8b", voice)
    assert isinstance(b200, Rate)
    assert b200.tier == "calibrated"
