"""Render a report as one HTML file: no request leaves it, every text from inputs is escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files

from planner.report.charts.draw import spec
from planner.report.content.piece import Report
from planner.report.content.shown import shown

FILTER_FROM = 8
"""Tables longer than this many rows get a filter box."""
_PRINT_MOST = 25
"""Rows of a table that are printed; its style names the same number."""
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
    environment.filters["shown"] = shown
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
