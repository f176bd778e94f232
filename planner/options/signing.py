"""Signed contracts become offerings whose delivery is fixed, or a choice up to their count."""

from __future__ import annotations

from dataclasses import replace

from planner.catalog.load import Catalog
from planner.catalog.term import Agreed
from planner.catalog.terms.instalments import PaidInShares
from planner.catalog.terms.layers import InLayers
from planner.catalog.terms.pass_through import PassedOn
from planner.catalog.terms.prepayment import Prepaid
from planner.catalog.terms.quotes import Quoted
from planner.catalog.terms.volume import Volumes
from planner.documents import Document
from planner.errors import InvalidData, Problem
from planner.options.commitment import Commitment
from planner.options.ground import Place
from planner.options.offering import offering
from planner.options.table import Configuration, Offering
from planner.options.units import MEGAWATT
from planner.scenario.offer import Offer
from planner.scenario.quantity import PRICE_UNITS, scaled
from planner.scenario.schema import Scenario
from planner.scenario.signed import BINDING, Signed
from planner.timeline import Timeline, first_day, last_day, years_between

SETTLED = (InLayers, PaidInShares, PassedOn, Prepaid, Quoted, Volumes)
"""Terms that made the price and the quantity when the contract was signed; both are now stated."""
_ROUNDING = 1e-9
"""Share of a limit by which sums of floats may pass it."""


def signed_offering(
    name: str, signed: Signed, configuration: Configuration, catalog: Catalog, scenario: Scenario
) -> Offering | str:
    """The offering of a signed contract, or why nothing is left of it."""
    if signed.state == "ended":
        return "ended"
    made = offering(name, as_offer(signed), configuration, catalog, scenario)
    if isinstance(made, str):
        return made
    timeline = scenario.timeline
    delivered = first_day(signed.delivery)
    age = max(0, round(years_between(delivered, timeline.start) / timeline.years))
    if age >= made.held:
        return f"its time was over before the horizon began: delivered in {signed.delivery}"
    period = timeline.first_from(delivered)
    binding = signed.state in BINDING
    each = configuration.chips if made.ownership == "reserve" else 1.0
    unit = PRICE_UNITS[made.ownership]
    price = tuple(usd * each for usd in scaled(signed.price, unit).over(timeline))
    order = max(0, timeline.index_at(first_day(signed.ordered)))
    return replace(
        made,
        price_usd=price,
        first=period,
        last=period,
        held=made.held - age,
        age=age,
        fabric_usd=(0.0,) * timeline.count,
        order_periods=(order,) * timeline.count,
        fixed=signed.count if binding else None,
        max_per_period=None,
        max_total=None if binding else signed.count,
        min_total=None,
        why_first=f"{signed.state}: delivered in {signed.delivery}",
        terms=Agreed({k: v for k, v in made.terms.values.items() if k not in SETTLED}),
        commitment=_commitment(signed, price[0], binding),
    )


def as_offer(signed: Signed) -> Offer:
    """A signed contract in the shape of an offer, so that the same rules price and date it."""
    return Offer.model_validate(
        {
            "system": signed.system,
            "contract": signed.contract,
            "supplier": signed.supplier,
            "sites": (signed.site,),
            "price": signed.price,
            "lead_time": "0 week",
            "available_from": signed.delivery,
        }
    )


def _commitment(signed: Signed, price_usd: float, binding: bool) -> Commitment:
    due = tuple(
        sorted((first_day(due.date), due.amount / signed.count) for due in signed.due or ())
    )
    return Commitment(
        state=signed.state,
        binding=binding,
        ordered=first_day(signed.ordered),
        change_by=last_day(signed.change_by) if signed.change_by else None,
        due_usd=due,
        unpaid_share=sum(usd for _, usd in due) / price_usd if price_usd else 0.0,
    )


def refuse_overfull(
    timeline: Timeline,
    configurations: dict[str, Configuration],
    offerings: dict[str, Offering],
    places: dict[str, Place],
    document: Document,
) -> None:
    """Contracts that bind must fit their site together, in power and rack positions.

    What stands already does not count: it may be switched off to make room. Raises InvalidData (RGT001) naming site, first period, amount and contracts.
    """
    problems: list[Problem] = []
    for place in places.values():
        here = [
            o
            for o in offerings.values()
            if o.fixed is not None and o.commitment and place.id in o.sites
        ]
        if place.hosted or not here:
            continue
        names = ", ".join(o.id for o in here)
        for what, unit, scale in (("power", "MW", MEGAWATT), ("racks", "positions", 1.0)):
            for period in timeline.periods:
                asked = sum(
                    o.fixed * _takes(place, configurations[o.configuration], what)
                    for o in here
                    if o.fixed is not None and o.first <= period.index < o.first + o.held
                )
                over = asked - _most(place, what, period.index)
                if over > _ROUNDING * asked:
                    said = f"commitments take {asked / scale:,.4g} {unit} in {period.label}, {over / scale:,.4g} {unit} more than the site has"
                    problems.append(document.problem("RGT001", ("sites", place.id, what), said, f"committed there: {names}; give the site more, or let one go elsewhere or lapse"))  # fmt: skip
                    break
    if problems:
        raise InvalidData(problems)


def _most(place: Place, what: str, period: int) -> float:
    """kW at the meter, or positions, that a site has or could still get by the block."""
    if what == "racks":
        kinds = [c.positions[period] for c in place.classes] or [place.positions[period]]
        return sum(kinds) + sum(
            block.positions * block.most
            for block in place.blocks
            if block.first <= period and block.positions
        )
    bought = sum(
        block.power_kw * block.most
        for block in place.blocks
        if block.first <= period and block.power_kw
    )
    return (place.power_kw[period] + bought) * (1 + place.oversubscription)


def _takes(place: Place, configuration: Configuration, what: str) -> float:
    if what == "racks":
        classed = bool(place.classes)
        return configuration.positions if classed else place.positions_of(configuration)
    return configuration.provisioned_kw * place.pue(configuration)
