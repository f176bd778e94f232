"""Risk on the command line: what is said, what is saved, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import called
from tests.risk.risky import RISKY
from tests.risk.test_frontier import SPECIAL
from tests.support import ROOT, edited, written


@pytest.fixture(autouse=True)
def _from_the_project_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_beliefs_are_told_with_their_basis_and_what_they_imply() -> None:
    told = called("risk", "beliefs", "risk-small")
    assert told.code == 0
    assert "public odds" in told.out
    assert "Attention still leads on 1 January 2029 with a probability of 87.0%" in told.out
    answer = called("risk", "beliefs", "risk-small", "--json").json
    assert [each["year"] for each in answer["attention_leads"]] == [2027, 2029, 2031]
    assert all(row["basis"] for row in answer["beliefs"] if row["belief"] != "supersession")


def test_a_run_is_saved_replayed_and_the_same_bytes_when_made_again(tmp_path: Path) -> None:
    scenario = written(tmp_path, RISKY)
    asked = ("risk", "run", scenario, "--draws", "16", "--mode", "adapt", "--seed", "3", "--out", tmp_path, "--json")  # fmt: skip
    first = called(*asked).json
    folder = Path(first["run_dir"])
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert json.loads(before["risk.json"])["seed"] == 3
    again = called(*asked, "--workers", "2").json
    assert again["risk_id"] == first["risk_id"]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    replayed = called("risk", "replay", first["risk_id"], "--draw", "5", "--out", tmp_path, "--json").json  # fmt: skip
    assert replayed["cost_usd"] == pytest.approx(replayed["recorded_cost_usd"], rel=1e-7)
    assert called("risk", "replay", first["risk_id"], "--draw", "16", "--out", tmp_path).code == 2


def test_the_answer_says_which_bound_it_is_and_how_sure(tmp_path: Path) -> None:
    scenario = written(tmp_path, RISKY)
    told = called("risk", "run", scenario, "--mode", "hedge", "--draws", "10", "--omega", "0.5", "--alpha", "0.8", "--out", tmp_path)  # fmt: skip
    assert told.code == 0
    assert "RSK008: 10 is no power of two; 16 draws are used" in told.err
    assert "optimistic after the window" in told.out
    assert "EVPI" in told.out
    assert "solved again cold" in told.out


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("--alpha", "1"), "RSK002", 2),
        (("--replications", "1"), "RSK017", 2),
        (("--window", "9 year"), "RSK011", 2),
        (("--window", "9 parsec"), "CLI003", 2),
        (("--set", "whole_units=true"), "RSK007", 2),
        (("--set", "risk.beliefs=null"), "RSK013", 2),
    ],
    ids=["alpha", "replications", "window", "unit", "whole-units", "no-beliefs"],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], code: str, exit_code: int
) -> None:
    scenario = written(tmp_path, RISKY)
    out = tmp_path / "reports"
    told = called("risk", "run", scenario, "--draws", "8", "--mode", "hedge", "--out", out, *arguments)  # fmt: skip
    assert (told.code, code in told.err) == (exit_code, True)
    assert list(out.rglob("risk.json")) == []


def test_the_frontier_says_where_a_chip_leaves_and_draws_it(tmp_path: Path) -> None:
    """The special chip of the closed form: exit near 0.1 a year, as table, data and picture."""
    scenario = written(tmp_path, SPECIAL, "special")
    picture = tmp_path / "frontier.svg"
    asked = ("frontier", scenario, "--draws", "64", "--hazards", "0,0.05,0.2", "--picture", picture)
    answer = called(*asked, "--json").json
    shares = {row["hazard_per_year"]: row["mw"] for row in answer["points"]}
    assert shares[0.0] > 0
    assert shares[0.2] == pytest.approx(0.0, abs=1e-9)
    assert len(answer["efficient"]) == 5
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    told = called(*asked)
    assert "If displacement surely began in one year" in told.out


def test_the_entry_of_an_absent_chip_may_be_left_out() -> None:
    """Sohu is too dear to be ordered and has an entry; asked without, it has none, and all else is the same."""
    asked = ("frontier", "risk-small", "--draws", "8", "--hazards", "0,0.2", "--tolerance", "0.2", "--json")  # fmt: skip
    whole, brief = called(*asked).json, called(*asked, "--no-entries").json
    assert [entry["system"] for entry in whole.pop("entries")] == ["etched-sohu"]
    assert brief.pop("entries") == []
    assert whole == brief


@pytest.mark.parametrize("hazards", ["0.1", "a,b", "-0.1,0.2"])
def test_impossible_hazards_are_refused(hazards: str) -> None:
    told = called("frontier", "risk-small", f"--hazards={hazards}")
    assert (told.code, "CLI003" in told.err) == (2, True)


def test_a_cheap_overrun_is_told_to_be_a_market(tmp_path: Path) -> None:
    """Everything must be bought and a pool of 0.1 TB binds: at 60 USD/GB the cheapest plan buys past it
    even as planned, at 100,000 it does not.
    """
    tight = edited(
        RISKY,
        (
            "hbm3e: {amount: 6 TB, spot_price: 30 USD/GB, spot_limit: 1 TB}",
            "hbm3e: {amount: 0.1 TB}",
        ),
        ("  fast-rent: {system: acme-fast, contract: rent, sites: [cloud]}\n", ""),
        ("installed:\n  old: {system: acme-fast, site: home, count: 4, in_service: 2025-01}\n", ""),
        ("  service_level: 99 %\n", "  service_level: 0 %\n"),
    )
    dear = tight.replace("overrun: {hbm3e: 60 USD/GB}", "overrun: {hbm3e: 100000 USD/GB}")
    for text, told in ((tight, True), (dear, False)):
        scenario = written(tmp_path, text, f"tight-{told}")
        answer = called("risk", "run", scenario, "--draws", "4", "--out", tmp_path)
        assert answer.code == 0
        assert ("raise it" in answer.out) == told
