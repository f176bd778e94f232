"""How a value is written for a reader: one rule for the page, the memo and the terminal."""

from __future__ import annotations

import re
from math import isnan
from typing import Any

from planner.plan.scarcity import money
from planner.report.content.piece import Format

MISSING = "–"
DATE, UNBROKEN = re.compile(r"\d{4}-\d{2}-\d{2}"), r'<span class="word">\g<0></span>'
"""A day, and what keeps it on one line where it is shown as HTML."""
_WHOLE_FROM = 1000
_FINE = 4


def shown(value: Any, style: Format) -> str:
    """A value in words.

    count: systems, with a decimal below ten. number: four figures. share: percent. usd: dollars as
    people say them. usd_fine: with four decimals, for prices of tokens. Raises ValueError for NaN.

    >>> shown(1234.5, "count"), shown(0.9989, "share"), shown(-697e6, "usd"), shown(None, "usd")
    ('1,234', '99.89 %', '-697 MUSD', '–')
    >>> shown(0.20301, "usd_fine"), shown(2.345, "count"), shown(29.4, "number")
    ('0.2030', '2.3', '29.4')
    """
    if value is None or value == "":
        return MISSING
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isnan(value):
        raise ValueError("NaN is no figure: a missing one is None")
    if style == "count":
        return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
    if style == "share":
        return f"{value:.2%}".replace("%", " %")
    if style == "usd":
        return money(value)
    if style == "usd_fine":
        return f"{value:.{_FINE}f}"
    if style in ("text", "date"):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= _WHOLE_FROM else f"{value:.4g}"
