"""``planner fabric``: size, compare, breakeven, collective."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.fabric_flags import (
    Board,
    Boards,
    Box,
    Cube,
    Day,
    Domain,
    Endpoints,
    Global,
    Groups,
    LaneGbps,
    Leaves,
    Links,
    Media,
    Name,
    Over,
    PerRouter,
    Planes,
    PortGbps,
    Prime,
    Radix,
    Routers,
    Shape,
    Spines,
    Tiers,
    TopologyId,
    Trunks,
    flag,
    shelf_on,
    sides,
    wish,
)  # fmt: skip
from planner.cli.output import Json, emit_json, line, table

app = typer.Typer(help="Topologies, media and what a network costs.", no_args_is_help=True)


@app.command()
def size(
    topology: TopologyId, endpoints: Endpoints = None, radix: Radix = None, port_gbps: PortGbps = None,
    medium: Media = None, switch: Box = "", tiers: Tiers = None, planes: Planes = 1, oversubscription: Over = 1.0,
    domain: Domain = None, shape: Shape = "", trunks: Trunks = "", cube: Cube = None, p: PerRouter = None,
    a: Routers = None, h: Global = None, groups: Groups = None, leaves: Leaves = None, spines: Spines = None,
    q: Prime = None, board: Board = None, boards: Boards = None, links: Links = None, lane_gbps: LaneGbps = 200.0,
    catalog: Name = "default", as_of: Day = "", json: Json = False,
) -> None:  # fmt: skip
    """Count and price a fabric.

    Example: planner fabric size --topology clos --endpoints 2048 --radix 64
    """
    from planner.fabric.ask import Ask
    from planner.report.fabric import ports_of, sized

    shelf, wishes = shelf_on(catalog, as_of), dict(wish(text) for text in medium or ())
    radix, port_gbps = ports_of(shelf, wishes, switch, radix, port_gbps)
    ask = Ask(
        endpoints, radix, port_gbps, tiers, planes, oversubscription, domain, sides(shape, "shape"),
        sides(trunks, "trunks"), cube, p, a, h, groups, leaves, spines, q, board, boards, links, lane_gbps,
    )  # fmt: skip
    found = sized(topology, ask, shelf, wishes, switch)
    if json:
        emit_json(found)
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    """A sized fabric for a reader: what it is, then its bill."""
    line(
        f"{found['topology']} of {found['endpoints']:,} endpoints at {found['port_gbps']:g} Gbit/s"
    )
    for key in ("switches", "links"):
        line(f"  {key}: " + ", ".join(f"{name} {count:,}" for name, count in found[key].items()))
    line(f"  hops {found['hops']}, bisection {found['bisection_tbps']:,.1f} Tbit/s, {found['modules']:,} modules")  # fmt: skip
    heads = ("part", "for", "count", "USD", "kW", "fail/y", "spares")
    keys = ("part", "tier", "count", "usd", "kw", "annual_failures", "spares")
    rows = [[row[key] for key in keys] for row in found["parts"]]
    rows = [[row[0] or "no such box", str(row[1]).replace("_", " "), *row[2:]] for row in rows]
    total = ["total", "", None, *(found[key] for key in ("capex_usd", "power_kw", "annual_failures", "spares"))]  # fmt: skip
    table("Bill of materials", heads, [*rows, total])
    if found["capex_low_usd"] is not None:
        line(f"Stated range: {found['capex_low_usd']:,.0f} to {found['capex_high_usd']:,.0f} USD")
    for name in found["unread_flags"]:
        line(f"Not read by {found['topology']}: --{name}")
    for why in found["unknown"]:
        line(f"Not public: {why}")


@app.command()
def compare(
    endpoints: Annotated[int, flag("NIC ports, or chips of a direct network.")],
    radix: Radix = None,
    port_gbps: PortGbps = None,
    domain: Annotated[int, flag("Chips of a scale-up domain (rail-only).")] = 8,
    links: Annotated[int, flag("Links of a chip (scale-up).")] = 18,
    svg: Annotated[Path | None, flag("Write the picture to this file.", "--svg")] = None,
    catalog: Name = "default",
    as_of: Day = "",
    json: Json = False,
) -> None:  # fmt: skip
    """Every topology at the same size, with a picture.

    Example: planner fabric compare --endpoints 1024 --svg compare.svg
    """
    from planner.fabric.ask import DEFAULT_PORT_GBPS, Ask
    from planner.report.fabric import COLUMNS, bars, comparison_rows, picture
    from planner.report.fabric import compare as compared

    ask = Ask(endpoints, radix, port_gbps or DEFAULT_PORT_GBPS, domain=domain, links=links)
    rows = compared(ask, shelf_on(catalog, as_of))
    title = f"{endpoints:,} endpoints at {ask.port_gbps:g} Gbit/s"
    if svg:
        svg.write_text(picture(rows, title), encoding="utf-8")
    if json:
        emit_json({"endpoints": endpoints, "picture": str(svg) if svg else None, "topologies": [row.found or {"topology": row.topology, "refused": row.why} for row in rows]})  # fmt: skip
        return
    table(title, COLUMNS, comparison_rows(rows))
    line("Capital, MUSD")
    for text in bars(rows):
        line(f"  {text}")
    for row in rows:
        if row.why:
            line(f"{row.topology}: {row.why}")


@app.command()
def breakeven(
    medium: Annotated[str, flag("Id or alias of a medium.")],
    length: Annotated[str, flag("in-rack, row, hall or campus; unsaid is the longest it reaches.")] = "",
    years: Annotated[float, flag("Life over which power is paid.")] = 5.0,
    energy_usd_per_kwh: Annotated[float, flag("Price of energy.")] = 0.08,
    pue: Annotated[float, flag("Facility over IT power.")] = 1.2,
    catalog: Name = "default",
    as_of: Day = "",
    json: Json = False,
) -> None:  # fmt: skip
    """The price, power or length at which a medium beats its best rival.

    Example: planner fabric breakeven --medium cpo-nvidia-quantum-x
    """
    from dataclasses import asdict

    from planner.fabric.breakeven import break_even, length_for, watt_cost_usd

    shelf = shelf_on(catalog, as_of)
    one = shelf.medium(medium)
    per_watt = watt_cost_usd(years, energy_usd_per_kwh, pue)
    found = asdict(break_even(shelf, one, length_for(shelf, one, length), per_watt))
    if json:
        emit_json(found)
    else:
        table(f"Break-even of {one.id}", ("", ""), [(k, _short(v)) for k, v in found.items()])


def _short(value: object) -> str:
    if value is None:
        return "not public or out of reach"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


@app.command()
def collective(
    kind: Annotated[str, flag("all-reduce, all-gather, reduce-scatter, all-to-all, expert-parallel, kv-transfer, tensor-parallel, single-stream.")],
    gb_per_s: Annotated[float, flag("Bandwidth of one chip, one direction (GB/s).", "--gb-per-s")] = 50.0,
    chips: Annotated[int, flag("Chips that take part.")] = 8,
    size_bytes: Annotated[float, flag("Whole vector, or what one chip holds.", "--bytes")] = 1e9,
    alpha_us: Annotated[float, flag("Latency of a step (µs).")] = 0.0,
    in_network: Annotated[bool, flag("Sum inside the switches.", "--in-network")] = False,
    tokens: Annotated[float, flag("Tokens of a chip in a step, or of a prompt.")] = 32.0,
    experts: Annotated[float, flag("Experts per token.")] = 9.0,
    hidden: Annotated[float, flag("Width of the model.")] = 7000.0,
    layers: Annotated[int, flag("Layers.")] = 61,
    micro_batches: Annotated[int, flag("Overlapped micro-batches.")] = 2,
    kv_bytes: Annotated[float, flag("KV cache of a token (bytes).")] = 70_000.0,
    value_bytes: Annotated[float, flag("Bytes of an activation.")] = 2.0,
    weight_gb: Annotated[float, flag("Weights of a model (GB).", "--weight-gb")] = 70.0,
    tb_per_s: Annotated[float, flag("Memory bandwidth of a chip (TB/s).", "--tb-per-s")] = 4.8,
    json: Json = False,
) -> None:  # fmt: skip
    """How long a collective takes and what it moves.

    Example: planner fabric collective --kind expert-parallel --gb-per-s 50 --tokens 32 --experts 9
    """
    from dataclasses import asdict

    from planner.fabric.timing import Load, timed

    load = Load(
        gb_per_s, chips, size_bytes, tokens, experts, hidden, layers, micro_batches, kv_bytes, value_bytes,
        weight_gb, tb_per_s, alpha_us, in_network,
    )  # fmt: skip
    found = asdict(timed(kind, load))
    answer = {"kind": kind, "bytes_moved": found.pop("bytes"), **found}
    if json:
        emit_json(answer)
    else:
        table(kind, ("figure", "value"), list(answer.items())[1:])
