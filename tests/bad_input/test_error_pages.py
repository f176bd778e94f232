"""Every error code has its page, and every page its error."""

from __future__ import annotations

import re

import pytest

from planner.documents import parse, read
from tests.support import CODES, ROOT

PAGES: dict[str, dict[str, str]] = read(CODES).data
CODE = re.compile(r"\b(?:DOC|CAT|FIN|SCN|PRG|RGT|RSK|RUN|CLI|FAB|SRV|REV)\d{3}\b")
TO_COME = {f"RUN00{n}" for n in (1, 2, 3, 4, 6, 7)} | {"CAT005", "CLI003", "PRG002", "PRG003"}
"""Codes with a page whose errors may not be raised yet."""


def used_codes() -> set[str]:
    sources = (ROOT / "planner").rglob("*.py")
    return {code for path in sources for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_in_the_source_has_a_page():
    assert used_codes() - set(PAGES) == set()


def test_every_page_belongs_to_a_code_in_the_source():
    assert set(PAGES) - used_codes() <= TO_COME


def test_pages_are_sorted():
    assert list(PAGES) == sorted(PAGES)


@pytest.mark.parametrize("code", PAGES)
def test_a_page_has_a_title_a_meaning_and_two_examples_that_differ(code):
    page = PAGES[code]
    assert list(page) == ["title", "meaning", "bad", "good"]
    assert all(isinstance(text, str) and text.strip() for text in page.values())
    assert page["bad"] != page["good"]
    assert page["meaning"].strip().count(". ") <= 2
    assert not page["title"].endswith(".")


@pytest.mark.parametrize("code", PAGES)
def test_the_good_example_can_be_copied(code):
    good = PAGES[code]["good"]
    command = good.startswith("planner ")
    assert command or isinstance(parse(good, code).data, dict)
