"""What is sold, given back or cancelled within the window is decided before the draw is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from planner.risk.due import due, settled
from planner.risk.functional import Functional
from planner.risk.modes import answer, two_stage
from planner.risk.orders import decisions
from planner.risk.recourse import Recourse
from planner.risk.setting import Setting, orders_of, planned, setting
from planner.risk.stage import rows_of
from planner.risk.window import decided_now
from tests.risk.risky import risky

WINDOW = 0.75
"""From 20 November 2026 into August 2027: the quarters that begin in January, April and July."""
CANCELLED = (
    "  fast-rent: {system: acme-fast, contract: rent, sites: [cloud]}\n",
    "  fast-rent: {system: acme-fast, contract: rent, sites: [cloud]}\n"
    "  year: {system: acme-fast, contract: ours, sites: [cloud], price: 2 USD/chip/h, lead_time: 4 weeks}\n"
    "contracts:\n"
    "  ours:\n"
    "    terms:\n"
    "      ownership: reserve\n"
    "      term: 1 year\n"
    "      cancellable: true\n"
    "      exit_fee: 50 %\n"
    "      cancel_window: {opens: 0 year, notice: 26 weeks}\n",
)
WITHOUT_NOTICE = (CANCELLED[0], CANCELLED[1].replace(", notice: 26 weeks", ""))


def leaving_now(made: Setting, offer: str) -> dict[int, bool]:
    """Period -> whether it is decided now what of an offer leaves then."""
    space = made.base.program.space
    now = decided_now(space, WINDOW)
    return {
        c.key[3]: bool(now[j])
        for j, c in enumerate(space.columns)
        if c.kind == "sell" and c.key[0] == offer and c.key[2] == 0
    }


def test_what_is_resold_within_the_window_is_decided_now(tmp_path: Path) -> None:
    """Resale needs no notice: what leaves in April or July is decided now, in October it is not."""
    made = setting(risky(tmp_path), 4, 7)
    assert leaving_now(made, "fast-buy") == {1: True, 2: True, 3: False}


def test_a_notice_brings_the_decision_forward(tmp_path: Path) -> None:
    """26 weeks before October lies April, within the window; without a notice October is decided
    later. What is ordered within the window cannot be cancelled before it is ordered.
    """
    told = setting(risky(tmp_path, CANCELLED, name="told"), 4, 7)
    free = setting(risky(tmp_path, WITHOUT_NOTICE, name="free"), 4, 7)
    assert leaving_now(told, "year") == {1: True, 2: True, 3: True}
    assert leaving_now(free, "year") == {1: True, 2: True, 3: False}
    for column in told.base.program.space.columns:
        if column.kind == "sell" and column.key[0] == "year":
            ordered = next(c for c in told.base.program.space.columns if c.kind == "deliver" and c.key == column.key[:3])  # fmt: skip
            left, bought = due(told.options, column), due(told.options, ordered)
            assert left is not None
            assert bought is not None
            assert left >= bought


def test_what_is_held_in_the_window_follows_from_what_was_decided(tmp_path: Path) -> None:
    """The cohort rows of these quarters speak of decisions of now alone, so no draw parts them; what
    is held is no decision of its own.
    """
    made = setting(risky(tmp_path), 4, 7)
    base, last = made.base, 2
    alone = rows_of(base.arrays, decided_now(base.program.space, WINDOW))
    within = [alone[j] for j, (family, key) in enumerate(base.labels) if family == "cohort" and key[3] <= last and key[2] <= last]  # fmt: skip
    assert within
    assert all(within)
    held = next(c for c in base.program.space.columns if c.kind == "own")
    assert due(made.options, held) is None
    assert settled(made.options, held) is not None


def test_what_leaves_is_told_by_the_names_of_its_periods(tmp_path: Path) -> None:
    """A system delivered in January and sold in April is told so, with the last day; nothing that
    merely follows is told.
    """
    made = setting(risky(tmp_path), 4, 7)
    problem = two_stage(made, "adapt", WINDOW)
    count = len(problem.first_columns)
    found = answer(made, planned(made.loaded), "adapt", Functional(), window_years=WINDOW)
    rows = decisions(made, replace(found, decided=np.ones(count)))
    sold = {row["of"]: row["due"] for row in rows}
    assert sold["fast-buy, home, 2027Q1, 2027Q2"] == "2027-04-01"
    assert {row["decision"] for row in rows} == {"sell"}


def test_every_draw_holds_the_same_systems_within_the_window(tmp_path: Path) -> None:
    """Four draws under the plan's own decisions: what is owned to July is alike, whatever was drawn."""
    loaded = risky(tmp_path)
    made = setting(loaded, 4, 7)
    problem = two_stage(made, "adapt", WINDOW)
    space = made.base.program.space
    decided = orders_of(planned(loaded), space, problem.first)
    recourse = Recourse(problem)
    plans = [recourse.solve(problem.worlds[k], decided).x for k in range(4)]
    early = [j for j, c in enumerate(space.columns) if c.kind in ("own", "sell") and c.key[3] <= 2 and c.key[2] == 0]  # fmt: skip
    assert early
    for x in plans[1:]:
        assert x is not None
        assert plans[0] is not None
        assert np.allclose(x[early], plans[0][early], atol=1e-7)
