"""What a plan decides beside its orders shows in a diff: hours, tokens, blocks, exits, with hand-made amounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import called
from tests.contracts.deals import contract, run, under
from tests.contracts.papers import demand
from tests.sites.asking import BUY, FOUR, home, power

HOUR = {"sites": "[cloud]", "min_total": "", "max_total": "", "available_until": ""}
HALVES = ("load_blocks: {all: 1}", "load_blocks: {day: 0.5, night: 0.5}")


def between(
    folder: Path, old: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]
) -> dict[str, tuple[str, float | None, float | None]]:
    """Sign, old and new amount of every decision that ``planner diff`` shows."""
    runs = [run(folder, *edits).answer["run_id"] for edits in (old, new)]
    told = called("diff", *runs, "--json", "--out", folder / "reports")
    assert told.code == 0, told.err
    return {c["what"]: (c["sign"], c["old"], c["new"]) for c in told.json["decisions"]}


def test_hours_are_told_as_the_mean_of_a_year(tmp_path: Path) -> None:
    """Work that cannot wait takes 3 boxes by day and 1 by night: 2 on the mean; then twice that."""
    firm = ("deferrable: true", "deferrable: false, profile: {day: 1.5, night: 0.5}")
    rented = (HALVES, firm, under("hour", **HOUR))
    changes = between(tmp_path, (demand(2), *rented), (demand(4), *rented))
    assert changes["deal@cloud by the hour in 2028 (mean systems)"] == ("~", pytest.approx(2), pytest.approx(4))  # fmt: skip
    assert len(changes) == 4


def test_tokens_are_told_by_their_work(tmp_path: Path) -> None:
    """Nothing, then 2 Gtok/h by the token."""
    text = "terms: {ownership: meter, metered: {prices: [{model: llm, output: 1 USD/Mtok, meets_slo: true}]}}"  # fmt: skip
    seller = (contract(text), under(**{**HOUR, "system": "", "lead_time": ""}))
    dear = (contract(text.replace("1 USD/Mtok", "99 USD/Mtok")), seller[1])
    changes = between(tmp_path, (demand(2), *dear), (demand(2), *seller))
    assert changes["deal for work in 2027 (mean Gtok/h)"] == ("+", None, pytest.approx(2))


def test_blocks_and_orders_are_told_where_they_come(tmp_path: Path) -> None:
    """Two feeders let two more boxes stand."""
    feeder = home("blocks: {feeder: {kind: grid, power: 1 MW, price: 2 MUSD, lead_time: 4 weeks, life: 4 year}}")  # fmt: skip
    small = (FOUR, BUY, power("2 MW"))
    changes = between(tmp_path, small, (*small, feeder))
    assert changes == {
        "feeder@home for 2027 (blocks)": ("+", None, pytest.approx(2)),
        "deal@home for 2027": ("~", pytest.approx(2), pytest.approx(4)),
    }


def test_what_ends_early_is_told_with_its_cohort(tmp_path: Path) -> None:
    """Four sold down to one after a year; kept where nobody buys."""
    falls = ("demand: 1 Mtok/h", "demand: {2027: 4 Gtok/h, 2028: 1 Gtok/h}")
    resold = contract("based_on: buy, terms: {resale: true}")
    free = {"min_total": "", "max_total": "", "available_until": "", "system": "wet-box"}
    changes = between(tmp_path, (falls, under("buy", **free)), (falls, resold, under(**free)))
    assert changes == {"deal@home of 2027 sold in 2028": ("+", None, pytest.approx(3))}
