"""What can be said of displacement with a pencil; the planner approaches it as its periods shrink."""

from __future__ import annotations

from math import exp, sqrt

from scipy.optimize import brentq

_MOST_HAZARD = 100.0
"""No hazard per year beyond this is looked for."""


def annuity(rate_per_year: float, life_years: float) -> float:
    """Worth of 1 a year, paid continuously over a life: A(k, L) = (1 − e^(−kL)) / k.

    >>> round(annuity(0.08, 5.0), 6)
    4.120999
    """
    if rate_per_year == 0:
        return life_years
    return (1 - exp(-rate_per_year * life_years)) / rate_per_year


def break_even_hazard(cost_ratio: float, rate_per_year: float, life_years: float) -> float:
    """Hazard (1/year) at which a special chip, worthless once displaced, no longer pays.

    cost_ratio: its cost over the general chip's that does the same work. Where
    cost_special / A(r + λ, L) = cost_general / A(r, L); 0 where it never pays.

    >>> round(break_even_hazard(0.8, 0.08, 5.0), 6)
    0.100005
    """
    if cost_ratio >= 1:
        return 0.0
    general = annuity(rate_per_year, life_years)

    def advantage(hazard: float) -> float:
        return annuity(rate_per_year + hazard, life_years) - cost_ratio * general

    return float(brentq(advantage, 0.0, _MOST_HAZARD, xtol=1e-12))


def stranded_book(
    price_usd: float, hazard_per_year: float, rate_per_year: float, life_years: float
) -> float:
    """Expected discounted book value (USD) when displacement makes a chip worthless.

    Straight line over its life, constant hazard, k = λ + r: P · λ/k · [1 − (1 − e^(−kL)) / (kL)].

    >>> round(stranded_book(100.0, 0.10, 0.08, 5.0), 6)
    18.924053
    """
    k = hazard_per_year + rate_per_year
    return price_usd * hazard_per_year / k * (1 - annuity(k, life_years) / life_years)


def equivalent_rate(drift: float, variance: float, rate_per_year: float) -> float:
    """Discount rate of capacity that is added as demand grows by a Brownian motion with drift.

    drift: μ, units a year; variance: σ², units² a year. r* = μ(√(μ² + 2rσ²) − μ)/σ²; without
    variance it is r. Manne (1961).

    >>> round(equivalent_rate(1.0, 1.0, 0.10), 8)
    0.09544512
    """
    if variance == 0:
        return rate_per_year
    return drift * (sqrt(drift**2 + 2 * rate_per_year * variance) - drift) / variance
