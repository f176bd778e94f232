"""Within a slack of the best cost: who must be in the plan, who may, and how much each could do."""

from __future__ import annotations

from planner.options.table import Options
from planner.plan.alternatives import Alternatives, Freedom, alternatives
from planner.report.alternatives import rows, title
from tests.decisions.asking import hot
from tests.plan.plans import options
from tests.world import exactly, installed, purchase, site, system, workload, world


def rivals(price: float, share: float = 0.0) -> Options:
    """4 Gtok/h by acme at 1 MUSD a system or by bolt at ``price``; ``share`` of it must be served."""
    systems = (system(), system("other", vendor="bolt", gradient=3))
    offerings = (purchase(), purchase("rival", "other", price=price * 1e6))
    demands = (workload(4.0, service_level=share),)
    return world(systems=systems, offerings=offerings, demands=demands)


def freedom(found: Alternatives, name: str) -> Freedom:
    (group,) = [group for group in found.groups if group.name == name]
    return group


def test_a_rival_slightly_dearer_may_take_what_the_slack_pays_for() -> None:
    """Best 4 MUSD; 5 % is 0.2, and each system of bolt costs 0.1 more: 2 of 4."""
    found = alternatives(hot(rivals(1.1)), 0.05)
    bolt, acme = freedom(found, "bolt"), freedom(found, "acme")
    assert (bolt.verdict, bolt.share, bolt.smallest, bolt.largest) == ("may have", 0.0, 0.0, exactly(0.5))  # fmt: skip
    assert (acme.verdict, acme.share, acme.smallest, acme.largest) == ("must have", exactly(1.0), exactly(0.5), exactly(1.0))  # fmt: skip
    assert (acme.without_usd, bolt.without_usd) == (exactly(0.4e6), 0.0)


def test_a_wider_slack_makes_it_a_real_choice() -> None:
    """Twin: 10 % is 0.4, all four systems' difference."""
    found = alternatives(hot(rivals(1.1)), 0.1 + 1e-9)
    acme = freedom(found, "acme")
    assert (acme.verdict, acme.smallest) == ("real choice", 0.0)
    assert freedom(found, "bolt").largest == exactly(1.0)


def test_who_is_far_too_dear_is_no_use() -> None:
    """At 100 MUSD a system against a penalty of 10, a slack of 0.2 buys 0.2 % of one; shares are of 4."""
    bolt = freedom(alternatives(hot(rivals(10_000.0)), 0.05), "bolt")
    assert (bolt.verdict, bolt.largest) == ("no use", exactly(0.2 / 9_999 / 4))


def test_the_only_way_to_keep_a_promise_must_be_had() -> None:
    """Twin: one vendor, everything served."""
    only = world(demands=(workload(4.0, service_level=1.0),))
    acme = freedom(alternatives(hot(only), 0.5), "acme")
    assert (acme.verdict, acme.without_usd) == ("must have", None)


def test_gradients_are_groups_too_and_cost_no_further_solves() -> None:
    """Gradient 1 is acme's alone here and 3 bolt's: the same columns, asked once."""
    session = hot(rivals(1.1))
    found = alternatives(session, 0.05)
    assert freedom(found, "3").largest == freedom(found, "bolt").largest
    without = 2  # acme, and all fabrics; bolt is not in the plan
    shares = 2 + 1 + 2  # acme, bolt's largest alone, all fabrics
    assert session.solves == without + shares
    alone = hot(rivals(1.1))
    assert all(g.largest is None for g in alternatives(alone, 0.05, shares=False).groups)


def test_a_trace_that_must_be_had_does_not_read_as_none() -> None:
    """A Gtok/h in 5,000 is acme's alone and must be served: 0.02 % of the work, told as less than 0.1 %.

    The slack is 10 % of 5,000 MUSD. cox, who serves nothing, is told as none.
    """
    demands = (workload(4999.0, service_level=1.0), workload(1.0, "rare", service_level=1.0))
    systems = (
        system(rate={"rare": 1.0}),
        system("other", vendor="bolt", rate={"chat": 1.0}),
        system("idle", vendor="cox", rate={"chat": 1.0}),
    )
    offers = (purchase(), purchase("rival", "other"), purchase("spare", "idle", price=1e9))
    wide = (site(power_mw=1e5, racks=1e5),)
    options = world(demands=demands, systems=systems, offerings=offers, places=wide)
    found = alternatives(hot(options), 0.1)
    told = {row[1]: row for row in rows(found)}
    assert freedom(found, "acme").smallest == exactly(1 / 5000)
    assert told["acme"][2:6] == ["must have", "<0.1%", "<0.1%", "<0.1%"]
    assert told["cox"][3:5] == ["0.0%", "0.0%"]
    assert "10 % of the best cost, that is 500 MUSD" in title(found)


def test_what_stands_already_counts_and_cannot_be_sent_away() -> None:
    """2 of 4 stand: without new systems of acme, bolt does the other two."""
    systems = (system(), system("other", vendor="bolt"))
    offerings = (installed(count=2.0), purchase(), purchase("rival", "other", price=1.1e6))
    acme = freedom(alternatives(hot(world(systems=systems, offerings=offerings)), 0.2), "acme")
    assert (acme.verdict, acme.without_usd) == ("real choice", exactly(0.2e6))


def test_the_reference_scenario_takes_few_base_solves() -> None:
    """Five for who can be done without, forty-five for the shares; counted in processor time."""
    session = hot(options("reference"))
    found = alternatives(session, 0.02)
    assert {g.dimension for g in found.groups} == {"vendor", "gradient", "fabric"}
    assert found.without_effort < 5
    assert found.share_effort < 45
    for group in found.groups:
        assert group.smallest is not None
        assert group.largest is not None
        assert group.smallest <= group.share + 1e-6
        assert group.largest >= group.share - 1e-6
