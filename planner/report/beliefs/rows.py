"""Beliefs as tables: what each says in its units and on what basis, and what chips keep once displaced."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from planner.catalog.fact import Fact
from planner.scenario.beliefs import Beliefs
from planner.scenario.beliefs.displacement import Keep
from planner.scenario.load import Loaded

_WORDS = {"year": "years", "week": "weeks", "1/year": "a year"}
"""Canonical units as people say them."""
Said = tuple[str, str, str]


def belief_rows(beliefs: Beliefs) -> list[Said]:
    """(belief, what it says, its basis) for everything believed."""
    rows = []
    for name in type(beliefs).model_fields:
        belief = getattr(beliefs, name)
        if isinstance(belief, BaseModel):
            rows += list(_parts(name, belief, ""))
    pairs = beliefs.correlations
    return rows + [(" with ".join(p.between), f"rho {p.rho:g}", p.basis) for p in pairs]


def _parts(name: str, belief: BaseModel, basis: str) -> Iterator[Said]:
    """A belief, and each belief inside it that has a basis of its own; without one it has its parent's."""
    basis = getattr(belief, "basis", basis)
    said, inner = [], []
    shapes = type(belief).model_json_schema()["properties"]
    for field, info in type(belief).model_fields.items():
        value = getattr(belief, field)
        if field == "basis" or value is None or value == info.get_default(call_default_factory=True):  # fmt: skip
            continue
        found = value if isinstance(value, dict) else {"": value}
        if all(isinstance(part, BaseModel) and hasattr(part, "basis") for part in found.values()):
            inner += [(key or field, part) for key, part in found.items()]
        else:
            said.append(f"{field.replace('_', ' ')} {_short(value, _unit(shapes[field]))}")
    if said:
        yield name, ", ".join(said), basis
    for key, part in inner:
        yield from _parts(f"{name}: {key}", part, basis)


def _unit(shape: dict[str, Any]) -> str:
    """The canonical unit of a field, from its own schema or that of what it holds."""
    if "x-canonical-unit" in shape:
        return str(shape["x-canonical-unit"])
    inner = [*shape.get("anyOf", ()), shape.get("additionalProperties")]
    return next((unit for part in inner if isinstance(part, dict) and (unit := _unit(part))), "")


def _short(value: Any, unit: str) -> str:
    if isinstance(value, BaseModel):
        return _short(value.model_dump(), unit)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_short(part, unit)}" for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return " and ".join(_short(part, unit) for part in value)
    if isinstance(value, float):
        word = _WORDS.get(unit, unit)
        return f"{value:.4g} {word.removesuffix('s') if value == 1 else word}".rstrip()
    return str(value)


def kept_rows(loaded: Loaded) -> list[tuple[str, str, str, str]]:
    """(gradients, kept under hybrids, kept without attention, source) of what chips keep once displaced.

    What the beliefs say themselves comes before the catalog's.
    """
    as_of = loaded.scenario.timeline.as_of
    risk = loaded.scenario.risk
    displacement = risk.beliefs.displacement if risk and risk.beliefs else None
    if displacement is None:
        return []
    own = displacement.keep
    rows = []
    for residual in sorted(loaded.catalog.residuals.values(), key=lambda each: each.gradients):
        places = ", ".join(str(place) for place in residual.gradients if place not in own)
        hybrid, free = (figure.at(as_of) for figure in (residual.hybrid, residual.attention_free))
        if places and hybrid is not None and free is not None:
            rows.append((places, _ranged(hybrid), _ranged(free), hybrid.source))
    lives = {f"{place}, second life": keep for place, keep in displacement.second_life.items()}
    told: dict[str, Keep] = {**{str(place): keep for place, keep in own.items()}, **lives}
    said = [(p, f"{k.hybrid:.1%}", f"{k.attention_free:.1%}", "this scenario") for p, k in told.items()]  # fmt: skip
    return rows + said


def _ranged(fact: Fact) -> str:
    """A share with its range, where it has one."""
    told = f"{fact.number:.1%}"
    if fact.low is None and fact.high is None:
        return told
    low, high = (fact.number if end is None else end for end in (fact.low, fact.high))
    return f"{told} ({low:.0%} to {high:.0%})"
