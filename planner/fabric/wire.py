"""Wire one system with a fabric: its share of a pod's bill, draw, failures and bandwidth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from planner.catalog.fabric import Fabric
from planner.catalog.fact import EvidenceTier, Figure, weakest
from planner.catalog.interconnect import Medium, Switch
from planner.errors import Failure
from planner.fabric.ask import Ask, refusal
from planner.fabric.bill import EVERYWHERE, Bill, bill
from planner.fabric.counts import ENDPOINT, Counts, size
from planner.fabric.shelf import ENDS, OPTICAL, Shelf
from planner.quantities import BITS_PER_BYTE, KILO

NONE = "none"
ALL_PAIRS = "all"
"""Key of ``media`` that holds for every tier pair without one of its own."""


@dataclass(frozen=True)
class Share:
    """What one system carries of one part.

    units: boxes, cables or ends. price_usd: of a unit. kw, failures_per_year: of all its units.
    photonic: whether light leaves it: optics, co-packaged boxes, circuit switches.
    """

    id: str
    units: float
    price_usd: float
    kw: float
    failures_per_year: float
    photonic: bool


@dataclass(frozen=True)
class Wired:
    """A system's part in a pod that is fully built.

    pod_chips: chips a pod joins.
    domain_chips, scale_up_gb_per_s: scale-up domain and one-way bandwidth of a chip where the
    fabric makes the domain, None where the system's own holds. scale_out_gb_per_s: one-way
    bandwidth a chip keeps to any other when all talk at once, 0 without a network.
    day: the delivery day the parts were chosen for.
    """

    fabric: str
    topology: str
    pod_chips: float
    parts: tuple[Share, ...]
    domain_chips: float | None
    scale_up_gb_per_s: float | None
    scale_out_gb_per_s: float
    tier: EvidenceTier
    day: date

    @property
    def kw(self) -> float:
        """IT power of the network per system, drawn all the time."""
        return sum(part.kw for part in self.parts)

    @property
    def capex_usd(self) -> float:
        """Network capital of one system."""
        return sum(part.units * part.price_usd for part in self.parts)

    @property
    def spares_usd_per_year(self) -> float:
        """Failed link parts, replaced at their price."""
        return sum(part.failures_per_year * part.price_usd for part in self.parts)

    def share_of(self, part_id: str) -> Share | None:
        """The system's share of one part; None where the fabric does without it."""
        return next((part for part in self.parts if part.id == part_id), None)

    def with_part(
        self, part_id: str, price_usd: float | None = None, kw_per_unit: float | None = None
    ) -> Wired:
        """The same wiring with another price or power of one part."""
        return replace(
            self,
            parts=tuple(
                replace(
                    part,
                    price_usd=part.price_usd if price_usd is None else price_usd,
                    kw=part.kw if kw_per_unit is None else kw_per_unit * part.units,
                )
                if part.id == part_id
                else part
                for part in self.parts
            ),
        )


def wire(fabric: Fabric, chips: float, domain_chips: float, shelf: Shelf) -> Wired | str:
    """A system of ``chips`` chips in this fabric, or why it cannot be wired for the shelf's day.

    domain_chips: the system's own scale-up domain, all that is joined where there is no network.
    """
    if fabric.network == NONE:
        return Wired(NONE, NONE, domain_chips, (), None, None, 0.0, "measured", shelf.day)
    try:
        counts = counts_of(fabric, shelf)
        wishes = {EVERYWHERE if p == ALL_PAIRS else p: name for p, name in fabric.media.items()}
        priced = bill(counts, shelf, wishes, fabric.switch)
        each = need(fabric, "endpoints_per_chip", shelf)
        links = need(fabric, "links", shelf) if fabric.network == "scale-up" else None
    except Failure as refused:
        return f"{fabric.id}: {one_line(refused)}"
    lacking = unknown(priced, shelf)
    if lacking:
        return f"{fabric.id}: {'; '.join(lacking)}"
    if chips * each > counts.endpoints:
        return f"{fabric.id}: one system brings {chips * each:g} endpoints, a pod has {counts.endpoints}"
    return _share_of_pod(fabric.id, counts, priced, chips, each, links, shelf)


def _share_of_pod(
    name: str, counts: Counts, priced: Bill, chips: float, each: float, links: float | None, shelf: Shelf
) -> Wired:  # fmt: skip
    """A system's share of a pod: chips · endpoints per chip / endpoints. links: of a chip, scale-up."""
    parts, tier = shares(priced, chips * each / counts.endpoints, shelf)
    up = links is not None
    return Wired(
        fabric=name,
        topology=counts.topology,
        pod_chips=counts.endpoints / each,
        parts=parts,
        domain_chips=counts.endpoints / each if up else None,
        scale_up_gb_per_s=None if links is None else links * counts.port_gbps / BITS_PER_BYTE,
        scale_out_gb_per_s=0.0 if up else each * bandwidth_gb_per_s(counts),
        tier=tier,
        day=shelf.day,
    )


def counts_of(fabric: Fabric, shelf: Shelf) -> Counts:
    """The pod's counts; raises what its topology raises, FAB008 for a figure that is not given."""
    assert fabric.topology is not None
    told = {
        name: int(value)
        for name in ("radix", "tiers", "planes", "domain", "cube", "links")
        if (value := shelf.number(getattr(fabric, name))) is not None
    }
    if "radix" not in told and fabric.switch and fabric.topology != "torus-ocs":
        ports = shelf.number(shelf.switch(fabric.switch).radix)
        told |= {"radix": int(ports)} if ports else {}
    ask = Ask(
        endpoints=int(need(fabric, "endpoints", shelf)),
        port_gbps=need(fabric, "port_rate", shelf),
        oversubscription=shelf.number(fabric.oversubscription) or 1.0,
        **told,  # type: ignore[arg-type]
    )
    counts = size(fabric.topology, ask)
    for pair in fabric.lengths:
        if pair not in counts.links:
            near = f"nearest: one of {', '.join(counts.links)}"
            raise refusal("FAB010", "lengths", f"the fabric has no '{pair}' links", near)
    laid = tuple(replace(b, length=fabric.lengths.get(b.pair, b.length)) for b in counts.bundles)
    return replace(counts, bundles=laid)


def need(fabric: Fabric, name: str, shelf: Shelf) -> float:
    """A figure of a fabric; FAB008 where nothing usable is known."""
    figure: Figure | None = getattr(fabric, name)
    value = shelf.number(figure)
    if value is None:
        raise refusal("FAB008", name, f"'{fabric.id}' does not say it", f"give it in fabrics/{fabric.id}.yaml")  # fmt: skip
    return value


def bandwidth_gb_per_s(counts: Counts) -> float:
    """One-way bandwidth of an endpoint to any other when all talk at once (GB/s).

    Equation: min(injection, 4 · bisection / N), as half of everybody's traffic crosses the middle:
    N/2 · b · 1/2 ≤ bisection. Injection is the links to its switches, or of a direct network all its links.
    """
    hung = counts.links[ENDPOINT] or ENDS * counts.link_count
    injection = counts.port_gbps * hung / counts.endpoints
    across = 4 * counts.bisection_tbps * KILO / counts.endpoints
    return min(injection, across) / BITS_PER_BYTE


def unknown(priced: Bill, shelf: Shelf) -> list[str]:
    """What nobody has published: a price, a power, a link's reach or failure rate."""
    lacking = list(priced.unknown)
    for part in priced.parts:
        if not part.count or not part.id:
            continue
        missing = [] if part.why else [("power", part.kw)]
        if part.tier.startswith("link"):
            missing.append(("reach", shelf.number(shelf.medium(part.id).reach)))
            missing += [] if part.why else [("failure rate", part.failures)]
        lacking += [f"{part.id} has no public {name}" for name, value in missing if value is None]
    return list(dict.fromkeys(lacking))


def shares(priced: Bill, share: float, shelf: Shelf) -> tuple[tuple[Share, ...], EvidenceTier]:
    """Every part of the bill once, as one system's share, and the tier the prices rest on."""
    units: dict[str, float] = defaultdict(float)
    kw: dict[str, float] = defaultdict(float)
    failures: dict[str, float] = defaultdict(float)
    entries: dict[str, Medium | Switch] = {}
    tiers: list[EvidenceTier] = ["measured"]
    for part in priced.parts:
        switch = part.tier.startswith("switch")
        entry = entries[part.id] = shelf.switch(part.id) if switch else shelf.medium(part.id)
        price = shelf.price(entry)
        usd = part.price.usd if part.price else 0.0
        units[part.id] += share * (usd / price.usd if price and price.usd and usd else part.count)
        kw[part.id] += share * (part.kw or 0.0)
        failures[part.id] += share * (part.failures or 0.0)
        fact = entry.price.at(shelf.as_of) if entry.price and usd else None
        tiers += [fact.tier] if fact else []
    found = []
    for name, entry in sorted(entries.items()):
        inside = isinstance(entry, Medium) and entry.kind == "co-packaged optical"
        price = None if inside else shelf.price(entry)
        usd = price.usd if price else 0.0
        found.append(Share(name, units[name], usd, kw[name], failures[name], photonic(entry)))
    return tuple(found), weakest(*tiers)


def photonic(entry: Medium | Switch) -> bool:
    """Whether light leaves it."""
    if isinstance(entry, Switch):
        return bool(entry.optics) or entry.use == "circuit"
    return entry.kind in OPTICAL or entry.kind == "photonic fabric"


def one_line(refused: Failure) -> str:
    """A refusal without its layout: what is wrong and the nearest that can be had."""
    problems = getattr(refused, "problems", ())
    said = [f"{p.what} ({p.hint})" if p.hint else p.what for p in problems]
    return "; ".join(said) or " ".join(str(refused).split())
