"""The front of one box: tokens per second and chip against user speed.

Stock-serving points at the very shape asked for make a monotone front: a point counts at every
slower user speed too. Between points the front is interpolated. Beyond them the roofline takes
over, at the speed at which it passes through the last point, so that nothing jumps at the seam.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.catalog.fact import EvidenceTier
from planner.catalog.throughput import Point
from planner.serving.evidence import TRUSTED
from planner.serving.rate import Request
from planner.serving.roof import Seam

_AT_POINT = 1e-9
"""Relative distance at which a user speed counts as a point's own."""


@dataclass(frozen=True)
class Reading:
    """What the front says at one user speed."""

    per_chip: float | None
    """Tokens per second and chip; None where the roofline at ``shift`` has to say."""
    shift: float | None
    """Log speed of the roofline that continues the front; None where no plausible one does."""
    tier: EvidenceTier
    why: str
    own: bool
    chips: float | None = None
    """Chips that made the figure, where stated."""
    floor: float | None = None
    """What the slowest point gives at any slower user speed."""
    ceiling: float = math.inf
    """What the fastest point gives: no faster user speed has more."""
    reach: float | None = None
    """Best log speed along the front: it decides whether a limit on TTFT can be met at all."""
    passed: tuple[tuple[float, float], ...] = ()
    """(User speed, log speed) of faster points: what is reached there is reached at slower speeds too."""


@dataclass(frozen=True)
class Front:
    """Measured points, slowest user first; throughput never rises with user speed."""

    seams: tuple[Seam, ...]

    def read(self, speed: float) -> Reading | None:
        """The front at a user speed (0: any will do); None where points cannot tell."""
        found = self._read(speed)
        known = [seam.shift for seam in self.seams if seam.shift is not None]
        return replace(found, reach=max(known, default=None)) if found is not None else None

    def _read(self, speed: float) -> Reading | None:
        first, last = self.seams[0], self.seams[-1]
        if first.per_user is None:
            if speed == 0:
                return _at(first, "measured", "measured at this shape")
            return _joined(first, "offline") if first.shift is not None else None
        assert last.per_user is not None
        for seam in self.seams:
            if math.isclose(speed, seam.per_user or 0.0, rel_tol=_AT_POINT):
                return _at(seam, "measured", "measured at this shape and user speed")
        if speed > last.per_user:
            return _joined(last, "faster") if last.shift is not None else None
        if speed < first.per_user:
            if first.shift is None:
                return _at(first, "measured", "measured at this shape, at a faster user speed")
            return replace(_joined(first, "slower"), floor=first.per_chip, ceiling=math.inf)
        return self._between(speed)

    def elsewhere(self, speed: float, why: str) -> Reading | None:
        """The front served in another way than measured; None where no log speed is plausible.

        At a point the roofline runs at the point's log speed, between two points at the lower of
        theirs, beyond the ends at the last one's; and no slower than at any faster point, so that
        a looser limit never takes throughput away.
        """
        known = [
            (seam.per_user or 0.0, seam.shift) for seam in self.seams if seam.shift is not None
        ]
        if not known:
            return None
        slower = [log for at, log in known if at <= speed * (1 + _AT_POINT)]
        faster = [log for at, log in known if at >= speed * (1 - _AT_POINT)]
        here = slower[-1:] + faster[:1]
        at_point = len(slower) + len(faster) > len(known)
        passed = tuple((at, log) for at, log in known if at > speed * (1 + _AT_POINT))
        log_speed = slower[-1] if at_point else min(here)
        own = any(seam.user for seam in self.seams)
        return Reading(None, log_speed, "calibrated", why, own, passed=passed)

    def _between(self, speed: float) -> Reading:
        speeds = [seam.per_user or 0.0 for seam in self.seams]
        log = float(np.interp(speed, speeds, np.log([seam.per_chip for seam in self.seams])))
        near = min(self.seams, key=lambda seam: abs((seam.per_user or 0.0) - speed))
        why = "interpolated between points measured at this shape"
        return Reading(math.exp(log), near.shift, "interpolated", why, near.user)


def _at(seam: Seam, tier: EvidenceTier, why: str) -> Reading:
    return Reading(seam.per_chip, seam.shift, tier, why, seam.user, seam.chips)


def _joined(seam: Seam, side: str) -> Reading:
    why = f"roofline joined to the {side} end of the measured front"
    return Reading(None, seam.shift, "calibrated", why, seam.user, ceiling=seam.per_chip)


def front_of(seams: Sequence[Seam]) -> Front | None:
    """The monotone front of one box's points at one shape; None without points."""
    if not seams:
        return None
    stated = [seam for seam in seams if seam.per_user is not None]
    if not stated:
        return Front((max(seams, key=lambda seam: seam.per_chip),))
    best: list[Seam] = []
    for seam in sorted(stated, key=lambda s: (-(s.per_user or 0.0), -s.per_chip)):
        if not best or seam.per_chip > best[-1].per_chip:
            best.append(seam)
    return Front(tuple(reversed(best)))


def answering(points: Sequence[Point], request: Request) -> list[Point]:
    """Stock-serving points of output tokens at exactly the shape asked for, zeros included.

    Where the user measured, public points do not count.
    """
    fitting = [
        point
        for point in points
        if point.regime == "field"
        and point.scenario in ("offline", "curve")
        and point.accounting == "output"
        and point.throughput.quality in TRUSTED
        and (point.isl, point.osl) == (request.isl, request.osl)
        and (point.precision is None or point.precision in request.precisions)
        and not (point.speculative and not request.speculative)
    ]
    own = [point for point in fitting if point.throughput.quality == "user"]
    return own or fitting
