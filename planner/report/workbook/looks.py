"""How cells look: number formats by style, ink by what a cell is, and widths a person would choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.report.workbook.line import Style, Tone

FORMATS: Mapping[str, str] = {
    "number": "[>=1000]#,##0;[=0]0;#,##0.00##",
    "usd": "#,##0;[Red]-#,##0;0",
    "share": "0.00%",
    "fine": "0.000000",
    "text": "@",
    "date": "@",
    "count": "#,##0.0#;-#,##0.0#;0",
    "usd_fine": "0.0000",
    "whole": "#,##0;-#,##0;0",
}
INK: Mapping[str, str] = {
    "input": "#0000FF",
    "pasted": "#595959",
    "formula": "#000000",
    "away": "#00703C",
    "head": "#000000",
}
FILL = "#FFF9E5"
HEAD_FILL = "#E8EDF2"
GOOD_FILL, BAD_FILL = "#C6EFCE", "#FFC7CE"
LINE_HEIGHT, HEAD_HEIGHT = 13, 28
"""Heights in points: of one line of text, and of a row of heads, which has two."""
EMPTY, NARROW, CELL, WIDE, LINE_WIDTH = 2, 9, 13, 48, 110
"""Widths of columns, in characters: of one that holds nothing, the least, of a period, the most, and
of a sheet that holds nothing but sentences."""


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, ...], Any] = {}

    def plain(self, bold: bool = False, size: int = 10, wrapped: bool = False) -> Any:
        return self._format(
            {"bold": bold, "font_size": size} | ({"text_wrap": True} if wrapped else {})
        )

    def note(self) -> Any:
        """A word on a line, clear of the figure to its left."""
        return self._format({"font_size": 10, "indent": 1})

    def head(self, figure: bool = False) -> Any:
        """The head of a column; over figures it stands to the right, as they do."""
        looks = {"bold": True, "font_size": 10, "bg_color": HEAD_FILL, "bottom": 1, "text_wrap": True, "valign": "top"}  # fmt: skip
        return self._format(looks | ({"align": "right"} if figure else {"indent": 1}))

    def text(self, wrapped: bool) -> Any:
        """Pasted text in a table, clear of the figures to its left."""
        looks = {"font_color": INK["pasted"], "num_format": FORMATS["text"], "font_size": 10, "indent": 1, "valign": "top"}  # fmt: skip
        return self._format(looks | ({"text_wrap": True} if wrapped else {}))

    def ink(self, tone: Tone, style: Style | str, away: bool = False) -> Any:
        looks: dict[str, Any] = {"font_color": INK["away" if away else tone], "num_format": FORMATS[style], "font_size": 10, "valign": "top"}  # fmt: skip
        if tone == "input":
            looks["bg_color"] = FILL
        return self._format(looks)

    def _format(self, looks: dict[str, Any]) -> Any:
        key = tuple(f"{name}={value}" for name, value in sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(looks)
        return self._made[key]


def width(texts: Iterable[str], most: int = WIDE) -> int:
    """Width of a column of these texts."""
    longest = max((len(text) for text in texts), default=0)
    return EMPTY if longest == 0 else min(most, max(NARROW, longest + 1))
