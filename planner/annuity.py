"""Annuities: what a sum today is worth as equal yearly payments, and the other way round."""

from __future__ import annotations


def present_value_of_annuity(rate: float, years: float) -> float:
    """Worth today of 1 a year at the end of each of ``years`` years: (1 − (1 + r)^−n) / r.

    rate: per year, above −1; n at zero rate. Negative (real) rates make it more than n.
    An infinite number of years is worth 1 / r; ValueError where that is not finite.

    >>> round(10 * present_value_of_annuity(0.05, 20), 2)
    124.62
    >>> present_value_of_annuity(0.0, 8), round(present_value_of_annuity(-0.02, 8), 3)
    (8.0, 8.771)
    >>> present_value_of_annuity(0.05, float("inf"))
    20.0
    """
    if years == float("inf"):
        if rate <= 0:
            raise ValueError("payments for ever have no worth at a rate of zero or below")
        return 1 / rate
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


def real_rate(nominal: float, inflation: float) -> float:
    """Rate in money of constant worth: (1 + r) / (1 + i) − 1; below zero where prices rise faster.

    >>> round(real_rate(0.09, 0.025), 6), real_rate(0.03, 0.03), round(real_rate(0.02, 0.05), 6)
    (0.063415, 0.0, -0.028571)
    """
    return (1 + nominal) / (1 + inflation) - 1
