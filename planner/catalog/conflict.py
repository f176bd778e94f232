"""Conflicts: figures that disagree or cannot be true, with the bound that says so and what is used."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planner.catalog.fact import Figure, Strict

Law = Literal["weight read", "cache read", "share", "whole units", "energy over price"]
Verdict = Literal[
    "impossible", "misattributed", "outdated", "double counted", "ambiguous", "incomplete"
]


class Bound(Strict):
    """A bound that follows from facts; the audit computes it, the file only names its inputs."""

    law: Law
    """weight read: chips · bandwidth / weights; cache read: chips · bandwidth / (bytes per token · context); share: total / parts; whole units: need / have, rounded up; energy over price: power · a year · tariff / price."""
    inputs: dict[str, Figure]
    """Inputs of the law, by name, each a sourced fact."""


class Used(Strict):
    """Which figure of which entry a plan uses instead."""

    kind: str
    """Kind of entry, such as systems."""
    id: str
    """Id of the entry."""
    figure: str
    """Dotted name of the figure inside the entry."""


class Conflict(Strict):
    """One disagreement and its resolution."""

    id: str
    """Kebab case."""
    number: int = Field(ge=1)
    """Place in the list."""
    title: str
    """What is in conflict, in a sentence."""
    claim: Figure
    """What is said, by whom, when."""
    bound: Bound | None = None
    """What physics or arithmetic allows, where that can be computed."""
    verdict: Verdict
    """What is wrong with the claim."""
    explanation: str
    """Why."""
    resolution: str
    """What the catalog and plans do."""
    used: tuple[Used, ...] = ()
    """Figures that stand in the catalog instead."""
