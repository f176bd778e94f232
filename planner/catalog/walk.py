"""Walk through an entity: every fact and figure inside it, with its key path."""

from __future__ import annotations

from collections.abc import Iterator

from planner.catalog.fact import Fact, Figure, Strict
from planner.documents import KeyPath


def facts_of(entity: object) -> Iterator[tuple[KeyPath, Fact]]:
    """Every fact inside an entity with its key path."""
    for key, value in _leaves(entity, ()):
        if isinstance(value, Figure):
            for index, fact in enumerate(value):
                yield (*key, index), fact
        else:
            yield key, value


def figures_of(entity: object) -> Iterator[tuple[KeyPath, Figure]]:
    """Every figure inside an entity with its key path; a lone fact is a figure of one."""
    for key, value in _leaves(entity, ()):
        yield key, value if isinstance(value, Figure) else Figure((value,))


def _leaves(value: object, key: KeyPath) -> Iterator[tuple[KeyPath, Figure | Fact]]:
    if isinstance(value, Figure | Fact):
        yield key, value
    elif isinstance(value, Strict):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), (*key, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*key, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*key, index))
