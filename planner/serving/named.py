"""Systems and models by id or alias."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import UnknownName

if TYPE_CHECKING:
    from planner.catalog.load import Catalog


def ids(catalog: Catalog, system: str, model: str) -> tuple[str, str]:
    """Ids of a system and a model that may be given by alias; UnknownName where there is none."""
    found = []
    for kind, name in (("systems", system), ("models", model)):
        table = getattr(catalog, kind)
        match = [i for i, entity in table.items() if name == i or name in entity.aliases]
        if not match:
            raise UnknownName(kind.removesuffix("s"), name, table)
        found.append(match[0])
    return found[0], found[1]
