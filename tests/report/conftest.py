"""One browser, one folder of runs and one workbook for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.components import program
from tests.report.books import workbook


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``planner --out`` names."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def quick(out: Path) -> bytes:
    """The workbook of the quickstart, whose run lies in ``out``."""
    return workbook("quickstart", out)
