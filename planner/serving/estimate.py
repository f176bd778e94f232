"""One question, one answer: how fast does this system serve this workload, and who says so?

A measurement of the very shape first, interpolated on its front, then the calibrated roofline with
what measured kin say, then a vendor's claim with its haircut, else a refusal with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from planner.catalog.load import Catalog
from planner.catalog.throughput import Point
from planner.serving import claim
from planner.serving.apart import must_stream, piped, unmodelled
from planner.serving.ask import (
    Question,
    checked,
    found_in,
    queries_of,
    scaled,
    undisclosed,
    why_nothing,
)
from planner.serving.band import claimed_band
from planner.serving.calibration import Calibration, calibration_of, inner
from planner.serving.curve import answering
from planner.serving.etched import respun
from planner.serving.evidence import Row, rows_of
from planner.serving.fallback import below_its_claim, speaks
from planner.serving.grade import MEASURED_ONLY, Forced, Grader, headroom_of
from planner.serving.kind import capability
from planner.serving.machine import Efficiency, Machine, efficiency_of, machine_of
from planner.serving.network import OWN, Network, wired
from planner.serving.operate import Operating
from planner.serving.rate import Rate, Refusal, Regime, Request
from planner.serving.residual import Mark, Residuals
from planner.serving.roof import Query, Roof
from planner.serving.shape import Shape, shape_of
from planner.serving.ways import ways_of

Ask = tuple[str, str, Request] | tuple[str, str, Request, Network]
"""System id, model id, request, and the network where it is not the system's own."""


def asked(ask: Ask) -> tuple[str, str, Request, Network]:
    """An ask with its network spelled out."""
    return ask if len(ask) == 4 else (*ask, OWN)


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
    _machines: dict[tuple[str, Network], Machine] = field(default_factory=dict)
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

    def rate(
        self, system_id: str, model_id: str, request: Request, network: Network = OWN
    ) -> Rate | Refusal:
        """The rate of one system for one workload; a refusal always says why."""
        return self.rates([(system_id, model_id, request, network)])[0]

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
    def grader(self) -> Grader:
        """Gives operating points their tier, reason, bands and headroom."""
        bands, z = self.catalog.serving.bands, headroom_of(self.calibration.theta)
        return Grader(bands, self.efficiency, z, self.regime, self.tier, self.as_of)

    @cached_property
    def rows(self) -> list[Row]:
        """Measured rows the roofline knows."""
        return rows_of(self.catalog, self.as_of)

    @cached_property
    def roof(self) -> Roof:
        """The calibrated roofline."""
        return Roof(self.calibration, self.rows, self.as_of)

    def machine(self, system_id: str, network: Network = OWN) -> Machine:
        """A system in a network as numbers."""
        key = (system_id, network)
        if key not in self._machines:
            if network == OWN:
                system = self.catalog.systems[system_id]
                chip = self.catalog.chips[system.chip]
                self._machines[key] = machine_of(system, chip, self.as_of)
            else:
                own = self.machine(system_id)
                self._machines[key] = wired(own, network, self.calibration.scale_out_s)
        return self._machines[key]

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
        system_id, model_id, request, network = asked(ask)
        machine, shape = self.machine(system_id, network), self.shapes[model_id]
        factor = capability(self.catalog.chips[machine.chip], shape, self.as_of, request.respun)
        if isinstance(factor, Refusal):
            return factor
        wrong = checked(machine, shape, request)
        if wrong:
            return wrong
        if request.respun:
            return self._respun(machine, shape, request)
        points = answering(self.points.get(system_id, {}).get(model_id, []), request)
        points = points if self.regime == "field" else []
        if points and all(point.throughput.number == 0 for point in points):
            return Refusal("measured at this shape, and it cannot serve it")
        claimed = self._claimed(machine, shape, request)
        if self.tier == "claimed" or (
            self.claims == "at their word" and isinstance(claimed, Rate) and not points
        ):
            return scaled(claimed, factor) if isinstance(claimed, Rate) else claimed
        missing = undisclosed(machine)
        if missing:
            bands = self.catalog.serving.bands
            return unmodelled(machine, request, points, claimed, factor, missing, bands, self.tier)
        question = Question(machine, shape, request, factor, 0.0)
        if machine.on_chip_only and not must_stream(question, self.efficiency):
            rows, hop_s = self.points.get(system_id, {}), self.calibration.hop_s
            most = self._claimed(machine, shape, replace(request, tpot_ms=None))
            return piped(question, most, rows, self.shapes, hop_s, self.grader)
        question.shift = self._shift(machine, shape)[0]
        fronts = bool(points) and self.tier in (None, *MEASURED_ONLY)
        seams = self.roof.seams if fronts else {}
        question.ways = list(ways_of(question, self.machine(system_id), seams))
        if self.tier in MEASURED_ONLY:
            question.ways = [way for way in question.ways if speaks(way.reading)]
            if not question.ways:
                return Refusal("nothing is measured at this shape", "SRV007")
        return question

    def _respun(self, machine: Machine, shape: Shape, request: Request) -> Rate | Refusal:
        """The rate of model-etched silicon made anew for this model, held to its vendor's claim."""
        if self.tier not in (None, "claimed"):
            return Refusal("nothing but the vendor's claim speaks for silicon yet to be etched", "SRV007")  # fmt: skip
        rows = self.points.get(machine.id, {})
        known = [(self.shapes[name], point) for name, points in rows.items() for point in points]
        chip, hop_s = self.catalog.chips[machine.chip], self.calibration.hop_s
        share = 1.0 if self.claims == "at their word" else self.efficiency.haircut
        rate = respun(machine, chip, shape, request, known, hop_s, self.as_of, share)
        if isinstance(rate, Refusal):
            return rate
        return claimed_band(replace(rate, regime=self.regime), self.efficiency.haircut)

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
        most = self._claimed(machine, shape, replace(request, tpot_ms=None))
        if not found:
            return self._refused(question, ask, solved)
        best = max(found, key=lambda one: one.per_chip)
        kin = self._shift(machine, shape)[1]
        rate = self.grader.rated(question, best, solved, kin)
        if self.tier in MEASURED_ONLY and rate.tier not in MEASURED_ONLY:
            return Refusal("no point is measured at or around this user speed", "SRV007")
        if rate.tier == "calibrated" and kin != "box" and self.tier is None:
            rate = below_its_claim(rate, most, self.efficiency)
        return self.grader.with_headroom(rate, request)

    def _refused(self, question: Question, ask: Ask, solved: Operating) -> Refusal:
        """Tell an unreachable service level from a model that does not fit."""
        system_id, model_id, request, network = asked(ask)
        free = replace(request, tpot_ms=None, ttft_ms=None)
        fits = [bool(solved.fits[way.first]) for way in question.ways]
        limited = request.tpot_ms is not None or request.ttft_ms is not None
        open_at_all = (
            limited
            and any(fits)
            and isinstance(self.rate(system_id, model_id, free, network), Rate)
        )
        return why_nothing(question, solved, [open_at_all])

    def _claimed(self, machine: Machine, shape: Shape, request: Request) -> Rate | Refusal:
        points = self.points.get(machine.id, {}).get(shape.id, [])
        rate = claim.rate(machine, shape, request, points, self.efficiency, self.claims)
        if isinstance(rate, Refusal):
            return replace(rate, code="SRV007")
        return claimed_band(replace(rate, regime=self.regime), self.efficiency.haircut)
