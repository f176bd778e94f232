"""A fabric that cannot be built is refused with a code, its flag and the nearest that can."""

from __future__ import annotations

import pytest

from planner.documents import read
from planner.errors import InvalidData, UnknownName
from tests.fabric.commands import asked, refused, said
from tests.support import CODES

REFUSED = [
    ("--topology clos --endpoints 0 --radix 64", "FAB001", "--endpoints", "1"),
    ("--topology clos --endpoints 512 --radix 0", "FAB001", "--radix", "1"),
    ("--topology clos --endpoints 512 --port-gbps 0", "FAB001", "--port-gbps", "1"),
    ("--topology torus --shape 8xa", "FAB001", "--shape", "8x8x16"),
    ("--topology clos --endpoints 70000 --radix 64", "FAB002", "--endpoints", "65536"),
    ("--topology clos --endpoints 4096 --radix 64 --tiers 2", "FAB002", "--tiers", "--tiers 3"),
    ("--topology dragonfly --p 2 --a 4 --h 2 --groups 11", "FAB002", "--groups", "9"),
    ("--topology torus --shape 7x8x16", "FAB003", "--shape", "6x8x16 or 8x8x16"),
    ("--topology torus --endpoints 1001", "FAB003", "--endpoints", "1000 or 1008"),
    ("--topology torus --endpoints 1000 --shape 8x8x16", "FAB003", "--shape", "1024"),
    ("--topology torus-ocs --endpoints 4100", "FAB003", "--endpoints", "4096 or 4160"),
    ("--topology torus-ocs --shape 8x8x18", "FAB003", "--shape", "8x8x16 or 8x8x20"),
    ("--topology rail-only --endpoints 1000 --domain 7", "FAB003", "--domain", "994 or 1001"),
    ("--topology clos --endpoints 1000 --planes 3", "FAB003", "--planes", "999 or 1002"),
    ("--topology hamming-mesh --endpoints 1000", "FAB003", "--endpoints", "900 or 1024"),
    ("--topology hyperx --shape 4x4 --trunks 1 --endpoints 32", "FAB003", "--trunks", "1x1"),
    ("--topology slim-fly --q 28", "FAB004", "--q", "27 or 29"),
    ("--topology slim-fly --q 2", "FAB004", "--q", "3"),
    ("--topology dragonfly --p 16 --a 32 --h 16 --groups 511 --radix 48", "FAB005", "--radix", "63"),
    ("--topology hyperx --shape 16x16 --p 8 --radix 32", "FAB005", "--radix", "38"),
    ("--topology clos --endpoints 512 --medium passive-copper-400g", "FAB006", "--medium", "active-optical-400g"),
    ("--topology clos --endpoints 512 --port-gbps 333", "FAB006", "--medium", "400"),
    ("--topology clos --endpoints 512 --medium cpo-nvidia-spectrum-x", "FAB007", "--medium", "--as-of"),
    ("--topology clos --endpoints 512 --port-gbps 800 --medium pluggable-1600g-dsp", "FAB007", "--medium", "active-copper-800g"),
    ("--topology clos --endpoints 512 --switch nvidia-sn6810", "FAB007", "--switch", "--as-of"),
    ("--topology scale-up --endpoints 72 --radix 72", "FAB008", "--links", "--links"),
    ("--topology clos", "FAB008", "--endpoints", "--endpoints"),
    ("--topology scale-up --endpoints 144 --links 18 --radix 72", "FAB009", "--endpoints", "72"),
    ("--topology single-switch --endpoints 65 --radix 64", "FAB009", "--endpoints", "64"),
    ("--topology full-mesh --endpoints 100 --radix 64", "FAB009", "--endpoints", "65"),
    ("--topology torus-ocs --endpoints 8192 --radix 128", "FAB009", "--radix", "4096"),
    ("--topology clos --endpoints 512 --medium ocs-mems", "FAB010", "--medium", "passive-copper-400g"),
    ("--topology clos --endpoints 512 --medium global=lpo-800g", "FAB010", "--medium", "leaf_spine"),
    ("--topology torus --shape 8x8x16 --medium cpo-nvidia-quantum-x", "FAB010", "--medium", "pluggable-800g-dsp"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "code", "place", "nearest"), REFUSED)
def test_a_fabric_that_cannot_be_built_names_the_nearest(
    command: str, code: str, place: str, nearest: str
) -> None:
    failure = refused(f"size {command}")
    assert isinstance(failure, InvalidData)
    (problem,) = failure.problems
    assert (problem.code, problem.place) == (code, place)
    assert nearest in problem.hint
    assert failure.exit_code == 3


@pytest.mark.parametrize(
    "command",
    ["size --topology closs --endpoints 8", "collective --kind gather", "breakeven --medium lpo"],
)
def test_a_name_nothing_bears_is_met_with_the_nearest(command: str) -> None:
    assert isinstance(refused(command), UnknownName)


def test_a_collective_of_no_chips_is_refused() -> None:
    assert refused("collective --kind all-gather --chips 0").code == "FAB001"


def test_a_break_even_beyond_a_medium_s_reach_is_refused() -> None:
    assert refused("breakeven --medium passive-copper-112g --length hall").code == "FAB006"


@pytest.mark.parametrize("code", [code for code in read(CODES).data if code.startswith("FAB")])
def test_the_examples_of_a_page_do_as_it_says(code: str) -> None:
    page = read(CODES).data[code]
    bad, good = (page[kind].strip().removeprefix("planner fabric ") for kind in ("bad", "good"))
    assert refused(bad).code == code
    assert asked(good)["endpoints"] > 0
    assert "Bill of materials" in said(good)
