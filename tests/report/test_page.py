"""The page, in a real browser: it draws, filters, tells sources, changes theme, and asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from planner.report.charts.chart import Axis, Chart
from planner.report.content.build import build
from planner.report.content.material import gather
from planner.report.content.piece import Check, Column, Report, Section, Table
from planner.report.page.render import FILTER_FROM, render
from tests.components import program
from tests.plan.plans import saved

MOST_BYTES = 3_000_000
PATIENCE_MS = 180_000
"""Machines that run tests may be busy."""
EVIL = '</script><script>window.evil = 1</script><img src=x onerror="window.evil = 2">'


@dataclass
class Opened:
    """A page in the browser, with whatever it said or asked for."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


def opened(browser: Any, text: str, folder: Path) -> Opened:
    file = folder / "report.html"
    file.write_text(text, encoding="utf-8")
    shown = Opened(browser.new_page())
    shown.page.set_default_timeout(PATIENCE_MS)
    shown.page.on("console", lambda message: shown.said.append(message.text))
    shown.page.on("pageerror", lambda error: shown.said.append(str(error)))
    shown.page.on("request", lambda request: shown.asked.append(request.url))
    shown.page.goto(file.as_uri())
    shown.page.wait_for_selector(":root[data-drawn=yes]", timeout=PATIENCE_MS)
    return shown


@pytest.fixture(scope="module")
def quickstart(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(gather(saved("quickstart", tmp_path_factory.mktemp("runs"))))


def small(name: str = "offer", rows: int = FILTER_FROM + 1, passed: bool = True) -> Report:
    """A report of one chart and one table."""
    chart = Chart("c", name, name, "bar", ({"a": name, "b": 2.0},), Axis("a", "a", "names"), Axis("b", "b"))  # fmt: skip
    columns = (Column("offer", "offer"), Column("price", "price", "usd", source="source"))
    told = tuple({"offer": f"{name} {k}", "price": 1e6 * k, "source": name} for k in range(rows))
    section = Section("s", "S", (name,), (chart,), (Table("t", "T", columns, told),))
    facts = (("run", name),)
    return Report(name, name, name, facts, (section,), (Check("sums", passed, name),), (name,))


def test_the_reference_page_draws_every_chart_and_asks_for_nothing(
    browser: Any, quickstart: Report, tmp_path: Path
) -> None:
    text = render(quickstart)
    assert len(text.encode()) < MOST_BYTES
    shown = opened(browser, text, tmp_path)
    assert shown.said == []
    assert len(shown.asked) == 1
    assert shown.asked[0].startswith("file:")
    for section in quickstart.sections:
        for chart in section.charts:
            marks = shown.page.locator(f"#chart-{chart.id} svg path[aria-roledescription]")
            assert marks.count() > 0, chart.id


def test_a_filter_hides_the_rows_that_do_not_match(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, render(small()), tmp_path)
    shown.page.fill("input[data-filter]", "offer 3")
    assert shown.page.locator("#rows-t tr:visible").count() == 1
    shown.page.fill("input[data-filter]", "")
    assert shown.page.locator("#rows-t tr:visible").count() == FILTER_FROM + 1


def test_a_short_table_has_no_filter(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, render(small(rows=FILTER_FROM)), tmp_path)
    assert shown.page.locator("input[data-filter]").count() == 0


def test_a_source_shows_on_hover_and_on_focus(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, render(small("list of May")), tmp_path)
    hint = shown.page.locator("#hint")
    assert not hint.is_visible()
    shown.page.hover(".sourced >> nth=0")
    assert hint.inner_text() == "list of May"
    shown.page.mouse.move(0, 0)
    assert not hint.is_visible()
    shown.page.focus(".sourced >> nth=1")
    assert hint.is_visible()


def test_the_theme_switches_and_the_charts_with_it(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, render(small()), tmp_path)
    before = shown.page.evaluate("getComputedStyle(document.body).backgroundColor")
    shown.page.click("#theme")
    after = shown.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    assert shown.page.get_attribute("#theme", "aria-pressed") == "true"
    shown.page.wait_for_function("document.querySelectorAll('#chart-c svg path').length > 0")
    assert shown.said == []


def test_a_mark_tells_its_figures_on_hover(browser: Any, tmp_path: Path) -> None:
    shown = opened(browser, render(small("offer")), tmp_path)
    told = shown.page.locator("#vg-tooltip-element")
    assert told.count() == 0 or not told.is_visible()
    shown.page.hover("#chart-c svg path[aria-roledescription=bar]")
    told.wait_for(state="visible")
    assert "offer" in told.inner_text()
    assert shown.said == []


def test_print_shows_the_first_rows_of_a_long_table_and_says_so(
    browser: Any, tmp_path: Path
) -> None:
    """Thirty rows on the screen, twenty-five on paper; a short table prints whole."""
    for rows, printed in ((30, 25), (25, 25)):
        shown = opened(browser, render(small(rows=rows)), tmp_path)
        assert shown.page.locator("#rows-t tr:visible").count() == rows
        shown.page.emulate_media(media="print")
        assert shown.page.locator("#rows-t tr:visible").count() == printed
        assert shown.page.locator(".table.long").count() == (1 if rows > printed else 0)


def test_html_in_a_name_stays_text(browser: Any, tmp_path: Path) -> None:
    """The same words are shown where a name would be, and nothing of them runs."""
    shown = opened(browser, render(small(EVIL)), tmp_path)
    assert shown.page.evaluate("window.evil") is None
    assert shown.page.inner_text("h1") == EVIL
    assert shown.said == []


def test_the_light_is_green_only_where_every_check_passed() -> None:
    assert 'class="light good"' in render(small())
    assert 'class="light bad"' in render(small(passed=False))


def test_the_same_report_gives_the_same_bytes(quickstart: Report) -> None:
    assert render(quickstart) == render(quickstart)
