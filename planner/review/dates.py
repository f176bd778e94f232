"""Days that a plan and its contracts set: orders, rights, deliveries, ends of terms, held prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from planner.catalog.terms.quotes import Quotes
from planner.plan.inputs import load_inputs
from planner.plan.saved import read_rows
from planner.plan.scarcity import money
from planner.review.calendar import Event
from planner.review.quotes.keep import Kept
from planner.scenario.load import Loaded
from planner.timeline import last_day, start_of

ORDER, DECIDE, DELIVERY, ENDS, HELD = (
    "order by",
    "decide by",
    "delivery",
    "ends",
    "price held until",
)
"""Kinds of event."""
_REMIND = {ORDER: 14, DECIDE: 14, DELIVERY: 0, ENDS: 90, HELD: 14}
"""Days before each kind at which a calendar tells of it."""
_TO_ORDER = "to order"


def events(folder: Path, quotes: Iterable[Kept] = ()) -> list[Event]:
    """Every dated event of a run, and the ends of quotes that were kept.

    Raises InvalidData (RUN001) where the run is incomplete.
    """
    loaded = load_inputs(folder)
    found = [
        *_orders(read_rows(folder, "deliveries")),
        *_sites(read_rows(folder, "expansions")),
        *_rights(read_rows(folder, "rights")),
        *_ends(read_rows(folder, "commitments")),
        *_held(loaded),
        *_quoted(quotes),
    ]
    return sorted(found, key=lambda event: (event.day, event.kind, event.subject))


def withdrawn(before: Iterable[Event], now: Iterable[Event], after: date) -> list[Event]:
    """Events of an earlier plan that the new one no longer has, as cancelled; what is past is left."""
    kept = {(event.kind, event.subject) for event in now}
    return [
        replace(event, cancelled=True)
        for event in before
        if (event.kind, event.subject) not in kept and event.day >= after
    ]


def _event(kind: str, subject: str, day: str | date, title: str, detail: str = "") -> Event:
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return Event(kind, subject, found, title, detail, _REMIND[kind])


def _number(systems: Any) -> str:
    return f"{float(systems):,.4g}"


def _orders(rows: list[dict[str, Any]]) -> Iterator[Event]:
    for row in rows:
        if row["state"] == "installed":
            continue
        what = f"{_number(row['systems'])} × {row['offer']} at {row['site']}"
        subject = f"{row['offer']} at {row['site']} for {row['in_service']}"
        price = f"{money(float(row['price_usd']))} per {row['price_per']}" if row["price_usd"] is not None else "price not stated"  # fmt: skip
        detail = f"{row['system']} from {row['supplier']} under {row['contract']}, {price}"
        if row["order_by"] and row["state"] == _TO_ORDER:
            yield _event(ORDER, subject, row["order_by"], f"Order {what}, in service {row['in_service']}", detail)  # fmt: skip
        begins = start_of(str(row["in_service"]))
        said = "planned" if row["state"] == _TO_ORDER else row["state"]
        yield _event(DELIVERY, subject, begins, f"In service: {what} ({said})", detail)


def _sites(rows: list[dict[str, Any]]) -> Iterator[Event]:
    for row in rows:
        subject = f"{row['block']} at {row['site']} for {row['in_service']}"
        title = f"Order {_number(row['blocks'])} × {row['block']} at {row['site']}, in service {row['in_service']}"  # fmt: skip
        if row["order_by"]:
            yield _event(ORDER, subject, row["order_by"], title)


def _rights(rows: list[dict[str, Any]]) -> Iterator[Event]:
    for row in rows:
        if not row["decide_by"]:
            continue
        parts = (row["right"], row["held_under"], row["site"], row["cohort"])
        subject = ", ".join(str(part) for part in parts if part)
        yield _event(DECIDE, subject, row["decide_by"], f"{str(row['advice']).capitalize()}: {row['right']} of {row['held_under']}", subject)  # fmt: skip


def _ends(rows: list[dict[str, Any]]) -> Iterator[Event]:
    for row in rows:
        what = f"{row['offer']} at {row['site']} of {row['cohort']}"
        title = f"Ends: {_number(row['systems'])} × {what}; renew, replace or let go"
        yield _event(ENDS, f"{what}, {row['contract']}", row["ends"], title)


def _held(loaded: Loaded) -> Iterator[Event]:
    """Prices that a contract's dated quotes hold, for the offers made under it."""
    as_of = loaded.scenario.timeline.as_of
    for name, offer in loaded.scenario.offers.items():
        terms = loaded.catalog.contracts[offer.contract].terms
        ladder = terms.typed.get("quotes") if terms else None
        for step, quote in enumerate(ladder.ladder if isinstance(ladder, Quotes) else (), start=1):
            fact = quote.until.at(as_of)
            if fact is not None:
                until = last_day(str(fact.value))
                yield _event(HELD, f"{name}, step {step}", until, f"Last day of a held price: {name}")  # fmt: skip


def _quoted(quotes: Iterable[Kept]) -> Iterator[Event]:
    for kept in quotes:
        quote = kept.quote
        title = f"Quote {quote.number} of {quote.vendor} ends: {quote.system or 'tokens'}"
        detail = f"{quote.price:,g} {quote.currency} per {quote.per}"
        subject = f"quote {quote.number} of {quote.vendor}"
        yield _event(HELD, subject, quote.valid_until, title, detail)


def upcoming(found: Iterable[Event], on: date, days: int) -> list[Event]:
    """Events of the next so many days, the day itself and the last both counted."""
    return [event for event in found if on <= event.day <= on + timedelta(days=days)]
