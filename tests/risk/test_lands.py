"""LandS as a catalog and scenario, planned by the same code as a fleet, with every published figure.

Expected, in kUSD: 381.853333 at (2.6667, 4, 3.3333, 2); WS 380.1667, EVPI 1.6867; EEV 383.9867,
VSS 2.1333.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import called
from tests.support import ROOT, edited

LANDS = ROOT / "tests" / "scenarios" / "lands.yaml"
CAPACITY = {"technology-1": 8 / 3, "technology-2": 4, "technology-3": 10 / 3, "technology-4": 2}


@pytest.mark.parametrize("method", ["extensive", "l-shaped"])
def test_the_command_gives_every_published_figure(method: str) -> None:
    answer = called("risk", "worlds", LANDS, "--method", method, "--json").json
    built = {order["offer"]: order["systems"] for order in answer["orders"]}
    assert built == pytest.approx(CAPACITY, abs=1e-4)
    assert answer["recourse_usd"] == pytest.approx(381_853.333, abs=0.01)
    assert answer["wait_and_see_usd"] == pytest.approx(380_166.667, abs=0.01)
    assert answer["evpi_usd"] == pytest.approx(1_686.667, abs=0.01)
    assert answer["of_mean_plan_usd"] == pytest.approx(383_986.667, abs=0.01)
    assert answer["vss_usd"] == pytest.approx(2_133.333, abs=0.01)


def test_the_mean_demand_alone_promises_less_than_it_costs() -> None:
    """EV = EEV − what the spread adds; by hand 378.6667 from merit order at (0.8333, 3, 4.1667, 4)."""
    answer = called("risk", "worlds", LANDS, "--json").json
    assert answer["expected_value_usd"] == pytest.approx(378_666.667, abs=0.01)
    assert answer["expected_value_usd"] < answer["recourse_usd"]


def test_a_world_split_in_halves_changes_nothing(tmp_path: Path) -> None:
    """The high world of 0.3 written twice with 0.15 each: the same capacity at the same cost."""
    text = LANDS.read_text(encoding="utf-8").replace("../catalogs", str(ROOT / "tests/catalogs"))
    half = text[text.index("    high:") :].replace("probability: 0.3", "probability: 0.15")
    path = tmp_path / "halves.yaml"
    split = edited(text, (text[text.index("    high:") :], half + half.replace("high:", "higher:")))
    path.write_text(split, encoding="utf-8")
    answer = called("risk", "worlds", path, "--method", "l-shaped", "--json").json
    assert len(answer["worlds"]) == 4
    assert answer["recourse_usd"] == pytest.approx(381_853.333, abs=0.01)
    built = {order["offer"]: order["systems"] for order in answer["orders"]}
    assert built == pytest.approx(CAPACITY, abs=1e-4)


def test_the_table_names_what_hedging_is_worth() -> None:
    told = called("risk", "worlds", LANDS, "--omega", "0.5", "--alpha", "0.8")
    assert told.code == 0
    assert "hedging is worth" in told.out
    assert "technology-2" in told.out
