"""Which fact a plan uses, and what the shipped catalog says where sources disagree."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from planner.catalog.fact import QUALITIES, Fact, Figure, weakest
from planner.catalog.load import Catalog, load
from planner.catalog.walk import facts_of
from planner.errors import UnknownName
from planner.serving.bound import single_stream_tok_per_s
from planner.serving.machine import machine_of
from planner.serving.shape import shape_of
from tests.support import ROOT

TODAY = date(2026, 11, 20)

SYSTEMS = [
    "nvidia-hgx-h100",
    "nvidia-hgx-h200",
    "nvidia-hgx-b200",
    "nvidia-hgx-b300",
    "nvidia-gb200-nvl72",
    "nvidia-gb300-nvl72",
    "nvidia-vera-rubin-nvl72",
    "amd-mi300x",
    "amd-mi325x",
    "amd-mi355x",
    "intel-gaudi-3",
    "cerebras-cs-3",
    "google-tpu-v6e",
    "google-tpu-v7",
    "google-tpu-8t",
    "google-tpu-8i",
    "aws-trainium2",
    "aws-trainium3",
    "aws-inferentia2",
    "huawei-ascend-910c",
    "huawei-ascend-950pr",
    "huawei-ascend-950dt",
    "huawei-atlas-950",
    "huawei-atlas-960",
    "meta-mtia",
    "microsoft-maia-200",
    "groq-lpu-v1-rack",
    "groq-lpx-rack",
    "sambanova-sn40l-rack",
    "d-matrix-corsair",
    "d-matrix-raptor",
    "etched-sohu",
    "taalas-hc1",
    "qant-npu-2",
]
CHIPS_PER_SYSTEM = {
    **dict.fromkeys(("nvidia-hgx-h100", "nvidia-hgx-h200", "nvidia-hgx-b200", "nvidia-hgx-b300"), 8),
    **dict.fromkeys(("amd-mi300x", "amd-mi325x", "amd-mi355x", "intel-gaudi-3", "etched-sohu"), 8),
    **dict.fromkeys(("nvidia-gb200-nvl72", "nvidia-gb300-nvl72", "nvidia-vera-rubin-nvl72"), 72),
    "d-matrix-corsair": 64,
    "taalas-hc1": 10,
}  # fmt: skip
MODELS = [
    "llama-2-70b",
    "llama-3.1-8b",
    "llama-3.1-70b",
    "llama-3.1-405b",
    "deepseek-r1",
    "gpt-oss-120b",
    "mixtral-8x7b",
]


def fact(value: float | str, quality: str = "vendor", as_of: str = "2026-01", **more: str) -> Fact:
    return Fact.model_validate(
        {"value": value, "quality": quality, "as_of": as_of, "source": "test", **more}
    )


def chosen(*facts: Fact, on: date = TODAY, label: str | None = None) -> float | None:
    """The number in use, whatever the order the facts were written in."""
    values = {Figure(order).value(on, label) for order in (facts, facts[::-1])}
    assert len(values) == 1
    return values.pop()


def test_the_better_quality_wins_however_old():
    assert chosen(fact(1, "measured", "2020"), fact(2, "vendor", "2026-10")) == 1


def test_every_quality_gives_way_to_the_one_before_it():
    for better, worse in pairwise(QUALITIES):
        assert chosen(fact(1, better, "2024"), fact(2, worse, "2026")) == 1


def test_among_equals_the_newer_wins():
    assert chosen(fact(1, as_of="2026-02"), fact(2, as_of="2026-03")) == 2


def test_a_rejected_fact_is_never_used():
    assert chosen(fact(1, "measured", rejected="wrong chip"), fact(2, "recalled")) == 2
    assert chosen(fact(1, rejected="wrong chip")) is None


def test_a_fact_after_the_day_of_planning_is_not_seen():
    facts = fact(1, as_of="2025"), fact(2, as_of="2026-11-21")
    assert chosen(*facts) == 1
    assert chosen(*facts, on=date(2026, 11, 21)) == 2


def test_what_is_not_disclosed_is_none_and_never_zero():
    figure = Figure((fact("not disclosed"),))
    assert figure.at(TODAY) is None
    assert figure.value(TODAY) is None
    assert Figure(()).value(TODAY) is None


def test_a_known_figure_wins_over_a_newer_silence():
    assert chosen(fact(5, "press", "2024"), fact("not disclosed", "vendor", "2026")) == 5


def test_a_label_narrows_the_choice_to_its_own_facts():
    facts = fact(1, "measured", label="east"), fact(2, "vendor", label="west")
    assert (chosen(*facts, label="west"), chosen(*facts)) == (2, 1)
    assert chosen(*facts, label="south") is None


def test_a_result_is_as_good_as_its_weakest_ground():
    assert weakest("measured", "claimed", "calibrated") == "claimed"
    assert [fact(1, q).tier for q in ("measured", "vendor", "press")] == ["measured", "claimed", "assumed"]  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load(ROOT / "catalogs" / "default")


def rejected(catalog: Catalog, value: float) -> list[str]:
    """Ids of the entities that keep this value only to say why it is not used."""
    return [
        name
        for _, name, entity in catalog.entities()
        for _, known in facts_of(entity)
        if known.value == value and known.rejected
    ]


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_others_script_against_is_shipped(shipped, name):
    system = shipped.systems[name]
    assert system.chip.endswith("-chip")
    assert (system.chips.value(TODAY) or 0) > 0


def test_systems_hold_as_many_chips_as_promised(shipped):
    held = {name: shipped.systems[name].chips.value(TODAY) for name in CHIPS_PER_SYSTEM}
    assert held == CHIPS_PER_SYSTEM


def test_every_model_others_script_against_is_shipped(shipped):
    assert set(MODELS) <= set(shipped.models)
    assert {model.state for model in shipped.models.values()} == {"T", "H", "X"}


def test_every_figure_has_a_source(shipped):
    assert shipped.sources
    for _, name, entity in shipped.entities():
        for key, known in facts_of(entity):
            assert known.source in shipped.sources, (name, key)


def test_every_figure_can_be_read_on_the_day_of_the_facts(shipped):
    for _, name, entity in shipped.entities():
        for key, known in facts_of(entity):
            assert known.day <= TODAY, (name, key)


def test_entities_are_found_by_id_and_by_alias(shipped):
    for kind, name, entity in shipped.entities():
        if kind in ("systems", "chips", "models"):
            for word in (name, *entity.aliases):
                shipped.find(word)
    assert shipped.find("nvidia-hgx-h100")[0] == "systems"
    with pytest.raises(UnknownName, match="did you mean 'nvidia-hgx-h100'"):
        shipped.find("nvidia-hgx-h10")


def test_sohu_is_not_credited_with_an_aggregate_as_one_stream(shipped):
    assert {"etched-sohu-chip", "llama-3.1-70b"} <= set(rejected(shipped, 60_000))
    system = shipped.systems["etched-sohu"]
    machine = machine_of(system, shipped.chips[system.chip], TODAY)
    shape = shape_of(shipped.models["llama-3.1-70b"], TODAY)
    assert single_stream_tok_per_s(machine, shape, "fp8") == pytest.approx(549, rel=0.02)


def test_corsair_is_not_credited_with_a_rack_as_one_card(shipped):
    assert {"d-matrix-corsair-chip", "llama-3.1-70b"} <= set(rejected(shipped, 30_000))
    card = shipped.chips["d-matrix-corsair-chip"].notes["llama70b_throughput_card"]
    assert card.value(TODAY) == 469


def test_b200_is_not_held_to_a_projection_it_passed_twice_over(shipped):
    assert "llama-2-70b" in rejected(shipped, 45_000)
    rows = shipped.throughput["llama-2-70b"].points
    offline = {
        point.throughput.number
        for point in rows
        if point.system == "nvidia-hgx-b200"
        and point.scenario == "offline"
        and point.throughput.quality == "measured"
    }
    assert {98_858, 102_909} <= offline
    assert min(offline) > 2 * 45_000


def test_h100_peaks_are_dense(shipped):
    peak = shipped.chips["nvidia-h100-chip"].peak
    assert peak.fp8.value(TODAY) == 1979
    assert peak.bf16.value(TODAY) == pytest.approx(989.4)
    assert "nvidia-h100-chip" in rejected(shipped, 3958)


def test_no_nvidia_peak_in_use_is_a_sparse_one(shipped):
    for name in ("nvidia-h200-chip", "nvidia-b200-chip", "nvidia-gb200-chip"):
        peak = shipped.chips[name].peak
        assert peak.fp8.value(TODAY) == pytest.approx(2 * peak.bf16.value(TODAY), rel=0.02)


def test_a_wafer_holds_44_gigabytes_and_draws_on_no_hbm(shipped):
    (memory,) = shipped.chips["cerebras-wse-3-chip"].memory
    assert (memory.kind, memory.capacity.value(TODAY)) == ("sram", 44.0)
    assert "cerebras-wse-3-chip" in rejected(shipped, 125_000)


def test_the_usable_memory_of_a_b200_is_used_for_fit(shipped):
    memory = shipped.chips["nvidia-b200-chip"].memory[0]
    assert (memory.capacity.value(TODAY), memory.capacity_marketed.value(TODAY)) == (180, 192)
