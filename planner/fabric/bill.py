"""Bill of materials: a fabric's counts times what each part costs, draws and how often it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from planner.catalog.interconnect import Medium, Switch
from planner.fabric.ask import refusal
from planner.fabric.choose import CABLES, SCALE_UP, box, candidates, cheapest, named
from planner.fabric.counts import ENDPOINT, THROUGH_MIRRORS, Bundle, Counts
from planner.fabric.shelf import BY_THE_END, BY_THE_SHARE, ENDS, OPTICAL, Money, Shelf
from planner.fabric.spares import spares
from planner.quantities import KILO

EVERYWHERE = ""
"""Key of a wish for a medium that holds for every pair."""
CO_PACKAGED = "co-packaged optical"


T = TypeVar("T", int, float)


@dataclass(frozen=True)
class Part:
    """A line of the bill; None is a figure nobody has published.

    modules: optical ends in the network's own cages. endpoint_modules: those in the endpoints'.
    failures: a year. spares: to have on the shelf. why: what is not known.
    """

    tier: str
    id: str
    count: int
    price: Money | None
    kw: float | None
    failures: float | None
    spares: int | None
    modules: int = 0
    endpoint_modules: int = 0
    why: str = ""


@dataclass(frozen=True)
class Bill:
    """All parts of a fabric; a total is None where any part of it is."""

    parts: tuple[Part, ...]

    @property
    def capex(self) -> Money | None:
        prices = [part.price for part in self.parts if part.count]
        if any(price is None for price in prices):
            return None
        known = [price for price in prices if price]
        return Money(
            sum(p.usd for p in known), sum(p.low for p in known), sum(p.high for p in known)
        )

    @property
    def known_usd(self) -> float:
        """What the priced parts cost."""
        return sum(part.price.usd for part in self.parts if part.price)

    @property
    def power_kw(self) -> float | None:
        return total([part.kw for part in self.parts if part.count])

    @property
    def annual_failures(self) -> float | None:
        """Of link media; nobody publishes failure rates of boxes."""
        return total([p.failures for p in self.parts if p.count and p.tier.startswith("link")])

    @property
    def spares(self) -> int | None:
        return total([p.spares for p in self.parts if p.count and p.tier.startswith("link")])

    @property
    def modules(self) -> int:
        return sum(part.modules for part in self.parts)

    @property
    def endpoint_modules(self) -> int:
        return sum(part.endpoint_modules for part in self.parts)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(part.why for part in self.parts if part.count and part.why)


def total(values: list[T | None]) -> T | None:
    """The sum, None where any is None.

    >>> total([1.0, None]) is None
    True
    """
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known and len(known) == len(values) else None


def bill(
    counts: Counts, shelf: Shelf, wishes: Mapping[str, str] | None = None, switch: str = ""
) -> Bill:
    """Price a fabric.

    wishes: medium by tier pair, ``EVERYWHERE`` for the rest; unsaid is the cheapest that reaches.
    switch: id of the box; unsaid is the cheapest of the right ports. A co-packaged box holds the
    switch ends of its links: box power counts, no module does, and an endpoint keeps its own.
    Raises FAB006, FAB007, FAB010; CAT005 for a name nobody bears.
    """
    wishes = dict(wishes or {})
    chosen = _chosen(counts, shelf, wishes, switch)
    wrong = [pair for pair in wishes if pair not in (EVERYWHERE, *counts.links)]
    if wrong:
        what = f"the fabric has no '{wrong[0]}' links"
        raise refusal("FAB010", "medium", what, f"nearest: one of {', '.join(counts.links)}")
    in_box = bool(
        chosen
        and chosen.use == "scale-out"
        and shelf.number(chosen.power) is None
        and shelf.number(chosen.power_with_optics) is not None
    )
    parts = [_switches(tier, n, chosen, shelf, counts) for tier, n in counts.switches.items()]
    for bundle in counts.bundles:
        parts += _links(bundle, counts, shelf, wishes, in_box)
    return Bill(tuple(parts))


def _chosen(counts: Counts, shelf: Shelf, wishes: dict[str, str], switch: str) -> Switch | None:
    """The box; optics it has inside become the medium of every link not wished otherwise."""
    chosen = shelf.switch(switch) if switch else None
    optics = chosen.optics if chosen else ""
    everywhere = wishes.get(EVERYWHERE, "")
    if everywhere and shelf.medium(everywhere).kind == CO_PACKAGED:
        optics = shelf.medium(everywhere).id
    if optics:
        wishes[EVERYWHERE] = optics
    if chosen is None and counts.switches:
        chosen = box(shelf, counts, counts.ports, optics)
    if chosen is not None:
        shelf.refuse_early(chosen, "switch", "a box that ships")
    return chosen


def _switches(tier: str, count: int, switch: Switch | None, shelf: Shelf, counts: Counts) -> Part:
    if switch is None:
        why = f"no box of {counts.ports} ports at {counts.port_gbps:g} Gbit/s is in the catalog"
        return Part(f"switch {tier}", "", count, None, None, None, None, why=f"{tier}: {why}")
    price = shelf.price(switch)
    watts = shelf.number(switch.power)
    watts = shelf.number(switch.power_with_optics) if watts is None else watts
    lacks = [name for name, value in (("price", price), ("power", watts)) if value is None]
    why = f"{tier}: {switch.id} has no public {' or '.join(lacks)}" if lacks else ""
    kw = None if watts is None else watts * count / KILO
    whole = price and price.times(count)
    return Part(f"switch {tier}", switch.id, count, whole, kw, None, None, why=why)


def _links(
    bundle: Bundle, counts: Counts, shelf: Shelf, wishes: Mapping[str, str], in_box: bool
) -> list[Part]:
    """The links of a bundle; ``in_box`` where the box's stated power holds its modules already."""
    wish = wishes.get(bundle.pair) or wishes.get(EVERYWHERE)
    medium = (
        named(shelf, wish, bundle.length, counts.port_gbps)
        if wish
        else cheapest(shelf, bundle.length, counts.port_gbps, kinds_for(bundle, counts))
    )
    if medium.kind == CO_PACKAGED:
        return _co_packaged(bundle, counts, shelf, medium)
    at_endpoint = _endpoint_ends(bundle, counts)
    price = shelf.link_price(medium, counts.port_gbps)
    watts, rate = shelf.end_watts(medium, counts.port_gbps), shelf.number(medium.failures)
    powered = at_endpoint if in_box and medium.kind in OPTICAL else ENDS
    ends = ENDS * bundle.count * shelf.share(medium, counts.port_gbps)
    failures = None if rate is None else rate * ends
    optical = bundle.count if medium.kind in OPTICAL else 0
    part = Part(
        f"link {bundle.pair} {bundle.length}",
        medium.id,
        bundle.count,
        price and price.times(bundle.count),
        None if watts is None else watts * powered * bundle.count / KILO,
        failures,
        spares(failures, shelf),
        optical * (ENDS - at_endpoint),
        optical * at_endpoint,
        _unpriced(bundle, counts, shelf, medium),
    )
    return [part]


def _endpoint_ends(bundle: Bundle, counts: Counts) -> int:
    """Ends of a link that sit in the endpoint's own cage; a direct network owns both."""
    return 1 if bundle.pair == ENDPOINT and counts.switches else 0


def kinds_for(bundle: Bundle, counts: Counts) -> frozenset[str]:
    """Kinds of medium that can be these links: light that a mirror turns must leave its module."""
    if counts.topology == "scale-up":
        return SCALE_UP
    return BY_THE_END if bundle.pair == THROUGH_MIRRORS else CABLES


def _co_packaged(bundle: Bundle, counts: Counts, shelf: Shelf, engine: Medium) -> list[Part]:
    """Engines at the switch are in the box's price and power; the endpoint's end is a pluggable."""
    if not counts.switches or bundle.pair == THROUGH_MIRRORS:
        what = f"'{engine.id}' sits in a switch, and this fabric has none that could hold it"
        near = cheapest(shelf, bundle.length, counts.port_gbps, kinds_for(bundle, counts)).id
        raise refusal("FAB010", "medium", what, f"nearest: --medium {near}")
    at_endpoint, count = _endpoint_ends(bundle, counts), bundle.count
    rate = shelf.number(engine.failures)
    failures = None if rate is None else rate * (ENDS - at_endpoint) * count
    why = f"{bundle.pair}: {engine.id} has no public failure rate" if rate is None else ""
    tier, free = f"link {bundle.pair} {bundle.length}", Money(0.0, 0.0, 0.0)
    part = Part(tier, engine.id, count, free, 0.0, failures, spares(failures, shelf), why=why)
    if not at_endpoint:
        return [part]
    end = cheapest(shelf, bundle.length, counts.port_gbps, BY_THE_END)
    one, watts, end_rate = shelf.price(end), shelf.number(end.power), shelf.number(end.failures)
    own = None if end_rate is None else end_rate * count
    module = Part(
        f"{tier} (endpoint's end)",
        end.id,
        count,
        one and one.times(count),
        None if watts is None else watts * count / KILO,
        own,
        spares(own, shelf),
        endpoint_modules=count,
        why="" if one else f"{bundle.pair}: {end.id} has no public price",
    )
    return [part, module]


def _unpriced(bundle: Bundle, counts: Counts, shelf: Shelf, medium: Medium) -> str:
    """What a medium without a public price would have to cost to be taken, in words."""
    if shelf.link_price(medium, counts.port_gbps) is not None:
        return ""
    kinds = CABLES if medium.kind in SCALE_UP | BY_THE_SHARE else kinds_for(bundle, counts)
    rivals = candidates(shelf, bundle.length, counts.port_gbps, kinds)
    money = shelf.link_price(rivals[0]) if rivals else None
    if money is None:
        return f"{bundle.pair}: {medium.id} has no public price, nor has any rival"
    rival = rivals[0]
    return (
        f"{bundle.pair}: {medium.id} has no public price; it breaks even with {rival.id} at "
        f"{money.usd:,.0f} USD a link ({money.low:,.0f} to {money.high:,.0f})"
    )
