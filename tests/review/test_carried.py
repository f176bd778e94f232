"""What really happened finds its way into the next review, and what it moved is told as its cause."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from planner.review.actuals.kind import World
from planner.review.actuals.read import facts_in, keep, read_actuals
from planner.scenario.load import load
from tests.cli.command import called
from tests.review.small import QUARTERS, Case, case

BUSY = ("start: 100 ktok/s", "start: 800 ktok/s")


def reported(made: Case, name: str, heads: str, row: str, day: str) -> None:
    """One row of what happened, as its file tells it."""
    path = made.folder / f"{name}.csv"
    path.write_text(f"{heads}\n{row}\n", encoding="utf-8")
    history, on = made.history, date.fromisoformat(day)
    known = tuple(facts_in(history.entries()))
    world = World(load(made.file.with_name("scenario.yaml")), known, on)
    keep(history, path, read_actuals(path, world, name), at=on)


def test_an_order_placed_as_approved_is_on_paper_in_the_next_plan_and_no_drift(
    tmp_path: Path,
) -> None:
    """The order due in February is placed as planned: the next review finds it signed, takes up one
    contract, orders nothing twice, and calls it delivery, not drift."""
    made = case(tmp_path, scenario=[BUSY])
    [first] = made.tick(QUARTERS[0])
    for role in ("lead", "CFO"):
        words = ("--role", role, "--by", "Ann", "--decision", "approve", "--out", made.out)
        assert called("review", "approve", "latest", *words).code == 0
    [order] = [one for one in first.body["decisions"] if one["decision"] == "order"]
    heads = "cohort,offer,site,systems,ordered,delivery,price,currency"
    row = f"first,fast-buy,home,{order['systems']!r},2027-02-01,2027-07-01,400000,USD"
    reported(made, "orders", heads, row, "2027-02-02")
    [second] = made.tick(QUARTERS[1])
    assert [change["key"] for change in second.body["carried"]] == ["signed.first"]
    causes = {cause for step in second.body["attribution"]["steps"] for cause in step["causes"]}
    assert {"time", "delivery"} <= causes
    again = [one for one in second.body["decisions"] if one["decision"] == "order" and "2027Q3" in one["sentence"]]  # fmt: skip
    assert again == []
    assert "Taken up from the history" in called("review", "show", "--out", made.out).out


def test_a_slip_is_told_by_its_trigger(tmp_path: Path) -> None:
    """The same contract a quarter late: delivery late fires, and the review's cause is delivery."""
    made = case(tmp_path, scenario=[BUSY])
    heads = "cohort,offer,site,systems,ordered,delivery,price,currency"
    reported(made, "orders", heads, "first,fast-buy,home,4,2026-12-01,2027-07-01,400000,USD", "2026-12-02")  # fmt: skip
    made.tick(QUARTERS[0])
    for role in ("lead", "CFO"):
        words = ("--role", role, "--by", "Ann", "--decision", "approve", "--out", made.out)
        assert called("review", "approve", "latest", *words).code in (0, 2)
    reported(
        made, "slips", "cohort,told on,new delivery", "first,2027-03-01,2027-10-01", "2027-03-02"
    )
    [second] = made.tick(QUARTERS[1])
    assert "delivery late" in {fired["trigger"] for fired in second.body["triggers"]}
