"""Every registered row family is proved in exactly one test module, and none invented.

A module says so with a constant: ``PROVES = ("power",)``; an account is named with its column, as
in ``PROVES = ("maintenance on own",)``.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from planner.program.family import families


def test_every_family_is_proved_in_exactly_one_place() -> None:
    """A family added without a hand-solved test fails here."""
    claimed = Counter({name: n for name, n in claims().items() if " on " not in name})
    assert claimed == Counter(card.name for card, _ in families())


def claims() -> Counter[str]:
    """How often each name stands in a ``PROVES`` constant of a test module."""
    found: Counter[str] = Counter()
    for file in sorted(Path(__file__).parents[1].rglob("test_*.py")):
        for statement in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "PROVES":
                found.update(ast.literal_eval(statement.value))
    return found
