"""The sense of beliefs: each must say something, name what exists, and not contradict another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from planner.documents import Document, KeyPath
from planner.errors import Problem, did_you_mean
from planner.scenario.beliefs import Beliefs
from planner.scenario.beliefs.correlation import correlation_matrix, nearest

_AT: KeyPath = ("risk", "beliefs")
_PRICES = ("hardware_price", "rental_price", "energy_price", "memory_price")


def belief_problems(
    beliefs: Beliefs, workloads: Iterable[str], vendors: Iterable[str], document: Document
) -> Iterator[Problem]:
    """Everything wrong with the beliefs of a scenario."""
    yield from _certain(beliefs, document)
    yield from _names(beliefs, list(workloads), list(vendors), document)
    yield from _correlations(beliefs, document)


def _certain(beliefs: Beliefs, document: Document) -> Iterator[Problem]:
    """Beliefs without spread: what is certain belongs into the scenario."""
    flat: list[tuple[str, bool]] = [
        ("demand", beliefs.demand is not None and beliefs.demand.spread == 0),
        ("memory", beliefs.memory is not None and beliefs.memory.spread == 0),
        ("optics", beliefs.optics is not None and beliefs.optics.spread == 0),
        ("slip", beliefs.slip is not None and beliefs.slip.chance == 0),
        (
            "shortfall",
            beliefs.shortfall is not None
            and not any(beliefs.shortfall.spread.values())
            and not beliefs.shortfall.claims,
        ),
    ]
    for name in _PRICES:
        price = getattr(beliefs, name)
        still = price is not None and price.volatility == 0 and not (price.scarcity and price.jump)
        flat.append((name, still))
    for name, still in flat:
        if still:
            hint = "give it a spread, or remove it: what is not named is certain"
            yield document.problem("RSK010", (*_AT, name), "this belief varies nothing", hint)


def _names(
    beliefs: Beliefs, workloads: list[str], vendors: list[str], document: Document
) -> Iterator[Problem]:
    if beliefs.displacement is not None:
        for name in beliefs.displacement.takeover_of:
            if name not in workloads:
                key = (*_AT, "displacement", "takeover_of", name)
                yield document.problem("SCN001", key, f"no workload called '{name}'", did_you_mean(name, workloads))  # fmt: skip
    if beliefs.shortfall is not None:
        for name in beliefs.shortfall.claims:
            if name not in vendors:
                key = (*_AT, "shortfall", "claims", name)
                yield document.problem("SCN001", key, f"no vendor called '{name}'", did_you_mean(name, vendors))  # fmt: skip
    if beliefs.vendor_failure is not None:
        for name in beliefs.vendor_failure.of:
            if name not in vendors:
                key = (*_AT, "vendor_failure", "of", name)
                yield document.problem("SCN001", key, f"no vendor called '{name}'", did_you_mean(name, vendors))  # fmt: skip


def _correlations(beliefs: Beliefs, document: Document) -> Iterator[Problem]:
    believed = _believed(beliefs)
    for number, pair in enumerate(beliefs.correlations):
        for name in pair.between:
            if name not in believed:
                what = f"nothing is believed of '{name}', so it cannot move with anything"
                hint = f"believed: {', '.join(believed)}"
                yield document.problem("RSK015", (*_AT, "correlations", number), what, hint)
    matrix = correlation_matrix(believed, beliefs.correlations)
    if len(believed) and np.linalg.eigvalsh(matrix)[0] < 0:
        near = nearest(matrix)
        pairs = [
            f"{a} with {b} {near[believed.index(a), believed.index(b)]:.3f}"
            for a, b in (pair.between for pair in beliefs.correlations)
            if a in believed and b in believed
        ]
        what = (
            "no joint distribution has these correlations: the matrix is not positive semidefinite"
        )
        yield document.problem("RSK009", (*_AT, "correlations"), what, f"the nearest that has: {', '.join(pairs)}")  # fmt: skip


def _believed(beliefs: Beliefs) -> list[str]:
    """Drivers that are drawn, in the order of the schema."""
    names = []
    if beliefs.displacement is not None:
        names.append("hybrid")
        if beliefs.displacement.attention_free is not None:
            names.append("attention_free")
    others = (
        "supersession",
        "demand",
        "memory",
        *_PRICES,
        "slip",
        "vendor_failure",
        "shortfall",
        "optics",
    )
    return names + [name for name in others if getattr(beliefs, name) is not None]
