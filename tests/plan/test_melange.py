"""The published fleet mix of Mélange (reference-cases, section 3), through a catalog and a scenario.

30 requests a second in four classes of 6, 3, 15 and 6; an A10G serves 2, 1, 5, 2 of them a second
for 1.01 USD/h, an A100 20, 20, 40, 20 for 3.67. Alone, the A100s would be busy 1.125 times.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.options.join import join
from planner.plan.make import make_plan
from planner.scenario.load import Loaded, load
from tests.plan.plans import CASES, SETTINGS, options, plan
from tests.support import ROOT

CLASSES = ("short-short", "short-long", "long-short", "long-long")
PUBLISHED = {"a10g": (2.0, 1.0, 5.0, 2.0), "a100-80gb": (20.0, 20.0, 40.0, 20.0)}
WHOLE = "whole_units=true"

usd = pytest.approx


def rented(name: str, *sets: str) -> dict[str, float]:
    return {row["offer"]: row["systems"] for row in plan(name, *sets).tables["rentals"]}


def served_by(name: str, *sets: str) -> dict[str, set[str]]:
    """Systems that serve each class."""
    found: dict[str, set[str]] = {}
    for row in plan(name, *sets).tables["serving"]:
        found.setdefault(row["workload"], set()).add(row["system"])
    return found


def test_a_measurement_at_the_very_shape_is_used_as_it_stands() -> None:
    configurations = options("melange").configurations
    for system, rates in PUBLISHED.items():
        found = configurations[system].rates
        assert tuple(found[name].tok_per_s for name in CLASSES) == rates
        assert {rate.tier for rate in found.values()} == {"measured"}


def test_in_parts_the_mix_costs_the_published_4_12875_an_hour() -> None:
    """1.125 A100s carry everything: 1.125 · 3.67."""
    assert -plan("melange").headline.npv_usd == usd(4.12875, rel=1e-9)
    assert rented("melange") == {"a100": usd(1.125, rel=1e-9)}


def test_in_whole_gpus_the_mix_costs_the_published_4_68_an_hour() -> None:
    """One of each: the A10G takes the eighth of an A100 that is left over, 1.01 + 3.67."""
    assert -plan("melange", WHOLE).headline.npv_usd == usd(4.68, rel=1e-9)
    assert rented("melange", WHOLE) == {"a10g": usd(1.0), "a100": usd(1.0)}


def test_with_each_class_on_one_gpu_the_mix_costs_the_published_6_70_an_hour() -> None:
    """A class too large for the eighth left over goes to three A10Gs whole: 3 · 1.01 + 3.67."""
    assert -plan("melange-single", WHOLE).headline.npv_usd == usd(6.70, rel=1e-9)
    assert rented("melange-single", WHOLE) == {"a10g": usd(3.0), "a100": usd(1.0)}
    assert all(len(systems) == 1 for systems in served_by("melange-single", WHOLE).values())


def test_work_that_may_be_divided_is_divided_in_the_cheaper_plan() -> None:
    """The twin of the plan above: somewhere a class stands on both GPUs."""
    assert max(len(systems) for systems in served_by("melange", WHOLE).values()) == 2


def test_nothing_is_shed_and_the_cost_is_the_rent_alone() -> None:
    for name, sets in (("melange", ()), ("melange", (WHOLE,)), ("melange-single", (WHOLE,))):
        found = plan(name, *sets)
        assert found.headline.served_share == usd(1.0, abs=1e-9)
        assert found.headline.penalty_usd == usd(0.0, abs=1e-9)
        assert {entry.account for entry in found.entries} == {"on-demand"}


def test_the_mix_is_the_same_when_every_request_is_a_hundred_thousand_tokens(
    tmp_path: Path,
) -> None:
    """Rates and demand grow together, so that the GPUs and their 6.70 USD stay."""
    catalog = shutil.copytree(ROOT / "tests/catalogs/melange", tmp_path / "catalog")
    path = catalog / "throughput" / "llama-2-7b.yaml"
    text = path.read_text(encoding="utf-8").replace(", unit: tok/s,", "e5, unit: tok/s,")
    path.write_text(text, encoding="utf-8")
    asked = zip(CLASSES, (600, 300, 1500, 600), strict=True)
    sets = (f"workloads.{name}.demand={ktok} ktok/s" for name, ktok in asked)
    world = load(CASES / "melange-single.yaml", (), (f"catalog={catalog}", WHOLE, *sets))
    assert -make_plan(world, SETTINGS).headline.npv_usd == usd(6.70, rel=1e-9)


def test_rounding_costs_at_least_what_whole_gpus_cost_more() -> None:
    """4.68 - 4.12875."""
    extra = plan("melange").rounding_cost_usd
    assert extra is None or extra >= 0.55125 * (1 - 1e-6)


def with_a10g_rates(folder: Path, rates: tuple[float, ...]) -> Loaded:
    """The scenario on a copy of its catalog in which the A10G was measured otherwise."""
    catalog = shutil.copytree(ROOT / "tests/catalogs/melange", folder / "catalog")
    path = catalog / "throughput" / "llama-2-7b.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    own = [number for number, line in enumerate(lines) if "system: a10g" in line]
    for number, old, new in zip(own, PUBLISHED["a10g"], rates, strict=True):
        assert f"value: {old:g}," in lines[number + 1]
        lines[number + 1] = lines[number + 1].replace(f"value: {old:g},", f"value: {new:g},")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(CASES / "melange.yaml", (), (f"catalog={catalog}", WHOLE))


def test_a_measured_rate_of_zero_means_cannot(tmp_path: Path) -> None:
    """Three classes are refused and the A10G still takes its share of the fourth: 4.68."""
    world = with_a10g_rates(tmp_path, (0, 0, 5, 0))
    gpu = join(world).configurations["a10g"]
    assert set(gpu.rates) == {"long-short"}
    assert set(gpu.refusals) == {"short-short", "short-long", "long-long"}
    assert all("cannot" in why or "zero" in why for why in gpu.refusals.values())
    assert -make_plan(world, SETTINGS).headline.npv_usd == usd(4.68, rel=1e-9)


def test_a_gpu_measured_at_zero_for_everything_is_left_out_with_its_reason(tmp_path: Path) -> None:
    """Two A100s, 7.34."""
    found = make_plan(with_a10g_rates(tmp_path, (0, 0, 0, 0)), SETTINGS)
    (verdict,) = [line for line in found.verdicts if line.id == "a10g"]
    assert verdict.verdict == "excluded"
    assert "cannot" in verdict.why or "zero" in verdict.why
    assert -found.headline.npv_usd == usd(7.34, rel=1e-9)


def test_a_user_who_must_be_served_faster_than_measured_gets_no_measurement() -> None:
    """The rows state no speed per user, so a limit on it is answered by a model instead."""
    gpu = options("melange", "workloads.long-short.tpot=5 s").configurations["a10g"]
    assert gpu.rates["long-short"].tier == "calibrated"
    assert gpu.rates["short-long"].tier == "measured"
