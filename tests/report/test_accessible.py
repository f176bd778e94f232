"""The page for those who use a keyboard, a screen reader, or need contrast: judged by axe and by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from planner.report.content.build import build
from planner.report.content.material import gather
from planner.report.content.piece import Report
from planner.report.page.render import FILTER_FROM, render
from tests.plan.plans import saved
from tests.report.asked import FRONTIER, asked_beside
from tests.report.screen import MOST_BYTES, Opened, opened, small

PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(gather(saved("quickstart", tmp_path_factory.mktemp("bare"))))


@pytest.fixture(scope="module")
def risky(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The same with two risk runs, a frontier and an earlier run to tell the changes from."""
    run = saved("quickstart", tmp_path_factory.mktemp("risky"))
    earlier = saved("quickstart", tmp_path_factory.mktemp("earlier"), "discount_rate=12 %/year")
    for mode in ("hold", "adapt"):
        asked_beside(run, mode)
    (run / "frontier.json").write_text(json.dumps(FRONTIER))
    return build(gather(run, earlier))


def found(shown: Opened) -> list[str]:
    """What axe objects to, of whatever weight, with the first place of each."""
    violations = Axe().run(shown.page).response["violations"]
    return [f"{each['impact']} {each['id']}: {each['nodes'][0]['html']}" for each in violations]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("which", ["bare", "risky"])
def test_axe_finds_nothing_in_light_or_dark_with_or_without_risk(
    which: str, scheme: str, browser: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    report = request.getfixturevalue(which)
    assert ("risk" in {section.id for section in report.sections}) is (which == "risky")
    shown = opened(browser, render(report), tmp_path, color_scheme=scheme)
    assert found(shown) == []
    assert shown.said == []


def test_a_page_with_every_section_is_small_and_the_same_twice(risky: Report) -> None:
    text = render(risky)
    assert len(text.encode()) < MOST_BYTES
    assert render(risky) == text


def test_axe_finds_nothing_on_a_small_screen_and_nothing_hangs_over_its_edge(
    browser: Any, bare: Report, tmp_path: Path
) -> None:
    """Wide tables and charts scroll inside themselves, and can be reached to do so."""
    shown = opened(browser, render(bare), tmp_path, viewport=PHONE)
    assert found(shown) == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("label", "<label>Filter <input", "Filter <label><input"),
        ("html-has-lang", '<html lang="en">', "<html>"),
        ("color-contrast", "--soft: #5b6570", "--soft: #d0d4d8"),
    ],
)
def test_axe_objects_to_a_planted_fault(
    rule: str, good: str, bad: str, browser: Any, tmp_path: Path
) -> None:
    """The same page with one thing spoilt: so silence elsewhere means something."""
    text = render(small())
    assert good in text
    sound = opened(browser, text, tmp_path, color_scheme="light")
    assert found(sound) == []
    spoilt = opened(browser, text.replace(good, bad), tmp_path, color_scheme="light")
    assert any(f" {rule}:" in each for each in found(spoilt))


def test_everything_a_mouse_does_is_done_with_keys(browser: Any, tmp_path: Path) -> None:
    """Skip, change the theme, filter, hear a source, send it away."""
    page = opened(browser, render(small("list of May")), tmp_path, color_scheme="light").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.get_by_label("Filter").focus()
    page.keyboard.type("May 3")
    assert page.locator("#rows-t tr:visible").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("Tab")
    hint = page.get_by_role("tooltip")
    assert hint.inner_text() == "list of May"
    page.keyboard.press("Escape")
    assert not hint.is_visible()


def test_a_screen_reader_hears_what_each_thing_is_and_what_a_filter_found(
    browser: Any, tmp_path: Path
) -> None:
    page = opened(browser, render(small("offer")), tmp_path).page
    assert page.get_by_role("heading", level=1).inner_text() == "offer"
    assert page.get_by_role("navigation", name="Sections").count() == 1
    assert page.get_by_role("region", name="T", exact=True).count() == 1
    assert page.get_by_role("columnheader", name="price").count() == 1
    assert page.locator("#chart-c").get_attribute("aria-label") == "offer"
    assert page.get_by_role("button", name="Dark theme", pressed=False).count() == 1
    page.get_by_label("Filter").fill("offer 3")
    said = page.get_by_role("status").filter(has_text="rows").inner_text()
    assert said == f"1 of {FILTER_FROM + 1} rows hold “offer 3”"
    page.get_by_label("Filter").fill("")
    assert page.get_by_role("status").filter(has_text="rows").count() == 0
