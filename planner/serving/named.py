"""Systems and models by id or alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from planner.errors import UnknownName

if TYPE_CHECKING:
    from planner.catalog.load import Catalog


def ids(catalog: Catalog, system: str, model: str) -> tuple[str, str]:
    """Ids of a system and a model that may be given by alias; UnknownName where there is none."""
    return one(catalog, "systems", system), one(catalog, "models", model)


def one(catalog: Catalog, kind: Literal["systems", "models"], name: str) -> str:
    """Id of one entity that may be given by alias."""
    table = catalog.systems if kind == "systems" else catalog.models
    match = [i for i, entity in table.items() if name == i or name in entity.aliases]
    if not match:
        raise UnknownName(kind.removesuffix("s"), name, table)
    return match[0]
