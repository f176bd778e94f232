"""Every registered row family is proved in exactly one module of this folder, and none invented.

A module says so with a constant: ``PROVES = ("power",)``.
"""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from planner.program.family import families


def test_every_family_is_proved_in_exactly_one_place() -> None:
    """A family added without a hand-solved test fails here."""
    assert claims(Path(__file__).parent) == Counter(card.name for card, _ in families())


def claims(folder: Path) -> Counter[str]:
    """How often each name stands in a ``PROVES`` constant of a folder's test modules."""
    found: Counter[str] = Counter()
    for file in sorted(folder.glob("test_*.py")):
        for statement in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "PROVES":
                found.update(ast.literal_eval(statement.value))
    return found
