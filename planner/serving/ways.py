"""Every way to answer one question: each precision, resident or streamed, as measured or as wired.

Points of a box were taken on its own network. They stand in any network that leaves its scale-up
domain alone; what scale-out adds, or another domain changes, is the roofline's to say, at the speed
at which it passes through the nearest point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.catalog.chip import Precision
from planner.serving.ask import Question, Way, usable_precisions
from planner.serving.curve import Front, Reading, front_of
from planner.serving.figures import Case
from planner.serving.kind import streaming
from planner.serving.machine import Machine
from planner.serving.roof import Seam
from planner.serving.shape import WEIGHT_BYTES

Seams = Mapping[tuple[str, str, Precision, float, float], list[Seam]]


def ways_of(question: Question, own: Machine, seams: Seams) -> Iterator[Way]:
    """The ways of a question.

    own: its machine in its own network. seams: measured points that may speak, by box and shape.
    """
    machine, shape, request = question.machine, question.shape, question.request
    stream = streaming(machine)
    measured_here = _same_domain(machine, own)
    for precision in usable_precisions(machine, request):
        if not machine.on_chip_only:
            front = _front(question, precision, seams)
            reading = front.read(question.speed) if front is not None else None
            if reading is not None and measured_here:
                yield Way(Case(own, shape, request, precision), reading)
            if reading is None or machine != own:
                across = reading is not None and measured_here
                moved = _elsewhere(reading) if reading is not None else None
                yield Way(Case(machine, shape, request, precision), moved, only_across=across)
        if stream:
            yield Way(Case(stream, shape, request, precision), streamed=True)


def _same_domain(machine: Machine, own: Machine) -> bool:
    return (machine.domain_chips, machine.scale_up_bytes_per_s) == (
        own.domain_chips,
        own.scale_up_bytes_per_s,
    )


def _elsewhere(reading: Reading) -> Reading | None:
    """A reading in another network: the roofline at its speed; None where no speed is plausible."""
    if reading.shift is None:
        return None
    why = "measured on its own network, moved to this one by the roofline"
    return replace(reading, per_chip=None, tier="calibrated", why=why, chips=None, floor=None)


def _front(question: Question, precision: Precision, seams: Seams) -> Front | None:
    """Points of the box at this shape, weights of this width."""
    request, width = question.request, WEIGHT_BYTES[precision]
    box = (question.machine.id, question.shape.id)
    found = [
        seam
        for other in WEIGHT_BYTES
        if WEIGHT_BYTES[other] == width and other in request.precisions
        for seam in seams.get((*box, other, request.isl, request.osl), [])
    ]
    return front_of(found)
