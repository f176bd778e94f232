"""Through the commands: what happened is in the next review's plan, and people are told of the review."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.plan.inputs import load_inputs
from planner.review.announce import KIND
from planner.review.history import History
from planner.review.seal import seals_in
from tests.cli.command import Called, called
from tests.review.happened import ORDER, table
from tests.review.small import REVIEW
from tests.review.test_notices import server
from tests.support import GOOD, edited, written

HOOK = "PLANNER_TEST_REVIEW_HOOK"
CHANNEL = f"notifications: [{{channel: webhook, url_from: {HOOK}}}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small scenario of one workload and two offers, reviewed every quarter, with a webhook."""
    written(tmp_path, edited(GOOD, ("periods: 4", "periods: 8")), name="scenario")
    (tmp_path / "small.yaml").write_text(REVIEW + CHANNEL, encoding="utf-8")
    return tmp_path


def review(folder: Path, *words: str, today: str) -> Called:
    """A command of the review on a day."""
    verb, *rest = words
    return called("review", verb, folder / "small.yaml", *rest, "--today", today, "--out", folder / "reports")  # fmt: skip


def entries(folder: Path, kind: str) -> list[Any]:
    return History(folder / "reports" / "history").entries(kind)


def test_an_order_placed_is_signed_in_the_next_reviews_plan(folder: Path) -> None:
    """Four systems ordered in January: not in December's plan, delivered by June as a locked contract in March's."""
    assert review(folder, "tick", today="2026-12-15").code == 0
    orders = table(folder, ORDER)
    told = called("review", "actuals", orders, "--scenario", folder / "scenario.yaml", "--today", "2027-03-01", "--out", folder / "reports")  # fmt: skip
    assert told.code == 0, told.err
    assert review(folder, "tick", today="2027-03-15").code == 0
    first, second = (
        load_inputs(folder / "reports" / seals_in(entry.body)[0].path).scenario
        for entry in entries(folder, "review")
    )
    assert "second" not in first.signed
    assert (second.signed["second"].count, second.signed["second"].state) == (4, "locked")
    known = review(folder, "known", "--json", today="2027-03-15").json
    assert [(c["key"], c["before"], c["seq"]) for c in known["changes"]] == [("signed.second", None, entries(folder, "actuals")[0].seq)]  # fmt: skip
    assert "ordered under fast-buy on 2027-01-15" in review(folder, "known", today="2027-03-15").out


def test_a_review_held_is_told_and_how_that_went_is_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server() as received:
        monkeypatch.setenv(HOOK, received.url)
        assert review(folder, "tick", today="2026-12-15").code == 0
        assert review(folder, "tick", today="2026-12-16").code == 0, "nothing is due"
    ((_, _, body),) = received.requests
    text = json.loads(body)["text"]
    assert "Review small-2026-12-15" in text
    assert "To be signed by lead" in text
    [kept] = entries(folder, KIND)
    assert kept.body == {"review": "small-2026-12-15", "told": [{"channel": "webhook", "subject": "Review small-2026-12-15", "sent": True, "why": ""}]}  # fmt: skip
    assert kept.at == date(2026, 12, 15)


def test_a_notice_that_fails_leaves_the_review_held(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(500) as received:
        monkeypatch.setenv(HOOK, received.url)
        told = review(folder, "tick", today="2026-12-15")
        assert told.code == 0
        assert "the webhook answered 500" in told.err
        assert received.url not in told.err + told.out
    assert len(entries(folder, "review")) == 1
    [kept] = entries(folder, KIND)
    assert [one["sent"] for one in kept.body["told"]] == [False]
    with server() as received:
        monkeypatch.setenv(HOOK, received.url)
        dry = review(folder, "notify", "--dry-run", today="2026-12-16")
        assert (dry.code, received.requests) == (0, [])
        assert "Review small-2026-12-15" in dry.out
        assert review(folder, "notify", today="2026-12-16").out == "webhook: sent\n"
    assert len(received.requests) == 1
    assert len(entries(folder, KIND)) == 2


def test_a_review_without_channels_tells_nobody(folder: Path) -> None:
    (folder / "small.yaml").write_text(REVIEW, encoding="utf-8")
    assert review(folder, "tick", today="2026-12-15").code == 0
    assert entries(folder, KIND) == []
    assert "names no channel" in review(folder, "notify", today="2026-12-16").out


def test_a_channel_that_nobody_knows_is_refused_with_its_place(folder: Path) -> None:
    text = REVIEW + "notifications: [{channel: fax, number: 1}]\n"
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    told = review(folder, "tick", today="2026-12-15")
    assert told.code == 3
    assert f"small.yaml:{len(text.splitlines())}" in told.err
    assert "notifications.0" in told.err
