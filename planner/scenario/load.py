"""Load a scenario: resolve its parents, check it alone, then against its catalog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.catalog.load import Catalog, with_anchors
from planner.catalog.load import load as load_catalog
from planner.catalog.serving import Anchors
from planner.documents import Document, KeyPath, validate
from planner.errors import InvalidData, Problem, UnknownName
from planner.scenario.assume import with_assumptions, without_assumptions
from planner.scenario.check import problems_of
from planner.scenario.contract import with_contracts
from planner.scenario.currency import in_dollars
from planner.scenario.inherit import changed, resolve
from planner.scenario.schema import Scenario
from planner.timeline import first_day

ANCHORS = "anchors.yaml"
"""File of the user's own measurements."""
_NO_DATE = "1970"
"""Date of bare figures where the scenario's own as-of date is none; that alone is then reported."""


@dataclass(frozen=True)
class Loaded:
    """A checked scenario with the catalog it draws on, and where every value came from."""

    scenario: Scenario
    catalog: Catalog
    document: Document

    def place(self, key: KeyPath) -> str:
        return str(self.document.place(key))


def roots() -> Iterator[Path]:
    """Folders that may hold ``scenarios/`` and ``catalogs/``: here, the source tree, the install."""
    import sys

    yield Path.cwd()
    yield Path(__file__).resolve().parents[2]
    yield Path(sys.prefix) / "share" / "planner"


def find_scenario(name: str) -> Path:
    """A path as given, or the file of that name in a ``scenarios/`` folder; CLI002 when neither."""
    path = Path(name)
    if path.is_file():
        return path
    known: dict[str, Path] = {}
    for root in roots():
        for file in sorted((root / "scenarios").glob("*.yaml")):
            known.setdefault(file.stem, file)
    if path.stem in known and path.parent in (Path("."), Path("scenarios")):
        return known[path.stem]
    raise UnknownName("scenario", name, known)


def find_catalog(name: str, scenario_folder: Path | None = None) -> Path:
    """The folder of a catalog, by name under ``catalogs/`` or by path; CLI002 when there is none."""
    candidates = [root / "catalogs" / name for root in roots()]
    if scenario_folder is not None:
        candidates.insert(0, scenario_folder / name)
    for folder in candidates:
        if (folder / "sources.yaml").is_file():
            return folder
    known = {p.parent.name for root in roots() for p in (root / "catalogs").glob("*/sources.yaml")}
    raise UnknownName("catalog", name, known)


def find_anchors(folder: Path) -> Path | None:
    """The user's own measurements: anchors.yaml in this folder, else here; None without one."""
    for place in (folder, Path.cwd()):
        if (place / ANCHORS).is_file():
            return place / ANCHORS
    return None


def checked(document: Document) -> Scenario:
    """The scenario a document describes, checked alone; its bare figures speak of its as-of date."""
    document = in_dollars(document)
    as_of = str(document.data.get("as_of", ""))
    try:
        first_day(as_of)
    except ValueError:
        as_of = _NO_DATE
    return validate(Scenario, document, {"as_of": as_of})


def load(path: Path, overrides: tuple[str, ...] = (), sets: tuple[str, ...] = ()) -> Loaded:
    """Load and check a scenario and its catalog.

    Raises InvalidData with every problem of the first stage that has any: the documents, the
    schema, the references and the sense of it.
    """
    return of_document(resolve(path, overrides, sets), path.parent)


def of_document(document: Document, folder: Path) -> Loaded:
    """A merged document checked with the catalog it names.

    folder: where the scenario's file stands, from which a catalog's path is told.

    Raises InvalidData as ``load`` does.
    """
    scenario = checked(document)
    try:
        catalog_folder = find_catalog(scenario.catalog, folder)
    except UnknownName as error:
        what = f"there is no catalog '{scenario.catalog}'"
        hint = str(error).partition("; ")[2]
        raise InvalidData([document.problem("CAT004", ("catalog",), what, hint)]) from error
    catalog = load_catalog(catalog_folder, find_anchors(folder))
    return _checked(scenario, catalog, document)


def in_world(loaded: Loaded, name: str) -> Loaded:
    """The scenario as it stands in one of its named worlds, checked like any other.

    Raises InvalidData with the problems of that world alone.
    """
    assert loaded.scenario.risk is not None
    told_at: KeyPath = ("risk", "worlds", name, "set")
    return variant(loaded, loaded.scenario.risk.worlds[name].set, told_at)


def variant(loaded: Loaded, values: dict[str, Any], told_at: KeyPath = ()) -> Loaded:
    """The scenario with dotted keys set, or removed by None, checked like any other.

    told_at: the key that named the changes, for the places of problems. Raises InvalidData.
    """
    document = changed(loaded.document, values, told_at)
    scenario = checked(document)
    own = loaded.scenario.contracts
    known = {n: c for n, c in loaded.catalog.contracts.items() if n not in own}
    stocked = without_assumptions(loaded.catalog, loaded.scenario)
    return _checked(scenario, replace(stocked, contracts=known), document)


def _checked(scenario: Scenario, catalog: Catalog, document: Document) -> Loaded:
    catalog = with_contracts(catalog, scenario.contracts, document)
    problems: list[Problem] = list(problems_of(scenario, catalog, document))
    if problems:
        raise InvalidData(problems)
    catalog = with_anchors(catalog, Anchors(id=ANCHORS, points=scenario.measured))
    return Loaded(scenario, with_assumptions(catalog, scenario, document), document)
