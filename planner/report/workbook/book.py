"""Lay a run out as a workbook: live sheets first asked of their files, then tables of the report."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from planner.report.content.material import Material
from planner.report.content.piece import Report, Table
from planner.report.workbook.line import Book, Constant, Plot, Sheet
from planner.report.workbook.money import money
from planner.report.workbook.sheets.checks import ALL
from planner.report.workbook.stuff import Stuff

Maker = Callable[[Stuff], Sheet]


@dataclass(frozen=True)
class Shown:
    """A sheet that shows tables of the report.

    sections: ids of those that say why there are none. pictures: native charts of the tables.
    """

    place: int
    name: str
    title: str
    sections: tuple[str, ...]
    tables: tuple[str, ...]
    pictures: tuple[Plot, ...] = ()


_WIRED = Plot("Network capital", "fabrics", "system", ("network_usd",), "USD", "bar", most=16)
_DRIVEN = Plot("What drives the cost", "tornado", "driver", ("change_usd",), "USD", "bar", most=12)
_HELD = Plot("Cost that hangs on each scarcity", "scarcity", "what", ("rent_usd",), "USD", "bar", most=12)  # fmt: skip
_MODES = ("hold", "adapt", "hedge")
_SPREAD = Plot("Weight of the draws by cost (MUSD)", "spread", "musd", _MODES, "share", "line")
_GRADIENTS = tuple(f"g{place}" for place in range(1, 8))
_FRONTIER = Plot("Share of the power ordered in the window, by hazard of displacement (1/year)", "frontier", "hazard_per_year", _GRADIENTS, "share", "area")  # fmt: skip
_REVIEW = Shown(5, "Review", "What the review says", (), ("review-decisions", "review-triggers", "review-causes", "review-signatures"))  # fmt: skip
"""Only where the report is that of a review."""
_SHOWN = (
    Shown(75, "Serving", "Workloads and what they cost", ("serving",), ("workloads",)),
    Shown(80, "Sites", "Power, racks, liquid cooling and supply", ("sites",), ("sites", "pools")),
    Shown(85, "Fabric", "What wires the fleet", ("fabric",), ("fabrics", "fabric-media", "fabric-flips", "fabric"), (_WIRED,)),
    Shown(90, "Contracts", "Orders and their dates", ("orders", "promises"), ("decisions", "orders", "rights", "commitments")),
    Shown(140, "Scarcity", "What holds the plan back, and prices to negotiate", ("scarcity",), ("scarcity", "targets"), (_HELD,)),
    Shown(150, "Alternatives", "Every offer and system", ("offers",), ("offers", "alternatives")),
    Shown(160, "Risk", "What could go otherwise", ("risk", "frontier"), ("risk", "tornado", "spread", "window", "regret", "stranded", "risk-offers", "frontier", "efficient"), (_SPREAD, _DRIVEN, _FRONTIER)),
    Shown(170, "Changes", "What changed", ("changes",), ("changes",)),
    Shown(200, "Sources", "Figures and their sources", ("sources",), ("sources",)),
)  # fmt: skip
_NAMES = {
    "NPV": "npv",
    "Discount_rate": "discount rate",
    "Capex": "capex",
    "USD_per_Mtok": "usd_per_mtok",
    "Served_share": "served_share",
    "All_checks": ALL,
}
"""Names that other workbooks may refer to."""


def book(material: Material, report: Report) -> Book:
    """The workbook of a run; a sheet whose tables the run does not have says why."""
    stuff = Stuff(material, report, money(material.run))
    placed = [(place, make(stuff)) for place, make in _makers()]
    asked = (_REVIEW, *_SHOWN) if stuff.tables(*_REVIEW.tables) else _SHOWN
    placed += [(shown.place, _sheet(stuff, shown)) for shown in asked]
    sheets = tuple(sheet for _, sheet in sorted(placed, key=lambda pair: pair[0]))
    return Book(tuple(material.labels), sheets, {name: Constant(line) for name, line in _NAMES.items()})  # fmt: skip


def _sheet(stuff: Stuff, shown: Shown) -> Sheet:
    tables = stuff.tables(*shown.tables)
    return Sheet(
        shown.name,
        shown.title,
        tuple(line for section in shown.sections for line in stuff.why(section)),
        tables=tables,
        pictures=tuple(drawn for plot in shown.pictures if (drawn := _drawn(plot, tables))),
    )


def _drawn(plot: Plot, tables: tuple[Table, ...]) -> Plot | None:
    """The plot with the columns that its table has; None where there is nothing but noughts."""
    for table in tables:
        if table.id == plot.table:
            keys = {column.key for column in table.columns}
            y = tuple(key for key in plot.y if key in keys)
            drawn = any(row.get(key) for row in table.rows[: plot.most] for key in y)
            return replace(plot, y=y) if drawn else None
    return None


@cache
def _makers() -> tuple[tuple[int, Maker], ...]:
    from planner.report.workbook import sheets

    modules = [
        importlib.import_module(f"{sheets.__name__}.{found.name}")
        for found in pkgutil.iter_modules(sheets.__path__)
    ]
    return tuple((module.ORDER, module.sheet) for module in modules)
