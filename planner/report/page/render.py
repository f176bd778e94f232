"""Render a report as one HTML file: no request leaves it, every text from inputs is escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from planner.report.charts.draw import spec
from planner.report.content.piece import Column, Report, Table
from planner.report.content.shown import DATE, UNBROKEN, shown

if TYPE_CHECKING:
    from markupsafe import Markup

FILTER_FROM = 8
"""Tables longer than this many rows get a filter box."""
_PRINT_MOST = 25
"""Rows of a table that are printed; its style names the same number."""
_WIDE_FROM = 130
"""Tables that need more characters beside each other are printed across the page."""
_GUTTER = 2
"""Characters between two columns."""
_WORD, _PROSE = 32, 60
"""Characters: a text without a space stays on one line up to the first, a sentence begins at the second."""
_VEGA_LITE = "6.4"
"""Version of the drawing library that is written into the page; altair's own."""


def render(report: Report) -> str:
    """The page.

    Its policy allows the scripts it carries, by their hashes, and nothing else.
    """
    from jinja2 import Environment
    from markupsafe import Markup

    drawn = {chart.id: spec(chart) for section in report.sections for chart in section.charts}
    library = _library() if drawn else ""
    script = _asset("page.js")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "shown": shown,
        "worded": _worded,
        "kind": _kind,
        "setting": _setting,
        "wide": _wide,
    }
    return environment.from_string(_asset("page.html")).render(
        report=report,
        policy=_policy([text for text in (library, script) if text]),
        style=Markup(_asset("page.css")),
        script=Markup(script),
        library=Markup(library),
        charts=Markup(json.dumps(drawn, allow_nan=False).replace("<", "\\u003c")),
        drawn=bool(drawn),
        filter_from=FILTER_FROM,
        print_most=_PRINT_MOST,
    )


def _worded(text: str) -> Markup:
    """Text, escaped, whose dates never break over a line."""
    from markupsafe import Markup, escape

    return Markup(DATE.sub(UNBROKEN, str(escape(text))))


def _kind(column: Column) -> str:
    """How a column stands: text to the left, dates unbroken, figures to the right."""
    return column.format if column.format in ("text", "date") else "figure"


def _setting(text: str) -> str:
    """The class of a cell's text besides its column's: a word stays whole, a sentence has room."""
    if len(text) <= _WORD and " " not in text:
        return " word"
    return " prose" if len(text) >= _PROSE else ""


def _wide(table: Table) -> bool:
    """Whether a table is too wide for a page upright: what cannot be broken, column by column."""
    return sum(_least(table, column) + _GUTTER for column in table.columns) > _WIDE_FROM


def _least(table: Table, column: Column) -> int:
    """Characters of the longest piece of a column that stays on one line."""
    texts = [shown(row.get(column.key), column.format) for row in table.rows]
    heads = f"{column.title} {column.unit}".split()
    pieces = texts if _kind(column) != "text" else [word for text in texts for word in text.split()]
    return max(map(len, (*heads, *pieces)), default=0)


def _policy(scripts: list[str]) -> str:
    """Content security policy: our own scripts by hash, our own styles, nothing from outside."""
    allowed = " ".join(f"'sha256-{_hash(text)}'" for text in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _library() -> str:
    """The drawing library as one script that sets ``vegaEmbed``."""
    import vl_convert

    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=_VEGA_LITE)
    return _in_script(str(bundle))


def _in_script(text: str) -> str:
    """JavaScript that cannot end the element it stands in: such words occur in its strings only."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE)


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
