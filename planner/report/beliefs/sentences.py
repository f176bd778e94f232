"""What beliefs imply, in sentences a planner can argue with."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, sqrt
from statistics import NormalDist
from typing import Any

from planner.risk.closed_forms import break_even_hazard
from planner.scenario.beliefs import Beliefs
from planner.scenario.beliefs.displacement import Displacement
from planner.scenario.beliefs.price import Price

_CHEAPER = (0.1, 0.2, 0.4)
"""Price advantages of a special chip that the sentences speak of."""
_LIFE_YEARS = 5.0
"""Life in years that they assume, said in the sentence."""
_LATER_YEARS = 2.0
"""How far on surprises that grow with time are told, said in the sentence."""
PRICES = {
    "hardware_price": "What systems bought cost",
    "rental_price": "What hosted capacity costs",
    "energy_price": "A tariff",
    "memory_price": "The spot price of memory",
}


def sentences(
    beliefs: Beliefs, leads: list[dict[str, Any]], rate_per_year: float, years: float
) -> list[str]:
    """What the beliefs imply, a sentence or more each.

    leads: rows of ``year`` and ``probability`` that attention still leads. years: from the as-of
    date to the end of the horizon.
    """
    return list(_sentences(beliefs, leads, rate_per_year, years))


def _sentences(
    beliefs: Beliefs, leads: list[dict[str, Any]], rate_per_year: float, years: float
) -> Iterator[str]:
    for each in leads:
        yield f"Attention still leads on 1 January {each['year']} with a probability of {each['probability']:.1%}"
    if beliefs.displacement is not None:
        yield from _displaced(beliefs.displacement)
    for cheaper in _CHEAPER if leads else ():
        hazard = break_even_hazard(1 - cheaper, rate_per_year, _LIFE_YEARS)
        yield f"A chip that is worthless once displaced and {cheaper:.0%} cheaper over {_LIFE_YEARS:.0f} years pays up to a hazard of {hazard:.3f} a year"
    yield from _supplied(beliefs, years)
    if beliefs.demand is not None:
        yield f"Two years on, demand lies within a factor of {factor(beliefs.demand.spread * _LATER_YEARS):.2f} of the scenario's in nine of ten worlds"
    for name, whose in PRICES.items():
        price = getattr(beliefs, name)
        if price is not None:
            yield _priced(whose, price)
    yield from _broken(beliefs)
    for pair in beliefs.correlations:
        first, second = (name.replace("_", " ") for name in pair.between)
        yield f"Where {first} comes out high, {second} tends to come out {'high' if pair.rho > 0 else 'low'} too, with a correlation of {pair.rho:g}"


def _displaced(belief: Displacement) -> Iterator[str]:
    yield f"Once hybrids begin, half of the demand has moved within {_years(belief.takeover / 2)} and {belief.at_most:.0%} within {_years(belief.takeover)}"
    if belief.takeover_of:
        others = ", ".join(f"{name} within {_years(takeover)}" for name, takeover in belief.takeover_of.items())  # fmt: skip
        yield f"At a pace of their own move {others}"
    if belief.attention_free is not None:
        chance = 1 - belief.attention_free.survival(_LIFE_YEARS)
        yield f"Within {_LIFE_YEARS:.0f} years of that, models without attention begin to displace the hybrids with a probability of {chance:.0%}"
    if belief.back is not None:
        chance = 1 - belief.back.survival(_LIFE_YEARS)
        yield f"Within {_LIFE_YEARS:.0f} years of that, attention begins to return with a probability of {chance:.0%}"
    if belief.memory_relief:
        yield f"Where all demand has moved, memory is {belief.memory_relief:.0%} cheaper on the spot market and pools give {belief.memory_relief:.0%} more"


def _years(years: float) -> str:
    return "a year" if years == 1 else f"{years:.2g} years"


def _supplied(beliefs: Beliefs, years: float) -> Iterator[str]:
    """What comes, how much of it, and when."""
    if beliefs.supersession is not None:
        half, respin = beliefs.supersession.life.years(0.5), beliefs.supersession.respin
        after = "silicon for its successor never comes" if respin is None else f"silicon for its successor can be had {respin:.0f} weeks later"  # fmt: skip
        yield f"Half of the models that silicon is etched for are superseded within {_years(half)}; {after}"
    if beliefs.memory is not None:
        yield f"Pools give their amounts within a factor of {factor(beliefs.memory.spread):.2f} in nine of ten worlds"
    if beliefs.slip is not None:
        yield f"A supplier slips with a probability of {beliefs.slip.chance:.0%}, then by {beliefs.slip.mean:.0f} weeks on average"
    for vendor, spell in (beliefs.vendor_failure.of if beliefs.vendor_failure else {}).items():
        yield f"{vendor} still delivers at the end of the horizon with a probability of {spell.survival(years):.0%}"


def _broken(beliefs: Beliefs) -> Iterator[str]:
    """How far systems and links may be off."""
    if beliefs.shortfall is not None:
        by_tier = ", ".join(f"{tier} {factor(spread):.2f}" for tier, spread in beliefs.shortfall.spread.items())  # fmt: skip
        yield f"In nine of ten worlds a speed holds within a factor, by its evidence: {by_tier}"
    if beliefs.optics is not None:
        yield f"Link parts fail within a factor of {factor(beliefs.optics.spread):.2f} of the catalog's rate in nine of ten worlds"


def _priced(whose: str, price: Price) -> str:
    told = f"{whose} lies within a factor of {factor(deviation(price, _LATER_YEARS)):.2f} of the scenario's two years on in nine of ten worlds"
    if not price.scarcity or not price.jump:
        return told
    return f"{told}, scarcities aside: they come with {price.scarcity:.0%} a year and add {price.jump:.0%}"


def deviation(price: Price, years: float) -> float:
    """Standard deviation of the price's logarithm some years on, without scarcities.

    σ · √((1 − e^(−2κn)) / (1 − e^(−2κ))), the sum of n yearly shocks of which each keeps e^(−κ) a year.

    >>> still = Price(volatility="0.2 1/year", reversion="0 1/year", basis="a guess")
    >>> round(deviation(still, 4.0), 6)
    0.4
    """
    if not price.reversion:
        return price.volatility * sqrt(years)
    kept = exp(-2 * price.reversion)
    return price.volatility * sqrt((1 - kept**years) / (1 - kept))


def factor(sigma: float) -> float:
    """The factor within which nine of ten log-normal outcomes lie.

    >>> round(factor(0.1), 4)
    1.1788
    """
    return exp(NormalDist().inv_cdf(0.95) * sigma)
