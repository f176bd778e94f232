"""The page of every error code: meaning, a bad and a good example (codes.yaml)."""

from __future__ import annotations

from pathlib import Path

import planner.errors
from planner.documents import read
from planner.errors import UnknownName

PAGES = Path(planner.errors.__file__).with_name("codes.yaml")


def pages() -> dict[str, dict[str, str]]:
    """Every page by code."""

    data: dict[str, dict[str, str]] = read(PAGES).data
    return data


def page(code: str) -> dict[str, str]:
    """One page; CLI002 for a code nobody raises."""
    known = pages()
    if code.upper() not in known:
        raise UnknownName("error code", code, known)
    return known[code.upper()]
