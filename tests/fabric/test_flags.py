"""A flag that changes nothing is said to change nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pytest

from planner.fabric.ask import Ask
from planner.fabric.counts import topologies
from tests.fabric.commands import asked, said

TORUS = "size --topology torus --shape 4x4 --tiers 2"


def test_a_flag_the_topology_does_not_read_is_named() -> None:
    assert asked(TORUS)["unread_flags"] == ["tiers"]
    assert asked(TORUS.removesuffix(" --tiers 2"))["unread_flags"] == []
    assert "Not read by torus: --tiers" in said(TORUS)


@pytest.mark.parametrize("name", [one.id for one in topologies()])
def test_a_topology_reads_no_flag_but_those_it_names(name: str) -> None:
    """Wishes that record who looks at them."""
    seen: set[str] = set()

    @dataclass(frozen=True)
    class Watched(Ask):
        def __getattribute__(self, field: str) -> object:
            if field in {one.name for one in fields(Ask)}:
                seen.add(field)
            return object.__getattribute__(self, field)

    one = next(one for one in topologies() if one.id == name)
    ask = Watched(endpoints=64, radix=64, domain=2, links=6)
    seen.clear()
    one.build(ask)
    assert seen <= {"endpoints", "radix", "port_gbps", *one.reads}
