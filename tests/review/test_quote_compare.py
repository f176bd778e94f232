"""Quotes beside the target prices of a run, through the commands a buyer uses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.catalog.load import load
from planner.plan.saved import read_rows
from planner.scenario.load import find_catalog
from tests.cli.command import called
from tests.plan.plans import saved
from tests.review.filled import GOOD, filled

QUOTE = {**GOOD, "contract": None, "minimum": None, "maximum": None}
MI355X = {**QUOTE, "vendor": "amd", "system": "amd-mi355x"}
B200 = {**QUOTE, "vendor": "nvidia", "system": "nvidia-hgx-b200"}
H100 = {**QUOTE, "vendor": "coreweave", "system": "nvidia-hgx-h100", "per": "chip-hour"}
ROWS = [
    {**MI355X, "quote number": "low", "price": 300_000},
    {**MI355X, "quote number": "high", "price": 332_300},
    {**MI355X, "quote number": "short", "price": 300_000, "valid until": date(2026, 12, 5)},
    {**B200, "quote number": "kept", "price": 440_000},
    {**B200, "quote number": "risen", "price": 483_000},
    {**H100, "quote number": "hour", "price": 1.1},
    {**QUOTE, "quote number": "alone", "vendor": "intel", "system": "intel-gaudi-3", "price": 90_000},
]  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The quickstart's run and the quotes above, imported."""
    folder = tmp_path_factory.mktemp("reports")
    saved("quickstart", folder)
    book = filled(folder, *ROWS, of=load(find_catalog("default")), name="all.xlsx")
    told = called("quotes", "import", book, "--today", "2026-12-01", "--out", folder)
    assert told.code == 0, told.err
    return folder


@pytest.fixture(scope="module")
def found(out: Path) -> dict[str, dict[str, Any]]:
    answer = called("quotes", "compare", "latest", "--today", "2026-12-01", "--out", out, "--json")
    return {row["number"]: row for row in answer.json["quotes"]}


def test_a_quote_under_the_target_enters_and_one_over_it_says_by_how_much(
    found: dict[str, dict[str, Any]],
) -> None:
    """The run's target for mi355x-buy is 302,091 USD: 300,000 is under it, 332,300 is 10 % over it."""
    low, high = found["low"], found["high"]
    assert (low["offer"], low["verdict"]) == ("mi355x-buy", "enters")
    assert low["target_usd"] == pytest.approx(302_091, abs=1)
    assert (high["verdict"], high["dearer_share"]) == ("too dear", pytest.approx(0.1, abs=1e-4))
    assert high["dearer_usd"] == pytest.approx(332_300 - 302_091, abs=1)


def test_the_plan_does_take_the_offer_at_the_quote_that_enters_and_not_at_the_other(
    out: Path,
) -> None:
    """The same two prices set in the scenario: the offer is chosen at the first and lost at the second."""
    for price, chosen in ((300_000, "chosen"), (332_300, "lost")):
        run = called("run", "quickstart", "--set", f"offers.mi355x-buy.price={price} USD", "--targets", "none", "--out", out / "proof", "--json")  # fmt: skip
        rows = {row["id"]: row for row in read_rows(Path(run.json["run_dir"]), "options")}
        assert rows["mi355x-buy"]["verdict"] == chosen


def test_a_quote_that_ends_before_its_order_pays_is_held_to_the_price_of_an_order_now(
    found: dict[str, dict[str, Any]],
) -> None:
    """The target holds for an order by 2027-02-11; a quote until 2026-12-05 is compared with an order in the window."""
    assert found["low"]["order_by"] == "2027-02-11"
    assert found["short"]["order_by"] == "2026-12-05"


def test_an_offer_of_the_plan_is_held_to_the_price_it_counts_on(
    found: dict[str, dict[str, Any]],
) -> None:
    """480 kUSD falling 8 % a year are 480 · 0.92^(2/4) = 460.4 in 2027Q3, the first delivery: 440 is under, 483 over."""
    assert found["kept"]["delivery"] == "2027Q3"
    assert found["kept"]["target_usd"] == pytest.approx(480_000 * 0.92**0.5)
    assert (found["kept"]["offer"], found["kept"]["verdict"]) == ("b200-buy", "in the plan")
    assert found["risen"]["verdict"] == "dearer than planned"


def test_a_price_by_the_chip_hour_is_compared_by_the_chip_hour(
    found: dict[str, dict[str, Any]],
) -> None:
    """9.473 USD a system-hour over 8 chips is 1.184 USD a chip-hour; 1.1 is under it."""
    assert found["hour"]["target_usd"] == pytest.approx(9.473 / 8, abs=1e-4)
    assert (found["hour"]["offer"], found["hour"]["verdict"]) == ("h100-on-demand", "enters")


def test_a_quote_for_what_nobody_offers_says_so(found: dict[str, dict[str, Any]]) -> None:
    assert (found["alone"]["offer"], found["alone"]["verdict"]) == (None, "unknown offer")


def test_quotes_expire_in_list_and_compare(out: Path) -> None:
    now = called("quotes", "list", "--today", "2026-12-01", "--out", out, "--json").json["quotes"]
    later = called("quotes", "list", "--today", "2026-12-06", "--out", out, "--json").json["quotes"]
    assert {q["number"] for q in now} - {q["number"] for q in later} == {"short"}
    told = called("quotes", "compare", "--today", "2027-02-20", "--out", out, "--json").json[
        "quotes"
    ]
    assert {row["verdict"] for row in told} == {"expired"}


def test_for_people_the_verdicts_are_sentences(out: Path) -> None:
    told = called("quotes", "compare", "--today", "2026-12-01", "--out", out).out
    assert "too dear: 10.0% over the target for 2027Q3, order by 2027-02-11" in told
    assert "mi355x-buy" in called("quotes", "compare", "--today", "2026-12-01", "--out", out).out
    assert "A-17" not in told


def test_the_same_file_again_is_told_and_adds_nothing(out: Path) -> None:
    told = called("quotes", "import", out / "all.xlsx", "--today", "2026-12-02", "--out", out)
    assert "nothing added" in told.out
    assert called("review", "verify", "--out", out, "--json").json["entries"] == 1


def test_a_spoilt_workbook_leaves_the_history_as_it_was(out: Path, tmp_path: Path) -> None:
    book = filled(tmp_path, *ROWS, {**ROWS[0], "quote number": "x", "price": "dear"}, of=load(find_catalog("default")))  # fmt: skip
    told = called("quotes", "import", book, "--today", "2026-12-01", "--out", out)
    assert told.code == 3
    assert "REV045" in told.err
    assert called("review", "verify", "--out", out, "--json").json["entries"] == 1


def test_a_template_is_never_written_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "for-amd.xlsx"
    assert called("quotes", "template", "--out", path).code == 0
    before = path.read_bytes()
    again = called("quotes", "template", "--out", path)
    assert (again.code, path.read_bytes()) == (2, before)
    assert "exists already" in again.err
