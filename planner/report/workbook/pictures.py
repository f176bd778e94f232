"""Native charts: their series are ranges of the sheets, so they follow the cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.report.charts.chart import PALETTE
from planner.report.workbook.line import KEYS, Among, Over, Picture, Plot
from planner.report.workbook.place import CONSTANT, FIRST, Placed, heads_at

ROWS = 20
"""Rows of a sheet that a chart covers."""
_SIZE = {"width": 960, "height": 380}
_SMALL: dict[str, Any] = {"size": 9}


@dataclass(frozen=True)
class Area:
    """Where a table stands: its sheet, the row of its heads, and the columns by key."""

    sheet: str
    heads: int
    rows: int
    columns: Mapping[str, int]


def chart(workbook: Any, placed: Placed, tables: Mapping[str, Area], picture: Picture) -> Any:
    """The chart, ready to be put on a sheet."""
    match picture:
        case Over():
            made = _over(workbook, placed, picture)
        case Among():
            made = _among(workbook, placed, picture)
        case Plot():
            made = _plot(workbook, tables[picture.table], picture)
    made.set_title({"name": picture.title, "overlay": False, "name_font": {"size": 12}})
    made.set_size(_SIZE)
    return made


def _over(workbook: Any, placed: Placed, picture: Over) -> Any:
    made = workbook.add_chart({"type": "column", "subtype": "stacked"})
    last = FIRST + len(placed.book.periods) - 1
    for number, line in enumerate(picture.lines):
        name, row = placed.where[line]
        heads = heads_at(next(sheet for sheet in placed.book.sheets if sheet.name == name))
        made.add_series({
            "name": [name, row, KEYS.index(picture.named_by)],
            "categories": [name, heads, FIRST, heads, last],
            "values": [name, row, FIRST, row, last],
            "fill": {"color": PALETTE[number % len(PALETTE)]},
            "gap": 40,
        })  # fmt: skip
    made.set_x_axis({"num_font": {**_SMALL, "rotation": -45}, "label_position": "low"})
    made.set_y_axis(_axis(picture.unit))
    made.set_legend({"position": "bottom", "font": _SMALL})
    return made


def _among(workbook: Any, placed: Placed, picture: Among) -> Any:
    (name, top), (_, bottom) = placed.where[picture.first], placed.where[picture.last]
    column = KEYS.index(picture.named_by)
    of = {"categories": [name, top, column, bottom, column], "values": [name, top, CONSTANT, bottom, CONSTANT]}  # fmt: skip
    return _bars(workbook, of, picture.unit)


def _bars(workbook: Any, of: dict[str, Any], unit: str) -> Any:
    """Bars from the top, the first row first; labels clear of bars that point left."""
    made = workbook.add_chart({"type": "bar"})
    made.add_series({**of, "fill": {"color": PALETTE[0]}, "gap": 40})
    made.set_legend({"none": True})
    made.set_x_axis(_axis(unit))
    made.set_y_axis(
        {"reverse": True, "crossing": "max", "num_font": _SMALL, "label_position": "low"}
    )
    return made


def _axis(unit: str) -> dict[str, Any]:
    """An axis of figures; dollars are shown in millions."""
    name, shown = ("MUSD", "#,##0.##,,") if unit == "USD" else (unit, "#,##0")
    if unit == "share":
        shown = "0%"
    return {"name": name, "num_format": shown, "num_font": _SMALL, "name_font": _SMALL}


def _plot(workbook: Any, area: Area, picture: Plot) -> Any:
    top = area.heads + 1
    bottom = area.heads + min(area.rows, picture.most)
    names = [area.sheet, top, area.columns[picture.x], bottom, area.columns[picture.x]]
    series = [
        {
            "name": [area.sheet, area.heads, area.columns[key]],
            "categories": names,
            "values": [area.sheet, top, area.columns[key], bottom, area.columns[key]],
        }
        for key in picture.y
    ]
    if picture.kind == "bar":
        return _bars(workbook, series[0], picture.unit)
    stacked = {"subtype": "stacked"} if picture.kind == "area" else {}
    made = workbook.add_chart({"type": picture.kind, **stacked})
    for number, one in enumerate(series):
        ink: dict[str, Any] = {"color": PALETTE[number % len(PALETTE)]}
        looks = {"line": ink | {"width": 2}} if picture.kind == "line" else {"fill": ink}
        made.add_series(one | looks)
    made.set_x_axis({"num_font": _SMALL, "num_format": "#,##0.##"})
    made.set_y_axis(_axis(picture.unit))
    made.set_legend({"position": "bottom", "font": _SMALL})
    return made
