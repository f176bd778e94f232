"""An offer as the program sees it: prices by period, dates, pool draws, resale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import inf

from planner.catalog.contract import Terms
from planner.catalog.fact import weakest
from planner.catalog.load import Catalog
from planner.catalog.system import System
from planner.catalog.term import Agreed, Reading
from planner.catalog.terms.volume import Volumes
from planner.options.dates import Window, lead_weeks, order_periods, window_of
from planner.options.draws import draws
from planner.options.needs import Needs
from planner.options.pricing import prices
from planner.options.respin import Masks, masks_of, respin_weeks, takes_new_masks
from planner.options.standing import why_not_at
from planner.options.table import Configuration, Offering
from planner.options.wiring import network_usd
from planner.scenario.offer import Offer
from planner.scenario.schema import Scenario
from planner.timeline import Timeline


@dataclass(frozen=True)
class _Deal:
    """What an offer's terms come to. lead: weeks; price: USD by period; drawn: units of each pool by one system."""

    terms: Terms
    agreed: Agreed
    lead: float
    price: tuple[float, ...]
    masks: Masks | None
    drawn: dict[str, float]


def offering(
    name: str, offer: Offer, configuration: Configuration, catalog: Catalog, scenario: Scenario
) -> Offering | str:
    """The offering, or why this offer cannot be used."""
    needs = Needs(catalog, catalog.systems[offer.system], scenario.timeline.as_of)
    deal = _deal(name, offer, configuration, needs, scenario)
    if isinstance(deal, str):
        return deal
    sites, too_dense = _sites(offer, configuration, scenario)
    if not sites:
        return f"too dense for every site: {too_dense}"
    wired, timeline = configuration.wired, scenario.timeline
    window = window_of(offer, needs.system, deal.lead, deal.price, wired, timeline)
    if isinstance(window, str):
        return window
    return _made(name, offer, configuration, deal, window, sites, needs, scenario)


def _deal(
    name: str, offer: Offer, configuration: Configuration, needs: Needs, scenario: Scenario
) -> _Deal | str:
    """The terms as numbers, or what forbids them or is not known of them."""
    terms, timeline = needs.catalog.contracts[offer.contract].terms, scenario.timeline
    assert terms is not None
    if terms.at_our_site and needs.system.channel == "cloud only":
        return "cloud only: it can be hosted, not bought"
    if takes_new_masks(offer, needs) and terms.ownership != "own":
        return "new masks come with a purchase: their systems serve one model for good"
    if "commitment" in terms.typed and not configuration.provisioned_kw:
        needs.missing.append("power not disclosed, so none can be committed to")
    agreed = terms.agreed(Reading(timeline, needs.missing, needs.tiers))
    lead = lead_weeks(offer, terms, needs) + respin_weeks(offer, needs)
    masks = masks_of(offer, needs)
    price = prices(offer, terms, agreed, configuration, needs, timeline, lead)
    drawn = draws(name, needs, configuration, scenario) if terms.ownership == "own" else {}
    if needs.missing:
        return "; ".join(needs.missing)
    return _Deal(terms, agreed, lead, price, masks, drawn)


def _made(
    name: str,
    offer: Offer,
    configuration: Configuration,
    deal: _Deal,
    window: Window,
    sites: tuple[str, ...],
    needs: Needs,
    scenario: Scenario,
) -> Offering:
    """The offering of a deal that can be had."""
    system, timeline, terms = needs.system, scenario.timeline, deal.terms
    own, wired = terms.ownership == "own", configuration.wired
    life = needs.practised(system.life, "life")
    term = terms.term.value(timeline.as_of) if terms.term else None
    held = timeline.periods_in(life if own else term or timeline.years)
    network = network_usd(configuration, deal.price, needs.catalog, scenario) if own else (0.0,) * len(deal.price)  # fmt: skip
    upkeep = needs.practised(system.maintenance, "maintenance") if own else 0.0
    failures = needs.practised(None, "permanent_failures") if own else 0.0
    return Offering(
        id=name, configuration=configuration.id, contract=offer.contract, ownership=terms.ownership,
        supplier=offer.supplier or system.vendor, sites=sites, price_usd=deal.price, fabric_usd=network,
        lead_weeks=deal.lead, first=window.first, last=window.last, held=held, life_years=life, draws=deal.drawn,
        order_periods=order_periods(deal.lead, timeline),
        resale=_resale(system, needs.catalog, timeline, held) if own and terms.resale else (),
        exit_fee=_exit_fee(terms, timeline.as_of), maintenance_per_year=upkeep, failures_per_year=failures,
        max_per_period=offer.max_per_period.over(timeline) if offer.max_per_period else None,
        max_total=_most(offer, deal.agreed), min_total=_least(offer, deal.agreed),
        tier=weakest(needs.tier, wired.tier) if wired else needs.tier, why_first=window.why, terms=deal.agreed,
        link_spares_usd_per_year=wired.spares_usd_per_year if wired else 0.0, masks=deal.masks,
    )  # fmt: skip


def _most(offer: Offer, agreed: Agreed) -> float | None:
    """Most systems over the horizon: the offer's or the contract's, whichever is less."""
    volumes = agreed.get(Volumes)
    most = min(offer.max_total or inf, volumes.maximum if volumes else inf)
    return most if most < inf else None


def _least(offer: Offer, agreed: Agreed) -> float | None:
    """Fewest systems over the horizon: the offer's or the contract's, whichever is more."""
    volumes = agreed.get(Volumes)
    return max(offer.min_total or 0.0, volumes.minimum if volumes else 0.0) or None


def _sites(
    offer: Offer, configuration: Configuration, scenario: Scenario
) -> tuple[tuple[str, ...], str]:
    """Sites whose rack positions can feed, cool and carry the system, and where not, why."""
    why = {name: why_not_at(scenario.sites[name], configuration) for name in offer.sites}
    good = tuple(name for name in offer.sites if not why[name])
    return good, "; ".join(f"{reason} at {name}" for name, reason in why.items() if reason)


def _resale(system: System, catalog: Catalog, timeline: Timeline, held: int) -> tuple[float, ...]:
    """Share of the price paid that a buyer gives at each age in periods, linear between points."""
    from numpy import interp

    market = catalog.markets[system.resale or catalog.practice.resale]
    known = [(p.age_years, p.share.value(timeline.as_of)) for p in market.resale]
    points = sorted((age, share) for age, share in known if share is not None)
    ages = [0.0, *(age for age, _ in points)]
    shares = [1.0, *(share for _, share in points)]
    return tuple(
        float(interp(age * timeline.years, ages, shares, right=0.0)) for age in range(held + 1)
    )


def _exit_fee(terms: Terms, as_of: date) -> float | None:
    if not terms.cancellable:
        return None
    fee = terms.exit_fee.value(as_of) if terms.exit_fee else None
    return 0.0 if fee is None else fee
