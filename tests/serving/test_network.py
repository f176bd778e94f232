"""Domain size and bandwidth: scale-out counts where a replica spans domains, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from planner.cli.app import app
from planner.serving.exchange import links_of
from planner.serving.figures import Case, Figures, figures_of
from planner.serving.layout import APART, TOGETHER, Layouts, every_layout
from planner.serving.network import OWN, Network, wired
from planner.serving.rate import Rate, Refusal, Request
from planner.serving.roof import Query
from planner.serving.step import decode_terms, handed_over_s
from tests.serving.worlds import FEW, estimator

RUNNER = CliRunner()
RACK, BOX = "nvidia-gb200-nvl72", "nvidia-hgx-b200"
R1, LLAMA = "deepseek-r1", "llama-3.1-70b"


def told(system: str, *more: str) -> dict[str, Any]:
    """R1 in FP4, 1k / 1k, roofline only, as the command prints it."""
    asked = f"serve estimate --system {system} --model {R1} --isl 1024 --osl 1024 --precision fp4 --tier roofline --json"  # fmt: skip
    result = RUNNER.invoke(app, [*asked.split(), *more], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def ratio(*more: str, of: tuple[str, ...] = ()) -> float:
    """Tokens per chip of the rack over those of the box."""
    rack, box = told(RACK, *more, *of), told(BOX, *more)
    assert rack["evidence_tier"] == box["evidence_tier"] == "calibrated"
    return float(rack["tok_per_s_per_chip"] / box["tok_per_s_per_chip"])


def test_the_rack_beats_the_box_at_125_tokens_a_second_by_the_published_ratio() -> None:
    """Published 4.39 at 8 ms, no speculation; neither box's own rows have a say."""
    assert 4.39 / 1.5 < ratio("--tpot", "8") < 4.39 * 1.5


@pytest.mark.parametrize("tpot_ms", [None, 100, 50, 33, 3.33])
def test_rack_and_box_are_near_parity_offline_and_well_outside_the_window(tpot_ms) -> None:
    more = () if tpot_ms is None else ("--tpot", str(tpot_ms))
    assert 0.7 < ratio(*more) < 1.4


def test_the_advantage_is_the_domain_a_rack_cut_into_eights_is_a_box() -> None:
    assert 0.7 < ratio("--tpot", "8", of=("--domain", "8")) < 1.4


def test_scale_out_buys_a_box_part_of_the_rack_and_photonic_scale_out_most_of_it() -> None:
    """At 125 tok/s/user experts spread over boxes; with 400 GB/s and 1 us the rest is small."""
    alone, wired_box, photonic = (
        told(BOX, "--tpot", "8", *more)["tok_per_s_per_chip"]
        for more in ((), ("--scale-out", "50"), ("--scale-out", "400", "--alpha-us", "1"))
    )
    assert 1.3 * alone < wired_box < photonic < told(RACK, "--tpot", "8")["tok_per_s_per_chip"] * 1.1  # fmt: skip


def wire_s(figures: Figures, layouts: Layouts, tokens: np.ndarray) -> np.ndarray:
    return links_of(figures, layouts).wire_s(tokens)


def columns(system: str = BOX, model: str = R1, **machine: Any) -> Figures:
    asker = estimator()
    case = Case(replace(asker.machine(system), **machine), asker.shapes[model], Request(1000, 500), "fp8")  # fmt: skip
    return figures_of([case], 1.0, 1.0)


def layout(tensor: float = 1, pipeline: float = 1, expert: float = 1, prefill: float = TOGETHER) -> Layouts:  # fmt: skip
    return Layouts(*(np.array([value], dtype=float) for value in (tensor, pipeline, expert, prefill)))  # fmt: skip


def test_inside_a_domain_no_layout_sees_scale_out() -> None:
    """Every layout of up to eight chips costs the same with a slow, a fast and no scale-out."""
    layouts = every_layout()
    inside = layouts.only(np.flatnonzero(layouts.chips <= 8))
    tokens = np.full((1, 1), 100.0)
    none, slow, fast = (
        wire_s(columns(scale_out_bytes_per_s=out, alpha_s=alpha), inside, tokens)
        for out, alpha in ((None, 0.0), (1e9, 1.0), (1e12, 1e-6))
    )
    assert (none == slow).all()
    assert (none == fast).all()
    outside = layouts.only(np.flatnonzero(layouts.chips > 8))
    slow, fast = (
        wire_s(columns(scale_out_bytes_per_s=out), outside, tokens) for out in (1e9, 1e12)
    )
    assert (slow > fast).all()


def test_reductions_over_two_domains_move_a_share_of_the_vector_between_them() -> None:
    """Sixteen chips in two domains of eight, 64 tokens, 8,192 wide, 80 layers, two all-reduces, 2 B:
    inside 2 · 7/8 of it at 450 GB/s, across 2 · 1/2 of an eighth at 50, and 2 steps of 5 us each.
    """
    figures = columns("nvidia-hgx-h100", LLAMA, scale_out_bytes_per_s=50e9, alpha_s=5e-6)
    vector = 64 * 8192 * 2 * 2 * 80
    by_hand = vector * (2 * 7 / 8 / 450e9 + 2 * 1 / 2 / 8 / 50e9) + 2 * 80 * 2 * 5e-6
    assert float(wire_s(figures, layout(tensor=16), np.array([[64.0]]))[0, 0]) == pytest.approx(by_hand)  # fmt: skip


def test_experts_over_two_domains_send_half_of_their_copies_across() -> None:
    """16 experts' chips in domains of 8: of 16 copies 7 stay inside, 8 cross, 1 stays on the chip."""
    figures = columns(scale_out_bytes_per_s=50e9, alpha_s=5e-6)
    sent = 1600 / 16 * 7168 * 8 * 58 * 3
    by_hand = sent * (7 / 16 / 900e9 + 8 / 16 / 50e9) + 2 * 58 * 5e-6
    assert float(wire_s(figures, layout(expert=16), np.array([[1600.0]]))[0, 0]) == pytest.approx(by_hand)  # fmt: skip


def test_a_pipeline_hands_over_at_the_slowest_boundary() -> None:
    """Two stages of eight in two domains: every token's 7,168 two-byte values cross once."""
    figures = columns(scale_out_bytes_per_s=50e9, alpha_s=5e-6)
    inside = float(wire_s(figures, layout(tensor=8), np.array([[10.0]]))[0, 0])
    by_hand = inside / 2 + 10 * 7168 * 2 / 50e9 + 5e-6
    spanning = layout(tensor=8, pipeline=2)
    assert float(wire_s(figures, spanning, np.array([[10.0]]))[0, 0]) == pytest.approx(by_hand)


def test_a_prompt_s_cache_reaches_another_domain_in_the_published_time() -> None:
    """8,192 tokens of 70 KB: 573 MB in 11.5 ms at 50 GB/s; inside a domain nothing waits."""
    asker = estimator()
    machine = replace(asker.machine(BOX), scale_out_bytes_per_s=50e9)
    case = Case(machine, asker.shapes[R1], Request(8192, 100), "fp8")
    figures = figures_of([case], 1.0, 2.0)
    apart = layout(tensor=8, prefill=APART)
    assert float(handed_over_s(figures, apart, np.array([[9.0]]))[0, 0]) == pytest.approx(11.5e-3, rel=0.01)  # fmt: skip
    assert float(handed_over_s(figures, apart, np.array([[8.0]]))[0, 0]) == 0
    assert float(handed_over_s(figures, layout(tensor=8), np.array([[9.0]]))[0, 0]) == 0


def test_a_larger_domain_reads_experts_once_over_more_sequences() -> None:
    """At a hundred sequences a chip, 72 chips read each expert once where eight read it nine times."""
    small, large = (
        float(decode_terms(columns(RACK), layout(expert=n), np.array([[100.0 * n]])).weights[0, 0])
        for n in (8, 72)
    )
    experts = 653908770816.0
    dense = estimator().shapes[R1].parameters - experts
    bandwidth = 8e12
    assert small * bandwidth == pytest.approx(dense + experts / 8, rel=1e-6)
    assert large * bandwidth == pytest.approx(dense + experts / 72, rel=1e-6)


REQUEST = Request(1024, 1024, None, None, ("fp8",))


def test_without_scale_out_a_model_too_large_for_a_domain_is_refused_by_name() -> None:
    for network in (OWN, Network(scale_out_gb_s_per_chip=0.0)):
        refused = estimator().rate("nvidia-hgx-h100", R1, REQUEST, network)
        assert isinstance(refused, Refusal)
        assert refused.code == "SRV001"
        assert "no scale-out joins domains" in refused.why
    served = estimator().rate("nvidia-hgx-h100", R1, REQUEST, Network(scale_out_gb_s_per_chip=50))
    assert isinstance(served, Rate)
    assert served.chips_per_replica > 8
    assert served.systems_per_replica == served.chips_per_replica / 8


def test_an_on_chip_pipeline_stays_in_its_domain_where_nothing_joins_domains() -> None:
    """Llama 70B in 16 bit takes four wafers of 44 GB; closed off, a wafer holds none of it."""
    request = Request(1000, 500, precisions=("bf16",))
    free, slow, closed = (
        estimator().rate("cerebras-cs-3", LLAMA, request, network)
        for network in (OWN, Network(scale_out_gb_s_per_chip=1, alpha_s=1e-3), Network(scale_out_gb_s_per_chip=0))
    )  # fmt: skip
    assert isinstance(closed, Refusal)
    assert closed.code == "SRV001"
    assert isinstance(free, Rate)
    assert isinstance(slow, Rate)
    assert slow.tok_per_s_per_user < free.tok_per_s_per_user


def test_a_measurement_stands_in_any_network_that_leaves_its_domain_alone() -> None:
    """H200 at 40 tok/s/user on 1k/1k: 1,619 measured; a wider domain is the roofline's to say."""
    request = Request(1024, 1024, None, 25, ("fp8",))
    own, joined, wider = (
        estimator().rate("nvidia-hgx-h200", LLAMA, request, network)
        for network in (OWN, Network(scale_out_gb_s_per_chip=1), Network(domain_chips=16))
    )
    assert isinstance(own, Rate)
    assert isinstance(joined, Rate)
    assert isinstance(wider, Rate)
    assert own.tok_per_s / 8 == pytest.approx(1619)
    assert (joined.tok_per_s, joined.tier) == (own.tok_per_s, "measured")
    assert wider.tier == "calibrated"
    assert wider.tok_per_s == pytest.approx(own.tok_per_s, rel=0.2)


def test_scale_out_that_helps_moves_a_measured_box_from_its_own_point() -> None:
    """B200 at 29 tok/s/user is measured at 1,787 a chip; 400 GB/s between boxes can only add."""
    request = Request(1024, 1024, None, 1000 / 29, ("fp4",))
    own = estimator().rate(BOX, R1, request)
    moved = estimator().rate(BOX, R1, request, Network(scale_out_gb_s_per_chip=400, alpha_s=1e-6))
    assert isinstance(own, Rate)
    assert isinstance(moved, Rate)
    assert own.tok_per_s / 8 == pytest.approx(1787)
    assert moved.tok_per_s > own.tok_per_s
    assert moved.tier == "calibrated"
    assert moved.chips_per_replica > 8


@given(
    model=st.sampled_from([R1, LLAMA, "gpt-oss-120b", "llama-3.1-405b"]),
    out=st.floats(5, 400),
    domain=st.sampled_from([4.0, 8.0, 16.0, 72.0]),
    better=st.sampled_from(["scale_out_gb_s_per_chip", "domain_chips", "scale_up_gb_s_per_chip"]),
    tpot_ms=st.none() | st.floats(3, 60),
)
@FEW
def test_more_scale_out_scale_up_or_a_larger_domain_is_never_slower(model, out, domain, better, tpot_ms):  # fmt: skip
    asker = estimator()
    base = Network(domain, 900.0, out, 5e-6)
    more = replace(base, **{better: getattr(base, better) * 2})
    limit = tpot_ms / 1e3 if tpot_ms else np.inf
    queries = [
        Query(Case(wired(asker.machine(BOX), network, 0.0), asker.shapes[model], Request(1000, 500), "fp8"), limit)
        for network in (base, more)
    ]  # fmt: skip
    before, after = asker.roof.solve(queries, False).per_chip
    assert after >= before * (1 - 1e-6)


@pytest.mark.parametrize("flag", ["--scale-up", "--scale-out", "--alpha-us", "--domain"])
def test_a_network_of_less_than_nothing_is_a_usage_error(flag) -> None:
    asked = f"serve estimate --system {BOX} --model {R1} --isl 1024 --osl 1024 {flag} -1"
    result = RUNNER.invoke(app, asked.split())
    assert result.exit_code == 2


def test_a_replica_is_no_larger_than_the_pod_its_network_joins() -> None:
    """R1 on H100 takes 16 chips or more: a pod of 16 does, one of 8 does not; the more it joins the faster."""
    pods = [Network(scale_out_gb_s_per_chip=50, pod_chips=chips) for chips in (8, 16, 64, None)]
    none, few, some, free = (estimator().rate("nvidia-hgx-h100", R1, REQUEST, pod) for pod in pods)
    assert isinstance(none, Refusal)
    assert none.code == "SRV001"
    assert isinstance(few, Rate)
    assert isinstance(some, Rate)
    assert isinstance(free, Rate)
    assert few.chips_per_replica <= 16 < some.chips_per_replica <= 64
    assert few.tok_per_s < some.tok_per_s <= free.tok_per_s


@pytest.mark.parametrize("tpot_ms", [8, 40, None])
def test_a_pod_of_just_what_a_domain_holds_changes_nothing(tpot_ms) -> None:
    request = Request(1024, 1024, None, tpot_ms, ("fp4",))
    alone, pod = (
        estimator().rate("nvidia-hgx-b300", R1, request, Network(scale_out_gb_s_per_chip=0, pod_chips=chips))
        for chips in (None, 8)
    )  # fmt: skip
    assert isinstance(alone, Rate)
    assert isinstance(pod, Rate)
    assert pod == alone


NETWORKS = st.just(OWN) | st.builds(
    Network,
    domain_chips=st.sampled_from([None, 4.0, 16.0, 72.0]),
    scale_up_gb_s_per_chip=st.sampled_from([None, 300.0, 1800.0]),
    scale_out_gb_s_per_chip=st.sampled_from([None, 0.0, 10.0, 100.0, 400.0]),
    alpha_s=st.sampled_from([None, 1e-6, 2e-5]),
    pod_chips=st.sampled_from([None, 24.0, 64.0]),
)
MEASURED_BOXES = [
    (BOX, R1), (RACK, R1), ("nvidia-hgx-h200", LLAMA), ("nvidia-hgx-h100", LLAMA), ("amd-mi300x", LLAMA),
    ("taalas-hc1", "llama-3.1-8b"), ("cerebras-cs-3", LLAMA), ("etched-sohu", LLAMA), ("groq-lpu-v1-rack", LLAMA),
]  # fmt: skip


@given(
    box=st.sampled_from(MEASURED_BOXES),
    network=NETWORKS,
    tpot_ms=st.lists(st.none() | st.floats(3, 300), min_size=4, max_size=4),
    ttft_ms=st.none() | st.sampled_from([300.0, 1000.0, 5000.0]),
    isl=st.sampled_from([1024.0, 8192.0]),
    speculative=st.booleans(),
)
@FEW
def test_a_stricter_limit_never_gives_more_in_any_network(box, network, tpot_ms, ttft_ms, isl, speculative):  # fmt: skip
    """Measured fronts, what moves them between networks, and the roofline beyond them alike."""
    strict_first = sorted(tpot_ms, key=lambda ms: np.inf if ms is None else ms)
    asked = [Request(isl, 1024, ttft_ms, ms, speculative=speculative) for ms in strict_first]
    asked.append(replace(asked[-1], ttft_ms=None))
    answers = estimator().rates([(*box, request, network) for request in asked])
    rates = [answer.tok_per_s if isinstance(answer, Rate) else 0.0 for answer in answers]
    for stricter, looser in pairwise(rates):
        assert stricter <= looser * (1 + 1e-9)


def test_a_replica_that_spans_boxes_at_a_strict_limit_may_do_so_at_a_loose_one() -> None:
    """Eight B200 joined at 100 GB/s: 17,561 tok/s at 8 ms, so no less at 20, where alone they were measured at 12,425."""
    joined = Network(scale_out_gb_s_per_chip=100)
    strict, loose, alone = (
        estimator().rate(BOX, R1, Request(1024, 1024, None, ms), network)
        for ms, network in ((8, joined), (20, joined), (20, OWN))
    )
    assert isinstance(strict, Rate)
    assert isinstance(loose, Rate)
    assert isinstance(alone, Rate)
    assert strict.chips_per_replica > 8
    assert loose.tok_per_s == strict.tok_per_s > alone.tok_per_s
    assert (loose.tier, alone.tier) == ("calibrated", "interpolated")


def test_speculation_adds_to_a_box_measured_without_it_and_takes_nothing_away() -> None:
    """8 ms: 941 a chip measured without; what speculation adds is the roofline's to say. Offline it adds nothing."""
    plain, drafted, plain_offline, drafted_offline = (
        estimator().rate(BOX, R1, Request(1024, 1024, None, ms, speculative=on))
        for ms in (8, None)
        for on in (False, True)
    )
    assert isinstance(plain, Rate)
    assert isinstance(drafted, Rate)
    assert (plain.tier, drafted.tier) == ("measured", "calibrated")
    assert drafted.tok_per_s > 1.2 * plain.tok_per_s
    assert isinstance(plain_offline, Rate)
    assert isinstance(drafted_offline, Rate)
    assert drafted_offline.tok_per_s >= plain_offline.tok_per_s
