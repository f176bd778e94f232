"""``planner run --targets``: what every offer's price could do, what only lost ones', and none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.command import called
from tests.contracts.deals import Outcome, run, scenario
from tests.sites.asking import BUY, FOUR

RIVAL = (BUY[0], f"{BUY[1]}\n  rival: {{system: gddr-box, contract: buy, sites: [home], lead_time: 4 weeks}}")  # fmt: skip
"""As good a box at 3 MUSD, where ours asks 1."""


def verdict(made: Outcome, offer: str) -> dict[str, str]:
    (line,) = [row for row in made.table("options") if row["id"] == offer]
    return line


def test_all_prices_what_lost_and_what_won(tmp_path: Path) -> None:
    """Where both ask the same they change places: the rival at 1 MUSD, ours at 3.

    Without ours four rivals cost 12 MUSD, 8 more; at 1 % above and below the rival is out and in.
    """
    made = run(tmp_path, FOUR, RIVAL, flags=("--targets", "all"))
    won, lost = verdict(made, "deal"), verdict(made, "rival")
    assert (won["verdict"], lost["verdict"]) == ("chosen", "lost")
    assert float(won["leaves_above_share"]) == pytest.approx(3, rel=1e-4)
    assert float(won["shrinks_above_share"]) == pytest.approx(3, rel=1e-4)
    assert float(won["without_it_usd"]) == pytest.approx(8e6)
    assert (float(lost["target_price_usd"]), lost["target_proven"]) == (pytest.approx(1e6), "True")
    told = called("run", scenario(tmp_path, FOUR, RIVAL), "--targets", "all", "--out", tmp_path / "told")  # fmt: skip
    (row,) = [line for line in told.out.splitlines() if "(+200.0%)" in line]
    assert row.split() == ["deal", "1", "MUSD", "3", "MUSD", "3", "MUSD", "(+200.0%)", "+8", "MUSD"]


def test_what_no_plan_can_do_without_leaves_at_no_price(tmp_path: Path) -> None:
    """All must be served and ours alone can."""
    served = ("deferrable: true", "deferrable: true, service_level: 100 %")
    told = called("run", scenario(tmp_path, FOUR, BUY, served), "--targets", "all", "--out", tmp_path / "told")  # fmt: skip
    (row,) = [line for line in told.out.splitlines() if "at no price" in line]
    assert row.split()[-2:] == ["no", "plan"]


def test_lost_ones_alone_are_priced_unless_all_are_asked_for(tmp_path: Path) -> None:
    """By default the rival has its target and ours no room; the plan is the same."""
    made = run(tmp_path, FOUR, RIVAL)
    assert verdict(made, "rival")["target_price_usd"] != ""
    assert verdict(made, "deal")["leaves_above_share"] == ""
    assert made.npv_musd == pytest.approx(-4)


def test_none_asks_nothing(tmp_path: Path) -> None:
    """Neither; and another word is refused."""
    made = run(tmp_path, FOUR, RIVAL, flags=("--targets", "none"))
    assert verdict(made, "rival")["target_price_usd"] == ""
    assert verdict(made, "deal")["leaves_above_share"] == ""
    assert called("run", scenario(tmp_path), "--targets", "some", "--out", tmp_path).code == 2


def test_a_plan_without_scarcity_says_so(tmp_path: Path) -> None:
    """Four boxes where a thousand may stand; three where three may."""
    free = called("run", scenario(tmp_path, FOUR, BUY), "--out", tmp_path / "told").out
    assert "Nothing scarce holds it back" in free
    short = ("    racks: 1000\n", "    racks: 3\n")
    tight = called("run", scenario(tmp_path, FOUR, BUY, short), "--out", tmp_path / "told").out
    assert "What holds it back\n  - one more" in tight


def test_an_offer_that_only_seems_to_tie_is_said_to_lose(tmp_path: Path) -> None:
    """Rented B200 by the hour sets what an hour is worth, and at one set of prices H100 by the hour
    earns back its cost too; solved again it needs four fifths off. H200 nodes that lost plainly say
    by how much instead.
    """
    told = called("run", "risk-small", "--targets", "all", "--out", tmp_path, "--json")
    table = (Path(told.json["run_dir"]) / "tables" / "options.csv").read_text().splitlines()
    rows = {row["id"]: row for row in csv.DictReader(table)}
    seems, plain = rows["h100-on-demand"], rows["h200-buy"]
    assert seems["why"].startswith("several sets of prices prove this plan")
    assert (seems["missed_by_usd"], float(seems["target_share"]) < 0.9) == ("", True)
    assert plain["why"].startswith("at best")
    assert float(plain["missed_by_usd"]) > 0
