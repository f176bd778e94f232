"""LibreOffice without a screen: opens a workbook, recalculates every cell, saves it again."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.components import program

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Recalculate on load, whatever values are cached."""


def recalculated(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice computes it from its formulas alone."""
    office = program("soffice", "libreoffice", package="libreoffice-calc-nogui")
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_ALWAYS, encoding="utf-8")
    out = folder / "recalculated"
    command = (office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path))  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / path.name
