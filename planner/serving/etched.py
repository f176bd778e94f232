"""Model-etched silicon made anew for another model: chips per model, user speed, what it stands on.

The layers of the model are shared among as many chips as hold its weights, and a token passes them
in series; every chip works on another user's token. Time per layer is the one the vendor claims on
the model it etched first, so the whole stands on that claim.
"""

from __future__ import annotations

import math
from datetime import date

from planner.catalog.chip import Chip, Etched
from planner.catalog.fact import Figure
from planner.catalog.throughput import Point
from planner.serving.machine import Machine
from planner.serving.rate import Rate, Refusal, Request
from planner.serving.shape import Shape

_MS = 1e3


def chips_of(etched: Etched, shape: Shape, as_of: date) -> int | None:
    """⌈parameters / weights per chip⌉; None where the capacity is not disclosed."""
    capacity = etched.weights_per_chip.value(as_of)
    return math.ceil(shape.parameters / capacity) if capacity else None


def respun(
    machine: Machine,
    chip: Chip,
    shape: Shape,
    request: Request,
    known: list[tuple[Shape, Point]],
    hop_s: float,
    as_of: date,
    share: float,
) -> Rate | Refusal:
    """The rate of a system whose silicon is etched for this model, at ``share`` of the claim.

    known: vendor's per-user rows of this system with the shape of their model. User speed =
    1 / (layers · time per layer + (n − 1) · hop); with a user in each of n chips, tok/s per chip is
    that speed less the hops, cut where a prompt is longer beside its output than the claim's.
    """
    count = chips_of(chip.etched, shape, as_of) if chip.etched else None
    if count is None:
        return Refusal(f"{chip.id} is not etched, or how many weights it holds is not disclosed")
    stated = [(base, p) for base, p in known if p.scenario == "per user" and not p.throughput.rejected]  # fmt: skip
    if not stated:
        return Refusal(f"no user speed is claimed for {machine.id} on any model", "SRV007")
    base, point = max(stated, key=lambda pair: pair[1].throughput.number)
    layer_s = 1 / point.throughput.number / base.layers
    per_user = 1 / (shape.layers * layer_s + (count - 1) * hop_s)
    if request.tpot_ms is not None and _MS / per_user > request.tpot_ms:
        return Refusal(f"no batch meets {request.tpot_ms:g} ms TPOT", "SRV003")
    precision = point.precision or "int4"
    if precision not in request.precisions:
        return Refusal(f"the silicon is etched at {precision}, which this workload does not accept", "SRV004")  # fmt: skip
    work = (point.isl + point.osl) / point.osl if point.isl and point.osl else math.inf
    asked = (request.isl + request.osl) / request.osl
    per_chip = per_user * share * min(1.0, work / asked)
    return Rate(
        tok_per_s=per_chip * machine.chips,
        tok_per_s_per_user=per_user,
        ttft_ms=None,
        batch=per_chip * count / per_user,
        chips_per_replica=count,
        systems_per_replica=count / machine.chips,
        precision=precision,
        bound_by="claim",
        tier="claimed",
        why=f"{share:.0%} of what the vendor's user speed on {base.id} gives over {count} chips; {told(chip, as_of)}",
        layout=f"etched over {count}",
    )


def told(chip: Chip, as_of: date) -> str:
    """What another mask set takes: weeks and fee, each where it is known."""
    if chip.etched is None:
        return ""

    def said(figure: Figure | None, unit: str) -> str:
        value = figure.value(as_of) if figure else None
        return "not disclosed" if value is None else f"{value:,.4g} {unit}"

    weeks = said(chip.etched.respin_lead_time, "weeks")
    fee = said(chip.etched.respin_fee, "USD")
    return f"new masks take {weeks}, fee {fee}; adapters at most afterwards"
