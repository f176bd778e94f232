"""A merged scenario as a table of keys, values and the places that set them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.documents import Document, KeyPath, dotted
from planner.errors import UnknownName

Line = tuple[str, str, str]


def flattened(document: Document) -> list[Line]:
    """Every leaf as (dotted key, value, file:line)."""
    return list(_leaves(document, (), document.data))


def explained(document: Document, key: str) -> list[Line]:
    """The leaves at or under one dotted key; CLI002 where there is none."""
    lines = flattened(document)
    under = [line for line in lines if line[0] == key or line[0].startswith(f"{key}.")]
    if not under:
        known = {line[0] for line in lines} | {line[0].rpartition(".")[0] for line in lines}
        raise UnknownName("key", key, known - {""})
    return under


def _leaves(document: Document, key: KeyPath, value: Any) -> Iterator[Line]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(document, (*key, name), inner)
    else:
        yield dotted(key), _text(value), str(document.place(key))


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
