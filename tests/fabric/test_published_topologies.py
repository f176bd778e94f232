"""Published fabrics come out of the command line exact in counts, within 2 % in money."""

from __future__ import annotations

from time import perf_counter

import pytest

from planner.fabric.ask import Ask
from planner.fabric.counts import size
from tests.fabric.commands import asked

MUSD = 1e6


@pytest.mark.parametrize(
    ("endpoints", "leaves", "spines"), [(512, 16, 8), (1_024, 32, 16), (2_048, 64, 32)]
)
@pytest.mark.parametrize("topology", ["clos", "rail-optimised"])
def test_a_superpod_of_b200_has_its_published_switches_and_links(
    topology: str, endpoints: int, leaves: int, spines: int
) -> None:
    found = asked(f"size --topology {topology} --endpoints {endpoints} --radix 64")
    assert found["switches"] == {"leaf": leaves, "spine": spines, "total": leaves + spines}
    assert (found["links"]["endpoint"], found["links"]["leaf_spine"]) == (endpoints, endpoints)
    assert found["links"]["total"] == 2 * endpoints


def test_a_superpod_of_b200_with_32_units_has_three_tiers() -> None:
    found = asked("size --topology clos --endpoints 8192 --radix 64")
    assert found["switches"] == {"leaf": 256, "spine": 256, "core": 128, "total": 640}
    assert found["hops"] == 5


def test_a_superpod_of_b300_has_16_leaves_and_8_spines() -> None:
    found = asked("size --topology clos --endpoints 1152 --radix 144")
    assert found["switches"] == {"leaf": 16, "spine": 8, "total": 24}


@pytest.mark.parametrize(
    ("endpoints", "planes", "switches", "between"),
    [(2_048, 1, 96, 2_048), (16_384, 8, 768, 16_384), (65_536, 1, 5_120, 131_072)],
)
def test_two_tiers_planes_of_them_and_three_tiers(
    endpoints: int, planes: int, switches: int, between: int
) -> None:
    found = asked(f"size --topology clos --endpoints {endpoints} --radix 64 --planes {planes}")
    assert found["switches"]["total"] == switches
    assert found["links"]["inter_switch"] == between


@pytest.mark.parametrize("radix", ["", "--radix 128", "--radix 144 --port-gbps 800"])
def test_three_optical_tiers_of_131072_have_655360_modules_on_switches(radix: str) -> None:
    command = f"size --topology clos --tiers 3 --endpoints 131072 {radix}"
    found = asked(f"{command} --medium pluggable-800g-dsp")
    assert found["modules"] == 655_360
    assert found["modules_total"] == 2 * 3 * 131_072


def test_co_packaged_switches_need_no_modules_but_the_endpoints_do() -> None:
    command = "size --topology clos --tiers 3 --endpoints 131072 --radix 144"
    found = asked(f"{command} --medium cpo-nvidia-quantum-x")
    assert (found["modules"], found["modules_endpoint"]) == (0, 131_072)


def test_a_dragonfly_of_511_groups() -> None:
    found = asked("size --topology dragonfly --p 16 --a 32 --h 16 --groups 511")
    assert found["endpoints"] == 261_632
    assert found["switches"]["total"] == 16_352
    assert found["links"]["inter_switch"] == 384_272
    assert (found["ports"], found["hops"]) == (63, 3)


def test_a_slim_fly_of_q_27() -> None:
    found = asked("size --topology slim-fly --q 27")
    assert found["switches"]["total"] == 1_458
    assert found["endpoints"] == 30_618
    assert found["links"]["inter_switch"] == 29_889
    assert (found["ports"], found["hops"]) == (41 + 21, 2)


def test_a_pod_of_tpu_v4() -> None:
    found = asked("size --topology torus-ocs --endpoints 4096 --cube 4")
    assert (found["cubes"], found["fibres"], found["optics_per_chip"]) == (64, 6_144, 1.5)
    assert found["switches"]["total"] == 48
    assert found["modules"] == 6_144


def test_an_nvl72_of_gb200() -> None:
    found = asked("size --topology scale-up --endpoints 72 --links 18 --radix 72")
    assert (found["switches"]["total"], found["links"]["total"]) == (18, 1_296)
    assert found["copper_pairs"] == 5_184
    assert found["bandwidth_tbyte_per_s"] == pytest.approx(129.6)


def test_a_torus_of_1024_chips_is_16_across() -> None:
    found = asked("size --topology torus --endpoints 1024 --shape 8x8x16")
    assert (found["endpoints"], found["hops"]) == (1_024, 16)


@pytest.mark.parametrize(
    ("command", "switches", "cables", "musd"),
    [
        ("--topology clos --endpoints 16384 --planes 16", 768, 32_768, 25.3),
        ("--topology hamming-mesh --board 1 --boards 32 --planes 4", 256, 16_384, 10.8),
        ("--topology hamming-mesh --board 2 --boards 16 --planes 4", 128, 8_192, 5.4),
        ("--topology torus --shape 32x32 --planes 4 --board 2", 0, 4_096, 2.5),
    ],
)
def test_the_hammingmesh_paper_s_costs(
    command: str, switches: int, cables: int, musd: float
) -> None:
    radix = "" if "torus" in command else "--radix 64"
    found = asked(f"size {command} {radix} --port-gbps 400")
    assert (found["switches"]["total"], found["links"]["total"]) == (switches, cables)
    assert found["capex_usd"] == pytest.approx(musd * MUSD, rel=0.02)


def test_131072_endpoints_are_sized_in_under_10_ms() -> None:
    size("clos", Ask(endpoints=512))
    begun = perf_counter()
    size("clos", Ask(endpoints=131_072, radix=128))
    assert perf_counter() - begun < 0.01
