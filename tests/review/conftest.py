"""One PostgreSQL server for the tests of this folder, and a fresh store of each kind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.review.index.store import default_url
from tests.review.server import Server, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store; the SQLite one lies in ``tmp_path/reports``."""
    if request.param == "sqlite":
        return default_url(tmp_path / "reports")
    fresh: Server = request.getfixturevalue("server")
    return fresh.fresh(f"t{uuid.uuid4().hex}")
