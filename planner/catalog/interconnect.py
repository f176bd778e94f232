"""Link media, switches and photonic parts; the fabric room turns them into bills of materials."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Day, Dollars, InUnit, Number, SharePerYear, Text, Watts

GigabitsPerSecond = Annotated[Figure, InUnit("Gbit/s")]
Metres = Annotated[Figure, InUnit("m")]
PicojoulesPerBit = Annotated[Figure, InUnit("pJ/bit")]


class Medium(Strict):
    """A way to carry bits between two ports: cable, pluggable, co-packaged or circuit-switched."""

    id: str
    """Kebab case."""
    name: str
    """What it is called."""
    aliases: tuple[str, ...] = ()
    """Other spellings in sources."""
    vendor: str = ""
    """Id of the vendor; empty for a commodity."""
    kind: Literal[
        "passive copper", "active copper", "active optical", "pluggable optical", "co-packaged optical",
        "photonic fabric", "optical circuit switch", "scale-up link",
    ]  # fmt: skip
    """Class of the medium."""
    status: Literal["shipping", "announced", "research"] = "shipping"
    """Whether it can be ordered."""
    rate: GigabitsPerSecond | None = None
    """Data rate of one link, one direction."""
    reach: Metres | None = None
    """Longest run."""
    power: Watts | None = None
    """Power of one end."""
    energy: PicojoulesPerBit | None = None
    """Energy per bit, one end unless the note says otherwise."""
    price: Dollars | None = None
    """Price of one end (pluggable) or one cable (copper, AOC), as the note says."""
    failures: SharePerYear | None = None
    """Failures a year per end."""
    available: Day | None = None
    """First day a customer can take delivery."""
    facts: dict[str, Figure] = Field(default_factory=dict)
    """Further figures by name."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further texts."""


class Switch(Strict):
    """A switch box or a scale-up switch chip."""

    id: str
    """Kebab case."""
    name: str
    """As the vendor writes it."""
    aliases: tuple[str, ...] = ()
    """Other spellings in sources."""
    vendor: str
    """Id of the vendor."""
    radix: Number | None = None
    """Ports at port_rate."""
    port_rate: GigabitsPerSecond | None = None
    """Data rate of one port, one direction."""
    power: Watts | None = None
    """Power of the box without pluggable optics; with its optics where they are co-packaged."""
    power_with_optics: Watts | None = None
    """Power of the box with every port's optics."""
    price: Dollars | None = None
    """Price of the box."""
    use: Literal["scale-out", "scale-up", "circuit"] = "scale-out"
    """Network it is made for: packets between nodes, memory between chips, or light as it comes."""
    co_packaged: bool = False
    """Whether the optics sit in the switch package."""
    optics: str = ""
    """Id of the medium inside, where the optics are co-packaged."""
    cooling: Literal["air", "liquid", "air or liquid"] | None = None
    """Cooling it needs."""
    available: Day | None = None
    """First day a customer can take delivery."""
    facts: dict[str, Figure] = Field(default_factory=dict)
    """Further figures by name."""
    notes: dict[str, Text] = Field(default_factory=dict)
    """Further texts."""


__all__ = ["Medium", "Switch", "Figure"]
