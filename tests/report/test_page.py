"""The page, in a real browser: it draws, filters, tells sources, changes theme, and asks nobody for anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from planner.report.content.build import build
from planner.report.content.material import gather
from planner.report.content.piece import Column, Report, Section, Table
from planner.report.page.render import FILTER_FROM, render
from tests.plan.plans import saved
from tests.report.screen import MOST_BYTES, opened, small

EVIL = '</script><script>window.evil = 1</script><img src=x onerror="window.evil = 2">'


@pytest.fixture(scope="module")
def quickstart(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(gather(saved("quickstart", tmp_path_factory.mktemp("runs"))))


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


def test_a_mark_says_days_and_prices_as_people_do_and_nothing_else(
    browser: Any, quickstart: Report, tmp_path: Path
) -> None:
    """The map of decisions: a day and not a count of milliseconds, and no field that nobody named."""
    page = opened(browser, render(quickstart), tmp_path).page
    page.hover("#chart-orders svg path[aria-roledescription=point] >> nth=0")
    told = page.locator("#vg-tooltip-element")
    told.wait_for(state="visible")
    heads = {
        "gradient",
        "order by",
        "what",
        "in service",
        "systems",
        "price",
        "source of the price",
    }
    keys, values = (told.locator(f"td.{part}").all_inner_texts() for part in ("key", "value"))
    by_head = dict(zip((key.rstrip(":") for key in keys), values, strict=True))
    assert set(by_head) == heads
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", by_head["order by"])
    assert "USD per system" in by_head["price"]


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


def test_a_page_in_the_dark_is_printed_on_white(browser: Any, tmp_path: Path) -> None:
    """Words of the charts are light on the screen and dark on paper; nothing has a dark ground there."""
    page = opened(browser, render(small()), tmp_path, color_scheme="dark").page

    def inks() -> list[str]:
        words = "getComputedStyle(document.querySelector('#chart-c text')).fill"
        grounds = ("document.body", "document.querySelector('#chart-c svg')")
        return [page.evaluate(words)] + [
            page.evaluate(f"getComputedStyle({ground}).backgroundColor") for ground in grounds
        ]

    light, dark, none = "rgb(232, 235, 238)", "rgb(20, 24, 29)", "rgba(0, 0, 0, 0)"
    assert inks() == [light, dark, none]
    page.emulate_media(media="print")
    assert inks() == ["rgb(28, 33, 39)", "rgb(255, 255, 255)", none]


def test_a_filtered_table_prints_what_was_found_and_says_so(browser: Any, tmp_path: Path) -> None:
    """The thirtieth row is printed where it was asked for; the box is not, its finding is."""
    page = opened(browser, render(small(rows=30)), tmp_path).page
    page.fill("input[data-filter]", "offer 29")
    page.emulate_media(media="print")
    assert page.locator("#rows-t tr:visible").count() == 1
    assert not page.locator("input[data-filter]").is_visible()
    assert page.locator(".matches").inner_text() == "1 of 30 rows hold “offer 29”"


def wide(columns: int) -> Report:
    """A report of one table with so many columns of twelve characters."""
    heads = tuple(Column(f"c{k}", f"column {k:05}"[-12:]) for k in range(columns))
    rows = ({column.key: "x" * 12 for column in heads},)
    section = Section("s", "S", ("a",), (), (Table("t", "T", heads, rows),))
    return Report("r", "q", "a", (), (section,), (), ())


@pytest.mark.parametrize(("columns", "across"), [(9, False), (10, True)])
def test_a_table_too_wide_for_the_paper_is_printed_across_it(
    columns: int, across: bool, browser: Any, tmp_path: Path
) -> None:
    """Twelve characters and a gutter of two, of 130 in all: nine columns stand upright, ten do not;
    either way the whole table is on the paper."""
    file = tmp_path / "report.html"
    file.write_text(render(wide(columns)), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    boxes = re.findall(rb"/MediaBox \[0 0 (\d+)\S* (\d+)", page.pdf(prefer_css_page_size=True))
    assert any(int(wide) > int(high) for wide, high in boxes) is across
    page.emulate_media(media="print")
    paper_px = (297 if across else 210) - 28
    page.set_viewport_size({"width": round(paper_px * 96 / 25.4), "height": 800})
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(over) == 0
