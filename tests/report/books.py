"""Workbooks to ask questions of: written from a run, opened, edited as a person edits them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from planner.report.content.build import build
from planner.report.content.material import gather
from planner.report.workbook.book import book
from planner.report.workbook.lint import Opened
from planner.report.workbook.place import CONSTANT, FIRST, SOURCE
from planner.report.workbook.render import render
from tests.plan.plans import saved

EXACT = 1e-9


@cache
def run_folder(name: str, out: Path, *sets: str) -> Path:
    return saved(name, out, *sets)


def workbook(name: str, out: Path, *sets: str) -> bytes:
    material = gather(run_folder(name, out, *sets))
    return render(book(material, build(material)))


def opened(path: Path) -> Opened:
    return Opened(load_workbook(path), load_workbook(path, data_only=True))


def named(sheet: Any, name: str) -> Any:
    """The constant of the line whose first name this is."""
    return next(row[CONSTANT] for row in sheet.iter_rows() if row[0].value == name)


def keyed(sheet: Any, key: str) -> Iterator[Any]:
    """The dated cells of an input by its scenario key."""
    row = next(row for row in sheet.iter_rows() if row[SOURCE].value == key)
    yield from row[FIRST:]


def edited(content: bytes, change: Callable[[Any], None], path: Path) -> Path:
    """A workbook as a person saves it after changing cells."""
    held = load_workbook(io.BytesIO(content))
    change(held)
    held.save(path)
    return path
