"""Read what-if questions and turn them into changes of a scenario."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from types import ModuleType
from typing import Any

from planner.errors import Usage
from planner.options.table import Options
from planner.plan.what_if import verbs
from planner.scenario.load import Loaded, variant
from planner.scenario.schema import Scenario

Changes = dict[str, Any]
"""Dotted keys of the scenario and their new values; None removes a key."""


def changes_of(text: str, options: Options, scenario: Scenario) -> Changes:
    """The changes one question asks for. options: the scenario joined.

    Raises Usage (CLI004) listing the accepted forms, UnknownName (CLI002).
    """
    for verb in known_verbs():
        match = re.fullmatch(verb.PATTERN, text.strip(), re.IGNORECASE)
        if match:
            changes: Changes = verb.changes(match, options, scenario)
            return changes
    forms = "\n".join(f"  {verb.FORM}" for verb in known_verbs())
    raise Usage(f"CLI004: '{text}' is no what-if question; accepted are\n{forms}")


def asked(loaded: Loaded, options: Options, texts: tuple[str, ...]) -> Loaded:
    """The run's scenario with every question's changes, checked like any other."""
    values: Changes = {}
    for text in texts:
        for key, value in changes_of(text, options, loaded.scenario).items():
            both = isinstance(value, dict) and isinstance(values.get(key), dict)
            values[key] = values[key] | value if both else value
    return variant(loaded, values)


@cache
def known_verbs() -> tuple[ModuleType, ...]:
    """Every verb, in order of name."""
    names = sorted(info.name for info in pkgutil.iter_modules(verbs.__path__))
    return tuple(importlib.import_module(f"{verbs.__name__}.{name}") for name in names)
