"""Speeds: a measurement becomes a row of ours, and a vendor's claims are believed as far as they held.

A log error e = ln(measured / planned). With a prior weight n₀ on e = 0, what a vendor's claims are worth in
the middle is e^(Σ e / (n₀ + n)) over the n claims that were measured, and the spread believed of a tier
becomes s² ← (n₀·s² + Σ e²) / (n₀ + n) over the n speeds planned on that tier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import exp, log, sqrt
from typing import Any

from planner.catalog.fact import SCENARIO
from planner.quantities import convert
from planner.review.actuals.kind import Fact
from planner.review.carry.draft import Draft
from planner.scenario.beliefs.shortfall import Shortfall

_BELIEF = ("risk", "beliefs", "shortfall")
_CLAIMED = "claimed"


def carry_speeds(draft: Draft, facts: Sequence[Fact]) -> None:
    """Write the newest measurement of every system, workload and precision, and what it teaches."""
    newest: dict[tuple[str, str, str], Fact] = {}
    for fact in sorted(facts, key=lambda fact: (fact.day, fact.seq)):
        if fact.kind == "throughput":
            told = fact.values
            newest[told["system"], told["workload"], told["precision"]] = fact
    found = list(newest.values())
    if not found:
        return
    rows = [*draft.data.get("measured", []), *map(_point, found)]
    why = f"measured: {', '.join(sorted({fact.values['system'] for fact in found}))}"
    draft.put(("measured",), rows, why, max(fact.seq for fact in found))
    if draft.section(*_BELIEF):
        _believe(draft, [fact for fact in found if fact.values["planned_tok_per_s_per_chip"]])


def held_share(errors: Sequence[float], weight: float) -> float:
    """What claims are worth in the middle, after some log errors and a prior that they hold.

    Four claims that came in at half, against a prior of weight four, are believed at 1/√2:

    >>> round(held_share([log(0.5)] * 4, 4.0), 4)
    0.7071
    """
    return exp(sum(errors) / (weight + len(errors)))


def spread_after(spread: float, errors: Sequence[float], weight: float) -> float:
    """Spread of a tier's log error after some errors.

    >>> round(spread_after(0.3, [0.3, -0.3], 4.0), 4)
    0.3
    """
    squares = weight * spread**2 + sum(error**2 for error in errors)
    return sqrt(squares / (weight + len(errors)))


def _point(fact: Fact) -> dict[str, Any]:
    """A row as ``measured`` and ``anchors.yaml`` write it: of a curve where a user's speed is known."""
    told = fact.values
    row = {name: told[name] for name in ("system", "model", "isl", "osl", "precision")}
    source = {"as_of": fact.day.isoformat(), "quality": "user", "source": SCENARIO, "note": told["note"]}  # fmt: skip
    if told["tok_per_s_per_user"] is None:
        value = {"value": told["tok_per_s"], "unit": "tok/s"}
        how: dict[str, Any] = {"scenario": "offline", "chips": told["chips"]}
    else:
        value = {"value": told["tok_per_s_per_chip"], "unit": "tok/s/chip"}
        how = {"scenario": "curve", "tok_per_s_per_user": told["tok_per_s_per_user"]}
    return {**row, **how, "regime": "field", "throughput": {**value, **source}}


def _believe(draft: Draft, found: list[Fact]) -> None:
    belief = draft.section(*_BELIEF)
    weight = float(belief.get("prior_weight", Shortfall.model_fields["prior_weight"].default))
    by_tier: dict[str, list[float]] = defaultdict(list)
    by_vendor: dict[str, list[float]] = defaultdict(list)
    seqs: dict[str, int] = {}
    for fact in found:
        told = fact.values
        error = log(told["tok_per_s_per_chip"] / told["planned_tok_per_s_per_chip"])
        by_tier[told["planned_tier"]].append(error)
        if told["planned_tier"] == _CLAIMED:
            by_vendor[told["vendor"]].append(error)
        seqs[told["planned_tier"]] = seqs[told["vendor"]] = fact.seq
    for tier, errors in sorted(by_tier.items()):
        if tier in belief["spread"]:
            after = spread_after(convert(belief["spread"][tier], ""), errors, weight)
            why = (
                f"{len(errors)} speeds planned as {tier} were measured; prior of weight {weight:g}"
            )
            draft.put((*_BELIEF, "spread", tier), float(f"{after:.6g}"), why, seqs[tier])
    for vendor, errors in sorted(by_vendor.items()):
        share = held_share(errors, weight)
        mean = exp(sum(errors) / len(errors))
        why = f"{len(errors)} claims of {vendor} were measured at {mean:.0%} of what was planned; prior of weight {weight:g}"  # fmt: skip
        draft.put((*_BELIEF, "claims", vendor), float(f"{share:.6g}"), why, seqs[vendor])
