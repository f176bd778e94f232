"""A curve: one question asked at many user speeds, each different answer kept once."""

from __future__ import annotations

from dataclasses import replace

from planner.serving.estimate import Estimator
from planner.serving.network import OWN, Network
from planner.serving.rate import Rate, Refusal, Request

_SLOWEST, _FASTEST, _POINTS = 5.0, 2000.0, 49
_MS = 1e3


def sweep(
    estimator: Estimator,
    system_id: str,
    model_id: str,
    request: Request,
    network: Network = OWN,
) -> list[Rate] | Refusal:
    """Rates from slow users to fast; the first refusal where no speed has a rate."""
    requests = _requests(estimator, system_id, model_id, request)
    asked = [(system_id, model_id, one, network) for one in requests]
    answers = estimator.rates(asked)
    rates: list[Rate] = []
    for answer in answers:
        if not isinstance(answer, Refusal) and answer not in rates:
            rates.append(answer)
    return rates or next(answer for answer in answers if isinstance(answer, Refusal))


def _requests(
    estimator: Estimator, system_id: str, model_id: str, request: Request
) -> list[Request]:
    """The request at user speeds from slow to fast, each measured speed among them."""
    ratio = (_FASTEST / _SLOWEST) ** (1 / (_POINTS - 1))
    speeds = {_SLOWEST * ratio**k for k in range(_POINTS)}
    points = estimator.points.get(system_id, {}).get(model_id, [])
    speeds |= {p.tok_per_s_per_user for p in points if p.tok_per_s_per_user and p.isl == request.isl and p.osl == request.osl}  # fmt: skip
    return [replace(request, tpot_ms=_MS / speed) for speed in sorted(speeds)]
