"""A quote beside the price at which the plan would take the offer: it enters, or by how much it is too dear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from planner.options.join import join
from planner.options.table import Offering, Options
from planner.plan.inputs import load_inputs
from planner.plan.saved import read_rows
from planner.plan.verdicts import CHOSEN
from planner.quantities import MEGA
from planner.review.quotes.keep import Asked, Kept
from planner.review.quotes.quote import PER, Quote
from planner.scenario.load import Loaded

ENTERS, TOO_DEAR = "enters", "too dear"
PLANNED, DEARER = "in the plan", "dearer than planned"
UNKNOWN, EXPIRED, EARLY = "unknown offer", "expired", "ends too early"
NEVER, UNPRICED = "not even for nothing", "not priced"
_SAME = 1e-9
"""Shares of a price this near are the same."""


@dataclass(frozen=True)
class Standing:
    """One quote beside one offer of a run.

    quoted_usd, limit_usd: per unit of the quote (``quote.per``). limit_usd: the highest price at
    which the plan takes the offer, or, of one it takes, what it counts on; None where no plan said.
    delivery: the one the limit holds for. dearer_usd, dearer_share: quoted over the limit, below 0
    where the quote is under it.
    """

    quote: Quote
    seq: int
    offer: str
    verdict: str
    quoted_usd: float
    limit_usd: float | None = None
    delivery: str = ""
    order_by: str = ""

    @property
    def dearer_usd(self) -> float | None:
        return None if self.limit_usd is None else self.quoted_usd - self.limit_usd

    @property
    def dearer_share(self) -> float | None:
        return None if not self.limit_usd else self.quoted_usd / self.limit_usd - 1

    @property
    def sentence(self) -> str:
        """The verdict as a person says it."""
        share = self.dearer_share
        if self.verdict in (ENTERS, TOO_DEAR) and share is not None:
            under = f"{-share:.1%} under" if share <= 0 else f"{share:.1%} over"
            when = f" for {self.delivery}, order by {self.order_by}" if self.order_by else f" for {self.delivery}"  # fmt: skip
            return f"{self.verdict}: {under} the target{when}"
        if self.verdict in (PLANNED, DEARER) and share is not None:
            return f"{self.verdict}: {share:+.1%} on the price the plan counts on"
        why = {
            UNKNOWN: "no offer of the scenario has this system under such a contract; add one to plan with it",
            EXPIRED: f"it held until {self.quote.valid_until}",
            EARLY: f"it holds until {self.quote.valid_until}, and no order so soon pays at any price; ask to hold it until {self.order_by}",
            NEVER: "the plan would do without it at any price",
            UNPRICED: "the run named no target; run again with --targets all",
        }[self.verdict]  # fmt: skip
        return f"{self.verdict}: {why}"


def compare(folder: Path, kept: Sequence[Kept], on: date) -> list[Standing]:
    """Every quote beside every offer of a run it could be for, on a day."""
    loaded = load_inputs(folder)
    options = join(loaded)
    verdicts = {str(row["id"]): row for row in read_rows(folder, "options")}
    return [standing for one in kept for standing in _standings(one, loaded, options, verdicts, on)]


def offers_for(quote: Quote, loaded: Loaded) -> list[str]:
    """Offers of a scenario that a quote could be for: system, kind of contract and supplier agree.

    An offer without a supplier may be signed by anybody.
    """
    contracts = loaded.catalog.contracts
    found = []
    for name, offer in loaded.scenario.offers.items():
        terms = contracts[offer.contract].terms
        same = offer.system == quote.system and offer.contract == (quote.contract or offer.contract)
        who = not offer.supplier or offer.supplier == quote.vendor
        if same and who and terms is not None and terms.ownership in PER[quote.per]:
            found.append(name)
    return found


def asked_for(quotes: Sequence[Quote], loaded: Loaded) -> list[dict[str, Asked]]:
    """For each quote, the offers it is for with what the scenario asks for them in its first period.

    The offer's own factor is left out of what is asked: it applies to whatever price is written.
    """
    options = join(loaded)
    wirings = options.wirings()
    found = []
    for quote in quotes:
        asked = {}
        for name in offers_for(quote, loaded):
            if name in wirings:
                offering = wirings[name][0]
                each = per_unit(quote.per, options.of(offering.id).chips)
                factor = loaded.scenario.offers[name].price_factor
                if isfinite(offering.price_usd[0]):
                    price = offering.price_usd[0] / each / factor
                    asked[name] = Asked(price, offering.lead_weeks)
        found.append(asked)
    return found


def _standings(
    one: Kept,
    loaded: Loaded,
    options: Options,
    verdicts: Mapping[str, Mapping[str, Any]],
    on: date,
) -> Iterator[Standing]:
    quote = one.quote
    wirings = options.wirings()
    offers = [name for name in offers_for(quote, loaded) if name in wirings]
    if quote.valid_until < on:
        yield Standing(quote, one.seq, "", EXPIRED, quote.price_usd)
    elif not offers:
        yield Standing(quote, one.seq, "", UNKNOWN, quote.price_usd)
    else:
        for name in offers:
            offering = min(wirings[name], key=lambda o: _rank(verdicts.get(o.id, {})))
            yield _standing(one, name, offering, options, verdicts.get(offering.id, {}))


def _rank(verdict: Mapping[str, Any]) -> tuple[bool, float]:
    """The wiring in the plan first, else the one whose target is highest."""
    return verdict.get("verdict") != CHOSEN, -(verdict.get("target_price_usd") or 0.0)


def _standing(
    one: Kept, name: str, offering: Offering, options: Options, verdict: Mapping[str, Any]
) -> Standing:
    quote = one.quote
    each = per_unit(quote.per, options.of(offering.id).chips)
    if verdict.get("verdict") == CHOSEN:
        asked = offering.price_usd[offering.first] / each
        word = PLANNED if quote.price_usd <= asked * (1 + _SAME) else DEARER
        label = options.timeline.periods[offering.first].label
        return Standing(quote, one.seq, name, word, quote.price_usd, asked, label)
    found = _target(quote, verdict)
    if found is None:
        later = str(verdict.get("target_order_by") or "")
        never = "for nothing" in str(verdict.get("negotiation") or "")
        word = EARLY if later else NEVER if never else UNPRICED
        return Standing(quote, one.seq, name, word, quote.price_usd, order_by=later)
    limit, delivery, order_by = found
    word = ENTERS if quote.price_usd <= limit / each * (1 + _SAME) else TOO_DEAR
    return Standing(quote, one.seq, name, word, quote.price_usd, limit / each, delivery, order_by)


def _target(quote: Quote, verdict: Mapping[str, Any]) -> tuple[float, str, str] | None:
    """(USD per system or system-hour, delivery, order by): at any date where the quote lasts so long, else now."""
    anywhen, order_by = verdict.get("target_price_usd"), str(verdict.get("target_order_by") or "")
    if anywhen is not None and date.fromisoformat(order_by) <= quote.valid_until:
        return float(anywhen), str(verdict["target_delivery"]), order_by
    now = verdict.get("now_price_usd")
    if now is not None:
        return float(now), str(verdict["now_delivery"]), quote.valid_until.isoformat()
    return None


def per_unit(per: str, chips: float) -> float:
    """Units of a quote in one unit of an offering's price: chips of a system, tokens of a million.

    >>> per_unit("chip-hour", 8), per_unit("system", 8)
    (8, 1.0)
    """
    if per == "chip-hour":
        return chips
    return 1 / MEGA if per == "Mtok" else 1.0
