"""``planner serve`` as a user types it."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import InvalidData, UnknownName, Unservable
from tests.support import ROOT

RUN = CliRunner()
H200 = ("--system", "nvidia-hgx-h200", "--model", "llama-3.1-70b", "--isl", "1024", "--osl", "1024")
WORDS = {
    "tok_per_s_per_chip", "tok_per_s_per_system", "tok_per_s_per_user", "ttft_ms", "batch", "chips_per_replica",
    "bound_by", "joules_per_token", "evidence_tier", "regime", "low", "high", "format_version",
}  # fmt: skip


def output(*words: str) -> str:
    result = RUN.invoke(app, ["serve", *words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def answer(*words: str) -> dict:
    return json.loads(output(*words, "--json"))


def test_an_estimate_answers_with_the_agreed_words() -> None:
    found = answer("estimate", *H200, "--tpot", "25", "--precision", "fp8")
    assert set(found) >= WORDS
    assert found["evidence_tier"] == "measured"
    assert found["tok_per_s_per_chip"] == pytest.approx(1619)
    assert found["low"] < found["tok_per_s_per_chip"] < found["high"]
    assert found["joules_per_token"] > 0


def test_the_roofline_can_be_held_against_the_measurement() -> None:
    found = answer("estimate", *H200, "--tpot", "25", "--precision", "fp8", "--tier", "roofline")
    assert found["evidence_tier"] == "calibrated"


def test_without_limits_it_is_the_offline_case() -> None:
    offline = answer("estimate", *H200, "--regime", "tuned")
    limited = answer("estimate", *H200, "--regime", "tuned", "--tpot", "15")
    assert offline["tok_per_s_per_chip"] > limited["tok_per_s_per_chip"]
    assert offline["regime"] == "tuned"


def test_aliases_name_systems_and_models() -> None:
    found = answer("estimate", "--system", "dgx_b200", "--model", "deepseek", "--isl", "500", "--osl", "500")  # fmt: skip
    assert (found["system"], found["model"]) == ("nvidia-hgx-b200", "deepseek-r1")


def test_a_wider_domain_serves_experts_faster() -> None:
    words = ("estimate", "--system", "nvidia-gb200-nvl72", "--model", "deepseek-r1", "--isl", "1000", "--osl", "1000", "--tpot", "20")  # fmt: skip
    whole, eighth = answer(*words), answer(*words, "--domain", "8")
    assert whole["tok_per_s_per_chip"] > eighth["tok_per_s_per_chip"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SRV005", ("--isl", "0")),
        ("SRV002", ("--isl", "900000")),
        ("SRV003", ("--tpot", "0.1")),
        ("SRV004", ("--precision", "fp4")),
    ],
)
def test_what_cannot_be_served_ends_with_a_code(code: str, words: tuple[str, ...]) -> None:
    with pytest.raises(Unservable, match=code) as caught:
        output("estimate", *H200, *words)
    assert caught.value.exit_code == 4


def test_an_unknown_name_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UnknownName, match="nvidia-hgx-h200"):
        output("estimate", "--system", "nvidia-hgx-h20", *H200[2:])
    with pytest.raises(UnknownName, match="tuned"):
        output("estimate", *H200, "--regime", "tune")


def test_a_curve_falls_with_user_speed_and_is_drawn(tmp_path: Path) -> None:
    picture = tmp_path / "curve.svg"
    found = answer("curve", *H200, "--precision", "fp8", "--svg", str(picture))
    speeds = [point["tok_per_s_per_user"] for point in found["points"]]
    rates = [point["tok_per_s_per_chip"] for point in found["points"]]
    assert speeds == sorted(speeds)
    assert all(a >= b * (1 - 1e-6) for a, b in pairwise(rates))
    assert {point["evidence_tier"] for point in found["points"]} >= {"measured", "interpolated", "calibrated"}  # fmt: skip
    assert picture.read_text().startswith("<svg")
    assert "tok/s/user" in output("curve", *H200, "--precision", "fp8")


def test_calibration_writes_the_catalog_and_prints_what_it_missed(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    shutil.copytree(ROOT / "catalogs" / "default", folder)
    before = (folder / "serving.yaml").read_text()
    (folder / "serving.yaml").write_text(before.replace("value: 0.5538", "value: 0.3"))
    found = answer("calibrate", "--catalog", str(folder))
    assert (folder / "serving.yaml").read_text() == before
    verdicts = {row["group"]: row["verdict"] for row in found["held_out"]}
    assert verdicts["row"] == "met"
    assert verdicts["chip"].startswith("MISSED")
    told = output("calibrate", "--report", "--dry-run", "--catalog", str(folder))
    assert "MISSED" in told
    assert "accuracy" not in told


def test_a_measurement_of_ones_own_is_kept_and_outranks_public_rows(tmp_path: Path, monkeypatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    words = ("estimate", *H200, "--precision", "fp8", "--tpot", "25")
    assert answer(*words)["tok_per_s_per_chip"] == pytest.approx(1619)
    output("anchor", *H200, "--precision", "fp8", "--tok-per-s", "8000", "--chips", "8", "--tok-per-s-per-user", "40", "--on", "2026-10-01", "--note", 'ours, "tuned"')  # fmt: skip
    found = answer(*words)
    assert found["tok_per_s_per_chip"] == pytest.approx(1000)
    assert found["evidence_tier"] == "measured"
    assert (tmp_path / "anchors.yaml").is_file()


def test_a_measurement_that_cannot_be_read_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidData):
        output("anchor", *H200, "--precision", "fp8", "--tok-per-s", "8000", "--chips", "8", "--on", "someday")  # fmt: skip
    assert list(tmp_path.iterdir()) == []
