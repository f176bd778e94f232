"""Resale and what stands already: systems sold for a share of their own price, systems paid long ago."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import called
from tests.contracts.deals import CATALOG, contract, refused, run, scenario
from tests.contracts.papers import demand, free

FALLS = ("demand: 1 Mtok/h", "demand: {2027: 4 Gtok/h, 2028: 1 Gtok/h}")
RESOLD = contract("based_on: buy, terms: {resale: true}")
OLD = "installed: {old: {system: box, site: home, count: 3, in_service: 2026-01, life: 9 year}}"


def test_what_is_no_longer_needed_is_sold_at_its_age(tmp_path: Path) -> None:
    """Four at 1 MUSD, three sold after a year at half of it: 4 − 1.5."""
    made = run(tmp_path, FALLS, RESOLD, free(system="wet-box"))
    assert made.musd("resale", 1) == pytest.approx(-1.5)
    assert made.npv_musd == pytest.approx(-2.5)
    assert [float(row["systems"]) for row in made.table("fleet")] == pytest.approx([4, 1, 1, 1])


def test_without_resale_all_four_are_kept(tmp_path: Path) -> None:
    """The twin: 4."""
    made = run(tmp_path, FALLS, free("buy", system="wet-box"))
    assert made.musd("resale") == 0
    assert made.npv_musd == pytest.approx(-4)


def test_a_price_of_its_own_is_what_a_share_is_of(tmp_path: Path) -> None:
    """Bought for 2 MUSD each: three go for 3."""
    made = run(tmp_path, FALLS, RESOLD, free(system="wet-box", price="2 MUSD"))
    assert made.musd("resale", 1) == pytest.approx(-3)


def test_nobody_pays_more_than_was_paid(tmp_path: Path) -> None:
    """A market that gives 120 % is refused before anything is solved."""
    catalog = shutil.copytree(CATALOG, tmp_path / "catalog")
    market = catalog / "markets" / "used.yaml"
    market.write_text(market.read_text(encoding="utf-8").replace("value: 0.5", "value: 1.2"), encoding="utf-8")  # fmt: skip
    elsewhere = (f"catalog: {CATALOG}", f"catalog: {catalog}")
    file = scenario(tmp_path, FALLS, RESOLD, free(system="wet-box"), elsewhere)
    told = called("run", file, "--out", tmp_path / "reports")
    assert told.code == 3
    assert "PRG005" in told.err


def test_what_stands_serves_and_is_not_paid_again(tmp_path: Path) -> None:
    """Three of four stand: one is bought. Without them four."""
    standing = ("contracts: {}", f"{OLD}\ncontracts: {{}}")
    made = run(tmp_path, demand(4), free("buy"), standing)
    assert made.npv_musd == pytest.approx(-1)
    assert run(tmp_path, demand(4), free("buy")).npv_musd == pytest.approx(-4)


def test_what_stands_goes_at_the_end_of_its_life(tmp_path: Path) -> None:
    """Three years from January 2026: two of them in the plan, then three more are bought, half left.

    1 + 3 − 1.5.
    """
    short = OLD.replace("life: 9 year", "life: 3 year")
    made = run(tmp_path, demand(4), free("buy"), ("contracts: {}", f"{short}\ncontracts: {{}}"))
    assert made.npv_musd == pytest.approx(-2.5)


def test_none_of_what_stands_is_refused(tmp_path: Path) -> None:
    """A count of nothing, at its key."""
    none = OLD.replace("count: 3", "count: 0")
    said = refused(tmp_path, free("buy"), ("contracts: {}", f"{none}\ncontracts: {{}}"))
    assert "installed.old.count" in said
