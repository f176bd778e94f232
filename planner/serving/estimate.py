"""One question, one answer: how fast does this system serve this workload, and who says so?

A measurement of the very shape first, interpolated on its front, then the calibrated roofline with
what measured kin say, then a vendor's claim with its haircut, else a refusal with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from planner.catalog.chip import Precision
from planner.catalog.fact import EvidenceTier
from planner.catalog.load import Catalog
from planner.catalog.throughput import Point
from planner.serving import claim
from planner.serving.ask import (
    Found,
    Question,
    Way,
    as_rate,
    checked,
    found_in,
    queries_of,
    scaled,
    undisclosed,
    usable_precisions,
    why_nothing,
)
from planner.serving.band import Nearness, banded, claimed_band, nearness_of
from planner.serving.calibration import Calibration, calibration_of, inner
from planner.serving.curve import Front, answering, front_of
from planner.serving.evidence import Row, rows_of
from planner.serving.fallback import as_measured, below_its_claim, speaks
from planner.serving.keep import keeps
from planner.serving.kind import capability, streaming
from planner.serving.machine import Efficiency, Machine, efficiency_of, machine_of
from planner.serving.operate import Operating
from planner.serving.pipeline import LayerTime, chips_of, layer_time, pipelines
from planner.serving.rate import Rate, Refusal, Regime, Request
from planner.serving.residual import Mark, Residuals
from planner.serving.roof import Query, Roof
from planner.serving.shape import WEIGHT_BYTES, Shape, shape_of
from planner.serving.step import Case

Forced = Literal["measured", "interpolated", "roofline", "claimed", "assumed"]
Ask = tuple[str, str, Request]
"""System id, model id, request."""
_MS = 1e3
_MEASURED_ONLY = ("measured", "interpolated")
_STREAM_USERS = 1.0


@dataclass
class Estimator:
    """Answers estimates from one catalog on one as-of date; figures are read once and kept.

    regime: field for plans (stock serving), tuned for benchmark submissions.
    tier: evidence that an answer must rest on; the best there is where None.
    """

    catalog: Catalog
    as_of: date
    claims: claim.Mode = "haircut"
    regime: Regime = "field"
    tier: Forced | None = None
    _machines: dict[str, Machine] = field(default_factory=dict)
    _shifts: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)

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
        return self.rates([(system_id, model_id, request)])[0]

    def rates(self, asks: Sequence[Ask]) -> list[Rate | Refusal]:
        """The rates of many questions, put to the roofline together."""
        answers = [self._opened(ask) for ask in asks]
        questions = [answer for answer in answers if isinstance(answer, Question)]
        queries: list[Query] = []
        for question in questions:
            queries += list(queries_of(question, len(queries)))
        solved = self.roof.solve(queries, self.regime == "tuned") if queries else None
        found: list[Rate | Refusal] = []
        for ask, opened in zip(asks, answers, strict=True):
            if not isinstance(opened, Question):
                found.append(opened)
                continue
            assert solved is not None
            found.append(self._answered(opened, ask, solved))
        return found

    @cached_property
    def calibration(self) -> Calibration:
        """Fitted numbers; under ``assumed`` their priors, which no row has touched."""
        serving = self.catalog.serving
        made = calibration_of(serving, self.efficiency, self.as_of)
        if self.tier == "assumed":
            return replace(made, theta={p.name: inner(p, p.prior) for p in serving.parameters})
        return made

    @cached_property
    def rows(self) -> list[Row]:
        """Measured rows the roofline knows."""
        return rows_of(self.catalog, self.as_of)

    @cached_property
    def roof(self) -> Roof:
        """The calibrated roofline."""
        return Roof(self.calibration, self.rows, self.as_of)

    def machine(self, system_id: str) -> Machine:
        """A system as numbers."""
        if system_id not in self._machines:
            system = self.catalog.systems[system_id]
            chip = self.catalog.chips[system.chip]
            self._machines[system_id] = machine_of(system, chip, self.as_of)
        return self._machines[system_id]

    def with_domain(self, system_id: str, chips: float) -> None:
        """Answer as if the system's scale-up domain had so many chips."""
        self._machines[system_id] = replace(self.machine(system_id), domain_chips=chips)

    def power_kw(self, system_id: str) -> float | None:
        """Draw under full load (kW): the system's own figure, else the stated share of provisioned."""
        system, practice = self.catalog.systems[system_id], self.catalog.practice
        own = system.power_serving.value(self.as_of) if system.power_serving else None
        if own is not None:
            return own
        most = system.power_provisioned.value(self.as_of) if system.power_provisioned else None
        share = practice.serving_power_share.value(self.as_of)
        return most * share if most is not None and share is not None else None

    def _opened(self, ask: Ask) -> Question | Rate | Refusal:
        """The question with its ways, or an answer that needs no roofline in HBM."""
        system_id, model_id, request = ask
        machine, shape = self.machine(system_id), self.shapes[model_id]
        factor = capability(self.catalog.chips[machine.chip], shape, self.as_of)
        if isinstance(factor, Refusal):
            return factor
        wrong = checked(machine, shape, request)
        if wrong:
            return wrong
        points = answering(self.points.get(system_id, {}).get(model_id, []), request)
        points = points if self.regime == "field" else []
        if points and all(point.throughput.number == 0 for point in points):
            return Refusal("measured at this shape, and it cannot serve it")
        claimed = self._claimed(machine, shape, request)
        if self.tier == "claimed" or (
            self.claims == "at their word" and isinstance(claimed, Rate) and not points
        ):
            return self._of_claim(claimed, factor)
        missing = undisclosed(machine)
        if missing:
            return self._unmodelled(machine, request, points, claimed, factor, missing)
        question = Question(machine, shape, request, factor, 0.0)
        if machine.on_chip_only and not self._must_stream(question):
            return self._piped(question, claimed)
        question.shift = self._shift(machine, shape)[0]
        question.ways = list(self._ways(question, bool(points)))
        if self.tier in _MEASURED_ONLY:
            question.ways = [way for way in question.ways if speaks(way.reading)]
            if not question.ways:
                return Refusal("nothing is measured at this shape", "SRV007")
        return question

    def _ways(self, question: Question, measured: bool) -> Iterator[Way]:
        machine, shape, request = question.machine, question.shape, question.request
        stream = streaming(machine)
        kept = [] if machine.on_chip_only else [(machine, False)]
        kept += [(stream, True)] if stream else []
        fronts = measured and self.tier in (None, *_MEASURED_ONLY)
        for precision in usable_precisions(machine, request):
            for where, streamed in kept:
                front = self._front(question, precision) if fronts and not streamed else None
                reading = front.read(question.speed) if front is not None else None
                yield Way(Case(where, shape, request, precision), reading, streamed)

    def _front(self, question: Question, precision: Precision) -> Front | None:
        """Points of the box at this shape, weights of this width."""
        request, width = question.request, WEIGHT_BYTES[precision]
        box = (question.machine.id, question.shape.id)
        seams = [
            seam
            for other in WEIGHT_BYTES
            if WEIGHT_BYTES[other] == width and other in request.precisions
            for seam in self.roof.seams.get((*box, other, request.isl, request.osl), [])
        ]
        return front_of(seams)

    def _must_stream(self, question: Question) -> bool:
        """Whether weights and one user's cache overflow the on-chip memory of a domain."""
        machine = question.machine
        if streaming(machine) is None:
            return False
        return all(
            chips_of(machine, question.shape, question.request, self.efficiency, p, _STREAM_USERS)
            > machine.domain_chips
            for p in usable_precisions(machine, question.request)
        )

    def _shift(self, machine: Machine, shape: Shape) -> tuple[float, str]:
        """Log speed beyond the physics, and the nearest kin measured.

        Where the roofline is forced the box's own rows have no say: it predicts them.
        """
        pair = (machine.id, shape.id)
        if pair not in self._shifts:
            mark = Mark(machine.family, machine.id, shape.id, self.regime == "tuned")
            forced = self.tier == "roofline"
            seen: Residuals = self.roof.without(*pair) if forced else self.roof.residuals
            shift = 0.0 if self.tier == "assumed" else float(seen.at([mark])[0])
            self._shifts[pair] = (shift, seen.kinship(mark))
        return self._shifts[pair]

    def _answered(self, question: Question, ask: Ask, solved: Operating) -> Rate | Refusal:
        machine, shape, request = question.machine, question.shape, question.request
        found = list(found_in(question, solved))
        claimed = self._claimed(machine, shape, request)
        if not found:
            return self._refused(question, ask, solved)
        best = max(found, key=lambda one: one.per_chip)
        kin = self._shift(machine, shape)[1]
        rate = self._rated(question, best, solved, kin)
        if self.tier in _MEASURED_ONLY and rate.tier not in _MEASURED_ONLY:
            return Refusal("no point is measured at or around this user speed", "SRV007")
        if rate.tier == "calibrated" and kin != "box" and self.tier is None:
            rate = below_its_claim(rate, claimed, self.efficiency)
        return self._with_headroom(rate, machine, request)

    def _rated(self, question: Question, best: Found, solved: Operating, kin: str) -> Rate:
        bands = self.catalog.serving.bands
        reading, machine = best.way.reading, question.machine
        if reading is not None:
            rate = as_rate(question, best, solved, reading.tier, reading.why)
            rate = replace(rate, regime=self.regime)
            near: Nearness = "same round" if reading.own else "other round"
            return banded(rate, bands, [near if reading.tier != "calibrated" else "interactive"])
        told = {"box": "rows of this box", "chip": "rows of this chip", "family": "rows of its family"}  # fmt: skip
        why = f"calibrated roofline, with {told.get(kin, 'rows of other chips and models')}"
        tier: Literal["calibrated", "assumed"] = "calibrated"
        if self.tier == "assumed":
            why, tier = "roofline with prior efficiencies, no measured row in it", "assumed"
        rate = replace(as_rate(question, best, solved, tier, why), regime=self.regime)
        cut = question.speed > 0 and not bool(solved.at_room[best.at])
        silicon = kin != "none" or bool(machine.launched and machine.launched <= self.as_of)
        return banded(rate, bands, nearness_of(kin, cut, silicon and tier == "calibrated"))

    def _refused(self, question: Question, ask: Ask, solved: Operating) -> Refusal:
        """Tell an unreachable service level from a model that does not fit."""
        free = replace(question.request, tpot_ms=None, ttft_ms=None)
        fits = [bool(solved.fits[way.first]) for way in question.ways]
        limited = question.request.tpot_ms is not None or question.request.ttft_ms is not None
        open_at_all = limited and any(fits) and isinstance(self.rate(ask[0], ask[1], free), Rate)
        return why_nothing(question, solved, [open_at_all])

    def _with_headroom(self, rate: Rate, machine: Machine, request: Request) -> Rate:
        """Throughput that can be counted on when arrivals come by chance (limit on TTFT only)."""
        if request.ttft_ms is None or rate.tier == "claimed":
            return rate
        arrivals = rate.tok_per_s / request.osl * request.ttft_ms / _MS
        share = float(keeps(arrivals, math.exp(self.calibration.theta["headroom"])))
        kept = scaled(rate, share)
        ends = {
            name: value * share
            for name in ("low", "high", "low_90", "high_90")
            if (value := getattr(kept, name)) is not None
        }
        return replace(kept, **ends)

    def _claimed(self, machine: Machine, shape: Shape, request: Request) -> Rate | Refusal:
        points = self.points.get(machine.id, {}).get(shape.id, [])
        rate = claim.rate(machine, shape, request, points, self.efficiency, self.claims)
        if isinstance(rate, Refusal):
            return replace(rate, code="SRV007")
        return claimed_band(replace(rate, regime=self.regime), self.efficiency.haircut)

    def _of_claim(self, claimed: Rate | Refusal, factor: float) -> Rate | Refusal:
        return scaled(claimed, factor) if isinstance(claimed, Rate) else claimed

    def _unmodelled(
        self,
        machine: Machine,
        request: Request,
        points: list[Point],
        claimed: Rate | Refusal,
        factor: float,
        missing: str,
    ) -> Rate | Refusal:
        """A machine without a roofline: measured at the very shape, or claimed, or refused."""
        measured = as_measured(machine, request, points) if self.tier != "roofline" else None
        if measured is not None:
            return banded(measured, self.catalog.serving.bands, ["other round"])
        if isinstance(claimed, Rate) and self.tier is None:
            return self._of_claim(claimed, factor)
        told = "" if isinstance(claimed, Rate) else f"; {claimed.why}"
        return Refusal(f"{missing}{told}", "SRV006")

    def _piped(self, question: Question, claimed: Rate | Refusal) -> Rate | Refusal:
        """The best pipeline in on-chip memory."""
        machine, shape, request = question.machine, question.shape, question.request
        points = self.points.get(machine.id, {})
        hop_s = self.calibration.hop_s
        slot = layer_time(machine, shape, points, self.shapes, self.efficiency, hop_s)
        if self.tier in _MEASURED_ONLY:
            return Refusal("nothing is measured at this shape", "SRV007")
        if self.tier == "assumed":
            slot = LayerTime(self.efficiency.layer_s, "assumed", "pipeline with the stated time per layer")  # fmt: skip
        flows = [
            flow
            for precision in usable_precisions(machine, request)
            for flow in pipelines(
                machine, shape, request, self.efficiency, precision, slot.seconds, hop_s
            )
        ]
        if not flows:
            limits = {"TPOT": request.tpot_ms, "TTFT": request.ttft_ms}
            stated = " and ".join(f"{ms:g} ms {name}" for name, ms in limits.items() if ms is not None)  # fmt: skip
            return Refusal(f"no batch meets {stated}", "SRV003")
        best = max(flows, key=lambda flow: flow.per_chip)
        tiers: dict[str, EvidenceTier] = {"roofline": "calibrated", "assumed": "assumed"}
        rate = Rate(
            tok_per_s=best.per_chip * machine.chips * question.factor,
            tok_per_s_per_user=best.tok_per_s_per_user * question.factor,
            ttft_ms=best.ttft_s * _MS,
            batch=best.users,
            chips_per_replica=best.chips,
            systems_per_replica=best.chips / machine.chips,
            precision=best.precision,
            bound_by=best.bound_by,
            tier=tiers.get(self.tier or "", slot.tier),
            why=slot.why,
            regime=self.regime,
            layout=f"pipeline of {best.chips:g}",
        )
        silicon = slot.tier in ("interpolated", "calibrated")
        rate = banded(rate, self.catalog.serving.bands, ["interactive" if silicon else "no silicon"])  # fmt: skip
        if slot.tier != "interpolated" and self.tier is None:
            rate = below_its_claim(rate, claimed, self.efficiency)
        return self._with_headroom(rate, machine, request)
