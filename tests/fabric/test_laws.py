"""What holds for every size."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from planner.errors import InvalidData
from planner.fabric.ask import Ask
from planner.fabric.counts import Counts, size, topologies

SIZES = st.integers(1, 4_000)
RADIX = st.sampled_from([4, 8, 16, 32, 64, 128, 144])
NAMES = st.sampled_from([one.id for one in topologies()])


def built(name: str, ask: Ask) -> Counts:
    """The counts, or no example where the size is refused with its nearest."""
    try:
        return size(name, ask)
    except InvalidData as refusal:
        (problem,) = refusal.problems
        assert problem.code.startswith("FAB")
        assert problem.hint
    assume(False)
    raise AssertionError


@given(NAMES, SIZES, RADIX)
def test_counts_are_whole_and_positive_and_the_cut_feeds_no_more_than_half(name: str, count: int, radix: int) -> None:  # fmt: skip
    counts = built(name, Ask(endpoints=count, radix=radix, domain=2, links=6))
    assert all(n > 0 for n in counts.switches.values())
    assert all(bundle.count >= 0 for bundle in counts.bundles)
    assert counts.hops >= 0
    if counts.links["endpoint"] == counts.endpoints:
        assert counts.bisection_links <= counts.endpoints / 2


@given(NAMES, SIZES, RADIX)
def test_switches_have_ports_for_all_their_links(name: str, count: int, radix: int) -> None:
    counts = built(name, Ask(endpoints=count, radix=radix, domain=2, links=6))
    if counts.switches and name not in ("torus-ocs", "hamming-mesh"):
        ends = counts.links["endpoint"] + 2 * counts.inter_switch_links
        assert ends <= counts.switch_count * counts.ports


@given(SIZES, RADIX)
def test_a_fuller_clos_never_has_fewer_leaves(count: int, radix: int) -> None:
    fewer = built("clos", Ask(endpoints=count, radix=radix))
    more = built("clos", Ask(endpoints=count + 1, radix=radix))
    assert more.switches["leaf"] >= fewer.switches["leaf"]
    assert more.hops >= fewer.hops


@given(SIZES, RADIX, st.floats(1, 4))
def test_oversubscription_never_adds_bisection(count: int, radix: int, over: float) -> None:
    wide = built("clos", Ask(endpoints=count, radix=radix, tiers=2))
    thin = built("clos", Ask(endpoints=count, radix=radix, tiers=2, oversubscription=over))
    assert thin.bisection_links <= wide.bisection_links


@given(SIZES, RADIX, st.integers(1, 8))
def test_planes_multiply_everything_but_hops(count: int, radix: int, planes: int) -> None:
    one = built("clos", Ask(endpoints=count, radix=radix))
    many = built("clos", Ask(endpoints=count * planes, radix=radix, planes=planes))
    assert many == one.times(planes)
    assert many.hops == one.hops
    assert many.link_count == planes * one.link_count


@given(SIZES, RADIX)
def test_a_rail_optimised_fabric_has_the_totals_of_a_clos(count: int, radix: int) -> None:
    ask = Ask(endpoints=count, radix=radix)
    clos, rails = built("clos", ask), built("rail-optimised", ask)
    assert (clos.switches, clos.links) == (rails.switches, rails.links)


@given(NAMES, st.integers(1, 5_000), RADIX)
def test_the_nearest_size_named_can_be_built(name: str, count: int, radix: int) -> None:
    ask = Ask(endpoints=count, radix=radix, domain=2, links=6)
    try:
        size(name, ask)
    except InvalidData as refusal:
        hint = refusal.problems[0].hint
        near = [int(word.strip(",")) for word in hint.replace("nearest: --endpoints", "near").split() if word.strip(",").isdigit()]  # fmt: skip
        if refusal.problems[0].place == "--endpoints" and hint.startswith("nearest: --endpoints"):
            size(name, Ask(endpoints=near[0], radix=radix, domain=2, links=6))
