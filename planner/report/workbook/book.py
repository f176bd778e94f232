"""Lay a run out as a workbook: live sheets first asked of their files, then tables of the report."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache

from planner.report.content.material import Material
from planner.report.content.piece import Report
from planner.report.workbook.line import Book, Constant, Sheet
from planner.report.workbook.money import money
from planner.report.workbook.stuff import Stuff

Maker = Callable[[Stuff], Sheet]

_TABLES = (
    (70, "Fleet", "Fleet by year", ("fleet",)),
    (75, "Serving", "Workloads and what they cost", ("workloads",)),
    (80, "Sites", "Power, racks, liquid cooling and supply", ("sites", "pools")),
    (85, "Fabric", "Fabrics", ("fabric", "fabric-media")),
    (90, "Contracts", "Orders and their dates", ("orders", "commitments", "rights")),
    (140, "Scarcity", "What holds the plan back", ("scarcity",)),
    (150, "Alternatives", "Every offer and system", ("offers", "alternatives")),
    (160, "Risk", "What could go otherwise", ("risk", "frontier", "tornado")),
    (170, "Changes", "What changed", ("changes",)),
    (200, "Sources", "Figures and their sources", ("sources",)),
)
"""Place, name and title of each sheet that shows tables of the report, and which."""


def book(material: Material, report: Report) -> Book:
    """The workbook of a run; a sheet of tables that the run does not have is left out."""
    stuff = Stuff(material, report, money(material.run))
    placed = [(place, make(stuff)) for place, make in _makers()]
    for place, name, title, tables in _TABLES:
        shown = stuff.tables(*tables)
        if shown:
            placed.append((place, Sheet(name, title, tables=shown)))
    sheets = tuple(sheet for _, sheet in sorted(placed, key=lambda pair: pair[0]))
    names = {"NPV": Constant("npv"), "Discount_rate": Constant("discount rate")}
    return Book(tuple(material.labels), sheets, names)


@cache
def _makers() -> tuple[tuple[int, Maker], ...]:
    from planner.report.workbook import sheets

    modules = [
        importlib.import_module(f"{sheets.__name__}.{found.name}")
        for found in pkgutil.iter_modules(sheets.__path__)
    ]
    return tuple((module.ORDER, module.sheet) for module in modules)
