"""Generated pages and schemas stand in the repository as the source now says they are."""

from __future__ import annotations

from pathlib import Path

from planner.cli.generate import generate
from planner.documents import read

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("quickstart", "reference", "as-claimed", "published-gb200-hour", "published-1gw")


def test_generated_files_are_as_the_source_says(tmp_path: Path) -> None:
    stale = [
        str(path.relative_to(tmp_path))
        for path in generate(tmp_path)
        if not (ROOT / path.relative_to(tmp_path)).is_file()
        or (ROOT / path.relative_to(tmp_path)).read_text() != path.read_text()
    ]
    assert stale == [], "run make docs"


def test_every_catalog_and_scenario_file_names_a_schema_that_exists() -> None:
    for path in [
        *ROOT.glob("catalogs/default/**/*.yaml"),
        *(ROOT / f"scenarios/{name}.yaml" for name in SHIPPED),
    ]:
        first = path.read_text().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        named = path.parent / first.partition("=")[2].strip()
        assert named.resolve().is_file(), f"{path} names {named}"


def test_no_file_of_the_catalog_is_empty() -> None:
    files = list(ROOT.glob("catalogs/default/**/*.yaml"))
    assert len(files) > 200
    assert all(read(path).data for path in files)
