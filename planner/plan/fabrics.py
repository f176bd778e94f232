"""The fabric by site and period: what wires the fleet, its share of capital and of power."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from planner.finance.ledger import ZERO
from planner.options.table import Configuration, Options
from planner.options.units import MEGAWATT
from planner.plan.solved import Answer

Table = list[dict[str, Any]]
PER_SYSTEM = "per system"
"""What stands for a fabric where network capital is a figure per system and no fabric is named."""


def fabric(answer: Answer) -> Table:
    """One line for each configuration of ours by site and period.

    network_usd, capex_usd: network capital and all capital paid for what is delivered in the
    period; network_mw: at the meter, absent where no fabric is named and its draw is in the system's.
    """
    options, paid = answer.options, _paid(answer)
    table = []
    for position, column in enumerate(answer.program.space.columns):
        if column.kind != "fleet" or options.places[column.key[1]].hosted:
            continue
        systems = float(answer.x[position]) if answer.x[position] > ZERO else 0.0
        network, capital = paid[column.key]
        if systems or network > 0:
            table.append(_line(options, column.key, systems, network, capital))
    return table


def _paid(answer: Answer) -> dict[tuple[Any, ...], tuple[float, float]]:
    """(network, all) capital of what is delivered, by configuration, site and period (USD)."""
    options = answer.options
    paid: dict[tuple[Any, ...], tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for position, column in enumerate(answer.program.space.columns):
        if column.kind != "deliver" or answer.x[position] <= ZERO:
            continue
        offer, site, period = column.key
        offering = options.offerings[offer]
        if offering.ownership == "own" and offering.fixed is None:
            key, systems = (offering.configuration, site, period), float(answer.x[position])
            network = offering.fabric_usd[period] * systems
            before = paid[key]
            price = offering.price_usd[period] * systems
            paid[key] = (before[0] + network, before[1] + network + price)
    return paid


def _line(
    options: Options, key: tuple[Any, ...], systems: float, network_usd: float, capex_usd: float
) -> dict[str, Any]:
    name, site, period = key
    configuration = options.configurations[name]
    wired, pue = configuration.wired, options.places[site].pue(configuration)
    return {
        "period": options.timeline.periods[period].label,
        "site": site,
        "system": configuration.system,
        "fabric": configuration.fabric or PER_SYSTEM,
        "topology": wired.topology if wired else None,
        "parts": parts(configuration),
        "systems": systems,
        "pods": systems * configuration.chips / wired.pod_chips if wired and wired.parts else None,
        "network_usd": network_usd,
        "capex_usd": capex_usd,
        "network_share_of_capex": network_usd / capex_usd if capex_usd else None,
        "network_mw": wired.kw * systems * pue / MEGAWATT if wired else None,
        "network_share_of_power": wired.kw / configuration.provisioned_kw if wired else None,
    }


def parts(configuration: Configuration) -> str:
    """What a configuration is wired with, boxes and media."""
    return " + ".join(part.id for part in configuration.wired.parts) if configuration.wired else ""


def fabric_lines(table: Table) -> list[str]:
    """The fabric of the plan in a line for each wiring: where, how much, its shares."""
    sums: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in table:
        sums[row["fabric"], row["system"], row["site"]].append(row)
    lines = []
    for (name, system, site), rows in sorted(sums.items()):
        network, capital = (sum(row[key] for row in rows) for key in ("network_usd", "capex_usd"))
        share = f"{network / capital:.1%} of their capital" if capital else "sunk"
        power = rows[-1]["network_share_of_power"]
        draw = "draw inside the systems'" if power is None else f"{power:.1%} of their power"
        most = max(rows, key=lambda row: row["systems"])
        pods = "" if most["pods"] is None else f" in {most['pods']:,.1f} pods"
        lines.append(f"{name}: {most['systems']:,.1f} {system} at {site}{pods}; {share}, {draw}")
    return lines
