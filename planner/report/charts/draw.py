"""Draw a chart: a Vega-Lite picture as data, SVG or PNG, without a browser or a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planner.errors import UnknownName
from planner.report.charts.chart import PALETTE, Axis, Chart

_KINDS = {
    "names": "nominal",
    "order": "ordinal",
    "number": "quantitative",
    "time": "temporal",
}
_FONT = "DejaVu Sans, Verdana, sans-serif"
_PNG_SCALE = 2.0
_DAY, _FIGURE = "%Y-%m-%d", ",.4~r"
"""How days and figures are told on hover, in d3's words."""
_PANELS = 2
"""Panels beside each other."""
_BAND_OPACITY = 0.25


def spec(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite specification; the same chart gives the same one."""
    import altair

    inline: Any = altair.Data  # altair leaves its schema classes untyped
    base = altair.Chart(inline(values=list(chart.rows)))
    drawn = _marked(base, chart).encode(**_channels(chart))
    lines = chart.mark != "point"  # points of several colours share one band, lines have their own
    if chart.low and chart.high:
        band = base.mark_area(opacity=_BAND_OPACITY).encode(
            x=_x(chart),
            y=altair.Y(f"{chart.low}:Q", title=chart.y.title, **_looks(chart.y)),
            y2=f"{chart.high}:Q",
            **({"color": _colour(chart.colour, chart.rows)} if chart.colour and lines else {}),
        )
        drawn = band + drawn
    drawn = drawn.properties(width=chart.width, height=chart.height)
    if chart.facet:
        by = altair.Facet(_shorthand(chart.facet), title=chart.facet.title, sort=None)
        drawn = drawn.properties(width=chart.width // _PANELS).facet(facet=by, columns=_PANELS)
    made: dict[str, Any] = drawn.properties(title=chart.title).to_dict()
    made["description"] = chart.sentence
    return made


def svg(chart: Chart) -> str:
    """The picture as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_themed(chart)))


def png(chart: Chart) -> bytes:
    """The picture as PNG, at twice its size in pixels."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_themed(chart), scale=_PNG_SCALE))


def write(chart: Chart, path: Path) -> None:
    """Write the picture as the file's ending says; UnknownName (CLI002) for another ending."""
    if path.suffix == ".svg":
        path.write_text(svg(chart), encoding="utf-8")
    elif path.suffix == ".png":
        path.write_bytes(png(chart))
    else:
        raise UnknownName("picture format", path.suffix or path.name, {".svg", ".png"})


def _themed(chart: Chart) -> dict[str, Any]:
    config = {"font": _FONT, "background": "white"}
    return {**spec(chart), "config": config}


def _marked(base: Any, chart: Chart) -> Any:
    if chart.mark == "step":
        return base.mark_line(interpolate="step-after")
    if chart.mark == "line":
        return base.mark_line(point=True)
    if chart.mark == "area":
        return base.mark_area(interpolate="step-after" if chart.stacked else "linear")
    if chart.mark == "point":
        return base.mark_point(filled=True, size=70)
    return base.mark_bar()


def _channels(chart: Chart) -> dict[str, Any]:
    import altair

    stack: dict[str, Any] = {}
    if chart.mark in ("bar", "area"):
        stack["stack"] = "zero" if chart.stacked else None
    channels: dict[str, Any] = {
        "x": _x(chart),
        "y": altair.Y(_shorthand(chart.y), title=chart.y.title, **stack, **_looks(chart.y)),
    }
    if chart.colour:
        channels["color"] = _colour(chart.colour, chart.rows)
    channels["tooltip"] = _told(chart)
    return channels


def _told(chart: Chart) -> list[Any]:
    """What a mark says on hover: its own channels, then what else the chart tells."""
    import altair

    own = (chart.facet, chart.colour, chart.x, chart.y)
    said = []
    for axis in (*(axis for axis in own if axis), *chart.told):
        style = {"time": _DAY, "number": axis.format or _FIGURE}.get(axis.scale)
        looks: dict[str, Any] = {"format": style} if style else {}
        said.append(altair.Tooltip(_shorthand(axis), title=axis.title or axis.field, **looks))
    return said


def _x(chart: Chart) -> Any:
    import altair

    return altair.X(_shorthand(chart.x), title=chart.x.title, **_looks(chart.x))


def _colour(axis: Axis, rows: Sequence[dict[str, Any]]) -> Any:
    """Colours in the order of the rows, or of the values where those are fixed; the legend names what is there."""
    import altair

    looks: dict[str, Any] = {"scale": altair.Scale(range=list(PALETTE))}
    if axis.values:
        shown = {row[axis.field] for row in rows}
        looks["scale"] = altair.Scale(domain=list(axis.values), range=list(PALETTE))
        looks["legend"] = altair.Legend(values=[name for name in axis.values if name in shown])
    return altair.Color(_shorthand(axis), title=axis.title, sort=None, **looks)


def _shorthand(axis: Axis) -> str:
    return f"{axis.field}:{_KINDS[axis.scale][0].upper()}"


def _looks(axis: Axis) -> dict[str, Any]:
    import altair

    looks: dict[str, Any] = {}
    if axis.scale in ("names", "order"):
        looks["sort"] = None
    if axis.format:
        looks["axis"] = altair.Axis(format=axis.format)
    if axis.log:
        looks["scale"] = altair.Scale(type="log")
    return looks
