"""Which medium carries a length class, and which box switches: the cheapest that can do it."""

from __future__ import annotations

from collections.abc import Iterable

from planner.catalog.interconnect import Medium, Switch
from planner.fabric.ask import refusal
from planner.fabric.counts import Counts, Length
from planner.fabric.shelf import Shelf

CABLES = frozenset({"passive copper", "active copper", "active optical", "pluggable optical"})
"""Kinds that join any two ports."""
SCALE_UP = frozenset({"scale-up link"})
JOINERS = CABLES | SCALE_UP | {"co-packaged optical", "photonic fabric"}
"""Kinds that join two ports by themselves."""


def candidates(
    shelf: Shelf, length: Length, port_gbps: float, kinds: Iterable[str] = CABLES
) -> list[Medium]:
    """Media delivered by the day, at the port's rate, that reach; the cheapest link first.

    A medium without a public price comes last: it cannot be said to win.
    """
    able = [
        medium
        for _, medium in sorted(shelf.media.items())
        if medium.kind in kinds
        and shelf.number(medium.rate) == port_gbps
        and shelf.reaches(medium, length)
        and shelf.delivered(medium)
    ]
    return sorted(able, key=lambda medium: _rank(shelf, medium))


def _rank(shelf: Shelf, medium: Medium) -> tuple[float, float]:
    price, watts = shelf.link_price(medium), shelf.link_watts(medium)
    unknown = float("inf")
    return (price.usd if price else unknown, unknown if watts is None else watts)


def cheapest(
    shelf: Shelf, length: Length, port_gbps: float, kinds: Iterable[str] = CABLES
) -> Medium:
    """The cheapest medium for a length class; FAB006 where none covers it."""
    found = candidates(shelf, length, port_gbps, kinds)
    if found:
        return found[0]
    reach = shelf.metres(length)
    rates = sorted({r for m in shelf.media.values() if m.kind in kinds and shelf.reaches(m, length) and shelf.delivered(m) and (r := shelf.number(m.rate))})  # fmt: skip
    what = f"no medium of {port_gbps:g} Gbit/s reaches {reach:g} m ({length.replace('_', '-')}) on {shelf.day}"
    near = f"nearest: --port-gbps {min(rates, key=lambda r: abs(r - port_gbps)):g}" if rates else "add a medium to the catalog"  # fmt: skip
    raise refusal("FAB006", "medium", what, near)


def named(shelf: Shelf, name: str, length: Length, port_gbps: float) -> Medium:
    """The medium asked for, if it can carry these links.

    Raises FAB010 (no link medium, or too slow), FAB007 (not delivered yet), FAB006 (too short).
    """
    medium = shelf.medium(name)
    able = candidates(shelf, length, port_gbps)
    instead = f"--medium {able[0].id}" if able else "another --port-gbps"
    rate = shelf.number(medium.rate)
    if medium.kind not in JOINERS:
        what = f"'{medium.id}' ({medium.kind}) does not join two ports by itself"
        raise refusal("FAB010", "medium", what, f"nearest: {instead}")
    shelf.refuse_early(medium, "medium", instead)
    if rate is None or rate < port_gbps:
        what = f"'{medium.id}' carries {rate or 'an undisclosed'} Gbit/s, the ports {port_gbps:g}"
        raise refusal("FAB010", "medium", what, f"nearest: {instead}")
    reach = shelf.number(medium.reach)
    if reach is not None and reach < shelf.metres(length):
        what = f"'{medium.id}' reaches {reach:g} m; {length.replace('_', '-')} links need {shelf.metres(length):g} m"
        raise refusal("FAB006", "medium", what, f"nearest: {instead}")
    return medium


def box(shelf: Shelf, counts: Counts, radix: int, optics: str = "") -> Switch | None:
    """The box for a fabric: exact ports and rate first, then larger ones; cheapest, priced first.

    optics: id of the co-packaged medium it must hold; none for a box with cages. None where the
    catalog has no such box.
    """
    use = {"torus-ocs": "circuit", "scale-up": "scale-up"}.get(counts.topology, "scale-out")
    able = []
    for _, switch in sorted(shelf.switches.items()):
        ports, rate = shelf.number(switch.radix), shelf.number(switch.port_rate)
        fits = switch.use == use and switch.optics == optics and shelf.delivered(switch)
        if not fits or ports is None:
            continue
        split = 1.0 if use == "circuit" else (rate or 0) / counts.port_gbps
        if split < 1 or split % 1 or ports * split < radix:
            continue
        exact = split == 1 and ports == radix
        if use != "scale-up" or exact:
            price = shelf.price(switch)
            able.append((not exact, price is None, price.usd if price else 0.0, switch.id))
    return shelf.switches[min(able)[-1]] if able else None
