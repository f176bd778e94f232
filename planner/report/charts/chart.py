"""A picture as data: its rows, what each axis shows, and the sentence it proves.

Nothing here draws; the page, the memo, the workbook and the command line all draw from this value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Mark = Literal["bar", "line", "area", "point", "step"]
Scale = Literal["names", "order", "number", "time"]

PALETTE = (
    *("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F5539", "#666666"),
    *("#88BDE6", "#F2A66B", "#7FCFB5", "#E6BFD5", "#F5D48A", "#A9DAF5", "#BFA18F", "#B0B0B0"),
)
"""Eight colours that stay apart for colour-blind readers, then their pale kin."""


@dataclass(frozen=True)
class Axis:
    """What one channel shows.

    field: key of the rows. title: with its unit. scale: names and order are categories, the latter
    in the order of the rows. format: a d3 number format. log: logarithmic. values: every name it may
    take in any picture, in order, so that each keeps its colour.
    """

    field: str
    title: str
    scale: Scale = "number"
    format: str = ""
    log: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """One picture.

    sentence: what a reader should take from it, also its text for those who cannot see it.
    low, high: fields of a band around y. facet: one panel for each of its values. stacked: whether
    bars and areas stand on each other. told: what a mark says on hover besides its own channels.
    width, height: of the drawing area, in pixels.
    """

    id: str
    title: str
    sentence: str
    mark: Mark
    rows: tuple[dict[str, Any], ...]
    x: Axis
    y: Axis
    colour: Axis | None = None
    facet: Axis | None = None
    low: str = ""
    high: str = ""
    stacked: bool = True
    told: tuple[Axis, ...] = ()
    width: int = 640
    height: int = 260
