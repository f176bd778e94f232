"""Tables of sites: what they hold and may hold, what was bought to enlarge them, what was learned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from planner.finance.ledger import ZERO
from planner.options.ground import Block, Place, positions_taken
from planner.options.table import Options
from planner.options.units import MEGAWATT
from planner.plan.solved import Answer
from planner.timeline import before

Table = list[dict[str, Any]]


def used(answer: Answer, kind: str) -> Iterator[tuple[tuple[Any, ...], float]]:
    """(index, value) of every column of a kind that is used."""
    for position, column in enumerate(answer.program.space.columns):
        if column.kind == kind and answer.x[position] > ZERO:
            yield column.key, float(answer.x[position])


def meter_kw(options: Options, name: str, site: str) -> float:
    """Provisioned kW at the meter of one system; hosted ones take none of ours."""
    place = options.places[site]
    if place.hosted:
        return 0.0
    configuration = options.configurations[name]
    return configuration.provisioned_kw * place.pue(configuration)


def sites(answer: Answer) -> Table:
    """Power, rack and liquid use of our own sites by period, and their limits with what was bought."""
    options = answer.options
    use: dict[tuple[str, int], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for (name, site, period), systems in used(answer, "fleet"):
        configuration, place = options.configurations[name], options.places[site]
        line = use[site, period]
        line[0] += systems * meter_kw(options, name, site) / MEGAWATT
        line[1] += 0.0 if place.classes else systems * place.positions_of(configuration)
        line[2] += systems * configuration.provisioned_kw / MEGAWATT if configuration.liquid else 0
    for (name, site, kind, period), systems in used(answer, "stand"):
        k = next(k for k in options.places[site].classes if k.id == kind)
        taken = positions_taken(options.configurations[name], k.density_kw, k.floor_kg)
        use[site, period][1] += systems * taken
    return [
        {
            "site": place.id,
            "period": period.label,
            "power_mw": use[place.id, period.index][0],
            "power_limit_mw": place.power_kw[period.index] / MEGAWATT + more[0] / MEGAWATT,
            "positions": use[place.id, period.index][1],
            "positions_limit": _positions(place, period.index) + more[1],
            "liquid_mw": use[place.id, period.index][2],
            "liquid_limit_mw": None if place.liquid_kw is None else (place.liquid_kw[period.index] + more[2]) / MEGAWATT,
        }
        for place in options.places.values()
        if not place.hosted
        for period in options.timeline.periods
        for more in [_bought(answer, place, period.index)]
    ]  # fmt: skip


def _positions(place: Place, period: int) -> float:
    if place.classes:
        return sum(k.positions[period] for k in place.classes)
    return place.positions[period]


def _bought(answer: Answer, place: Place, period: int) -> tuple[float, float, float]:
    """(kW, positions, kW of loops) that blocks in service add to a site."""
    kw = positions = liquid = 0.0
    for block, begins, count in _blocks(answer, place):
        if begins <= period < begins + block.life:
            kw += count * block.power_kw
            positions += count * block.positions
            liquid += count * block.liquid_kw
    return kw, positions, liquid


def _blocks(answer: Answer, place: Place) -> Iterator[tuple[Block, int, float]]:
    space = answer.program.space
    for block in place.blocks:
        for v in range(block.first, len(space.periods)):
            count = float(answer.x[space.at("expand", place.id, block.id, v)])
            if count > ZERO:
                yield block, v, count


def expansions(answer: Answer) -> Table:
    """Blocks of power and room to buy, by when."""
    timeline = answer.options.timeline
    return [
        {
            "order_by": before(timeline.periods[v].start, block.lead_weeks).isoformat(),
            "in_service": timeline.periods[v].label,
            "site": place.id,
            "block": block.id,
            "kind": block.kind,
            "blocks": count,
            "power_mw": count * block.power_kw / MEGAWATT,
            "positions": count * block.positions,
            "liquid_mw": count * block.liquid_kw / MEGAWATT,
            "price_usd": block.price_usd[v],
        }
        for place in answer.options.places.values()
        for block, v, count in _blocks(answer, place)
    ]


def onboardings(answer: Answer) -> Table:
    """Models to onboard on platforms; a relaxed plan counts them in stated volumes."""
    timeline = answer.options.timeline
    entries = {entry.id: entry for entry in answer.options.onboardings}
    return [
        {
            "onboarding": name,
            "begin": timeline.periods[begins].label,
            "serves_from": timeline.periods[begins + entries[name].periods].label,
            "times": times,
            "usd": times * (entries[name].fee_usd + entries[name].engineers_usd),
        }
        for (name, begins), times in used(answer, "onboard")
    ]


def beyond_volume(answer: Answer) -> list[str]:
    """What a relaxed plan must say where it serves more than the volume an onboarding is spread over."""
    times: dict[str, float] = defaultdict(float)
    for row in onboardings(answer):
        times[row["onboarding"]] += row["times"]
    return [
        f"onboarding {name} is charged {count:.1f} times: the plan serves more than the volume it is spread over; "
        "state a larger one, or plan in whole units"
        for name, count in times.items()
        if count > 1 + ZERO
    ]
