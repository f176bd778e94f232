"""An offer as the program sees it: prices by period, dates, pool draws, resale."""

from __future__ import annotations

from datetime import date
from math import inf

from planner.catalog.contract import Terms
from planner.catalog.fact import weakest
from planner.catalog.load import Catalog
from planner.catalog.system import System
from planner.catalog.term import Agreed, Reading
from planner.catalog.terms.volume import Volumes
from planner.fabric.wire import Wired
from planner.options.draws import draws
from planner.options.needs import Needs
from planner.options.pricing import last_quoted, prices
from planner.options.respin import masks_of, respin_weeks, takes_new_masks
from planner.options.standing import why_not_at
from planner.options.table import Configuration, Offering
from planner.options.wiring import network_usd
from planner.scenario.offer import Installed, Offer
from planner.scenario.schema import Scenario
from planner.timeline import Timeline, after, before, first_day, last_day, years_between


def offering(
    name: str, offer: Offer, configuration: Configuration, catalog: Catalog, scenario: Scenario
) -> Offering | str:
    """The offering, or why this offer cannot be used."""
    system, timeline = catalog.systems[offer.system], scenario.timeline
    terms = catalog.contracts[offer.contract].terms
    assert terms is not None
    if terms.at_our_site and system.channel == "cloud only":
        return "cloud only: it can be hosted, not bought"
    needs = Needs(catalog, system, timeline.as_of)
    if "commitment" in terms.typed and not configuration.provisioned_kw:
        needs.missing.append("power not disclosed, so none can be committed to")
    agreed = _agreed(terms, needs, timeline)
    if takes_new_masks(offer, needs) and terms.ownership != "own":
        return "new masks come with a purchase: their systems serve one model for good"
    lead = _lead_weeks(offer, terms, needs) + respin_weeks(offer, needs)
    masks = masks_of(offer, needs)
    price = prices(offer, terms, agreed, configuration, needs, timeline, lead)
    own = terms.ownership == "own"
    drawn = draws(name, needs, configuration, scenario) if own else {}
    if needs.missing:
        return "; ".join(needs.missing)
    sites, too_dense = _sites(offer, configuration, scenario)
    if not sites:
        return f"too dense for every site: {too_dense}"
    earliest, why = _earliest(offer, system, lead, timeline, configuration.wired)
    first = timeline.first_from(earliest)
    last = timeline.count - 1
    if offer.available_until:
        until = last_day(offer.available_until)
        last = max((p.index for p in timeline.periods if p.start <= until), default=-1)
    if first > last:
        return f"the first possible delivery, {earliest} ({why}), is after the last"
    last = min(last, last_quoted(price))
    if first > last:
        return "every quote has expired before the first possible delivery"
    life = needs.practised(system.life, "life")
    term = terms.term.value(timeline.as_of) if terms.term else None
    held = timeline.periods_in(life if own else term or timeline.years)
    wired = configuration.wired
    return Offering(
        id=name,
        configuration=configuration.id,
        contract=offer.contract,
        ownership=terms.ownership,
        supplier=offer.supplier or system.vendor,
        sites=sites,
        price_usd=price,
        fabric_usd=network_usd(configuration, price, catalog, scenario)
        if own
        else (0.0,) * len(price),
        lead_weeks=lead,
        first=first,
        last=last,
        held=held,
        life_years=life,
        draws=drawn,
        order_periods=_order_periods(lead, timeline),
        resale=_resale(system, catalog, timeline, held) if own and terms.resale else (),
        exit_fee=_exit_fee(terms, timeline.as_of),
        maintenance_per_year=needs.practised(system.maintenance, "maintenance") if own else 0.0,
        failures_per_year=needs.practised(None, "permanent_failures") if own else 0.0,
        max_per_period=offer.max_per_period.over(timeline) if offer.max_per_period else None,
        max_total=_most(offer, agreed),
        min_total=_least(offer, agreed),
        tier=weakest(needs.tier, wired.tier) if wired else needs.tier,
        why_first=why,
        terms=agreed,
        link_spares_usd_per_year=wired.spares_usd_per_year if wired else 0.0,
        masks=masks,
    )


def installed_offering(
    name: str, fleet: Installed, configuration: Configuration, catalog: Catalog, scenario: Scenario
) -> Offering:
    """Systems already standing: a cohort of the past whose price is sunk."""
    system, timeline = catalog.systems[fleet.system], scenario.timeline
    needs = Needs(catalog, system, timeline.as_of)
    life = fleet.life if fleet.life is not None else needs.practised(system.life, "life")
    age_years = years_between(first_day(fleet.in_service), timeline.start)
    age = round(age_years / timeline.years)
    held = max(0, timeline.periods_in(life) - age)
    price = fleet.price
    if price is None:
        fact = system.price.at(timeline.as_of) if system.price else None
        price = fact.number if fact else 0.0
    wired = configuration.wired
    return Offering(
        id=name,
        configuration=configuration.id,
        contract="installed",
        ownership="own",
        supplier=system.vendor,
        sites=(fleet.site,),
        price_usd=(price,) * timeline.count,
        fabric_usd=(0.0,) * timeline.count,
        lead_weeks=0.0,
        first=0,
        last=0,
        held=held,
        life_years=life,
        draws={},
        order_periods=_order_periods(0.0, timeline),
        resale=(),
        exit_fee=None,
        maintenance_per_year=needs.practised(system.maintenance, "maintenance"),
        failures_per_year=needs.practised(None, "permanent_failures"),
        max_per_period=None,
        max_total=None,
        min_total=None,
        tier=needs.tier,
        why_first="already in service",
        fixed=fleet.count,
        age=age,
        link_spares_usd_per_year=wired.spares_usd_per_year if wired else 0.0,
    )


def _agreed(terms: Terms, needs: Needs, timeline: Timeline) -> Agreed:
    """The typed terms as plain numbers; their gaps and tiers are the offer's."""
    reading = Reading(timeline, needs.missing, needs.tiers)
    return terms.agreed(reading)


def _most(offer: Offer, agreed: Agreed) -> float | None:
    """Most systems over the horizon: the offer's or the contract's, whichever is less."""
    volumes = agreed.get(Volumes)
    most = min(offer.max_total or inf, volumes.maximum if volumes else inf)
    return most if most < inf else None


def _least(offer: Offer, agreed: Agreed) -> float | None:
    """Fewest systems over the horizon: the offer's or the contract's, whichever is more."""
    volumes = agreed.get(Volumes)
    return max(offer.min_total or 0.0, volumes.minimum if volumes else 0.0) or None


def _lead_weeks(offer: Offer, terms: Terms, needs: Needs) -> float:
    if offer.lead_time is not None:
        return offer.lead_time
    return needs.known(needs.system.lead_time, "lead time") if terms.at_our_site else 0.0


def _earliest(
    offer: Offer, system: System, lead: float, timeline: Timeline, wired: Wired | None
) -> tuple[date, str]:
    """First day of service, and what decides it: the order, the system's date or its fabric's."""
    ordered_today = after(timeline.as_of, lead)
    launch = system.available.at(timeline.as_of) if system.available else None
    opens = first_day(offer.available_from) if offer.available_from else None
    if opens is None and launch is not None:
        opens = last_day(str(launch.value))
    if wired and wired.day > max(ordered_today, opens or ordered_today, timeline.start):
        return wired.day, f"every part of {wired.fabric} can be had by {wired.day}"
    if opens is not None and opens > ordered_today:
        return opens, f"available from {opens}"
    return ordered_today, f"{lead:g} weeks after {timeline.as_of}"


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


def _order_periods(lead_weeks: float, timeline: Timeline) -> tuple[int, ...]:
    """The period of each delivery's order-by date; an order of before the horizon is of its first."""
    days = (before(period.start, lead_weeks) for period in timeline.periods)
    return tuple(max(0, timeline.index_at(day)) for day in days)


def _exit_fee(terms: Terms, as_of: date) -> float | None:
    if not terms.cancellable:
        return None
    fee = terms.exit_fee.value(as_of) if terms.exit_fee else None
    return 0.0 if fee is None else fee
