"""The fit predicts rows it has not seen, and the step time obeys physics."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.catalog.load import Catalog, load
from planner.catalog.serving import Serving
from planner.report.serving import calibration_text, verdict
from planner.serving.calibrate import calibrate
from planner.serving.estimate import Estimator
from planner.serving.figures import Case, figures_of
from planner.serving.keep import keeps
from planner.serving.layout import APART, TOGETHER, Layouts
from planner.serving.rate import Rate, Request
from planner.serving.residual import Mark, residuals_of
from planner.serving.roof import Query
from planner.serving.step import decode_terms
from tests.support import ROOT

TODAY = date(2026, 11, 20)
DEFAULT = ROOT / "catalogs" / "default"
HBM = ("nvidia-hgx-h100", "nvidia-hgx-b200", "nvidia-gb200-nvl72", "amd-mi325x", "google-tpu-v6e")
MODELS = ("llama-3.1-8b", "llama-3.1-70b", "deepseek-r1", "qwen3-next-80b-a3b", "mixtral-8x7b")


@cache
def catalog() -> Catalog:
    return load(DEFAULT)


@cache
def fitted() -> Serving:
    return calibrate(catalog(), TODAY)


@cache
def estimator() -> Estimator:
    return Estimator(catalog(), TODAY)


def layout(
    tensor: float = 1, pipeline: float = 1, expert: float = 1, prefill: float = TOGETHER
) -> Layouts:
    return Layouts(
        *(np.array([value], dtype=float) for value in (tensor, pipeline, expert, prefill))
    )


def throughput(query: Query, tuned: bool = False) -> float:
    return float(estimator().roof.solve([query], tuned).per_chip[0])


def case(system: str = "nvidia-hgx-h100", model: str = "llama-3.1-70b", isl: float = 1000, osl: float = 500) -> Case:  # fmt: skip
    machine, shape = estimator().machine(system), estimator().shapes[model]
    precision = "fp8" if "fp8" in machine.flops_per_s else "bf16"
    return Case(machine, shape, Request(isl, osl), precision)


def test_what_stands_in_the_catalog_is_what_the_fit_gives() -> None:
    assert catalog().serving.model_dump() == fitted().model_dump()


def test_the_file_written_reads_back_as_the_fit(tmp_path) -> None:
    text = (DEFAULT / "serving.yaml").read_text(encoding="utf-8")
    assert calibration_text(text, fitted()) == text


def test_rows_kept_aside_are_predicted_nearer_than_the_clerk_does_on_family_and_every_other_cut() -> None:  # fmt: skip
    ruled = [row for row in fitted().held_out if row.rule_median is not None]
    assert {row.group for row in ruled} >= {"row", "box", "chip", "family"}
    for row in ruled:
        assert row.median < row.rule_median
        assert row.p90 < row.rule_p90


def test_a_model_left_out_can_be_predicted_where_the_clerk_cannot() -> None:
    (model,) = [row for row in fitted().held_out if row.group == "model"]
    assert model.rule_rows == 0
    assert model.rows == fitted().rows


@pytest.mark.parametrize("group", ["row", "box", "family", "model", "keep-rate, server", "keep-rate, interactive"])  # fmt: skip
def test_the_goal_is_met_on(group: str) -> None:
    (row,) = [row for row in fitted().held_out if row.group == group]
    assert verdict(row) == "met"


@pytest.mark.parametrize("group", ["chip", "chip, siblings known"])
def test_a_goal_that_is_missed_says_so(group: str) -> None:
    """These medians miss their goals on this catalog's rows; the tails meet them."""
    (row,) = [row for row in fitted().held_out if row.group == group]
    assert verdict(row) == "MISSED: median"


def test_the_report_tells_whether_the_bands_are_wide_enough() -> None:
    """Near evidence is safely inside its bands; a chip nobody measured is not, and says so."""
    inside = {row.group: row.within_80 or 0.0 for row in fitted().held_out}
    assert (
        min(inside["row"], inside["box"], inside["model"], inside["keep-rate, interactive"]) > 0.8
    )
    assert inside["chip"] < 0.8
    for row in fitted().held_out:
        assert row.within_80 is not None
        assert row.within_90 is not None
        assert row.within_80 <= row.within_90


def test_far_fewer_numbers_are_fitted_than_there_are_rows() -> None:
    assert len(fitted().parameters) == 11
    assert fitted().rows > 3 * 9


def test_a_row_kept_aside_has_no_say_in_its_own_prediction() -> None:
    """Tenfold wrong, it moves its own prediction by nothing, though it moves its neighbours'."""
    from planner.serving.calibration import calibration_of
    from planner.serving.evidence import rows_of
    from planner.serving.fit import bench_of, fit

    rows = [r for r in rows_of(catalog(), TODAY) if r.tuned and r.scenario == "offline"]
    start = calibration_of(catalog().serving, estimator().efficiency, TODAY)
    seen = np.arange(1, len(rows))
    wrong = [replace(rows[0], per_chip=10 * rows[0].per_chip), *rows[1:]]
    predictions = []
    for table in (rows, wrong):
        bench = bench_of(table, start)
        made = fit(bench, start, catalog().serving.parameters, seen)
        predictions.append(float(made.log_rate(bench, np.array([0]))[0]))
    assert predictions[0] == pytest.approx(predictions[1], abs=1e-12)


def test_a_residual_is_shrunken_and_fades_with_kinship() -> None:
    spreads = estimator().calibration.spreads
    seen = Mark("f", "chip", "model", True)
    known = residuals_of([seen], np.array([1.0]), spreads)
    kin = [seen, replace(seen, model="other"), replace(seen, system="other", model="other"), Mark("g", "x", "y", True)]  # fmt: skip
    box, chip, family, stranger = known.at(kin)
    assert 1 > box > chip > family > stranger == 0


def test_without_rows_nothing_is_added_to_the_physics() -> None:
    known = residuals_of([], np.zeros(0), estimator().calibration.spreads)
    assert known.at([Mark("f", "chip", "model", True)]).tolist() == [0.0]


@given(
    system=st.sampled_from(HBM),
    model=st.sampled_from(MODELS),
    field=st.sampled_from(("bytes_per_s", "memory_bytes", "flops", "scale_up_bytes_per_s")),
    more=st.floats(1.01, 4),
    tpot_ms=st.one_of(st.none(), st.floats(5, 100)),
)
@settings(max_examples=60, deadline=None)
def test_more_bandwidth_memory_flops_or_links_are_never_slower(system, model, field, more, tpot_ms):
    base = case(system, model)
    machine = base.machine
    if field == "flops":
        better = replace(machine, flops_per_s={p: f * more for p, f in machine.flops_per_s.items()})
    else:
        better = replace(machine, **{field: getattr(machine, field) * more})
    limit = tpot_ms / 1e3 if tpot_ms else np.inf
    before, after = (throughput(Query(replace(base, machine=m), limit)) for m in (machine, better))
    assert after >= before * (1 - 1e-6)


@given(
    system=st.sampled_from(HBM),
    model=st.sampled_from(MODELS),
    isl=st.floats(50, 6000),
    longer=st.floats(1.01, 3),
    tpot_ms=st.one_of(st.none(), st.floats(10, 100)),
)
@settings(max_examples=60, deadline=None)
def test_a_longer_prompt_is_never_faster(system, model, isl, longer, tpot_ms):
    short, long = (
        estimator().rate(system, model, Request(prompt, 400, 5000, tpot_ms))
        for prompt in (isl, isl * longer)
    )
    after = long.tok_per_s if isinstance(long, Rate) else 0.0
    before = short.tok_per_s if isinstance(short, Rate) else 0.0
    assert after <= before * (1 + 1e-6)


@given(
    system=st.sampled_from(HBM),
    model=st.sampled_from(MODELS),
    tpot_ms=st.floats(4, 100),
    ttft_ms=st.floats(50, 8000),
    stricter=st.floats(0.2, 0.99),
    which=st.sampled_from(("tpot_ms", "ttft_ms")),
)
@settings(max_examples=60, deadline=None)
def test_a_stricter_service_level_never_gives_more(system, model, tpot_ms, ttft_ms, stricter, which):  # fmt: skip
    loose = Request(1024, 1024, ttft_ms, tpot_ms)
    tight = replace(loose, **{which: getattr(loose, which) * stricter})
    before, after = (
        answer.tok_per_s if isinstance(answer, Rate) else 0.0
        for answer in estimator().rates([(system, model, loose), (system, model, tight)])
    )
    assert after <= before * (1 + 1e-6)


@given(system=st.sampled_from((*HBM, "groq-lpu-v1-rack", "cerebras-cs-3")), tpot_ms=st.floats(3, 90))  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_user_speed_times_batch_is_the_throughput_of_a_replica(system, tpot_ms):
    rate = estimator().rate(system, "llama-3.1-70b", Request(1500, 300, 5000, tpot_ms))
    if isinstance(rate, Rate):
        replica = rate.tok_per_s * rate.systems_per_replica
        assert rate.tok_per_s_per_user * rate.batch == pytest.approx(replica, rel=1e-9)


def test_expert_exchange_takes_the_published_time_per_layer() -> None:
    """32 tokens, 9 experts, hidden 7,000, three bytes there and back at 50 GB/s: 120.96 us.

    The published figure leaves out the share that stays on the chip, (n − 1)/n here.
    """
    base = case("nvidia-hgx-h200", "deepseek-r1")
    shape = replace(base.shape, hidden=7000, experts_per_token=9, moe_layers=1, layers=1)
    machine = replace(base.machine, scale_up_bytes_per_s=50e9, domain_chips=256)
    figures = figures_of([replace(base, shape=shape, machine=machine)], 1.0, 1.0)
    chips = 256.0
    batch = np.array([[32 * chips]])
    terms = decode_terms(figures, layout(expert=chips, prefill=APART), batch)
    assert float(terms.wire[0, 0]) == pytest.approx(120.96e-6 * (chips - 1) / chips, rel=1e-9)


def test_two_ring_all_reduces_a_layer() -> None:
    """2 · 2(n−1)/n · tokens · hidden · 2 B / link: 8 chips, 64 tokens, 8,192 wide, 80 layers."""
    figures = figures_of([case("nvidia-hgx-h100", "llama-3.1-70b")], 1.0, 1.0)
    terms = decode_terms(figures, layout(tensor=8, prefill=APART), np.array([[64.0]]))
    assert float(terms.wire[0, 0]) == pytest.approx(2 * 2 * 7 / 8 * 64 * 8192 * 2 * 80 / 450e9)
    alone = decode_terms(figures, layout(prefill=APART), np.array([[64.0]]))
    assert float(alone.wire[0, 0]) == 0


def test_weights_are_read_once_a_step_and_experts_as_far_as_tokens_touch_them() -> None:
    figures = figures_of([case("nvidia-hgx-h200", "deepseek-r1")], 1.0, 1.0)
    one, many = (
        float(decode_terms(figures, layout(expert=8, prefill=APART), np.array([[b]])).weights[0, 0])
        for b in (1.0, 5000.0)
    )
    shape = estimator().shapes["deepseek-r1"]
    dense = shape.parameters - shape.expert_parameters
    assert one * 8 * 4.8e12 == pytest.approx(8 * dense + shape.expert_parameters * 8 / 256)
    assert many * 8 * 4.8e12 == pytest.approx(8 * dense + shape.expert_parameters)


def test_latent_attention_costs_more_than_the_linear_layers_at_long_context() -> None:
    """Absorbed: 4 · 5,000 · 128 heads · 576 · 61 layers, against 2 · 36.6 G active parameters."""
    shape = estimator().shapes["deepseek-r1"]
    assert shape.decode_attention_flops(5000) > 2 * shape.active_parameters
    assert estimator().shapes["falcon-mamba-7b"].decode_attention_flops(5000) == 0


def test_a_hybrid_caches_only_in_its_attention_layers_and_carries_a_state() -> None:
    hybrid = estimator().shapes["qwen3-next-80b-a3b"]
    assert hybrid.cache_bytes(0, 1.0) == hybrid.state_bytes > 0
    assert hybrid.cache_bytes(1000, 1.0) - hybrid.state_bytes == 2 * 2 * 256 * 12 * 1000


def test_a_cache_of_few_heads_is_repeated_on_more_chips() -> None:
    """Eight heads split eight ways; on sixteen chips each is held twice. A latent always repeats."""
    figures = figures_of([case("nvidia-hgx-h100", "llama-3.1-70b")], 1.0, 1.0)
    eight, sixteen = (
        float(
            decode_terms(figures, layout(tensor=n, prefill=APART), np.array([[64.0]])).cache[0, 0]
        )
        for n in (8, 16)
    )
    assert eight == pytest.approx(sixteen)


def test_headroom_grows_as_fewer_arrivals_share_the_wait() -> None:
    assert keeps(4.0, 1.0) < keeps(400.0, 1.0) < 1
    assert float(keeps(1e6, 1.0)) == pytest.approx(1 - 1e-3, rel=1e-5)
    assert float(keeps(9.0, 0.0)) == 1


def test_stock_serving_is_slower_than_a_submission_and_speculation_quickens_one_user() -> None:
    query = Query(case(), np.inf)
    assert throughput(query, tuned=False) < throughput(query, tuned=True)
    plain = Request(1024, 1024, None, 12)
    told = [estimator().rate("nvidia-hgx-h100", "llama-3.1-405b", replace(plain, tpot_ms=18, speculative=s)) for s in (False, True)]  # fmt: skip
    rates = [answer.tok_per_s if isinstance(answer, Rate) else 0.0 for answer in told]
    assert rates[1] > rates[0]


def test_software_is_believed_to_gain_with_the_calendar_and_not_without_the_belief() -> None:
    roof = estimator().roof
    query = Query(case("nvidia-hgx-h100", "llama-2-70b"))
    now, later = (float(roof.solve([query], True, [day]).per_chip[0]) for day in (date(2027, 1, 1), date(2029, 1, 1)))  # fmt: skip
    gain = roof.calibration.software_gain
    assert math.log(later / now) == pytest.approx(2 * math.log1p(gain), rel=0.05)
    still = replace(roof, calibration=replace(roof.calibration, software_gain=0.0))
    same = [float(still.solve([query], True, [day]).per_chip[0]) for day in (date(2027, 1, 1), date(2029, 1, 1))]  # fmt: skip
    assert same[0] == pytest.approx(same[1], rel=0.02)
