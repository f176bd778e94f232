"""Rules about groups: no group beyond its share of the fleet's power, nor its number or money.

4 Gtok/h; systems of Acme cost 1 MUSD, of Bolt 2; both serve 1 Gtok/h unless said; shed costs 10.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.options.table import Options
from tests.world import (
    exactly,
    installed,
    purchase,
    rental,
    reservation,
    site,
    solve,
    system,
    world,
)

PROVES = ("share_cap", "limit")


def two_vendors(policy: dict[str, Any], bolt_kw: float = 1000.0, **others: Any) -> Options:
    """Acme's cheap system of gradient 1 and Bolt's dear one of gradient 6."""
    acme = system("acme-gpu")
    bolt = system("bolt-asic", kw=bolt_kw, vendor="bolt", gradient=6)
    cheap, dear = purchase("cheap", "acme-gpu"), purchase("dear", "bolt-asic", price=2e6)
    return world(systems=[acme, bolt], offerings=[cheap, dear], policy=policy, **others)


def capped(share: float, **group: Any) -> dict[str, Any]:
    return {"share_caps": {"rule": {"group": group, "at_most": share}}}


def limited(**limit: Any) -> dict[str, Any]:
    return {"limits": {"rule": {"measure": "systems", **limit}}}


def test_a_group_holds_no_more_than_its_share_of_the_fleet() -> None:
    """Acme at most a quarter: 1 of Acme and 3 of Bolt, 1 + 6 = 7. Without the row 4 of Acme."""
    options = two_vendors(capped(0.25, vendors=("acme",)))
    answer = solve(options)
    assert answer.musd == exactly(7.0)
    assert answer.x["fleet", "acme-gpu", "campus", 0] == exactly(1.0)
    assert solve(two_vendors({})).musd == exactly(4.0)
    assert solve(options, without="share_cap").musd == exactly(4.0)


def test_shares_are_of_provisioned_power_not_of_systems() -> None:
    """Bolt draws half: a ≤ (a + b/2)/4 makes b = 6 a, so 4/7 of Acme and 24/7 of Bolt: 52/7."""
    options = two_vendors(capped(0.25, vendors=("acme",)), bolt_kw=500.0)
    assert solve(options).musd == exactly(52 / 7)


@pytest.mark.parametrize(
    "group", [{"vendors": ("acme",)}, {"gradients": (1,)}, {"systems": ("acme-gpu",)}]
)
def test_a_cap_of_nothing_keeps_the_group_out_and_of_all_lets_it_in(group: dict[str, Any]) -> None:
    """Nothing of the cheap group: 4 of Bolt, 8. All of it: 4."""
    assert solve(two_vendors(capped(0.0, **group))).musd == exactly(8.0)
    assert solve(two_vendors(capped(1.0, **group))).musd == exactly(4.0)


def test_every_key_of_a_group_narrows_it() -> None:
    """Acme's systems of gradient 6 are none: nothing is capped, 4."""
    assert solve(two_vendors(capped(0.0, vendors=("acme",), gradients=(6,)))).musd == exactly(4.0)


def test_a_share_is_kept_in_every_period_by_switching_off() -> None:
    """Demand 4 then 1: in the second year 1/4 of Acme and 3/4 of Bolt run; both were bought before.

    1 + 3 · 2 = 7 as in the first year alone; without the row 4.
    """
    options = two_vendors(capped(0.25, vendors=("acme",)), periods=2, demand=(4.0, 1.0))
    answer = solve(options)
    assert answer.musd == exactly(7.0)
    running = (
        answer.x["fleet", "acme-gpu", "campus", 1],
        answer.x["fleet", "bolt-asic", "campus", 1],
    )
    assert running[0] <= sum(running) / 4 + 1e-9
    assert solve(options, without="share_cap").musd == exactly(4.0)


def test_a_share_holds_in_later_periods_too() -> None:
    """Nothing is needed before the second year: 1 and 3 then, 7; without the row 4."""
    options = two_vendors(capped(0.25, vendors=("acme",)), periods=2, demand=(0.0, 4.0))
    assert solve(options).musd == exactly(7.0)
    assert solve(options, without="share_cap").musd == exactly(4.0)


def test_no_more_than_the_most_of_a_group_is_delivered() -> None:
    """At most 1 of Acme: 1 + 3 · 2 = 7, one more would save 1. Without the row 4."""
    options = two_vendors(limited(group={"vendors": ("acme",)}, at_most=1.0))
    answer = solve(options)
    assert answer.musd == exactly(7.0)
    assert answer.dual["limit", "rule", "most"] == exactly(-1.0)
    assert solve(options, without="limit").musd == exactly(4.0)


def test_the_least_of_a_group_is_delivered() -> None:
    """At least 3 of Bolt: 3 · 2 + 1 = 7, one fewer would save 1. Without the row 4."""
    options = two_vendors(limited(group={"offers": ("dear",)}, at_least=3.0))
    answer = solve(options)
    assert answer.musd == exactly(7.0)
    assert answer.dual["limit", "rule", "least"] == exactly(1.0)
    assert solve(options, without="limit").musd == exactly(4.0)


def test_a_limit_in_purchase_dollars_counts_each_period_at_its_own_price() -> None:
    """3 MUSD in all: 3 systems and 1 shed, 13. At 1.5 in the second year, when 4 are needed, 2: 23.

    Without the row 4 and, bought early at 1, 4 as well; so early buying is closed by its lead time.
    """
    dollars = limited(measure="capex", at_most=3e6)
    assert solve(world(policy=dollars)).musd == exactly(13.0)
    later = {
        "periods": 2,
        "demand": (0.0, 4.0),
        "offerings": [purchase(price=(1e6, 1.5e6), first=1)],
    }
    assert solve(world(policy=dollars, **later)).musd == exactly(23.0)
    assert solve(world(**later)).musd == exactly(6.0)
    assert solve(world(policy=dollars), without="limit").musd == exactly(4.0)


def test_the_least_may_be_asked_in_purchase_dollars() -> None:
    """At least 6 MUSD on Bolt's systems of 2: 3 of them and 1 of Acme, 7; not asked 4."""
    rule = limited(measure="capex", group={"vendors": ("bolt",)}, at_least=6e6)
    assert solve(two_vendors(rule)).musd == exactly(7.0)
    assert solve(two_vendors(rule), without="limit").musd == exactly(4.0)


def test_hosted_terms_count_as_systems_and_not_as_purchase_dollars() -> None:
    """Four reserved at 1 a year. At most 3 systems: 3 + 10 = 13. At most 0 purchase dollars: 4."""
    offerings = [reservation(held=1)]
    assert solve(world(offerings=offerings, policy=limited(at_most=3.0))).musd == exactly(13.0)
    nothing = limited(measure="capex", at_most=0.0)
    assert solve(world(offerings=offerings, policy=nothing)).musd == exactly(4.0)


def test_what_stands_or_is_rented_is_outside_a_limit() -> None:
    """Nothing may be delivered; 1 installed and 3 rented at 1 serve all: 3. Neither: 40."""
    none = limited(at_most=0.0)
    offerings = [installed(count=1.0), purchase(), rental()]
    assert solve(world(offerings=offerings, policy=none)).musd == exactly(3.0)
    assert solve(world(policy=none)).musd == exactly(40.0)


def test_a_limit_at_one_site_leaves_the_other_free() -> None:
    """At most 1 on the campus, and the hall has 2 MW: 3 systems and 1 shed, 13. At both together: 1, 31."""
    places = (site(), site("hall", power_mw=2.0))
    offerings = [purchase(sites=("campus", "hall"))]
    here = limited(at_most=1.0, at_sites=("campus",))
    assert solve(world(places=places, offerings=offerings, policy=here)).musd == exactly(13.0)
    both = limited(at_most=1.0)
    assert solve(world(places=places, offerings=offerings, policy=both)).musd == exactly(31.0)
