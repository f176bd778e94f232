"""What each cohort is worth when the horizon ends: in the plan's books, and to a buyer."""

from __future__ import annotations

from dataclasses import dataclass

from planner.accounts.remaining import left_share
from planner.finance.cohorts import Cohort
from planner.options.table import Options


@dataclass(frozen=True)
class CohortWorth:
    """One cohort at the horizon's end, what is still held of it.

    paid_usd: for all that was delivered. credited_usd: remaining value in the objective, straight
    line on the price paid. resale_usd: what the resale curve gives, never above the price paid, as
    a curve that asks more is refused before the solve (PRG005); None where the contract or the
    market knows no resale.
    """

    offer: str
    site: str
    delivered: str
    systems: float
    held_at_end: float
    paid_usd: float
    credited_usd: float
    resale_usd: float | None


def worths(options: Options, cohorts: list[Cohort]) -> list[CohortWorth]:
    """Every cohort, in order of delivery."""
    found = [_worth(options, cohort) for cohort in cohorts]
    return sorted(found, key=lambda worth: (worth.delivered, worth.offer, worth.site))


def _worth(options: Options, cohort: Cohort) -> CohortWorth:
    offering, count = options.offerings[cohort.offer], options.timeline.count
    held, age = cohort.held[-1], offering.age + count - cohort.period
    resale = None
    if offering.resale:
        share = offering.resale[min(age, len(offering.resale) - 1)]
        resale = held * offering.price_usd[cohort.period] * share
    return CohortWorth(
        offer=cohort.offer,
        site=cohort.site,
        delivered=options.timeline.periods[cohort.period].label,
        systems=cohort.systems,
        held_at_end=held,
        paid_usd=cohort.systems * cohort.capital_usd,
        credited_usd=held * cohort.capital_usd * left_share(options, cohort.offer, cohort.period),
        resale_usd=resale,
    )
