"""What somebody asks of a topology, and how a size that cannot be built is refused."""

from __future__ import annotations

from dataclasses import dataclass, fields

from planner.errors import InvalidData, Problem

DEFAULT_RADIX = 64
"""Ports of a switch where nobody says; the commonest box."""
COMMON_RADIX = (DEFAULT_RADIX, 128, 144, 512)
"""Ports of the boxes on sale; where nobody says, a Clos takes the smallest that holds it."""
DEFAULT_PORT_GBPS = 400.0
"""Rate of a port, one direction, where neither the asker nor a medium says (Gbit/s)."""


@dataclass(frozen=True)
class Ask:
    """The wishes; None is not said, and each topology then chooses.

    endpoints: NIC ports, or chips of a direct or scale-up network. radix: ports of a switch.
    port_gbps: of one port, one direction (Gbit/s). oversubscription: down over up at a leaf.
    domain: chips of a scale-up domain. shape, trunks: sides and parallel links per dimension.
    p, a, h, groups: endpoints, routers and global ports of a dragonfly, and its groups.
    leaves, spines: of a dragonfly-plus group. q: prime power of a Slim Fly.
    board, boards: side of a board in chips, boards on a side. links: links of one chip.
    lane_gbps: one copper pair, one direction (Gbit/s).
    """

    endpoints: int | None = None
    radix: int | None = None
    port_gbps: float = DEFAULT_PORT_GBPS
    tiers: int | None = None
    planes: int = 1
    oversubscription: float = 1.0
    domain: int | None = None
    shape: tuple[int, ...] | None = None
    trunks: tuple[int, ...] | None = None
    cube: int | None = None
    p: int | None = None
    a: int | None = None
    h: int | None = None
    groups: int | None = None
    leaves: int | None = None
    spines: int | None = None
    q: int | None = None
    board: int | None = None
    boards: int | None = None
    links: int | None = None
    lane_gbps: float = 200.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            for number in value if isinstance(value, tuple) else (value,):
                if number is not None and not number > 0:
                    what = f"{number} cannot be built; a size counts from 1"
                    raise refusal("FAB001", field.name, what, f"nearest: --{flag(field.name)} 1")

    @property
    def ports(self) -> int:
        """Ports of a switch, the commonest where nobody says."""
        return self.radix or DEFAULT_RADIX

    def wanted(self) -> int:
        """The endpoints asked for; FAB008 where nobody says."""
        return needed(self, "endpoints")


def needed(ask: Ask, name: str) -> int:
    """A flag the topology cannot do without; FAB008 where it is missing."""
    value = getattr(ask, name)
    if value is None:
        raise refusal("FAB008", name, "this topology needs it", f"add --{flag(name)} N")
    return int(value)


def flag(name: str) -> str:
    """The command-line spelling of a field.

    >>> flag("port_gbps")
    'port-gbps'
    """
    return name.replace("_", "-")


def refusal(code: str, name: str, what: str, hint: str) -> InvalidData:
    """The refusal of one flag with the nearest choice that can be built."""
    return InvalidData([Problem(code, f"--{flag(name)}", "", what, hint)])
