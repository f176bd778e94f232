"""At which price, power or length a medium beats its best rival for the same links."""

from __future__ import annotations

from dataclasses import dataclass

from planner.catalog.interconnect import Medium, Switch
from planner.fabric.ask import refusal
from planner.fabric.choose import CABLES
from planner.fabric.counts import LENGTHS, Length
from planner.fabric.shelf import BY_THE_END, BY_THE_SHARE, ENDS, Shelf
from planner.quantities import HOURS_PER_YEAR, KILO


@dataclass(frozen=True)
class BreakEven:
    """Where the medium's cost over its life equals its rival's; None is not known or not reachable.

    per: what the price and power are of: an end, a whole link, a box. price_usd: public price, if any.
    break_even_price_usd: at its own power. break_even_power_w: at its own price.
    break_even_length_m: longest run on which a cheaper rival still reaches. wins: as of the day.
    """

    medium: str
    rival: str | None
    length: Length
    per: str
    price_usd: float | None
    price_low_usd: float | None
    price_high_usd: float | None
    power_w: float | None
    available: str | None
    deliverable: bool
    break_even_price_usd: float | None
    break_even_power_w: float | None
    break_even_length_m: float | None
    wins: bool | None


def break_even(shelf: Shelf, medium: Medium, length: Length | None, usd_per_w: float) -> BreakEven:
    """Hold a medium against the cheapest rival that reaches the length class.

    usd_per_w: what one watt costs over the life (USD/W), see ``watt_cost_usd``.
    Equation: a link costs C = n·p + 2·w·v, p per unit of which it takes n (two ends or one cable),
    w per end, v per watt. Against the rival's C′, scaled by rate where no rival has the same:
    p* = (C′ − 2·w·v)/n and w* = (C′ − n·p)/(2·v). Length: the longest reach of a cheaper rival.
    A co-packaged medium is a box: p* = p′ + k·m + (W′ − W)·v, m and k the modules of the rival box.
    Unsaid length is the longest class it reaches.
    """
    length = length or longest(shelf, medium)
    boxes = [switch for _, switch in sorted(shelf.switches.items()) if switch.optics == medium.id]
    if boxes:
        return _box(shelf, medium, boxes[0], length, usd_per_w)
    units = ENDS if medium.kind in BY_THE_END | BY_THE_SHARE else 1
    price, watts = shelf.price(medium), watts_per_end(shelf, medium)
    rivals = [(c, m) for m in _rivals(shelf, medium, length) if (c := cost(shelf, m, usd_per_w)) is not None]  # fmt: skip
    rate = shelf.number(medium.rate)
    same = [(c, m) for c, m in rivals if shelf.number(m.rate) == rate]
    scaled = [(c * _ratio(shelf, medium, m), m) for c, m in rivals] if rate else []
    best = min(same or scaled, key=lambda pair: (pair[0], pair[1].id), default=None)
    own = cost(shelf, medium, usd_per_w)
    at_price = at_power = None
    if best and watts is not None:
        at_price = (best[0] - ENDS * watts * usd_per_w) / units
    if best and price and usd_per_w > 0:
        at_power = (best[0] - units * price.usd) / (ENDS * usd_per_w)
    return BreakEven(
        medium.id, best[1].id if best else None, length, "end" if units == ENDS else "link",
        price.usd if price else None, price.low if price else None, price.high if price else None,
        watts, _date(shelf, medium), shelf.delivered(medium), _reachable(at_price),
        _reachable(at_power), _length(shelf, medium, own, usd_per_w),
        own < best[0] if best and own is not None else None,
    )  # fmt: skip


def watt_cost_usd(years: float, usd_per_kwh: float, pue: float) -> float:
    """What a watt drawn all the time costs over a life (USD/W, undiscounted).

    Equation: v = years · 8,766 h · USD/kWh · PUE / 1,000. FAB001 for a life or PUE of zero.

    >>> round(watt_cost_usd(5, 0.08, 1.2), 3)
    4.208
    """
    for name, value in (("years", years), ("pue", pue)):
        if not value > 0:
            raise refusal("FAB001", name, f"{value:g} is no size", f"nearest: --{name} 1")
    return years * HOURS_PER_YEAR * usd_per_kwh * pue / KILO


def length_for(shelf: Shelf, medium: Medium, said: str) -> Length | None:
    """A length class as written, None where none is; FAB006 for one unknown or out of reach."""
    if not said:
        return None
    wanted = next((known for known in LENGTHS if known == said.replace("-", "_")), None)
    if wanted is None:
        hint = f"nearest: --length {LENGTHS[-1]}; known: {', '.join(LENGTHS).replace('_', '-')}"
        raise refusal("FAB006", "length", f"'{said}' is no length class", hint)
    reach = shelf.number(medium.reach)
    if reach is not None and reach < shelf.metres(wanted):
        what = f"'{medium.id}' reaches {reach:g} m; {said} links need {shelf.metres(wanted):g} m"
        near = longest(shelf, medium).replace("_", "-")
        raise refusal("FAB006", "length", what, f"nearest: --length {near}")
    return wanted


def watts_per_end(shelf: Shelf, medium: Medium) -> float | None:
    """Power of an end (W): as stated, else energy per bit (pJ) times rate (Gbit/s) / 1,000."""
    power = shelf.number(medium.power)
    energy, rate = shelf.number(medium.energy), shelf.number(medium.rate)
    if power is None and energy is not None and rate is not None:
        return energy * rate / KILO
    return power


def cost(shelf: Shelf, medium: Medium, usd_per_w: float) -> float | None:
    """Price and power of a link over its life (USD); None where either is not public."""
    price, watts = shelf.link_price(medium), watts_per_end(shelf, medium)
    if price is None or watts is None:
        return None
    return price.usd + ENDS * watts * usd_per_w


def longest(shelf: Shelf, medium: Medium) -> Length:
    """The longest class a medium is known to reach; a hall where its reach is not public."""
    if shelf.number(medium.reach) is None:
        return "hall"
    reached = [length for length in LENGTHS if shelf.reaches(medium, length)]
    return reached[-1] if reached else LENGTHS[0]


def _rivals(shelf: Shelf, medium: Medium, length: Length) -> list[Medium]:
    return [
        other
        for _, other in sorted(shelf.media.items())
        if other.id != medium.id
        and other.kind in CABLES
        and shelf.reaches(other, length)
        and shelf.delivered(other)
        and shelf.number(other.rate)
    ]


def _ratio(shelf: Shelf, medium: Medium, other: Medium) -> float:
    return (shelf.number(medium.rate) or 0.0) / (shelf.number(other.rate) or 1.0)


def _length(shelf: Shelf, medium: Medium, own: float | None, usd_per_w: float) -> float | None:
    reach = shelf.number(medium.reach)
    if own is None or reach is None:
        return None
    same = [m for m in shelf.media.values() if m.id != medium.id and m.kind in CABLES and shelf.number(m.rate) == shelf.number(medium.rate) and shelf.delivered(m)]  # fmt: skip
    cheaper = [m for m in same if (c := cost(shelf, m, usd_per_w)) is not None and c <= own]
    at = max((r for m in cheaper if (r := shelf.number(m.reach))), default=0.0)
    return at if at < reach else None


def _reachable(value: float | None) -> float | None:
    """A price or power below zero is one that nothing can reach."""
    return value if value is not None and value >= 0 else None


def _date(shelf: Shelf, entry: Medium | Switch) -> str | None:
    fact = entry.available.at(shelf.as_of) if entry.available else None
    return str(fact.value) if fact else None


def _box(shelf: Shelf, medium: Medium, one: Switch, length: Length, usd_per_w: float) -> BreakEven:
    """The box that holds the medium against the best box with cages and modules in them."""
    ports, rate = shelf.number(one.radix) or 0.0, shelf.number(one.port_rate) or 0.0
    best = min(
        (
            (usd + drawn * usd_per_w, name)
            for usd, drawn, name in _caged(shelf, ports, rate, length)
        ),
        default=None,
    )
    price, watts = shelf.price(one), shelf.number(one.power)
    own = price.usd + watts * usd_per_w if price and watts is not None else None
    at_price = best[0] - watts * usd_per_w if best and watts is not None else None
    at_power = (best[0] - price.usd) / usd_per_w if best and price and usd_per_w > 0 else None
    return BreakEven(
        medium.id, best[1] if best else None, length, f"box {one.id}",
        price.usd if price else None, price.low if price else None, price.high if price else None,
        watts, _date(shelf, one), shelf.delivered(one), _reachable(at_price),
        _reachable(at_power), None, own < best[0] if best and own is not None else None,
    )  # fmt: skip


def _caged(
    shelf: Shelf, ports: float, rate: float, length: Length
) -> list[tuple[float, float, str]]:
    """(USD, W, name) of every box with cages of these ports and rate, filled with modules."""
    ends = [
        (price.usd, watts, m.id)
        for m in shelf.media.values()
        if m.kind in BY_THE_END and shelf.number(m.rate) == rate and shelf.reaches(m, length) and shelf.delivered(m)
        and (price := shelf.price(m)) and (watts := shelf.number(m.power)) is not None
    ]  # fmt: skip
    found = []
    for switch in shelf.switches.values():
        money, bare = shelf.price(switch), shelf.number(switch.power)
        filled = shelf.number(switch.power_with_optics)
        same = shelf.number(switch.radix) == ports and shelf.number(switch.port_rate) == rate
        if switch.optics or not same or money is None or not shelf.delivered(switch):
            continue
        for usd, watts, name in ends:
            drawn = filled if bare is None else bare + ports * watts
            if drawn is not None:
                found.append((money.usd + ports * usd, drawn, f"{switch.id} + {name}"))
    return found
