"""Time value of money in a few tested lines."""

from __future__ import annotations

from collections.abc import Sequence


def present_value_of_annuity(rate: float, years: float) -> float:
    """Worth today of 1 a year at the end of each of ``years`` years: (1 − (1 + r)^−n) / r.

    >>> round(10 * present_value_of_annuity(0.05, 20), 2)
    124.62
    >>> present_value_of_annuity(0.0, 8)
    8.0
    """
    if rate == 0:
        return float(years)
    return float((1 - (1 + rate) ** -years) / rate)


def capital_recovery_factor(rate: float, years: float) -> float:
    """Yearly payment that repays 1 over ``years`` years: r / (1 − (1 + r)^−n); 1/n at zero rate.

    >>> round(capital_recovery_factor(0.07, 20), 5)
    0.09439
    >>> round(capital_recovery_factor(0.07, 25), 4)
    0.0858
    >>> capital_recovery_factor(0.0, 4)
    0.25
    >>> capital_recovery_factor(0.11, 6) * present_value_of_annuity(0.11, 6)
    1.0
    """
    return 1 / present_value_of_annuity(rate, years)


def net_present_value(rate: float, amounts: Sequence[float]) -> float:
    """Worth today of amounts at the ends of years 0, 1, 2 …: Σ amount_k · (1 + r)^−k.

    >>> net_present_value(0.10, [-100, 110])
    0.0
    """
    return sum(amount * (1 + rate) ** -year for year, amount in enumerate(amounts))
