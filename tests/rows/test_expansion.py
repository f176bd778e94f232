"""Blocks of power and room: what they bring, when, at what bill, and what must be generated.

A site of 2 MW holds two of the four systems that are asked for: 2 + 2 · 10 of shed = 22 MUSD. A
block of 1 MW costs 2 MUSD and lets one more system of 1 MUSD save 10.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.world import block, exactly, site, solve, system, workload, world

PROVES = ("expansion", "grid", "generation", "peak")


def small(*blocks: Any, power_mw: Any = 2.0, **others: Any) -> Any:
    """Four systems asked for at a site that feeds two."""
    ground = {name: others.pop(name) for name in ("tariff", "demand_charge_musd", "billed_share", "racks", "liquid_mw", "pue") if name in others}  # fmt: skip
    return world(places=[site(power_mw=power_mw, blocks=blocks, **ground)], **others)


def test_a_block_is_bought_where_its_power_is_worth_its_price() -> None:
    """Two blocks: 4 systems + 2 · 2 = 8. At 9.5 MUSD a block loses 0.5 and none is bought: 22."""
    assert solve(small()).musd == exactly(22.0)
    answer = solve(small(block()))
    assert answer.musd == exactly(8.0)
    assert answer.total("expand") == exactly(2.0)
    assert solve(small(block(price=9.5e6))).musd == exactly(22.0)


def test_no_more_blocks_than_there_are_to_buy() -> None:
    """One at most: 3 systems + 2 + 10 = 15; a second is worth 10 − 1 − 2 = 7. Without the row 8."""
    options = small(block(most=1.0))
    answer = solve(options)
    assert answer.musd == exactly(15.0)
    assert answer.dual["expansion", "feeder@campus", "most"] == exactly(-7.0)
    assert solve(options, without="expansion").musd == exactly(8.0)


def test_blocks_are_whole_in_whole_unit_plans() -> None:
    """1.5 MW at 3 MUSD: 4 + 3 · 2 / 1.5 = 8 relaxed; whole, two of them 4 + 6 = 10, one 3 + 3 + 10."""
    big = block(mw=1.5, price=3e6)
    assert solve(small(big)).musd == exactly(8.0)
    assert solve(small(big, whole_units=True)).musd == exactly(10.0)


def test_a_block_serves_from_its_lead_time_to_the_end_of_its_life() -> None:
    """Two years. From the second on: 20 shed + 4 + 4 = 28; from the first 8; of one year's life twice: 12."""
    assert solve(small(block(first=1), periods=2)).musd == exactly(28.0)
    assert solve(small(block(), periods=2)).musd == exactly(8.0)
    assert solve(small(block(life=1), periods=2)).musd == exactly(12.0)


@pytest.mark.parametrize(
    ("short", "brings"),
    [({"racks": 2.0}, {"positions": 1.0}), ({"liquid_mw": 2.0}, {"liquid_kw": 1000.0})],
    ids=["racks", "liquid"],
)
def test_a_shell_brings_room_and_no_power(short: dict[str, Any], brings: dict[str, Any]) -> None:
    """Room for two of four, a block of room for one more at 2 MUSD: 8; without it 22."""
    wet = [system(liquid=True)]
    hall = block("hall", "shell", mw=0.0, **brings)
    assert solve(small(hall, power_mw=9.0, systems=wet, **short)).musd == exactly(8.0)
    assert solve(small(power_mw=9.0, systems=wet, **short)).musd == exactly(22.0)
    assert solve(small(hall, systems=wet)).musd == exactly(22.0)


def test_generators_bought_for_their_capacity_must_run() -> None:
    """Systems draw 1 MW all year; of 4 MW the grid gives 2, so 2 generators run: 4 + 4 + 2 · 1 = 10.

    Without the row they would stand still, the grid giving what it does not have: 8.
    """
    options = small(block("engine", "generation", running_musd=1.0), systems=[system(idle_kw=1000.0)])  # fmt: skip
    answer = solve(options)
    assert answer.musd == exactly(10.0)
    assert answer.total("generate") == exactly(2.0)
    assert solve(options, without="grid").musd == exactly(8.0)


def test_a_feeder_widens_the_grid_and_a_generator_does_not() -> None:
    """The feeder at the same price needs no fuel: 8."""
    draws = [system(idle_kw=1000.0)]
    engine = block("engine", "generation", running_musd=1.0)
    assert solve(small(engine, block(), systems=draws)).musd == exactly(8.0)


def test_power_made_on_site_replaces_dear_power_and_is_not_sold() -> None:
    """Grid energy is 3 a MW-year: 4 + 12 = 16. Engines at 1 and 1 to run save 1 each: 4 + 4 + 4 = 12.

    Two of them: 14. With neither row on generation they would be credited without end.
    """
    dear = {"power_mw": 9.0, "tariff": 3e6 / 8766e3, "systems": [system(idle_kw=1000.0)]}
    engine = block("engine", "generation", price=1e6, running_musd=1.0)
    answer = solve(small(engine, **dear))
    assert solve(small(**dear)).musd == exactly(16.0)
    assert answer.musd == exactly(12.0)
    assert answer.total("expand") == exactly(4.0)
    pair = block("engine", "generation", price=1e6, running_musd=1.0, most=2.0)
    assert solve(small(pair, **dear)).musd == exactly(14.0)
    assert solve(small(engine, **dear), without="generation").status != answer.status


def peaky(**others: Any) -> Any:
    """6 Gtok/h in one half of the day and 2 in the other, by systems that draw only when they serve."""
    ground = {"power_mw": 10.0, "demand_charge_musd": 1.0, **others.pop("ground", {})}
    base = {
        "blocks": (0.5, 0.5),
        "systems": [system(serving_kw=1000.0)],
        "demands": [workload(4.0, profile=(1.5, 0.5), deferrable=others.pop("deferrable", False))],
        "places": [site(**ground)],
    }
    return world(**{**base, **others})


def test_the_demand_charge_bills_the_highest_draw() -> None:
    """6 systems and 6 MW at 1 MUSD a year: 12; without a charge 6. Work that waits is flat: 4 + 4 = 8."""
    answer = solve(peaky())
    assert answer.musd == exactly(12.0)
    assert answer.x["peak", "campus", 0] == exactly(6.0)
    assert solve(peaky(ground={"demand_charge_musd": None})).musd == exactly(6.0)
    assert solve(peaky(), without="peak").musd == exactly(6.0)
    assert solve(peaky(deferrable=True)).musd == exactly(8.0)


def test_a_large_load_tariff_bills_what_was_asked_for() -> None:
    """85 % of 10 MW are billed whatever is drawn: 6 + 8.5.

    5 MW and a free feeder of 4, whole: 85 % of 9, 6 + 7.65; by the quarter feeder 6 + 6.
    """
    assert solve(peaky(ground={"billed_share": 0.85})).musd == exactly(14.5)
    grown = {"billed_share": 0.85, "power_mw": 5.0, "blocks": (block(mw=4.0, price=0.0),)}
    assert solve(peaky(ground=grown, whole_units=True)).musd == exactly(13.65)
    assert solve(peaky(ground=grown)).musd == exactly(12.0)


def test_generators_shave_the_peak() -> None:
    """Two engines at 0.5 that burn nothing: 6 + 1 + 4 = 11."""
    engine = block("engine", "generation", price=0.5e6, most=2.0)
    assert solve(peaky(ground={"blocks": (engine,)})).musd == exactly(11.0)
