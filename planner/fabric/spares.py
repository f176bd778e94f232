"""How many spare link parts to keep until the next delivery."""

from __future__ import annotations

from math import exp, log

from planner.fabric.shelf import Shelf
from planner.quantities import WEEKS_PER_YEAR


def spares(failures: float | None, shelf: Shelf) -> int | None:
    """Spares that last until the next delivery with the stated chance.

    failures: a year. Equation: least s with Σ_{n ≤ s} e^−m mⁿ/n! ≥ confidence, m = failures · cover.
    """
    if failures is None:
        return None
    mean = failures * shelf.assumed("spare_cover") / WEEKS_PER_YEAR
    return poisson_quantile(mean, shelf.assumed("spare_confidence"))


def poisson_quantile(mean: float, confidence: float) -> int:
    """The least count that a Poisson variable stays within with this chance.

    >>> poisson_quantile(2.0, 0.95)
    5
    """
    if mean <= 0:
        return 0
    count, term = 0, -mean
    reached = exp(term)
    while reached < confidence and count < mean * 2 + 100:
        count += 1
        term += log(mean / count)
        reached += exp(term)
    return count
