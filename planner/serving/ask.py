"""One question on its way to an answer: what to put to the roofline, and what its answers mean.

A question may be open in several ways: at each precision the workload accepts, with weights
resident or streamed from a second memory tier. All its queries go to the roofline in one call with
those of other questions; the best way wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from planner.catalog.chip import Precision
from planner.catalog.fact import EvidenceTier
from planner.serving.curve import Reading
from planner.serving.figures import Case
from planner.serving.layout import every_layout
from planner.serving.machine import Machine
from planner.serving.operate import Operating
from planner.serving.rate import Rate, Refusal, Request
from planner.serving.roof import Query
from planner.serving.shape import Shape

_MS = 1e3
_OWN_AND_REACH = 2


@dataclass
class Way:
    """One way to serve a question, with what its measured front says at the speed asked for."""

    case: Case
    reading: Reading | None = None
    streamed: bool = False
    only_across: bool = False
    """Whether only replicas that span domains count; inside one, a measured way speaks."""
    first: int = 0
    """Where its queries begin in the common list: its own, then, with a front, its reach and what
    is reached at faster points.
    """

    @property
    def continued(self) -> float | None:
        """Log speed of the roofline that continues the front."""
        return self.reading.shift if self.reading is not None else None


@dataclass
class Question:
    """A system, a model and a request that passed every check."""

    machine: Machine
    shape: Shape
    request: Request
    factor: float
    """Share of its speed at which the chip runs this kind of model."""
    shift: float
    """Log speed that measured kin give beyond the physics."""
    ways: list[Way] = field(default_factory=list)

    @property
    def speed(self) -> float:
        """User speed asked for (tok/s); 0 where any will do."""
        return _MS / self.request.tpot_ms if self.request.tpot_ms else 0.0


def checked(machine: Machine, shape: Shape, request: Request) -> Refusal | None:
    """What is wrong with the request itself, or with this machine and model for it."""
    if not (request.isl > 0 and request.osl > 0):
        return Refusal("prompt and output must each have at least one token", "SRV005")
    if request.isl + request.osl > shape.context:
        tokens = request.isl + request.osl
        return Refusal(f"{tokens:,.0f} tokens exceed the context of {shape.id}, {shape.context:,.0f}", "SRV002")  # fmt: skip
    if machine.flops_per_s and not usable_precisions(machine, request):
        return Refusal(f"{machine.chip} runs none of {', '.join(request.precisions)}", "SRV004")
    return None


def usable_precisions(machine: Machine, request: Request) -> list[Precision]:
    """Precisions that the workload accepts and the chip has."""
    return [p for p in request.precisions if p in machine.flops_per_s]


def undisclosed(machine: Machine) -> str:
    """Which figure of a machine the roofline lacks; empty where it has all."""
    if machine.memory_bytes is None or machine.bytes_per_s is None:
        return f"memory capacity or bandwidth of {machine.chip} is not disclosed"
    return "" if machine.flops_per_s else f"peak FLOPS of {machine.chip} are not disclosed"


def queries_of(question: Question, start: int) -> Iterator[Query]:
    """Every query of a question; the ways remember where theirs stand."""
    request = question.request
    tpot_s = request.tpot_ms / _MS if request.tpot_ms is not None else np.inf
    ttft_s = request.ttft_ms / _MS if request.ttft_ms is not None else np.inf
    shift = question.shift + float(np.log(question.factor))
    for way in question.ways:
        way.first = start
        across = way.only_across
        yield Query(way.case, tpot_s, ttft_s, _or(way.continued, shift), across)
        start += 1
        if way.reading is not None:
            yield Query(way.case, tpot_s, ttft_s, _or(way.reading.reach, shift), across)
            for speed, log_speed in way.reading.passed:
                yield Query(way.case, 1 / speed, ttft_s, log_speed, across)
            start += 1 + len(way.reading.passed)


@dataclass(frozen=True)
class Found:
    """The answer of one way: throughput per chip, and the query whose operating point it is."""

    way: Way
    per_chip: float
    at: int


def found_in(question: Question, answers: Operating) -> Iterator[Found]:
    """What each way gives: its front where that speaks, else the roofline.

    Points say nothing of TTFT: a limit on it closes a measured figure only where the roofline
    cannot meet it at the front's best speed.
    """
    limited = question.request.ttft_ms is not None
    for way in question.ways:
        rate, reading = float(answers.per_chip[way.first]), way.reading
        if reading is not None:
            reached = not limited or float(answers.per_chip[way.first + 1]) > 0
            known = reading.per_chip if reading.per_chip is not None else reading.floor
            if known is not None and reached and (reading.per_chip is not None or rate <= known):
                yield Found(way, known, way.first + (rate <= 0))
                continue
        if reading is None or reading.per_chip is None:
            passed = range(len(reading.passed) if reading is not None else 0)
            for at in (way.first, *(way.first + _OWN_AND_REACH + n for n in passed)):
                rate = float(answers.per_chip[at])
                if rate > 0:
                    yield Found(way, min(rate, reading.ceiling) if reading else rate, at)


def _or(log_speed: float | None, otherwise: float) -> float:
    return otherwise if log_speed is None else log_speed


def as_rate(
    question: Question, found: Found, answers: Operating, tier: EvidenceTier, why: str
) -> Rate:
    """A way's answer as a rate of the whole system."""
    machine, at = question.machine, found.at
    modelled, reading = float(answers.per_chip[at]), found.way.reading
    chips = float(answers.chips[at]) if modelled > 0 else machine.chips
    if reading is not None and reading.chips:
        chips = min(reading.chips, machine.chips)
    per_user = float(answers.per_user[at]) if modelled > 0 else question.speed or found.per_chip
    if reading is not None and reading.per_chip is not None and question.speed:
        per_user = question.speed
    bound = answers.bound[at]
    if answers.at_room[at] and bound in ("weights", "cache"):
        bound = "memory capacity"
    if reading is not None and reading.tier == "measured":
        bound = "measurement"
    return Rate(
        tok_per_s=found.per_chip * machine.chips,
        tok_per_s_per_user=per_user,
        ttft_ms=float(answers.ttft_s[at]) * _MS if modelled > 0 else None,
        batch=found.per_chip * chips / per_user,
        chips_per_replica=chips,
        systems_per_replica=chips / machine.chips,
        precision=found.way.case.precision,
        bound_by=bound,
        tier=tier,
        why=why + (", weights streamed from the second memory tier" if found.way.streamed else ""),
        layout=every_layout().name(int(answers.layout[at])) if modelled > 0 else "",
    )


def why_nothing(question: Question, answers: Operating, relaxed: Sequence[bool]) -> Refusal:
    """Why no way serves the question: nothing fits, or the service level is out of reach.

    relaxed: whether each way would serve it without a service level.
    """
    request = question.request
    fits = any(bool(answers.fits[way.first]) for way in question.ways)
    limits = {"TPOT": request.tpot_ms, "TTFT": request.ttft_ms}
    stated = " and ".join(f"{ms:g} ms {name}" for name, ms in limits.items() if ms is not None)
    if fits and stated and any(relaxed):
        return Refusal(f"no batch meets {stated}", "SRV003")
    domain = f"the {question.machine.domain_chips:g} chips of a scale-up domain"
    domain += (
        ", nor any layout across domains"
        if question.machine.scale_out_bytes_per_s
        else ", and no scale-out joins domains"
    )
    return Refusal(f"{question.shape.id} with one request's cache does not fit {domain}", "SRV001")


def scaled(rate: Rate, factor: float) -> Rate:
    """The rate with throughput and batch times a factor; each user's speed stays."""
    if factor == 1.0:
        return rate
    return replace(rate, tok_per_s=rate.tok_per_s * factor, batch=rate.batch * factor)
