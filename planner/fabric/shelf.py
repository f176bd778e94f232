"""What a planner could buy on a day: media and switches with their prices, powers and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.catalog.fact import Figure
from planner.catalog.interconnect import Medium, Switch
from planner.catalog.load import Catalog
from planner.catalog.market import Practice
from planner.errors import MissingFigure, UnknownName
from planner.fabric.ask import refusal
from planner.fabric.counts import Length
from planner.quantities import KILO
from planner.timeline import last_day

BY_THE_END = frozenset({"pluggable optical"})
"""Kinds of medium that are priced by the end; the others by the cable."""
BY_THE_SHARE = frozenset({"photonic fabric"})
"""Kinds that are priced by the chiplet, which carries several ports."""
OPTICAL = frozenset({"active optical", "pluggable optical", "co-packaged optical"})
ENDS = 2
"""Ends of a link."""


@dataclass(frozen=True)
class Money:
    """A price with its stated range (USD)."""

    usd: float
    low: float
    high: float

    def times(self, count: float) -> Money:
        return Money(self.usd * count, self.low * count, self.high * count)


@dataclass(frozen=True)
class Shelf:
    """The catalog as seen on a day, for delivery on that or a later one.

    delivery: the day parts must be had by; unsaid is ``as_of``, after which no fact is seen.
    """

    media: dict[str, Medium]
    switches: dict[str, Switch]
    practice: Practice
    as_of: date
    delivery: date | None = None

    @staticmethod
    def of(catalog: Catalog, as_of: date, delivery: date | None = None) -> Shelf:
        """The shelf of a catalog on a day."""
        return Shelf(catalog.media, catalog.switches, catalog.practice, as_of, delivery)

    @property
    def day(self) -> date:
        """The day parts must be had by."""
        return self.delivery or self.as_of

    def number(self, figure: Figure | None) -> float | None:
        """The figure in use, or None where nothing usable is public."""
        return None if figure is None else figure.value(self.as_of)

    def assumed(self, name: str) -> float:
        """A figure of the catalog's practice; CAT012 where it has none."""
        value = self.number(getattr(self.practice, name))
        if value is None:
            raise MissingFigure("practice", name, self.as_of)
        return value

    def metres(self, length: Length) -> float:
        """The longest link of a length class (m)."""
        return self.assumed(f"link_length_{length}")

    def delivered(self, entry: Medium | Switch) -> bool:
        """Whether a customer can have it on the day; an unsaid date counts if it ships already."""
        fact = entry.available.at(self.as_of) if entry.available else None
        if fact is None:
            return isinstance(entry, Medium) and entry.status == "shipping"
        return last_day(str(fact.value)) <= self.day

    def price(self, entry: Medium | Switch) -> Money | None:
        """Price as the catalog has it: of a box, a cable, or one end."""
        fact = entry.price.at(self.as_of) if entry.price else None
        if fact is None:
            return None
        low = fact.number if fact.low is None else fact.low
        return Money(fact.number, low, fact.number if fact.high is None else fact.high)

    def link_price(self, medium: Medium, port_gbps: float = 0.0) -> Money | None:
        """Price of a whole link (USD): two ends of a pluggable or shared chiplet, one cable of the rest."""
        price = self.price(medium)
        if medium.kind in BY_THE_SHARE:
            return price and price.times(ENDS * self.share(medium, port_gbps))
        return price and price.times(ENDS if medium.kind in BY_THE_END else 1)

    def share(self, medium: Medium, port_gbps: float) -> float:
        """Part of an end that one port takes: of a chiplet port over its rate, else, or unsaid, all."""
        rate = self.number(medium.rate)
        return port_gbps / rate if medium.kind in BY_THE_SHARE and rate and port_gbps else 1.0

    def end_watts(self, medium: Medium, port_gbps: float) -> float | None:
        """Power of one end (W): as stated; of a shared chiplet energy per bit (pJ) times the port's rate."""
        energy = self.number(medium.energy)
        if medium.kind in BY_THE_SHARE and energy is not None:
            return energy * port_gbps / KILO
        return self.number(medium.power)

    def link_watts(self, medium: Medium) -> float | None:
        """Power of both ends (W)."""
        power = self.number(medium.power)
        return None if power is None else ENDS * power

    def reaches(self, medium: Medium, length: Length) -> bool:
        """Whether its reach is known and covers the length class."""
        reach = self.number(medium.reach)
        return reach is not None and reach >= self.metres(length)

    def medium(self, name: str) -> Medium:
        """A medium by id or alias; CAT005 where nothing bears the name."""
        for one in self.media.values():
            if name == one.id or name in one.aliases:
                return one
        raise UnknownName("medium", name, self.media, code="CAT005")

    def switch(self, name: str) -> Switch:
        """A switch by id or alias; CAT005 where nothing bears the name."""
        for one in self.switches.values():
            if name == one.id or name in one.aliases:
                return one
        raise UnknownName("switch", name, self.switches, code="CAT005")

    def refuse_early(self, entry: Medium | Switch, name: str, instead: str) -> None:
        """Refuse with FAB007 an entry nobody delivers by the day."""
        fact = entry.available.at(self.as_of) if entry.available else None
        unsaid = fact is None and (isinstance(entry, Switch) or entry.status == "shipping")
        if unsaid or self.delivered(entry):
            return
        when = f"from {fact.value}" if fact else "without a public date"
        what = f"'{entry.id}' is delivered {when}, not by {self.day}"
        raise refusal("FAB007", name, what, f"nearest: {instead}, or a later --as-of")
