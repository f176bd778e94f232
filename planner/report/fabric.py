"""A fabric as an answer, a table and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from planner.errors import Failure
from planner.fabric.ask import COMMON_RADIX, DEFAULT_PORT_GBPS, Ask, flag
from planner.fabric.bill import EVERYWHERE, Bill, bill
from planner.fabric.counts import Counts, size, topologies, unread
from planner.fabric.shelf import Shelf
from planner.quantities import MEGA

SERIES = (
    ("capex_usd", "capital, MUSD", MEGA, "#4878a8"),
    ("power_kw", "power, kW", 1.0, "#c27a3f"),
    ("bisection_tbps", "bisection, Tbit/s", 1.0, "#5f8f5b"),
)  # fmt: skip
"""Key, title, divisor and colour of each panel of the picture."""


def ports_of(
    shelf: Shelf, wishes: Mapping[str, str], switch: str, radix: int | None, port_gbps: float | None
) -> tuple[int | None, float]:
    """Ports of a box and their rate where unsaid: the named box's, and of a medium for all links its own."""
    box = shelf.switch(switch) if switch else None
    medium = shelf.medium(wishes[EVERYWHERE]) if EVERYWHERE in wishes else None
    if port_gbps is None:
        rate = medium.rate if medium else box.port_rate if box else None
        port_gbps = shelf.number(rate) or DEFAULT_PORT_GBPS
    if radix is None and box is not None:
        radix = int(shelf.number(box.radix) or 0) or None
    return radix, port_gbps


def sized(
    topology: str, ask: Ask, shelf: Shelf, wishes: Mapping[str, str], switch: str
) -> dict[str, Any]:
    """The answer to one ask: counted, priced, and which of its flags changed nothing."""
    counts = size(topology, ask)
    found = answer(counts, bill(counts, shelf, wishes, switch))
    return {**found, "unread_flags": [flag(name) for name in unread(topology, ask)]}


def answer(counts: Counts, priced: Bill) -> dict[str, Any]:
    """Everything about a sized fabric, keyed as scripts read it."""
    capex, links = priced.capex, counts.links
    return {
        "topology": counts.topology,
        "endpoints": counts.endpoints,
        "port_gbps": counts.port_gbps,
        "switches": {**counts.switches, "total": counts.switch_count},
        "links": {**links, "inter_switch": counts.inter_switch_links, "total": counts.link_count},
        "modules": priced.modules,
        "modules_endpoint": priced.endpoint_modules,
        "modules_total": priced.modules + priced.endpoint_modules,
        "ports": counts.ports,
        "hops": counts.hops,
        "bisection_tbps": counts.bisection_tbps,
        "capex_usd": capex.usd if capex else None,
        "capex_low_usd": capex.low if capex else None,
        "capex_high_usd": capex.high if capex else None,
        "capex_known_usd": priced.known_usd,
        "power_kw": priced.power_kw,
        "annual_failures": priced.annual_failures,
        "spares": priced.spares,
        "unknown": list(priced.unknown),
        "parts": parts(priced),
        **counts.further,
    }


def parts(priced: Bill) -> list[dict[str, Any]]:
    """The lines of the bill."""
    return [
        {
            "tier": part.tier,
            "part": part.id or None,
            "count": part.count,
            "usd": part.price.usd if part.price else None,
            "low_usd": part.price.low if part.price else None,
            "high_usd": part.price.high if part.price else None,
            "kw": part.kw,
            "annual_failures": part.failures,
            "spares": part.spares,
        }
        for part in priced.parts
    ]


@dataclass(frozen=True)
class Compared:
    """One topology of a comparison: its answer, or why it cannot be built so."""

    topology: str
    found: dict[str, Any] | None
    why: str = ""


def compare(ask: Ask, shelf: Shelf) -> list[Compared]:
    """Every topology at the same number of endpoints, the cheapest first, the unbuildable last."""
    rows = []
    for one in topologies():
        try:
            counts = one.build(ask)
            if counts.ports > max(COMMON_RADIX):
                why = f"needs {counts.ports:,} ports on each; no box has them"
                rows.append(Compared(one.id, None, why))
                continue
            rows.append(Compared(one.id, answer(counts, bill(counts, shelf))))
        except Failure as refused:
            rows.append(Compared(one.id, None, " ".join(str(refused).split("\n", 1)[-1].split())))
    return sorted(rows, key=_rank)


def _rank(row: Compared) -> tuple[bool, bool, float, str]:
    usd = row.found["capex_usd"] if row.found else None
    return (row.found is None, usd is None, usd or 0.0, row.topology)


COLUMNS = ("topology", "boxes", "links", "hops", "Tbit/s", "MUSD", "kW", "fail/y")


def comparison_rows(rows: Sequence[Compared]) -> list[list[Any]]:
    """The table of a comparison, without what cannot be built."""
    return [
        [
            row.topology,
            row.found["switches"]["total"],
            row.found["links"]["total"],
            row.found["hops"],
            row.found["bisection_tbps"],
            None if row.found["capex_usd"] is None else row.found["capex_usd"] / MEGA,
            row.found["power_kw"],
            row.found["annual_failures"],
        ]
        for row in rows
        if row.found
    ]


_LABEL, _BAR, _LINE, _PANEL = 130, 210, 22, 300
"""Widths and heights of the picture (pixels)."""


def picture(rows: Sequence[Compared], title: str) -> str:
    """Bars of capital, power and bisection as an SVG; a missing figure has no bar and says so."""
    shown = [row for row in rows if row.found]
    width, height = _LABEL + _PANEL * len(SERIES), 60 + _LINE * len(shown)
    body = [f'<text x="8" y="20" font-size="15">{escape(title)}</text>']
    for line, row in enumerate(shown):
        y = 60 + line * _LINE
        body.append(f'<text x="{_LABEL - 8}" y="{y + 11}" text-anchor="end">{row.topology}</text>')
    for at, (key, name, unit, colour) in enumerate(SERIES):
        x = _LABEL + at * _PANEL
        values = [(row.found or {}).get(key) for row in shown]
        most = max((value for value in values if value), default=1.0)
        body.append(f'<text x="{x}" y="46" fill="{colour}">{name}</text>')
        for line, value in enumerate(values):
            y = 60 + line * _LINE
            long = 0.0 if value is None else _BAR * value / most
            body.append(
                f'<rect x="{x}" y="{y}" width="{long:.1f}" height="14" fill="{colour}"/>'
                f'<text x="{x + long + 5:.1f}" y="{y + 11}">{_said(value, unit)}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="12">\n' + "\n".join(body) + "\n</svg>\n"
    )


def _said(value: float | None, unit: float) -> str:
    return "not public" if value is None else f"{value / unit:,.4g}"


def bars(rows: Sequence[Compared], width: int = 32) -> list[str]:
    """The same picture for a terminal: capital per topology."""
    priced = [(r.topology, r.found["capex_usd"]) for r in rows if r.found]
    most = max((usd for _, usd in priced if usd), default=1.0)
    return [
        f"{name:<15} {'█' * round(width * (usd or 0) / most):<{width}} {_said(usd, MEGA)}"
        for name, usd in priced
    ]
