"""The loss of any one site: the others carry a share of the work on what stands there.

Campus and lab, 4 Gtok/h, systems of 1 Gtok/h and 1 MUSD that may stand at either.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.world import exactly, purchase, rental, site, solve, system, workload, world

PROVES = ("survival", "survival_room")
BOTH = ("campus", "lab")


def pair(share: float | None = None, *, rule: dict[str, Any] | None = None, **others: Any) -> Any:
    """Two sites; with a share, the loss of any one is survived at it."""
    headroom = {"headroom": others.pop("headroom")} if "headroom" in others else {}
    loss = {} if share is None else {"site_loss": {"share": share, **(rule or {})}}
    given = {"offerings": [purchase(sites=BOTH)], **others}
    return world(places=[site(), site("lab")], policy={**headroom, **loss}, **given)


@pytest.mark.parametrize(("share", "musd"), [(None, 4.0), (0.5, 4.0), (0.75, 6.0), (1.0, 8.0)])
def test_each_site_alone_carries_the_share(share: float | None, musd: float) -> None:
    """Half of 4 is what stands at each site anyway; three quarters take 3 at each, all of it 4."""
    assert solve(pair(share)).musd == exactly(musd)


@pytest.mark.parametrize("family", ["survival", "survival_room"])
def test_without_its_rows_nothing_is_kept_ready(family: str) -> None:
    """Four systems suffice for every day but that one."""
    assert solve(pair(0.75), without=family).musd == exactly(4.0)


def test_only_the_sites_and_workloads_named_count() -> None:
    """Losing the campus alone takes 3 at the lab and 1 anywhere: 4. A rule for other work: 4."""
    assert solve(pair(0.75, rule={"sites": ["campus"]})).musd == exactly(4.0)
    demands = [workload(4.0), workload(2.0, "batch")]
    systems = [system(rate={"chat": 1.0, "batch": 1.0})]
    named = pair(1.0, rule={"workloads": ["batch"]}, demands=demands, systems=systems)
    assert solve(named).musd == exactly(6.0)


def test_two_workloads_cannot_both_count_on_the_same_system() -> None:
    """2 + 2 Gtok/h at full share: 4 systems at each site, 8; each for itself would take 4."""
    demands = [workload(2.0), workload(2.0, "batch")]
    systems = [system(rate={"chat": 1.0, "batch": 1.0})]
    assert solve(pair(1.0, demands=demands, systems=systems)).musd == exactly(8.0)


def test_headroom_may_be_used_on_that_day() -> None:
    """Half kept free: 8 systems every day, 4 at each site; they carry all that is lost: still 8."""
    assert solve(pair(1.0, headroom=0.5)).musd == exactly(8.0)


def test_every_block_must_survive_and_work_that_waits_may_wait() -> None:
    """6 and 2 Gtok/h in halves of a day at full share: 6 at each site, 12; deferrable 4 at each, 8."""
    halves = {"blocks": (0.5, 0.5)}
    peaky = workload(4.0, profile=(1.5, 0.5))
    assert solve(pair(1.0, demands=[peaky], **halves)).musd == exactly(12.0)
    waits = workload(4.0, profile=(1.5, 0.5), deferrable=True)
    assert solve(pair(1.0, demands=[waits], **halves)).musd == exactly(8.0)


def test_nothing_more_can_be_rented_on_that_day() -> None:
    """Rent is 0.6 a system and year: all 4 rented is 2.4. The cloud may be lost too, and so may the campus.

    Half kept at each: 2 rented + 2 bought serve every day and either loss: 1.2 + 2 = 3.2.
    """
    offers = [purchase(), rental(price=0.6e6 / 8766)]
    assert solve(world(offerings=offers)).musd == exactly(2.4)
    loss = {"site_loss": {"share": 0.5}}
    answer = solve(world(offerings=offers, policy=loss))
    assert answer.musd == exactly(3.2)
    assert answer.total("rent") == exactly(2.0)


def test_a_loss_counts_from_when_an_order_can_serve() -> None:
    """Nothing can come before the second year: 40 shed, then 8 systems; the first year asks for nothing."""
    late = [purchase(sites=BOTH, first=1)]
    assert solve(pair(1.0, offerings=late, periods=2)).musd == exactly(48.0)
