"""``planner fabric``: size, compare, breakeven, collective."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.output import Json, emit_json, line, table

if TYPE_CHECKING:
    from planner.fabric.shelf import Shelf

app = typer.Typer(help="Topologies, media and what a network costs.", no_args_is_help=True)
Name = Annotated[str, typer.Option("--catalog", help="A folder under catalogs/, or a path.")]
Day = Annotated[str, typer.Option("--as-of", help="The day to buy on; unsaid is the catalog's newest.")]  # fmt: skip
Endpoints = Annotated[int | None, typer.Option(help="NIC ports, or chips of a direct network.")]
Radix = Annotated[int | None, typer.Option(help="Ports of a switch.")]
PortGbps = Annotated[float | None, typer.Option(help="Rate of a port, one direction (Gbit/s).")]
Whole = int | None


def _flag(text: str) -> Any:
    return typer.Option(help=text)


@app.command()
def size(
    topology: Annotated[str, typer.Option(help="clos, rail-only, dragonfly, torus, ...")],
    endpoints: Endpoints = None,
    radix: Radix = None,
    port_gbps: PortGbps = None,
    medium: Annotated[list[str] | None, typer.Option(help="A medium, or TIER_PAIR=MEDIUM; repeat.")] = None,
    switch: Annotated[str, typer.Option(help="The box; unsaid is the cheapest that fits.")] = "",
    tiers: Annotated[Whole, _flag("Tiers of a Clos, 1 to 3.")] = None,
    planes: Annotated[int, _flag("Parallel networks.")] = 1,
    oversubscription: Annotated[float, _flag("Down over up at a leaf.")] = 1.0,
    domain: Annotated[Whole, _flag("Chips of a scale-up domain (rail-only).")] = None,
    shape: Annotated[str, _flag("Sides such as 8x8x16 (torus, torus-ocs, hyperx).")] = "",
    trunks: Annotated[str, _flag("Parallel links per dimension (hyperx).")] = "",
    cube: Annotated[Whole, _flag("Side of a copper cube (torus-ocs).")] = None,
    p: Annotated[Whole, typer.Option("--p", help="Endpoints of a router.")] = None,
    a: Annotated[Whole, typer.Option("--a", help="Routers of a group (dragonfly).")] = None,
    h: Annotated[Whole, typer.Option("--h", help="Global ports of a router.")] = None,
    groups: Annotated[Whole, _flag("Groups of a dragonfly.")] = None,
    leaves: Annotated[Whole, _flag("Leaves of a group (dragonfly-plus).")] = None,
    spines: Annotated[Whole, _flag("Spines of a group (dragonfly-plus).")] = None,
    q: Annotated[Whole, typer.Option("--q", help="Prime power (slim-fly).")] = None,
    board: Annotated[Whole, _flag("Side of a board in chips (hamming-mesh, torus).")] = None,
    boards: Annotated[Whole, _flag("Boards on a side (hamming-mesh).")] = None,
    links: Annotated[Whole, _flag("Links of a chip (scale-up).")] = None,
    lane_gbps: Annotated[float, _flag("Rate of a copper pair, one direction (Gbit/s).")] = 200.0,
    catalog: Name = "default",
    as_of: Day = "",
    json: Json = False,
) -> None:  # fmt: skip
    """Count and price a fabric.

    Example: planner fabric size --topology clos --endpoints 2048 --radix 64
    """
    from planner.fabric.ask import DEFAULT_PORT_GBPS, Ask, flag
    from planner.fabric.bill import EVERYWHERE, bill
    from planner.fabric.counts import size as sized
    from planner.fabric.counts import unread
    from planner.report.fabric import answer

    shelf = _shelf(catalog, as_of)
    wishes = dict(_wish(text) for text in medium or ())
    if port_gbps is None:
        named = shelf.switch(switch) if switch else None
        said = shelf.medium(wishes[EVERYWHERE]) if EVERYWHERE in wishes else None
        rate = shelf.number(said.rate) if said else shelf.number(named.port_rate) if named else None
        port_gbps = rate or DEFAULT_PORT_GBPS
    if radix is None and switch:
        radix = int(shelf.number(shelf.switch(switch).radix) or 0) or None
    ask = Ask(
        endpoints, radix, port_gbps, tiers, planes, oversubscription, domain, _sides(shape, "shape"),
        _sides(trunks, "trunks"), cube, p, a, h, groups, leaves, spines, q, board, boards, links, lane_gbps,
    )  # fmt: skip
    counts = sized(topology, ask)
    found = answer(counts, bill(counts, shelf, wishes, switch))
    found["unread_flags"] = [flag(name) for name in unread(topology, ask)]
    if json:
        emit_json(found)
        return
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


def _wish(text: str) -> tuple[str, str]:
    """``PAIR=MEDIUM`` as a pair, a bare medium as the one for all links."""
    pair, equals, name = text.partition("=")
    return (pair, name) if equals else ("", text)


def _sides(text: str, flag: str) -> tuple[int, ...] | None:
    """``8x8x16`` as numbers; FAB001 for anything else."""
    from planner.fabric.ask import refusal

    if not text:
        return None
    try:
        return tuple(int(side) for side in text.lower().split("x"))
    except ValueError as error:
        what = f"'{text}' is no shape"
        raise refusal("FAB001", flag, what, f"nearest: --{flag} 8x8x16") from error


def _shelf(catalog: str, as_of: str) -> Shelf:
    from planner.catalog.load import load
    from planner.errors import Usage
    from planner.fabric.shelf import Shelf
    from planner.report.catalog import newest_day
    from planner.scenario.load import find_catalog
    from planner.timeline import first_day

    loaded = load(find_catalog(catalog))
    try:
        day = first_day(as_of) if as_of else newest_day(loaded)
    except ValueError as error:
        raise Usage(f"CLI003: --as-of: {error}") from error
    return Shelf.of(loaded, day)


@app.command()
def compare(
    endpoints: Annotated[int, typer.Option(help="NIC ports, or chips of a direct network.")],
    radix: Radix = None,
    port_gbps: PortGbps = None,
    domain: Annotated[int, _flag("Chips of a scale-up domain (rail-only).")] = 8,
    links: Annotated[int, _flag("Links of a chip (scale-up).")] = 18,
    svg: Annotated[Path | None, typer.Option("--svg", help="Write the picture to this file.")] = None,
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
    rows = compared(ask, _shelf(catalog, as_of))
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
    medium: Annotated[str, typer.Option(help="Id or alias of a medium.")],
    length: Annotated[str, typer.Option(help="in-rack, row, hall or campus; unsaid is the longest it reaches.")] = "",
    years: Annotated[float, typer.Option(help="Life over which power is paid.")] = 5.0,
    energy_usd_per_kwh: Annotated[float, typer.Option(help="Price of energy.")] = 0.08,
    pue: Annotated[float, typer.Option(help="Facility over IT power.")] = 1.2,
    catalog: Name = "default",
    as_of: Day = "",
    json: Json = False,
) -> None:  # fmt: skip
    """The price, power or length at which a medium beats its best rival.

    Example: planner fabric breakeven --medium cpo-nvidia-quantum-x
    """
    from dataclasses import asdict

    from planner.fabric.ask import refusal
    from planner.fabric.breakeven import break_even, longest, watt_cost_usd
    from planner.fabric.counts import LENGTHS

    wanted = next((known for known in LENGTHS if known == length.replace("-", "_")), None)
    if length and wanted is None:
        hint = f"nearest: --length {LENGTHS[-1]}; known: {', '.join(LENGTHS).replace('_', '-')}"
        raise refusal("FAB006", "length", f"'{length}' is no length class", hint)
    for name, value in (("years", years), ("pue", pue)):
        if not value > 0:
            raise refusal("FAB001", name, f"{value:g} is no size", f"nearest: --{name} 1")
    shelf = _shelf(catalog, as_of)
    one = shelf.medium(medium)
    reach = shelf.number(one.reach)
    if wanted and reach is not None and reach < shelf.metres(wanted):
        what = f"'{one.id}' reaches {reach:g} m; {length} links need {shelf.metres(wanted):g} m"
        near = longest(shelf, one).replace("_", "-")
        raise refusal("FAB006", "length", what, f"nearest: --length {near}")
    found = break_even(shelf, one, wanted, watt_cost_usd(years, energy_usd_per_kwh, pue))
    if json:
        emit_json(asdict(found))
    else:
        table(f"Break-even of {found.medium}", ("", ""), [(k, _short(v)) for k, v in asdict(found).items()])  # fmt: skip


def _short(value: object) -> str:
    if value is None:
        return "not public or out of reach"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


@app.command()
def collective(
    kind: Annotated[str, typer.Option(help="all-reduce, all-gather, reduce-scatter, all-to-all, expert-parallel, kv-transfer, tensor-parallel, single-stream.")],
    gb_per_s: Annotated[float, typer.Option("--gb-per-s", help="Bandwidth of one chip, one direction (GB/s).")] = 50.0,
    chips: Annotated[int, _flag("Chips that take part.")] = 8,
    size_bytes: Annotated[float, typer.Option("--bytes", help="Whole vector, or what one chip holds.")] = 1e9,
    alpha_us: Annotated[float, _flag("Latency of a step (µs).")] = 0.0,
    in_network: Annotated[bool, typer.Option("--in-network", help="Sum inside the switches.")] = False,
    tokens: Annotated[float, _flag("Tokens of a chip in a step, or of a prompt.")] = 32.0,
    experts: Annotated[float, _flag("Experts per token.")] = 9.0,
    hidden: Annotated[float, _flag("Width of the model.")] = 7000.0,
    layers: Annotated[int, _flag("Layers.")] = 61,
    micro_batches: Annotated[int, _flag("Overlapped micro-batches.")] = 2,
    kv_bytes: Annotated[float, _flag("KV cache of a token (bytes).")] = 70_000.0,
    value_bytes: Annotated[float, _flag("Bytes of an activation.")] = 2.0,
    weight_gb: Annotated[float, typer.Option("--weight-gb", help="Weights of a model (GB).")] = 70.0,
    tb_per_s: Annotated[float, typer.Option("--tb-per-s", help="Memory bandwidth of a chip (TB/s).")] = 4.8,
    json: Json = False,
) -> None:  # fmt: skip
    """How long a collective takes and what it moves.

    Example: planner fabric collective --kind expert-parallel --gb-per-s 50 --tokens 32 --experts 9
    """
    from dataclasses import asdict

    from planner.errors import UnknownName
    from planner.fabric import collectives as made
    from planner.fabric.ask import refusal

    sizes = {"gb_per_s": gb_per_s, "chips": chips, "bytes": size_bytes, "tokens": tokens, "experts": experts, "hidden": hidden, "layers": layers, "micro_batches": micro_batches, "kv_bytes": kv_bytes, "value_bytes": value_bytes, "weight_gb": weight_gb, "tb_per_s": tb_per_s}  # fmt: skip
    for name, value in sizes.items():
        if not value > 0:
            raise refusal("FAB001", name, f"{value:g} is no size", f"nearest: --{name.replace('_', '-')} 1")  # fmt: skip
    plain = (chips, size_bytes, gb_per_s, alpha_us)
    kinds: dict[str, Any] = {
        "all-reduce": lambda: (made.in_network_all_reduce if in_network else made.ring_all_reduce)(*plain),
        "all-gather": lambda: made.all_gather(*plain),
        "reduce-scatter": lambda: made.reduce_scatter(*plain),
        "all-to-all": lambda: made.all_to_all(*plain),
        "expert-parallel": lambda: made.expert_parallel(tokens, experts, hidden, gb_per_s, layers, micro_batches),
        "kv-transfer": lambda: made.kv_transfer(tokens, kv_bytes, gb_per_s),
        "tensor-parallel": lambda: made.tensor_parallel(chips, tokens, hidden, gb_per_s, value_bytes, alpha_us, in_network),
        "single-stream": lambda: made.single_stream(weight_gb, chips * tb_per_s),
    }  # fmt: skip
    if kind not in kinds:
        raise UnknownName("collective", kind, kinds)
    found = asdict(kinds[kind]())
    answer = {"kind": kind, "bytes_moved": found.pop("bytes"), **found}
    if json:
        emit_json(answer)
    else:
        table(kind, ("figure", "value"), list(answer.items())[1:])
