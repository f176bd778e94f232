"""A bill prices what the catalog prices, says what it does not, and never makes a figure up."""

from __future__ import annotations

import pytest

from planner.fabric.spares import poisson_quantile
from tests.fabric.commands import asked, said
from tests.support import ROOT


def test_copper_serves_the_rack_and_light_what_copper_does_not_reach() -> None:
    found = asked("size --topology clos --endpoints 512 --radix 64 --port-gbps 400")
    media = {part["tier"]: part["part"] for part in found["parts"] if part["tier"].startswith("link")}  # fmt: skip
    assert media == {
        "link endpoint in_rack": "passive-copper-400g",
        "link leaf_spine hall": "active-optical-400g",
    }


def test_box_and_modules_add_up_by_hand() -> None:
    """64 endpoints on 2 leaves and 1 spine of QM9700: 3 boxes, 128 cables of 603 USD."""
    command = "size --topology clos --endpoints 64 --tiers 2 --switch nvidia-qm9700"
    found = asked(f"{command} --medium active-optical-400g")
    assert found["switches"]["total"] == 3
    assert found["capex_usd"] == pytest.approx(3 * 36_000 + 128 * 603)
    assert found["annual_failures"] == pytest.approx(128 * 2 * 0.0117)
    assert found["power_kw"] is None  # nobody publishes the cable's power


def test_a_co_packaged_box_draws_its_own_power_and_saves_the_modules() -> None:
    command = "size --topology clos --endpoints 1152 --radix 144"
    light = asked(f"{command} --medium cpo-nvidia-quantum-x")
    plugs = asked(f"{command} --medium pluggable-800g-dsp")
    assert light["power_kw"] == pytest.approx(24 * 3.95 + 1_152 * 15 / 1e3)
    assert plugs["power_kw"] == pytest.approx(24 * 7.0 + 1_152 * 15 / 1e3)
    assert light["capex_usd"] == pytest.approx(24 * 300_000 + 1_152 * 950)
    assert plugs["capex_usd"] == pytest.approx(24 * 150_000 + 4 * 1_152 * 950)
    assert (light["modules"], plugs["modules"]) == (0, 3 * 1_152)
    assert light["annual_failures"] is None  # the engine's failure rate is not public


def test_a_part_without_a_price_has_no_point_but_a_break_even() -> None:
    command = "size --topology clos --endpoints 512 --radix 64 --medium lpo-800g"
    found = asked(command)
    assert found["capex_usd"] is None
    assert found["capex_known_usd"] > 0
    assert any(
        "lpo-800g has no public price; it breaks even with" in why for why in found["unknown"]
    )


def test_a_priced_bill_states_its_range() -> None:
    found = asked("size --topology clos --endpoints 1152 --radix 144 --port-gbps 800")
    assert found["capex_low_usd"] < found["capex_usd"] < found["capex_high_usd"]


def test_light_that_mirrors_turn_takes_no_cable() -> None:
    found = asked("size --topology torus-ocs --endpoints 4096 --port-gbps 800")
    media = {part["tier"]: part["part"] for part in found["parts"]}
    assert media["link cube_ocs hall"] == "pluggable-800g-dsp"


def test_the_day_decides_what_may_be_used() -> None:
    command = "size --topology clos --endpoints 512 --radix 128 --medium cpo-nvidia-spectrum-x"
    found = asked(f"{command} --as-of 2027-01-01")
    assert found["parts"][0]["part"] == "nvidia-sn6810"
    assert found["capex_usd"] is None


@pytest.mark.parametrize("mean", [0.5, 3.0, 40.0, 2_000.0])
def test_spares_are_the_quantile_of_a_poisson_count(mean: float) -> None:
    from scipy.stats import poisson

    assert poisson_quantile(mean, 0.95) == poisson.ppf(0.95, mean)


def test_wiring_by_pair_and_by_default() -> None:
    command = "size --topology clos --endpoints 512 --radix 64 --port-gbps 400"
    found = asked(f"{command} --medium leaf_spine=pluggable-800g-dsp")
    parts = [part["part"] for part in found["parts"]]
    assert parts[2:] == ["passive-copper-400g", "pluggable-800g-dsp"]


def test_a_comparison_ranks_by_capital_and_draws_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    picture = tmp_path / "compare.svg"
    found = asked(f"compare --endpoints 1024 --svg {picture}")
    capital = [row["capex_usd"] for row in found["topologies"] if row.get("capex_usd") is not None]
    assert capital == sorted(capital)
    assert len(capital) >= 8
    refused = {row["topology"]: row["refused"] for row in found["topologies"] if "refused" in row}
    assert "FAB009" in refused["single-switch"]
    text = picture.read_text()
    assert text.startswith("<svg ")
    assert text.count("<rect") % 3 == 0
    assert "█" in said("compare --endpoints 1024")


def test_the_catalog_names_the_engine_inside_every_co_packaged_box() -> None:
    from planner.catalog.load import load

    catalog = load(ROOT / "catalogs" / "default")
    assert all(bool(switch.optics) == switch.co_packaged for switch in catalog.switches.values())
