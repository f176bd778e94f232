"""When a decision is due: the last day on which each kind of column can still be decided.

A kind that is not named here answers to what has happened by then: what runs, what is rented by
the hour, what of an agreed volume is not taken.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from planner.catalog.terms.cancel_window import MayCancel
from planner.catalog.terms.extend import Extension
from planner.options.table import Offering, Options
from planner.program.space import Column
from planner.timeline import before

Key = tuple[Any, ...]


def due(options: Options, column: Column) -> date | None:
    """The last day to decide on a column; None where nothing is decided ahead.

    What is installed or signed already is no decision.
    """
    rule = _RULES.get(column.kind)
    return rule(options, column.key) if rule else None


def settled(options: Options, column: Column) -> date | None:
    """The day from which a column cannot move any more, because it is decided or follows from what is.

    What is held of a cohort follows from what was ordered of it and has left it.
    """
    return _leaving(options, column.key) if column.kind == "own" else due(options, column)


def order_by(options: Options, offering: Offering, delivery: int) -> date:
    """The last day to order a delivery, by the lead time that is quoted."""
    begins = options.timeline.periods[offering.promised(delivery)].start
    return before(begins, offering.lead_weeks)


def _delivery(options: Options, key: Key) -> date | None:
    offering = options.offerings[key[0]]
    return None if offering.fixed is not None else order_by(options, offering, key[2])


def _expansion(options: Options, key: Key) -> date:
    site, block, begins = key
    leads = {each.id: each.lead_weeks for each in options.places[site].blocks}
    return before(options.timeline.periods[begins].start, leads[block])


def _commitment(options: Options, key: Key) -> date | None:
    offering = options.offerings[key[0]]
    return None if offering.fixed is not None else order_by(options, offering, offering.first)


def _enlargement(options: Options, key: Key) -> date:
    return order_by(options, options.offerings[key[0]], key[1])


def _extension(options: Options, key: Key) -> date:
    offering = options.offerings[key[0]]
    term = offering.terms.get(Extension)
    assert term is not None
    return before(options.timeline.begins(key[2] + offering.held), term.notice_weeks)


def _leaving(options: Options, key: Key) -> date:
    """What leaves a cohort when a period begins: its notice before, never before it was ordered."""
    offering, cohort, period = options.offerings[key[0]], key[2], key[3]
    window = offering.terms.get(MayCancel)
    notice_weeks = 0.0 if window is None else window.notice_weeks
    told = before(options.timeline.periods[period].start, notice_weeks)
    return told if offering.fixed is not None else max(told, order_by(options, offering, cohort))


_RULES: dict[str, Callable[[Options, Key], date | None]] = {
    "deliver": _delivery,
    "expand": _expansion,
    "reserve_slot": lambda options, key: options.timeline.as_of,
    "commit": _commitment,
    "enlarge": _enlargement,
    "extend": _extension,
    "sell": _leaving,
    "give_back": _leaving,
    "swap": _leaving,
    "onboard": lambda options, key: options.timeline.periods[key[1]].start,
}
DECIDED = frozenset(_RULES)
"""Kinds of columns that are decided ahead."""
