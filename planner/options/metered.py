"""Tokens bought by the million: an offer without systems, as a configuration and an offering."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan

from planner.catalog.fact import SCENARIO, weakest
from planner.catalog.load import Catalog
from planner.catalog.term import Agreed, Reading
from planner.catalog.terms.metered import Sold, TokensSold
from planner.options.table import Configuration, Offering
from planner.options.units import GTOK
from planner.quantities import SECONDS_PER_HOUR
from planner.scenario.offer import Offer
from planner.scenario.quantity import PRICE_UNITS, scaled
from planner.scenario.schema import Scenario
from planner.scenario.workload import Workload
from planner.serving.rate import Rate
from planner.timeline import after, first_day, last_day


@dataclass(frozen=True)
class PricedTokens:
    """USD per output token, its prompt included, of each workload in each period.

    sources: workload -> id of the price's source. meets_slo: workload -> whether its seller keeps
    latency limits.
    """

    usd_per_tok: dict[str, tuple[float, ...]]
    sources: dict[str, str]
    meets_slo: dict[str, bool]


def metered(
    name: str, offer: Offer, catalog: Catalog, scenario: Scenario
) -> tuple[Configuration, Offering] | str:
    """What stands for a seller of tokens in the program, or why the offer cannot be used."""
    timeline = scenario.timeline
    terms = catalog.contracts[offer.contract].terms
    assert terms is not None
    reading = Reading(timeline)
    agreed = terms.agreed(reading)
    sold = agreed.get(TokensSold)
    assert sold is not None
    if reading.missing:
        return "; ".join(reading.missing)
    rates, refusals = _rates(sold, scenario)
    if not rates:
        return f"it can serve none of the workloads: {'; '.join(sorted(set(refusals.values())))}"
    lead = offer.lead_time or 0.0
    opens = after(timeline.as_of, lead)
    if offer.available_from:
        opens = max(opens, first_day(offer.available_from))
    until = last_day(offer.available_until) if offer.available_until else timeline.end
    first = timeline.first_from(opens)
    last = max((p.index for p in timeline.periods if p.start <= until), default=-1)
    if first > last:
        return f"it opens on {opens}, after its last period"
    supplier = offer.supplier or (catalog.contracts[offer.contract].parties or ("",))[0]
    plain = min(rates)
    values = {**agreed.values, PricedTokens: _priced(offer, sold, scenario, rates)}
    offering = Offering(
        id=name, configuration=name, contract=offer.contract, ownership="meter", supplier=supplier,
        sites=offer.sites, price_usd=_path(offer, replace(sold.models[scenario.workloads[plain].model], prompt_usd=0.0), scenario, plain),
        fabric_usd=(0.0,) * timeline.count, lead_weeks=lead, first=first, last=last, held=timeline.count,
        life_years=nan, draws={}, order_periods=tuple(range(timeline.count)), resale=(), exit_fee=None,
        maintenance_per_year=0.0, failures_per_year=0.0, max_per_period=None, max_total=None, min_total=None,
        tier=weakest("measured", *reading.tiers), why_first=f"open from {opens}", terms=Agreed(values),
    )  # fmt: skip
    return _service(name, supplier, rates, refusals), offering


def _priced(
    offer: Offer, sold: TokensSold, scenario: Scenario, rates: dict[str, Rate]
) -> PricedTokens:
    of = {workload: sold.models[scenario.workloads[workload].model] for workload in rates}
    return PricedTokens(
        {workload: _path(offer, price, scenario, workload) for workload, price in of.items()},
        {w: price.source if offer.price is None else SCENARIO for w, price in of.items()},
        {workload: price.meets_slo for workload, price in of.items()},
    )


def _rates(sold: TokensSold, scenario: Scenario) -> tuple[dict[str, Rate], dict[str, str]]:
    """A rate of 1 Gtok/h for each workload that may be sent, and why the others may not."""
    rates: dict[str, Rate] = {}
    refusals: dict[str, str] = {}
    for name, workload in scenario.workloads.items():
        price = sold.models.get(workload.model)
        if price is None:
            refusals[name] = f"{workload.model} is not sold here"
        elif not price.meets_slo and not workload.deferrable:
            refusals[name] = "the seller does not keep its latency limits"
        else:
            rates[name] = _rate(workload, price)
    return rates, refusals


def _rate(workload: Workload, price: Sold) -> Rate:
    limit = workload.tpot
    return Rate(
        tok_per_s=GTOK / SECONDS_PER_HOUR,
        tok_per_s_per_user=1000 / limit if limit else nan,
        ttft_ms=workload.ttft,
        batch=1.0,
        chips_per_replica=0.0,
        systems_per_replica=0.0,
        precision=workload.precisions[0],
        bound_by="price",
        tier=weakest("measured", *price.tiers),
        why="sold by the token; the seller keeps the latency limits"
        if price.meets_slo
        else "sold by the token, without latency limits",
    )


def _path(offer: Offer, price: Sold, scenario: Scenario, workload: str) -> tuple[float, ...]:
    """USD per output token in each period: output + prompt · ISL / OSL, or the offer's own price."""
    timeline, asked = scenario.timeline, scenario.workloads[workload]
    base = (price.output_usd + price.prompt_usd * asked.isl / asked.osl,) * timeline.count
    if offer.price is not None:
        base = scaled(offer.price, PRICE_UNITS["meter"]).over(timeline)
    change = 1 + offer.price_change
    return tuple(
        offer.price_factor * usd * change ** (period.index * timeline.years)
        for usd, period in zip(base, timeline.periods, strict=True)
    )


def _service(
    name: str, supplier: str, rates: dict[str, Rate], refusals: dict[str, str]
) -> Configuration:
    """Somebody else's service: it has rates, and no chips, power or place that we count."""
    return Configuration(
        id=name, system=name, chip="", vendor=supplier, gradient=None, family="", chips=0.0,
        provisioned_kw=0.0, serving_kw=0.0, idle_kw=0.0, positions=0.0, liquid=False, availability=1.0,
        rates=rates, refusals=refusals, metered=True,
    )  # fmt: skip
