"""One question, one answer: how fast does this system serve this workload, and who says so?

A measurement of the very shape first, then the roofline corrected by measured anchors, then a
vendor's claim with its haircut, else a refusal with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from planner.catalog.chip import Chip
from planner.catalog.fact import Figure, weakest
from planner.catalog.load import Catalog
from planner.catalog.throughput import Point
from planner.serving import claim
from planner.serving.anchor import Anchor, Seen, pipeline_anchor, predicted_speed, seen_speeds
from planner.serving.machine import Efficiency, Machine, efficiency_of, machine_of
from planner.serving.measured import exact
from planner.serving.rate import Rate, Refusal, Request
from planner.serving.roofline import Operating, best
from planner.serving.shape import Shape, shape_of


@dataclass
class Estimator:
    """Answers estimates from one catalog on one as-of date; figures are read once and kept."""

    catalog: Catalog
    as_of: date
    claims: claim.Mode = "haircut"
    _machines: dict[str, Machine] = field(default_factory=dict)
    _anchors: dict[tuple[str, str], Anchor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.efficiency: Efficiency = efficiency_of(self.catalog.practice, self.as_of)
        self.shapes: dict[str, Shape] = {
            name: shape_of(model, self.as_of) for name, model in self.catalog.models.items()
        }
        self.points: dict[str, dict[str, list[Point]]] = {}
        for name, rows in self.catalog.throughput.items():
            for point in rows.points:
                fact = point.throughput
                if not fact.rejected and fact.disclosed and fact.day <= self.as_of:
                    by_model = self.points.setdefault(point.system, {})
                    by_model.setdefault(name, []).append(point)

    def rate(self, system_id: str, model_id: str, request: Request) -> Rate | Refusal:
        """The rate of one system for one workload; a refusal always says why."""
        chip = self.catalog.chips[self.catalog.systems[system_id].chip]
        factor = _capability(chip, self.shapes[model_id], self.as_of)
        if isinstance(factor, Refusal):
            return factor
        machine, shape = self._machine(system_id), self.shapes[model_id]
        points = self.points.get(system_id, {})
        seen = exact(machine, request, points.get(model_id, []))
        if seen is not None:
            return seen
        claimed = claim.rate(
            machine, shape, request, points.get(model_id, []), self.efficiency, self.claims
        )
        if self.claims == "at their word" and isinstance(claimed, Rate):
            return _scaled(claimed, factor)
        anchor = self._anchor(machine, shape)
        point = best(machine, shape, request, self.efficiency, anchor.speed, anchor.layer_s)
        if isinstance(point, Operating):
            estimate = _as_rate(point, machine, anchor)
            return _scaled(_below_its_claim(estimate, claimed, self.efficiency), factor)
        if isinstance(claimed, Rate):
            return _scaled(claimed, factor)
        return Refusal(f"{point.why}; {claimed.why}" if "disclosed" in point.why else point.why)

    def _machine(self, system_id: str) -> Machine:
        if system_id not in self._machines:
            system = self.catalog.systems[system_id]
            chip = self.catalog.chips[system.chip]
            self._machines[system_id] = machine_of(system, chip, self.as_of)
        return self._machines[system_id]

    def _anchor(self, machine: Machine, shape: Shape) -> Anchor:
        pair = (machine.id, shape.id)
        if pair not in self._anchors:
            if machine.on_chip_only:
                points = self.points.get(machine.id, {})
                anchor = pipeline_anchor(machine, shape, points, self.shapes, self.efficiency)
            else:
                family = self.catalog.chips[machine.chip].family
                anchor = predicted_speed(machine.id, family, shape, self._seen)
            self._anchors[pair] = anchor
        return self._anchors[pair]

    @cached_property
    def _seen(self) -> list[Seen]:
        """Every measured row as a log speed, systems and models in order of name."""
        found: list[Seen] = []
        for system_id, by_model in sorted(self.points.items()):
            machine = self._machine(system_id)
            family = self.catalog.chips[machine.chip].family
            if not machine.on_chip_only:
                for model_id, points in sorted(by_model.items()):
                    shape = self.shapes[model_id]
                    found += seen_speeds(machine, family, shape, points, self.efficiency)
        return found


def _as_rate(point: Operating, machine: Machine, anchor: Anchor) -> Rate:
    return Rate(
        tok_per_s=point.per_chip * machine.chips,
        tok_per_s_per_user=point.tok_per_s_per_user,
        ttft_ms=point.ttft_s * 1e3,
        batch=point.batch,
        chips_per_replica=point.chips,
        systems_per_replica=point.chips / machine.chips,
        precision=point.precision,
        bound_by=point.bound_by,
        tier=weakest(anchor.tier, machine.tier) if anchor.tier != "interpolated" else anchor.tier,
        why=anchor.why,
    )


def _below_its_claim(estimate: Rate, claimed: Rate | Refusal, efficiency: Efficiency) -> Rate:
    """No system nobody has measured is faster than its own vendor says."""
    if isinstance(claimed, Refusal) or estimate.tier == "interpolated":
        return estimate
    most = claimed.tok_per_s / efficiency.haircut
    if estimate.tok_per_s <= most:
        return estimate
    why = f"{estimate.why}, held to the vendor's own claim"
    return replace(estimate, tok_per_s=most, tier="claimed", why=why)


def _capability(chip: Chip, shape: Shape, as_of: date) -> float | Refusal:
    """The factor by which the chip runs this kind of model; a refusal where it cannot."""
    runs = chip.runs
    if chip.coprocessor:
        return Refusal(f"a coprocessor never carries a workload alone: {chip.coprocessor}")
    if runs.only_models and shape.id not in runs.only_models:
        return Refusal(f"the silicon holds only {', '.join(runs.only_models)}")
    kinds: dict[str, Figure | None] = {
        {"T": "transformers", "H": "hybrid models", "X": "attention-free models"}[shape.state]: {
            "T": runs.transformer,
            "H": runs.hybrid,
            "X": runs.attention_free,
        }[shape.state]
    }
    if shape.experts and runs.moe is not None:
        kinds["mixtures of experts"] = runs.moe
    factor = 1.0
    for kind, figure in kinds.items():
        fact = figure.at(as_of) if figure else None
        if fact is None:
            return Refusal(f"whether {chip.id} runs {kind} is not disclosed")
        if fact.value == "no":
            return Refusal(f"{chip.id} does not run {kind}")
        if not isinstance(fact.value, str):
            factor *= fact.value
    return factor


def _scaled(rate: Rate, factor: float) -> Rate:
    return rate if factor == 1.0 else replace(rate, tok_per_s=rate.tok_per_s * factor)
