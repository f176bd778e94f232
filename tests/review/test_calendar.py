"""The calendar: read back by a reader that is not ours, the same ids again, nothing doubled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from planner.review.calendar import Event, calendar
from planner.review.dates import events, withdrawn
from planner.review.quotes.keep import Kept
from planner.review.quotes.quote import Quote
from tests.cli.command import called
from tests.plan.plans import saved

MADE = date(2026, 11, 20)
ONE = Event("order by", "a-buy at home for 2027Q3", date(2027, 2, 11), "Order 4 × a-buy", remind_days=14)  # fmt: skip


def read(content: bytes) -> dict[str, Any]:
    """Events by id, as another library reads them; ids are there once."""
    found = list(Calendar.from_ical(content).walk("VEVENT"))
    by_id = {str(event["UID"]): event for event in found}
    assert len(by_id) == len(found)
    return by_id


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario with signed contracts, rights and memory by the layer."""
    return saved("rights", tmp_path_factory.mktemp("reports"))


def test_an_event_is_read_back_as_it_was_meant() -> None:
    (event,) = read(calendar([ONE], "small", MADE)).values()
    assert event["DTSTART"].dt == date(2027, 2, 11)
    assert event["DTEND"].dt == date(2027, 2, 12)
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == ("Order 4 × a-buy", "CONFIRMED")
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt.days == -14


def test_an_event_without_a_reminder_has_no_alarm() -> None:
    quiet = Event("delivery", "a", date(2027, 2, 11), "In service")
    (event,) = read(calendar([quiet], "small", MADE)).values()
    assert event.walk("VALARM") == []


@pytest.mark.parametrize(
    "text",
    ["plain", "a, b; c", r"back\slash and \n", "two\nlines", "é" * 100, "x" * 75, "日本語" * 40, "🙂" * 60],
    ids=["plain", "separators", "backslash", "lines", "accents", "75", "kanji", "emoji"],
)  # fmt: skip
def test_any_text_survives_escaping_and_folding_and_no_line_is_too_long(text: str) -> None:
    """Folded lines have at most 75 octets and are whole UTF-8 each; unfolded they are the text again."""
    content = calendar([Event("k", "s", MADE, text, text)], "small", MADE)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    for line in content.split(b"\r\n"):
        line.decode()
    (event,) = read(content).values()
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (text, text)


def test_lines_end_as_the_standard_says() -> None:
    content = calendar([ONE], "small", MADE)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_a_moved_day_keeps_its_id_and_a_later_plan_outranks_the_first() -> None:
    """The order slips from February to March: a calendar that has both files shows one event, in March."""
    moved = Event(ONE.kind, ONE.subject, date(2027, 3, 11), ONE.title)
    first = read(calendar([ONE], "small", MADE))
    second = read(calendar([moved], "small", date(2027, 2, 1)))
    assert set(first) == set(second)
    (uid,) = first
    assert second[uid]["SEQUENCE"] > first[uid]["SEQUENCE"]
    assert second[uid]["DTSTAMP"].dt > first[uid]["DTSTAMP"].dt
    shown = first | second
    assert [event["DTSTART"].dt for event in shown.values()] == [date(2027, 3, 11)]


def test_another_scenario_has_ids_of_its_own() -> None:
    assert not set(read(calendar([ONE], "small", MADE))) & set(read(calendar([ONE], "large", MADE)))


def test_the_same_events_in_any_order_give_the_same_bytes_and_none_twice() -> None:
    other = Event("ends", "b", date(2027, 1, 1), "Ends")
    assert calendar([ONE, other, ONE], "small", MADE) == calendar([other, ONE], "small", MADE)
    assert len(read(calendar([ONE, other, ONE], "small", MADE))) == 2


def test_what_a_later_plan_drops_is_cancelled_and_what_is_past_is_left() -> None:
    past = Event("order by", "old", date(2026, 12, 1), "Order")
    (gone,) = withdrawn([past, ONE], [], date(2027, 1, 1))
    assert (gone.subject, gone.cancelled) == (ONE.subject, True)
    assert withdrawn([ONE], [ONE], date(2027, 1, 1)) == []
    (event,) = read(calendar([gone], "small", MADE)).values()
    assert (str(event["STATUS"]), event.walk("VALARM")) == ("CANCELLED", [])


def test_a_run_gives_its_orders_rights_deliveries_ends_and_quotes(run: Path) -> None:
    """The offered contract must be answered by 2026-12-18, as its scenario says; the locked one comes in 2027Q2."""
    quote = Quote("A-17", "amd", "amd-mi355x", "", 350_000, "USD", "system", 1.0, MADE, date(2027, 2, 19))  # fmt: skip
    found = events(run, [Kept(quote, 3)])
    kinds = {event.kind for event in found}
    assert kinds == {"order by", "decide by", "delivery", "ends", "price held until"}
    offered = [e for e in found if e.kind == "decide by" and "h200-offered" in e.subject]
    assert [e.day for e in offered] == [date(2026, 12, 18)]
    locked = [e for e in found if e.kind == "delivery" and e.subject.startswith("b200-locked at")]
    assert [e.day for e in locked] == [date(2027, 4, 1)]
    (held,) = [e for e in found if e.kind == "price held until"]
    assert (held.day, held.subject) == (date(2027, 2, 19), "quote A-17 of amd")
    assert [e for e in events(run) if e.kind == "price held until"] == []


def test_what_stands_or_binds_is_not_to_be_ordered(run: Path) -> None:
    ordered = [event.subject for event in events(run) if event.kind == "order by"]
    assert ordered
    assert not [s for s in ordered if s.startswith(("h100-standing at", "b200-locked at"))]
    assert [s for s in ordered if s.startswith("b200-locked-expand at")]


def test_the_command_writes_a_file_that_imports_twice_without_a_duplicate(
    run: Path, tmp_path: Path
) -> None:
    target = tmp_path / "plan.ics"
    told = called("review", "calendar", run, "--to", target, "--out", run.parent.parent)
    assert told.code == 0, told.err
    first = read(target.read_bytes())
    called("review", "calendar", run, "--to", target, "--out", run.parent.parent)
    again = read(target.read_bytes())
    assert len(first) == len(again) == len(first | again) > 5
    listed = called("review", "calendar", run, "--out", run.parent.parent, "--json").json["events"]
    assert {event["uid"] for event in listed} == set(first)
