"""Actuals: what really happened, one kind per file; importing the package finds every kind."""

from __future__ import annotations

import importlib
import pkgutil

from planner.review.actuals.kind import KINDS

for _found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
    if _found.name != "read":  # it asks this package for its kinds
        importlib.import_module(f"{__name__}.{_found.name}")

__all__ = ["KINDS"]
