"""Triggers: each fires on its own change and is silent on its twin without it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from planner.review.drift import Drift
from planner.review.entry import Entry
from planner.review.held import Held
from planner.review.settings import Settings, load
from planner.review.triggers.trigger import Seen, fired, names
from planner.scenario.load import load as loaded
from tests.review.small import REVIEW
from tests.review.test_attribution import held, saved
from tests.risk.test_frontier import SPECIAL
from tests.support import ROOT, edited, written

DAY = date(2026, 12, 15)
SIGNED = """\
signed:
  paper:
    system: acme-fast
    contract: own
    site: home
    count: 2
    state: active
    ordered: 2026-10-01
    delivery: 2027-04-01
    price: 0.4 MUSD
    due: []
policy:"""
OFFERED = SIGNED.replace("state: active", "state: offered\n    change_by: 2026-12-31")
STILL = Drift(0.0, 0.0, False)


def settings(tmp_path: Path, more: str = "") -> Settings:
    path = tmp_path / "r.yaml"
    path.write_text(REVIEW + more)
    return load(path).settings


def seen(
    tmp_path: Path,
    old: Held | None,
    new: Held,
    more: str = "",
    far: Drift = STILL,
    entries: tuple[Entry, ...] = (),
) -> dict[str, list[str]]:
    """Subjects by trigger; the tiny catalog's own old figures aside."""
    found: dict[str, list[str]] = {}
    known = Seen(settings(tmp_path, more), DAY, new, old, far if old else None, entries)
    for one in fired(known):
        assert one.sentence
        found.setdefault(one.trigger, []).append(one.subject)
    found.pop("data stale", None)
    return found


def test_the_triggers_are_those_of_the_interface() -> None:
    assert names() == [
        "HBM short",
        "budget passed",
        "claim not met",
        "data stale",
        "delivery late",
        "hazard over the frontier",
        "plan drift",
        "price moved",
        "quote expiring",
    ]


CHANGES = {
    "price moved": ("", "price: 0.4 MUSD", "price: 0.43 MUSD", "price: 0.41 MUSD", "fast-buy"),
    "HBM short": ("", "amount: 60 TB", "amount: 50 TB", "amount: 59 TB", "hbm3e"),
    "delivery late": (SIGNED, "delivery: 2027-04-01", "delivery: 2027-07-01", "delivery: 2027-04-08", "paper"),
}  # fmt: skip


@pytest.mark.parametrize("trigger", CHANGES)
def test_a_change_beyond_the_threshold_fires_and_one_within_does_not(
    trigger: str, tmp_path: Path
) -> None:
    """Thresholds: price 5 %, pool 5 %, delivery 14 days."""
    paper, anchor, beyond, within, subject = CHANGES[trigger]
    base = (("policy:", paper),) if paper else ()

    def edit(text: str) -> tuple[tuple[str, str], ...]:
        if paper:
            return (("policy:", paper.replace(anchor, text)),)
        return ((anchor, text),)

    old = held(tmp_path, *base)
    assert seen(tmp_path, old, held(tmp_path, *edit(beyond))) == {trigger: [subject]}
    assert seen(tmp_path, old, held(tmp_path, *edit(within))) == {}
    assert seen(tmp_path, None, held(tmp_path, *edit(beyond))) == {}


def test_a_claim_not_met_is_a_speed_that_fell(tmp_path: Path) -> None:
    """A longer prompt slows the same system on the same workload by more than a tenth."""
    old = held(tmp_path)
    slower = seen(tmp_path, old, held(tmp_path, ("isl: 1024", "isl: 8000")))
    assert any("chat" in subject for subject in slower["claim not met"])


def test_a_budget_passed_is_told(tmp_path: Path) -> None:
    one = held(tmp_path, ("start: 800 ktok/s", "start: 1200 ktok/s"))
    capex = one.plan["headline"]["capex_usd"]
    assert capex > 0
    assert seen(tmp_path, None, one, f"budget: {capex * 0.9:.0f} USD\n") == {
        "budget passed": ["capex"]
    }
    assert seen(tmp_path, None, one, f"budget: {capex * 1.1:.0f} USD\n") == {}


def test_drift_is_told_where_it_is_material(tmp_path: Path) -> None:
    one = held(tmp_path)
    assert seen(tmp_path, one, one, far=Drift(0.03, 0.0, True)) == {"plan drift": ["plan"]}
    assert seen(tmp_path, one, one, far=Drift(0.01, 0.0, False)) == {}


def test_quotes_and_papers_that_end_soon_are_told(tmp_path: Path) -> None:
    """The paper may be changed until 31 December; one quote holds until the 20th, one until June, one is over."""
    paper = held(tmp_path, ("policy:", OFFERED))
    until = {"A": "2026-12-20", "B": "2027-06-01", "C": "2026-12-01"}
    quotes = [{"vendor": "acme", "number": n, "valid_until": day} for n, day in until.items()]
    entry = Entry(1, "quotes", DAY, "", {"quotes": quotes}, (), "", "", "")
    found = seen(tmp_path, None, paper, entries=(entry,))
    assert found == {"quote expiring": ["acme A", "paper"]}


def test_old_figures_behind_open_offers_are_told(tmp_path: Path) -> None:
    one = held(tmp_path)
    late = Seen(settings(tmp_path), date(2035, 1, 1), one, None, None, ())
    early = Seen(settings(tmp_path), date(2020, 1, 1), one, None, None, ())
    assert {f.subject for f in fired(late) if f.trigger == "data stale"}
    assert not {f.subject for f in fired(early) if f.trigger == "data stale"}


@pytest.mark.parametrize(("hazard", "fires"), [("0.3", True), ("0.05", False)])
def test_a_belief_beyond_the_frontier_fires_and_one_within_it_does_not(
    tmp_path: Path, hazard: str, fires: bool
) -> None:
    """By the closed form the etched chip leaves at a hazard of 0.100 a year: a belief of 0.3 is beyond
    it, one of 0.05 within. Where the review does not watch the frontier, nothing is said.
    """
    catalog = tmp_path / "catalog"
    shutil.copytree(ROOT / "tests" / "catalogs" / "lands", catalog)
    chip = catalog / "chips" / "technology-1-chip.yaml"
    chip.write_text(chip.read_text().replace("gradient: 1", "gradient: 7"))
    text = edited(
        SPECIAL,
        (str(ROOT / "tests" / "catalogs" / "lands"), str(catalog)),
        ("hazard: 0.1 1/year", f"hazard: {hazard} 1/year"),
        ("keep: {1: {", "keep: {7: {"),
    )
    new = saved(loaded(written(tmp_path, text, "special")), tmp_path)
    told = seen(tmp_path, None, new, "watch: {frontier: true}\nrisk: {draws: 60, seed: 7}\n")
    assert told.get("hazard over the frontier", []) == (["technology-1"] if fires else [])
    assert "hazard over the frontier" not in seen(tmp_path, None, new)
