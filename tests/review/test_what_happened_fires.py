"""What happened fires the triggers of the next review: a slip, a rise, a cut, a claim not met, a quote's end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.options.join import join
from planner.scenario.load import load
from tests.cli.command import called
from tests.review.filled import GOOD as QUOTE
from tests.review.filled import catalog, filled
from tests.review.happened import MEMORY, PRICE, SIGNED, SLIP, SPEED, book
from tests.review.small import REVIEW
from tests.support import GOOD, edited, written


def review(folder: Path, *words: str | Path, today: str) -> dict[str, Any]:
    told = called("review", *words, "--today", today, "--out", folder / "reports", "--json")
    assert told.code == 0, told.err
    return told.json


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """December's plan is approved; then five things happen, and March's review is held.

    The slip is from April to October, the price seen 440 kUSD instead of 400, the memory confirmed for
    2027Q3 30 TB instead of 60 (7 % of seven quarters), the speed measured a fifth below the planned one, and the quote of
    395 kUSD holds until 10 April, 26 days after the review.
    """
    folder = tmp_path_factory.mktemp("happened")
    scenario = written(folder, edited(GOOD, ("periods: 4", "periods: 8"), ("pools:\n", SIGNED)), "scenario")  # fmt: skip
    (folder / "small.yaml").write_text(REVIEW, encoding="utf-8")
    (first,) = review(folder, "tick", folder / "small.yaml", today="2026-12-15")["held"]
    for role in first["required"]:
        review(folder, "approve", "latest", "--role", role, "--by", "Ann", "--decision", "approve", today="2026-12-16")  # fmt: skip
    planned = join(load(scenario)).configurations["acme-fast"].rates["chat"].tok_per_s
    sheets = {
        "slips": [{**SLIP, "new delivery": "2027-10"}],
        "prices": [{**PRICE, "offer": "fast-buy", "asked": 440000, "seen on": date(2027, 3, 1)}],
        "memory": [{**MEMORY, "period": "2027Q3", "amount": 30}],
        "throughput": [{**SPEED, "measured": 0.8 * planned}],
    }
    review(folder, "actuals", book(folder, sheets), "--scenario", scenario, today="2027-03-12")
    quotes = filled(folder, {**QUOTE, "price": 395000, "valid until": date(2027, 4, 10), "quoted on": date(2027, 3, 1)}, of=catalog())  # fmt: skip
    told = called("quotes", "import", quotes, "--scenario", scenario, "--today", "2027-03-12", "--out", folder / "reports")  # fmt: skip
    assert told.code == 0, told.err
    (second,) = review(folder, "tick", folder / "small.yaml", today="2027-03-15")["held"]
    found: dict[str, set[str]] = {}
    for one in second["triggers"]:
        found.setdefault(one["trigger"], set()).add(one["subject"])
    return found


@pytest.mark.parametrize(
    ("trigger", "subject"),
    [
        ("delivery late", "first"),
        ("HBM short", "hbm3e"),
        ("claim not met", "acme-fast on chat"),
        ("quote expiring", "acme A-17"),
    ],
)
def test_it_fires(trigger: str, subject: str, fired: dict[str, set[str]]) -> None:
    assert [found for found in fired.get(trigger, set()) if found.startswith(subject)]


def test_what_did_not_happen_does_not_fire(fired: dict[str, set[str]]) -> None:
    assert "budget passed" not in fired
