"""Model-etched silicon for a model it does not hold yet: what new masks add to an offer.

The masks take weeks before the first system can be built, a fee for each set of them, and one set
makes so many systems and no more.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.options.needs import Needs
from planner.scenario.offer import Offer


@dataclass(frozen=True)
class Masks:
    """A set of masks: its fee (USD) and the systems it makes."""

    fee_usd: float
    systems: float


def takes_new_masks(offer: Offer, needs: Needs) -> bool:
    """Whether the offer's model is one that the silicon does not hold."""
    chip = needs.catalog.chips[needs.system.chip]
    return (
        chip.etched is not None and bool(offer.model) and offer.model not in chip.runs.only_models
    )


def respin_weeks(offer: Offer, needs: Needs) -> float:
    """Weeks from the order to first silicon of the offer's model; 0 where it needs none."""
    etched = needs.catalog.chips[needs.system.chip].etched
    if etched is None or not takes_new_masks(offer, needs):
        return 0.0
    return needs.known(etched.respin_lead_time, "lead time of new masks")


def masks_of(offer: Offer, needs: Needs) -> Masks | None:
    """The masks an offer takes; None where it needs none. Gaps are noted in ``needs``."""
    etched = needs.catalog.chips[needs.system.chip].etched
    if etched is None or not takes_new_masks(offer, needs):
        return None
    fee_usd = offer.respin_fee
    if fee_usd is None:
        fee_usd = needs.known(etched.respin_fee, "fee of new masks")
    systems = offer.systems_per_mask_set
    if systems is None:
        needs.missing.append("systems_per_mask_set, how many one set of masks makes, not stated")
        return None
    return Masks(fee_usd, systems)
