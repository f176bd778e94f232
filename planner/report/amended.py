"""What was changed in a workbook, as a table: neighbouring periods that move alike in one line."""

from __future__ import annotations

from itertools import groupby

from planner.report.workbook.amend import Change


def amended(changed: list[Change]) -> list[tuple[str, str, float, float, str, str]]:
    """(key, periods, was, is, unit, change) with the figures of the first period of each line."""
    rows = []
    for (key, unit, moved), alike in groupby(changed, key=lambda c: (c.key, c.unit, _moved(c))):
        of = list(alike)
        first, last = of[0].period, of[-1].period
        periods = first if first == last else f"{first} to {last}"
        rows.append((key, periods, of[0].before, of[0].after, unit, moved))
    return rows


def _moved(change: Change) -> str:
    """By which share it moved; from nothing there is none."""
    return f"{change.after / change.before - 1:+.2%}" if change.before else "from nothing"
