"""Beliefs on the command line: figures with their units, a sentence for each, pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.report.beliefs.pictures import adoption, lasting, spreads
from planner.report.beliefs.rows import belief_rows, kept_rows
from planner.report.beliefs.sentences import sentences
from planner.risk.twins import beliefs_of
from planner.scenario.load import Loaded, find_scenario, load
from tests.cli.command import called
from tests.risk.risky import RISKY
from tests.support import ROOT, edited, written

OWN = (
    "      takeover: 6 month\n",
    "      takeover: 6 month\n      takeover_of: {chat: 1 year}\n      back: {family: exponential, hazard: 0.2 1/year, basis: a return}\n",
)


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load(written(tmp_path, edited(RISKY, OWN)))


def test_every_belief_is_told_with_units_and_a_basis(loaded: Loaded) -> None:
    """Half a year is 0.5 years and a hazard is a year's; vendors and spells have rows of their own."""
    rows = {name: (said, basis) for name, said, basis in belief_rows(beliefs_of(loaded))}
    assert all(basis for _, basis in rows.values())
    assert rows["displacement"][0].startswith("takeover 0.5 years, takeover of chat 1 year")
    assert rows["displacement: back"] == ("family exponential, hazard 0.2 a year", "a return")
    assert rows["slip"][0] == "chance 0.5, mean 20 weeks"
    assert rows["vendor_failure: acme"][0] == "family exponential, hazard 0.4 a year"


def test_what_a_scenario_says_chips_keep_comes_before_the_catalog(loaded: Loaded) -> None:
    """Place 1 is the scenario's 90 and 60 %; no other row speaks of it, and those are the catalog's."""
    rows = {places: row for places, *row in kept_rows(loaded)}
    assert rows["1"] == ["90.0%", "60.0%", "this scenario"]
    assert not any("1" in places.split(", ") for places in rows if places != "1")
    without = load(find_scenario(str(ROOT / "scenarios" / "risk-small.yaml")))
    assert {places for places, *_ in kept_rows(without)} == {"1, 2", "3", "4, 5", "6", "7"}


def test_every_belief_implies_a_sentence(loaded: Loaded) -> None:
    """Demand of 30 % a year: e^(1.645 · 0.6) = 2.68 in two years; a return within five years at 0.2 a
    year: 1 − e^(−1) = 63 %; without beliefs there is nothing to say.
    """
    held = beliefs_of(loaded)
    told = sentences(held, [], 0.08, 5.0)
    for words in (
        "half of the demand has moved within 0.25 years",
        "chat within a year",
        "attention begins to return with a probability of 63%",
        "demand lies within a factor of 2.68",
        "Pools give their amounts within a factor of 1.39",
        "by 20 weeks on average",
        "acme still delivers at the end of the horizon with a probability of 14%",
        "scarcities aside: they come with 10% a year and add 30%",
        "claimed 2.28",
        "memory price tends to come out high too",
    ):
        assert any(words in sentence for sentence in told), words
    assert sentences(type(held)(), [], 0.08, 5.0) == []


def test_pictures_show_what_lasts_what_moves_and_what_may_be_off(loaded: Loaded) -> None:
    """Halfway through its year half of chat has moved (3/4 − 2/8); demand's band is as wide as said."""
    held, as_of = beliefs_of(loaded), loaded.scenario.timeline.as_of
    at = {(row["of"], round(row["years"], 6)): row for row in adoption("s", held).rows}
    assert at["chat", 0.5]["share"] == pytest.approx(0.5)
    assert at["every other workload", 0.5]["share"] == pytest.approx(1.0)
    wide = {(row["of"], row["years"]): row["high"] for row in spreads("s", held, 2.0).rows}
    assert wide["demand", 2.0] == pytest.approx(2.683, abs=1e-3)
    assert {row["of"] for row in lasting("s", held, as_of, 5.0).rows} == {"attention leads", "acme delivers"}  # fmt: skip


def test_pictures_are_written_beside_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    told = called("risk", "beliefs", written(tmp_path, RISKY), "--picture", tmp_path / "b.svg", "--json")  # fmt: skip
    assert told.code == 0
    assert {p.name for p in tmp_path.glob("*.svg")} == {"b.svg", "b-adoption.svg", "b-spreads.svg"}
    assert told.json["kept"]
    assert told.json["sentences"]


def test_the_reference_believes_in_everything_but_optics_and_says_why() -> None:
    """The reference names no fabric, so nothing of it pays for link spares; all else is believed."""
    path = ROOT / "scenarios" / "reference-risk.yaml"
    held = beliefs_of(load(path))
    assert [name for name in type(held).model_fields if getattr(held, name) is None] == ["optics"]
    assert "No belief in optics" in path.read_text(encoding="utf-8")
    assert held.displacement is not None
    assert held.displacement.back is not None
    assert held.displacement.takeover_of
