"""What this installation can do: interpreter, solvers, catalog, and optional real components."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One part: what was found, whether it is fine, whether a plan needs it, and what to do."""

    name: str
    found: str
    ok: bool
    needed: bool
    hint: str = ""


_OPTIONAL = {
    "LibreOffice": ("soffice", "apt-get install libreoffice-calc"),
    "Chromium": ("chromium", "apt-get install chromium"),
    "PostgreSQL": ("psql", "apt-get install postgresql"),
}


def examine() -> list[Finding]:
    """Every part, needed ones first."""
    version = ".".join(map(str, sys.version_info[:3]))
    findings = [Finding("Python", version, sys.version_info >= (3, 11), True, "use 3.11 or newer")]
    for name, probe in (("HiGHS", _highs), ("CBC", _cbc), ("catalog", _catalog)):
        findings.append(_probed(name, probe, needed=name != "CBC"))
    for name, (program, install) in _OPTIONAL.items():
        path = shutil.which(program)
        findings.append(Finding(name, path or "not found", path is not None, False, "" if path else install))  # fmt: skip
    return findings


def _probed(name: str, probe: Callable[[], str], needed: bool) -> Finding:
    try:
        return Finding(name, probe(), True, needed)
    except Exception as error:  # a doctor reports whatever is broken
        return Finding(name, f"{type(error).__name__}: {error}", False, needed, "reinstall: make clean run")  # fmt: skip


def _highs() -> str:
    from planner.solver.highs import solver_version

    return solver_version()


def _cbc() -> str:
    from planner.solver.second_opinion import cbc_path

    return cbc_path()


def _catalog() -> str:
    from planner.catalog.load import load
    from planner.scenario.load import find_catalog

    catalog = load(find_catalog("default"))
    return f"{len(catalog.systems)} systems, {len(catalog.models)} models, {len(catalog.sources)} sources"
