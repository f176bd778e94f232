"""Two years of reviews through the command line: every change is explained, and the parts add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from planner.plan.scarcity import money
from tests.cli.command import called
from tests.review.play import (
    QUARTERS,
    Happening,
    Play,
    hazard,
    memory_cut,
    more_demand,
    price_jump,
    slip,
)
from tests.support import ROOT

PAGE = ROOT / "docs" / "quality" / "reviews.md"


def played(
    folder: Path, parent: str, happenings: Sequence[Happening | None], horizon: str = "rolling"
) -> Play:
    play = Play(folder, parent, horizon)
    play.begin()
    for day, happening in zip(QUARTERS, happenings, strict=True):
        play.quarter(day, happening)
    return play


def causes(play: Play, quarter: int) -> set[str]:
    why = play.held[quarter].review["attribution"]
    return {cause for step in why["steps"] for cause in step["causes"]}


def triggers(play: Play, quarter: int) -> set[str]:
    return {fired["trigger"] for fired in play.held[quarter].review["triggers"]}


def assert_adds_up(play: Play) -> None:
    """The steps of each attribution, and the money of each diff, are the change in NPV."""
    assert len(play.held) == len(QUARTERS)
    for before, after in zip(play.held, play.held[1:], strict=False):
        change = after.review["npv_usd"] - before.review["npv_usd"]
        assert after.review["baseline_run"] == before.review["run_id"]
        assert after.steps_usd == pytest.approx(change, rel=1e-9, abs=1.0)
        scale = abs(before.review["npv_usd"]) + abs(after.review["npv_usd"])
        assert after.money_usd == pytest.approx(-change, abs=1e-4 * scale)
    verified = called("review", "verify", "--out", play.out, "--json")
    assert (verified.code, verified.json["problems"]) == (0, [])


def test_two_years_on_the_quickstart(tmp_path: Path) -> None:
    play = played(
        tmp_path,
        "quickstart",
        (
            None,
            price_jump("b200-buy", 1.25),
            slip,
            memory_cut("hbm3e", {"2027Q1": "60 TB", "2027Q4": "4 TB"}),
            hazard("15 %/year"),
            more_demand("chat-70b", "360 ktok/s", "60 %/year"),
            slip,
            price_jump("b200-buy", 1.0),
        ),
    )
    assert_adds_up(play)
    assert "price moved" in triggers(play, 1)
    assert "delivery late" in triggers(play, 2)
    assert "HBM short" in triggers(play, 3)
    for quarter, cause in ((1, "prices"), (2, "delivery"), (3, "supply"), (4, "beliefs"), (5, "demand")):  # fmt: skip
        assert {"time", cause} <= causes(play, quarter)
    states = called("review", "list", "--out", play.out, "--json").json["reviews"]
    assert [one["state"] for one in states] == ["approved"] * 8


@pytest.mark.soak
def test_two_years_on_the_reference(tmp_path: Path) -> None:
    """Two slips, a price jump, a memory cut, a hazard's rise; the page of figures is written anew."""
    play = played(
        tmp_path,
        "reference",
        (
            hazard("5 %/year"),
            price_jump("gb300-buy", 1.2),
            slip,
            memory_cut(
                "hbm3e",
                {"2027Q1": "60 TB", "2027Q4": "40 TB", "2028Q3": "90 TB", "2029Q1": "120 TB"},
            ),
            hazard("15 %/year"),
            more_demand("chat-70b", "1.8 Mtok/s", "60 %/year"),
            slip,
            price_jump("gb300-buy", 1.0),
        ),
        "fixed end",
    )
    assert_adds_up(play)
    PAGE.write_text(page(play), encoding="utf-8")


def page(play: Play) -> str:
    """The figures of a play as a page."""
    lines = [
        "# Two years of reviews on the reference\n",
        "Written by `make soak`: eight quarterly reviews through the command line; after each its orders are signed "
        "as planned. Before them: a price jumps by a fifth (2nd) and falls back (8th), deliveries slip (3rd, 7th), "
        "memory is cut (4th), displacement is believed three times likelier (5th), demand is raised by a fifth (6th). "
        "Every row adds up to the change in NPV.\n",
        "| review | NPV | to sign for | change | by cause | triggers |",
        "|---|---:|---:|---:|---|---|",
    ]
    for held in play.held:
        body, why = held.review, held.review["attribution"]
        steps = [] if why is None else why["steps"]
        parts = "; ".join(f"{' and '.join(s['causes'])} {money(s['npv_usd'])}" for s in steps)
        change = "–" if why is None else money(why["change_usd"])
        fired = ", ".join(sorted({one["trigger"] for one in body["triggers"]}))
        cells = (body["planned"], money(body["npv_usd"]), money(body["amount_usd"]), change, parts or "–", fired)  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def test_the_quarters_are_eight_and_in_order() -> None:
    assert len(QUARTERS) == 8
    assert QUARTERS[0] == date(2026, 12, 15)
    assert list(QUARTERS) == sorted(QUARTERS)
