"""Volume: how much of an offer a supplier gives, and the least it insists on.

4 Gtok/h on systems of 1 MUSD; a Gtok/h shed for a period costs 10.
"""

from __future__ import annotations

from tests.world import exactly, purchase, rental, site, solve, workload, world

PROVES = ("volume",)


def test_no_more_than_the_total_is_delivered() -> None:
    """Two in all: 2 + 20 = 22, a third is worth 9. Unlimited 4."""
    options = world(offerings=[purchase(max_total=2.0)])
    answer = solve(options)
    assert answer.musd == exactly(22.0)
    assert answer.dual["volume", "buy", "most"] == exactly(-9.0)
    assert solve(world()).musd == exactly(4.0)
    assert solve(options, without="volume").musd == exactly(4.0)


def test_the_total_counts_every_site_and_period() -> None:
    """Two years, two sites: still two systems, 2 + 2 · 20 = 42."""
    places = [site(), site("lab")]
    both = purchase(sites=("campus", "lab"), max_total=2.0)
    assert solve(world(periods=2, places=places, offerings=[both])).musd == exactly(42.0)


def test_the_least_a_supplier_insists_on_is_bought() -> None:
    """Six where four would do: 6; one fewer would save 1. Without the minimum 4."""
    options = world(offerings=[purchase(min_total=6.0)])
    answer = solve(options)
    assert answer.musd == exactly(6.0)
    assert answer.dual["volume", "buy", "least"] == exactly(1.0)
    assert solve(options, without="volume").musd == exactly(4.0)


def test_more_than_the_least_may_be_bought() -> None:
    """At least two, and four are needed: 4."""
    assert solve(world(offerings=[purchase(min_total=2.0)])).musd == exactly(4.0)


def test_a_supplier_delivers_no_more_than_its_slots_of_the_period() -> None:
    """Two slots a year: 2, 20 shed, 2 more: 24. One, then three: 1 + 30 + 3 = 34. Unlimited 4."""
    options = world(periods=2, offerings=[purchase(max_per_period=2.0)])
    assert solve(options).musd == exactly(24.0)
    assert solve(world(periods=2, offerings=[purchase(max_per_period=(1.0, 3.0))])).musd == exactly(
        34.0
    )
    assert solve(options, without="volume").musd == exactly(4.0)


def test_a_cloud_rents_no_more_at_once_than_it_has() -> None:
    """Two at once in every block: peak of 6 (a quarter of the year) and 2 off the peak.

    Rented 2 · 1 all year; shed 4 · 10 · 1/4 = 10: 12. Unlimited: 6 · 1/4 + 2 · 3/4 = 3.
    """
    given = {"blocks": (0.25, 0.75), "demands": [workload(3.0, profile=(2.0, 2 / 3))]}
    options = world(offerings=[rental(max_per_period=2.0)], **given)
    assert solve(options).musd == exactly(12.0)
    assert solve(world(offerings=[rental()], **given)).musd == exactly(3.0)
    assert solve(options, without="volume").musd == exactly(3.0)


def test_a_cloud_is_limited_in_its_last_block_too() -> None:
    """The same with the peak in the second block: 12."""
    demand = workload(3.0, profile=(2 / 3, 2.0))
    options = world(blocks=(0.75, 0.25), offerings=[rental(max_per_period=2.0)], demands=[demand])
    assert solve(options).musd == exactly(12.0)


def test_a_cloud_rents_what_it_has_in_the_period() -> None:
    """One, then three at once: 1 + 30, then 3 + 10 = 44; unlimited 8."""
    options = world(periods=2, offerings=[rental(max_per_period=(1.0, 3.0))])
    assert solve(options).musd == exactly(44.0)
    assert solve(world(periods=2, offerings=[rental()])).musd == exactly(8.0)


def test_the_wirings_of_an_offer_count_together() -> None:
    """Two in all, whichever fabric: 2 + 20 = 22. As offers of their own two each: 4."""
    wired = [purchase(f"buy@{fabric}", max_total=2.0) for fabric in ("copper", "light")]
    assert solve(world(offerings=wired)).musd == exactly(22.0)
    apart = [purchase(name, max_total=2.0) for name in ("copper", "light")]
    assert solve(world(offerings=apart)).musd == exactly(4.0)


def test_slots_of_a_period_hold_for_all_wirings() -> None:
    """One slot a year, shared: 1 + 30 + 1 + 20 = 52; a slot each, both from the first year: 2 + 20 + 2 = 24."""
    slot = {"max_per_period": 1.0}
    wired = [purchase(f"buy@{fabric}", **slot) for fabric in ("copper", "light")]
    assert solve(world(periods=2, offerings=wired)).musd == exactly(52.0)
    apart = [purchase(name, **slot) for name in ("copper", "light")]
    assert solve(world(periods=2, offerings=apart)).musd == exactly(24.0)
