"""Approvals: by role and amount, tied to the bytes that were reviewed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.errors import UnknownName
from planner.review.approval import NotApprovable, approve, approved, find, standing
from planner.review.entry import Entry
from tests.cli.command import Called, called
from tests.review.small import QUARTERS, Case, case

ROLES = ["lead", "CFO"]
DEMAND = ("start: 100 ktok/s", "start: 800 ktok/s")


@pytest.fixture
def made(tmp_path: Path) -> Case:
    """One review held; what is to be signed needs both roles."""
    made = case(tmp_path, scenario=[DEMAND])
    made.tick(QUARTERS[0])
    return made


def review(made: Case) -> Entry:
    return made.history.entries("review")[-1]


def sign(made: Case, role: str, decision: str = "approve", note: str = "") -> None:
    approve(made.history, review(made), role, "Ann", decision, at=QUARTERS[0], roles=ROLES, note=note)  # type: ignore[arg-type]  # fmt: skip


def state(made: Case) -> tuple[str, tuple[str, ...]]:
    stands = standing(made.history.entries(), review(made))
    return stands.state, stands.missing


def test_the_roles_that_must_sign_follow_the_amount(made: Case, tmp_path: Path) -> None:
    """800 ktok/s need orders of more than 1 MUSD, 100 ktok/s none: only then the CFO signs."""
    assert review(made).body["amount_usd"] > 1e6
    assert state(made) == ("open", ("lead", "CFO"))
    less = case(tmp_path / "less")
    less.tick(QUARTERS[0])
    assert review(less).body["amount_usd"] == 0.0
    assert state(less) == ("open", ("lead",))


def test_a_review_is_approved_when_every_required_role_has_signed(made: Case) -> None:
    sign(made, "lead")
    assert state(made) == ("open", ("CFO",))
    assert approved(made.history.entries(), "small") is None
    sign(made, "CFO", "conditions", "after the bank agrees")
    assert state(made) == ("approved", ())
    assert approved(made.history.entries(), "small") == review(made)
    assert standing(made.history.entries(), review(made)).conditions == [
        "CFO: after the bank agrees"
    ]


def test_one_rejection_rejects_until_the_role_signs_again(made: Case) -> None:
    sign(made, "lead")
    sign(made, "CFO", "reject")
    assert state(made)[0] == "rejected"
    sign(made, "CFO")
    assert state(made) == ("approved", ())


def test_a_role_that_the_review_does_not_know_is_refused(made: Case) -> None:
    with pytest.raises(UnknownName, match="did you mean 'lead'"):
        sign(made, "leed")


@pytest.mark.parametrize("file", ["plan.json", "manifest.json", "tables/ledger.csv"])
def test_an_edited_run_cannot_be_approved(made: Case, file: str) -> None:
    path = made.out / review(made).body["runs"][0]["path"] / file
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(NotApprovable, match="REV007"):
        sign(made, "lead")
    assert made.history.entries("approval") == []


def test_a_forged_manifest_cannot_be_approved_either(made: Case) -> None:
    """Who edits the plan and makes the manifest agree changes the manifest's own hash."""
    import hashlib

    folder = made.out / review(made).body["runs"][0]["path"]
    (folder / "plan.json").write_bytes((folder / "plan.json").read_bytes() + b" ")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"]["plan.json"] = hashlib.sha256((folder / "plan.json").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(NotApprovable, match="REV007"):
        sign(made, "lead")


def test_the_next_review_is_told_against_the_approved_one_and_not_a_rejected_one(
    made: Case,
) -> None:
    sign(made, "lead")
    sign(made, "CFO")
    first = review(made)
    [second] = made.tick(QUARTERS[1])
    assert (second.body["baseline"], second.body["baseline_run"]) == (
        first.seq,
        first.body["run_id"],
    )
    assert [step["causes"] for step in second.body["attribution"]["steps"]] == [["time"]]
    sign(made, "lead", "reject")
    [third] = made.tick(QUARTERS[2])
    assert third.body["baseline"] == first.seq


def test_a_review_is_found_by_id_run_or_beginning(made: Case) -> None:
    entries = made.history.entries()
    one = review(made)
    assert find(entries, "small-2026-12-15") == find(entries, "latest") == one
    assert find(entries, one.body["run_id"][:6]) == one
    with pytest.raises(UnknownName, match="CLI002"):
        find(entries, "small-2031")


def run(made: Case, *words: object) -> Called:
    return called("review", *map(str, words), "--out", made.out)


def test_signing_through_the_command_line(made: Case) -> None:
    shared = ("--by", "Ann Lee", "--today", "2026-12-16")
    told = run(
        made, "approve", "latest", "--role", "lead", "--decision", "approve", *shared, "--json"
    )
    assert (told.json["state"], told.json["missing"]) == ("open", ["CFO"])
    assert run(made, "approve", "latest", "--role", "CFO", "--decision", "maybe", *shared).code == 2
    bare = run(made, "approve", "latest", "--role", "CFO", "--decision", "conditions", *shared)
    assert "REV031" in bare.err
    note = ("--note", "after the bank agrees")
    run(made, "approve", "latest", "--role", "CFO", "--decision", "conditions", *shared, *note)
    shown = run(made, "status")
    assert "approved, under conditions: CFO: after the bank agrees" in shown.out
    assert "lead, Ann Lee, 2026-12-16: approve" in shown.out
    assert run(made, "list", "--json").json["reviews"][0]["state"] == "approved"


def test_check_ends_with_7_when_todays_plan_differs_materially(made: Case) -> None:
    """As approved: 0. After demand doubles: 7. Nothing is recorded either way."""
    asked = ("check", made.file, "--today", "2026-12-15")
    unapproved = run(made, *asked)
    assert unapproved.code == 7
    assert "nothing is approved yet" in unapproved.err
    sign(made, "lead")
    sign(made, "CFO")
    assert run(made, *asked).code == 0
    made.edit(("start: 800 ktok/s", "start: 1600 ktok/s"))
    changed = run(made, *asked, "--json")
    assert changed.code == 7
    [one] = changed.json["reviews"]
    assert [step["causes"] for step in one["attribution"]["steps"]] == [["demand"]]
    assert one["drift"]["material"] is True
    assert "REV030" in changed.err
    assert len(made.history.entries()) == 3


def test_show_tells_decisions_triggers_and_why(made: Case) -> None:
    sign(made, "lead")
    sign(made, "CFO")
    made.edit(("price: 0.4 MUSD", "price: 0.48 MUSD"))
    made.tick(QUARTERS[1])
    shown = run(made, "show").out
    for words in ("To decide", "price moved: fast-buy", "time", "prices", "together", "Next:  planner diff"):  # fmt: skip
        assert words in shown
    first = run(made, "show", "small-2026-12-15").out
    assert "Nothing was approved before" in first
    assert run(made, "show", "--json").json["name"] == "small"
