"""Real programs that tests drive: found on this machine, or the test skips and says what to install."""

from __future__ import annotations

import shutil

import pytest


def program(*names: str, package: str) -> str:
    """Path of the first of these programs that is here; skips with the install command otherwise."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    pytest.skip(f"needs {names[0]}: apt-get install --no-install-recommends {package}")
