"""Where facts come from."""

from __future__ import annotations

from planner.catalog.fact import Strict


class Source(Strict):
    """One publication, data set, filing or person."""

    title: str
    """Title as published."""
    url: str = ""
    """Where it can be read; empty where it has no address."""
    note: str = ""
    """How far to trust it."""


class Sources(Strict):
    """sources.yaml: every source by id."""

    sources: dict[str, Source]
    """Sources by kebab-case id."""
