"""Run a ``planner fabric`` command and read its answer."""

from __future__ import annotations

import json
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

import planner.catalog.load
from planner.cli.app import app
from planner.errors import Failure

RUNNER = CliRunner()
LOAD = cache(planner.catalog.load.load)
"""The catalog is read once for all commands of a test run."""


def said(command: str) -> str:
    """What a command prints; its failure is raised as it is."""
    with patch("planner.catalog.load.load", LOAD):
        result = RUNNER.invoke(app, ["fabric", *command.split()], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def asked(command: str) -> dict[str, Any]:
    """The JSON answer of a command."""
    answer = json.loads(said(f"{command} --json"))
    assert answer["format_version"] == 1
    return dict(answer)


def refused(command: str) -> Failure:
    """The failure a command ends with."""
    with pytest.raises(Failure) as refusal:
        said(command)
    return refusal.value
