"""Users' own measurements: they outrank public rows, move plans, and refit only when asked to."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from planner.catalog.load import Catalog, load, with_anchors
from planner.catalog.serving import Anchors
from planner.options.join import join
from planner.scenario import load as scenario_load
from planner.serving.anchor import Anchor, add
from planner.serving.calibrate import calibrate
from planner.serving.estimate import Estimator
from planner.serving.rate import Rate, Request
from tests.serving.worlds import AS_OF, catalog
from tests.support import ROOT

H200, LLAMA = "nvidia-hgx-h200", "llama-3.1-70b"
DEFAULT = ROOT / "catalogs" / "default"


def anchor(tok_per_s: float, system: str = H200, model: str = LLAMA) -> Anchor:
    """Offline, 3,000 in / 300 out in FP8 on eight chips: a shape nobody else measured."""
    return Anchor(system, model, 3000, 300, "fp8", tok_per_s, 8, None, "2026-10-01", "own bench")


def rates(folder: Path, *anchors: Anchor) -> dict[tuple[str, str], Rate]:
    """Rates of the quickstart's plan, with anchors in a file beside it."""
    shutil.copy(ROOT / "scenarios" / "quickstart.yaml", folder / "quickstart.yaml")
    for one in anchors:
        add(one, folder / "anchors.yaml", DEFAULT)
    options = join(scenario_load.load(folder / "quickstart.yaml"))
    return {
        (c.system, workload): rate
        for c in options.configurations.values()
        for workload, rate in c.rates.items()
    }


def test_a_plan_s_rates_move_toward_the_anchor_off_its_shape_and_kin_move_less(tmp_path) -> None:
    """A box measured at half of what was expected pulls its own rates down most."""
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    before = rates(tmp_path / "without")
    system, workload = next(pair for pair in sorted(before) if before[pair].tier == "calibrated")
    scenario = scenario_load.load(ROOT / "scenarios" / "quickstart.yaml").scenario
    model = scenario.workloads[workload].model
    expected = Estimator(catalog(), scenario.timeline.as_of).rate(system, model, Request(3000, 300, precisions=("fp8",)))  # fmt: skip
    assert isinstance(expected, Rate)
    after = rates(tmp_path / "with", anchor(expected.tok_per_s / 2, system, model))
    moved = {pair: after[pair].tok_per_s / before[pair].tok_per_s for pair in before}
    assert 0.4 < moved[system, workload] < 0.75
    for other in moved:
        assert moved[other] >= moved[system, workload] * (1 - 1e-9)


def test_an_anchor_at_the_very_shape_is_the_answer_and_its_band_is_narrow() -> None:
    own = with_anchors(catalog(), anchors(anchor(4800.0)))
    rate = Estimator(own, AS_OF).rate(H200, LLAMA, Request(3000, 300, precisions=("fp8",)))
    assert isinstance(rate, Rate)
    assert rate.tok_per_s == pytest.approx(4800)
    assert rate.tier == "measured"
    assert rate.high == pytest.approx(4800 * 1.05)


def anchors(*rows: Anchor) -> Anchors:
    points = [
        {
            "model": row.model, "system": row.system, "precision": row.precision, "scenario": "offline",
            "regime": "field", "isl": row.isl, "osl": row.osl, "chips": row.chips,
            "throughput": {"value": row.tok_per_s, "unit": "tok/s", "as_of": row.day, "quality": "user", "source": "user-measurement"},
        }
        for row in rows
    ]  # fmt: skip
    return Anchors.model_validate({"id": "anchors", "points": points})


@cache
def with_fast_boxes() -> Catalog:
    """Both boxes at three times what the roofline says of them."""
    asked = Request(3000, 300, precisions=("fp8",))
    rows = []
    for system in (H200, "nvidia-hgx-h100"):
        rate = Estimator(load(DEFAULT), AS_OF).rate(system, LLAMA, asked)
        assert isinstance(rate, Rate)
        rows.append(anchor(3 * rate.tok_per_s, system))
    return with_anchors(catalog(), anchors(*rows))


def test_anchors_refit_nothing_until_calibrate_is_run_with_them() -> None:
    """Estimating leaves every fitted number alone; calibrating on them raises compute efficiency."""
    plain, own = Estimator(catalog(), AS_OF), Estimator(with_fast_boxes(), AS_OF)
    assert own.calibration.theta == plain.calibration.theta
    refitted = {p.name: p.value for p in calibrate(with_fast_boxes(), AS_OF).parameters}
    stands = {p.name: p.value for p in catalog().serving.parameters}
    assert refitted["compute"] > stands["compute"]
    assert calibrate(with_fast_boxes(), AS_OF).rows == catalog().serving.rows + 2
