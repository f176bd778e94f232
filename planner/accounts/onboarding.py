"""Onboarding: what teaching a platform a model costs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.accounts.account import Key, Payment, account
from planner.options.table import Onboarding, Options


def _entry(options: Options, name: str) -> Onboarding:
    return next(entry for entry in options.onboardings if entry.id == name)


@account("onboarding fee", on="onboard", driver="models onboarded", unit="model")
def onboarding_fee(options: Options, key: Key) -> Iterator[Payment]:
    """Fee, paid when the work begins."""
    name, begins = key
    entry = _entry(options, name)
    if entry.fee_usd:
        yield Payment(begins, "start", 1.0, entry.fee_usd)


@account("onboarding engineers", on="onboard", driver="periods of work", unit="period")
def onboarding_engineers(options: Options, key: Key) -> Iterator[Payment]:
    """Engineers, evenly over the periods of the work; at once where it takes none."""
    name, begins = key
    entry = _entry(options, name)
    if entry.engineers_usd:
        parts = max(1, entry.periods)
        for period in range(begins, begins + parts):
            yield Payment(period, "middle", 1.0, entry.engineers_usd / parts)
