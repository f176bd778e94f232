"""What a scenario says of pools reaches the program: losses, allocations, wafers, slots, stated draws.

Acme's fast system holds eight chips of 100 GB; the tiny scenario's pool is HBM3E.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.options.join import join
from planner.options.table import Options
from planner.scenario.load import load
from tests.support import GOOD, TINY, edited, tiny_copy, written

POOL = "hbm3e: {amount: 60 TB}"


def options(folder: Path, text: str, *edits: tuple[str, str]) -> Options:
    """The small scenario with other pools."""
    return join(load(written(folder, edited(GOOD, (POOL, text), *edits))))


def test_a_system_draws_the_memory_on_its_chips_and_what_is_lost_on_the_way(tmp_path: Path) -> None:
    """800 GB; of every 100 GB 20 are lost: 1,000."""
    assert options(tmp_path, POOL).offerings["fast-buy"].draws == {"hbm3e": 800.0}
    lossy = options(tmp_path, "hbm3e: {amount: 60 TB, yield_loss: 20 %}")
    assert lossy.offerings["fast-buy"].draws["hbm3e"] == pytest.approx(1000.0)


def test_what_is_allocated_by_contract_adds_up(tmp_path: Path) -> None:
    """40 TB under one and 10, later 25, under another, beside 5 of our own: 55 and 70."""
    text = (
        "hbm3e: {amount: 5 TB, allocations: {lta: 40 TB, second: {2027Q1: 10 TB, 2027Q3: 25 TB}}}"
    )
    assert options(tmp_path, text).supplies["hbm3e"].amount == (55e3, 55e3, 70e3, 70e3)
    assert options(tmp_path, POOL).supplies["hbm3e"].amount == (60e3,) * 4


def test_the_scenario_may_know_a_systems_draw_better(tmp_path: Path) -> None:
    stated = "hbm3e: {amount: 60 TB, draws: {acme-fast: 0.9 TB}}"
    assert options(tmp_path, stated).offerings["fast-buy"].draws == {"hbm3e": 900.0}
    other = "hbm3e: {amount: 60 TB, draws: {acme-lean: 0.9 TB}}"
    assert options(tmp_path, other).offerings["fast-buy"].draws == {"hbm3e": 800.0}


def test_a_vendors_slots_are_one_to_a_system(tmp_path: Path) -> None:
    """The vendor's own systems take one each, bought ones alone; another system's slots none."""
    slots = options(tmp_path, "slots: {amount: 6 systems, slots_of: {vendors: [acme]}}")
    assert slots.offerings["fast-buy"].draws == {"slots": 1.0}
    assert slots.offerings["fast-rent"].draws == {}
    assert (slots.supplies["slots"].unit, slots.supplies["slots"].amount[0]) == ("system", 6.0)
    lean = options(tmp_path, "slots: {amount: 6 systems, slots_of: {systems: [acme-lean]}}")
    assert lean.offerings["fast-buy"].draws == {}


WAFERS = "id: wafers\nname: Wafers\nunit: wafer\npackaging: true\n"
FACT = "[{value: 16, unit: chip/wafer, as_of: 2026-01, quality: measured, source: bench}]"


@pytest.mark.parametrize(
    ("known", "pool", "drawn"),
    [
        (True, "{amount: 60 wafers}", 0.5),
        (True, "{amount: 60 wafers, yield_loss: 50 %}", 1.0),
        (False, "{amount: 60 wafers, draws: {acme-fast: 2 wafers}}", 2.0),
    ],
    ids=["known", "lossy", "stated"],
)
def test_packaging_wafers_are_drawn_by_packages_per_wafer(
    tmp_path: Path, known: bool, pool: str, drawn: float
) -> None:
    """Eight chips of sixteen to a wafer: half a wafer a system; or what the scenario states."""
    made = wafers(tmp_path, known, pool)
    assert made.offerings["fast-buy"].draws["wafers"] == pytest.approx(drawn)


def test_a_chip_whose_packages_per_wafer_nobody_knows_is_no_option_where_wafers_are_scarce(
    tmp_path: Path,
) -> None:
    made = wafers(tmp_path, False, "{amount: 60 wafers}")
    (why,) = [e.why for e in made.exclusions if e.id == "fast-buy"]
    assert why == "packages per wafer not disclosed"


def wafers(folder: Path, known: bool, pool: str) -> Options:
    """The small scenario where packaging is scarce; known: packages per wafer of Acme's fast chip."""
    catalog = tiny_copy(folder)
    (catalog / "pools" / "wafers.yaml").write_text(WAFERS, encoding="utf-8")
    if known:
        chip = catalog / "chips" / "acme-fast-chip.yaml"
        chip.write_text(chip.read_text(encoding="utf-8") + f"packages_per_wafer: {FACT}\n", encoding="utf-8")  # fmt: skip
    text = edited(GOOD, (POOL, f"wafers: {pool}"), (str(TINY), str(catalog)))
    return join(load(written(folder, text)))


def test_the_shipped_catalog_knows_the_wafers_of_the_common_packages() -> None:
    """8 B200 at 16 to a wafer, 72 packages of Rubin at 9: half a wafer and eight."""
    from tests.plan.plans import options as shipped

    pool = "pools.cowos={amount: 900 wafers}"
    world = shipped("quickstart", pool)
    assert world.offerings["b200-buy"].draws["cowos"] == pytest.approx(0.5)
    assert world.offerings["h200-buy"].draws["cowos"] == pytest.approx(8 / 29)
    assert "mi355x-buy" not in world.offerings
