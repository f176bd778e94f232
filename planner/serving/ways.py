"""Every way to answer one question: each precision, resident or streamed, as measured or as wired.

Points of a box were taken on its own network. They stand in any network that leaves its scale-up
domain alone; what scale-out adds, or another domain changes, is the roofline's to say, at the speed
at which it passes through the points around (`Front.elsewhere`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.catalog.chip import Precision
from planner.serving.ask import Question, Way, usable_precisions
from planner.serving.curve import Front, front_of
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
    machine, request = question.machine, question.request
    stream = streaming(machine)
    for precision in usable_precisions(machine, request):
        if not machine.on_chip_only:
            yield from _resident(question, own, precision, seams)
        if stream:
            yield Way(Case(stream, question.shape, request, precision), streamed=True)


def _resident(
    question: Question, own: Machine, precision: Precision, seams: Seams
) -> Iterator[Way]:
    """Weights in the main memory: plain decoding where it was measured, then what was asked for."""
    machine, shape, request = question.machine, question.shape, question.request
    plain = _front(question, precision, seams, speculative=False)
    if request.speculative:
        if plain is not None:
            undrafted = replace(request, speculative=False)
            yield from _along(question, own, Case(machine, shape, undrafted, precision), plain)
        drafted = _front(question, precision, seams, speculative=True)
        if drafted is None and plain is not None:
            moved = plain.elsewhere(
                question.speed, "measured without speculation, which the roofline adds"
            )
            yield Way(Case(machine, shape, request, precision), moved)
            return
        plain = drafted
    yield from _along(question, own, Case(machine, shape, request, precision), plain)


def _along(question: Question, own: Machine, case: Case, front: Front | None) -> Iterator[Way]:
    """As the front says in the box's own network, and as the roofline moves it to the one asked for."""
    measured_here = _same_domain(case.machine, own)
    reading = front.read(question.speed) if front is not None else None
    if reading is not None and measured_here:
        yield Way(replace(case, machine=own), reading)
    if reading is None or case.machine != own:
        moved = None
        if front is not None and case.machine != own:
            why = "measured on its own network, moved to this one by the roofline"
            moved = front.elsewhere(question.speed, why)
        yield Way(case, moved, only_across=reading is not None and measured_here)


def _same_domain(machine: Machine, own: Machine) -> bool:
    return (machine.domain_chips, machine.scale_up_bytes_per_s) == (
        own.domain_chips,
        own.scale_up_bytes_per_s,
    )


def _front(
    question: Question, precision: Precision, seams: Seams, speculative: bool
) -> Front | None:
    """Points of the box at this shape, weights of this width, with or without speculation."""
    if not seams:
        return None
    request, width = question.request, WEIGHT_BYTES[precision]
    box = (question.machine.id, question.shape.id)
    found = [
        seam
        for other in WEIGHT_BYTES
        if WEIGHT_BYTES[other] == width and other in request.precisions
        for seam in seams.get((*box, other, request.isl, request.osl), [])
        if seam.speculative == speculative
    ]
    return front_of(found)
