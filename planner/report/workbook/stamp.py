"""Whether a workbook is still as it was written: an editor leaves its own day in the properties."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

CREATED = datetime(2020, 1, 1, tzinfo=UTC)
"""A fixed day, so that the same run gives the same bytes."""
_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(r"<dcterms:modified[^>]*>([^<]*)<")


def untouched(path: Path) -> bool:
    """Whether the workbook bears the day that we write; false for whatever else the file is."""
    try:
        with ZipFile(path) as archive:
            told = archive.read(_PROPERTIES).decode("utf-8", errors="replace")
    except (OSError, BadZipFile, KeyError):
        return False
    found = _MODIFIED.search(told)
    return found is not None and found[1] == CREATED.strftime("%Y-%m-%dT%H:%M:%SZ")
