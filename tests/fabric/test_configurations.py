"""A fabric as a decision: one configuration for each system and fabric that an offer names.

The quickstart with other wirings of its B200 nodes: 8 chips, 480 kUSD, 14.3 kW; of 64 ports of 800G
a node takes an eighth: 70,000 / 8 + 8 · 350 = 11,550 USD and (940 + 64 · 20) / 8 = 277.5 W.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner.accounts.account import Payment
from planner.options.configure import network_of, why_not
from planner.options.table import Options
from planner.program.price import payments
from planner.scenario.load import load
from planner.serving.network import OWN, Network
from tests.plan.plans import options, plan
from tests.support import edited, problems
from tests.world import exactly

PLAIN = "offers.b200-buy.max_total=1000"
BOTH = "offers.b200-buy.fabrics=[single-64-active-800g, none]"
COPPER, NOTHING = "b200-buy@single-64-active-800g", "b200-buy@none"


def paid(world: Options, account: str, kind: str, *key: object) -> list[Payment]:
    return [payment for card, payment in payments(world, kind, key) if card.name == account]


def test_every_wiring_is_an_offering_of_a_configuration_of_its_own() -> None:
    world = options("quickstart", BOTH)
    assert {name for name in world.offerings if name.startswith("b200-buy")} == {COPPER, NOTHING}
    configuration = world.of(COPPER)
    assert configuration.id == "nvidia-hgx-b200@single-64-active-800g"
    assert (configuration.system, configuration.fabric) == ("nvidia-hgx-b200", "single-64-active-800g")  # fmt: skip
    assert world.wirings()["b200-buy"] == [world.offerings[COPPER], world.offerings[NOTHING]]


def test_capital_and_power_are_those_of_the_wiring() -> None:
    """11,550 USD and 0.2775 kW, always on; nothing without a network; 15 % of the price where none is named."""
    world = options("quickstart", BOTH)
    wired, bare = world.of(COPPER), world.of(NOTHING)
    assert world.offerings[COPPER].fabric_usd[0] == exactly(11_550.0)
    assert world.offerings[NOTHING].fabric_usd[0] == 0.0
    for name in ("provisioned_kw", "serving_kw", "idle_kw"):
        assert getattr(wired, name) - getattr(bare, name) == exactly(0.2775)
    assert wired.system_kw == bare.system_kw == exactly(14.3)
    plain = options("quickstart").offerings["b200-buy"]
    assert plain.fabric_usd[0] == exactly(0.15 * plain.price_usd[0])


def test_the_network_is_paid_at_delivery_and_its_failed_links_while_held() -> None:
    """8 cables with ends that fail 0.0088 % a year at 350 USD: 0.4928 USD a year on top of 4 % of 480,000."""
    world = options("quickstart", BOTH)
    (capital,) = paid(world, "network", "deliver", COPPER, "columbus", 4)
    assert (capital.period, capital.usd) == (4, exactly(11_550.0))
    for offer, links in ((COPPER, 0.4928), (NOTHING, 0.0)):
        price = world.offerings[offer].price_usd[4]
        first = paid(world, "spares", "deliver", offer, "columbus", 4)[0]
        assert first.usd == exactly((0.04 * price + links) / 4)


def test_an_installed_fabric_is_sunk_but_draws_and_fails() -> None:
    """64 ports of 400G: 94.975 W a node, its cables replaced, no capital; without one the node alone."""
    wired = options("quickstart", "installed.h100-standing.fabric=single-64-passive-400g")
    bare = options("quickstart")
    standing = wired.of("h100-standing")
    assert standing.fabric_kw == exactly((747 / 8 + 8 * 2 * 0.1) / 1000)
    assert standing.provisioned_kw == exactly(bare.of("h100-standing").provisioned_kw + standing.fabric_kw)  # fmt: skip
    assert paid(wired, "network", "deliver", "h100-standing", "columbus", 0) == []
    failed = wired.offerings["h100-standing"].link_spares_usd_per_year
    assert failed == exactly(8 * 2 * 0.0002 * 272)


def test_a_part_without_a_public_figure_leaves_a_wiring_out_until_the_user_supplies_it() -> None:
    fabrics = "offers.b200-buy.fabrics=[none, rail-1152-cpo]"
    why = {e.id: e.why for e in options("quickstart", fabrics).exclusions}
    assert "no public failure rate" in why["b200-buy@rail-1152-cpo"]
    rate = "assumptions.cpo-nvidia-quantum-x.failures={value: 0.34 %/year, basis: as Bailly}"
    reach = "assumptions.cpo-nvidia-quantum-x.reach={value: 500 m, basis: DR class}"
    half = {e.id: e.why for e in options("quickstart", fabrics, rate).exclusions}
    assert "no public reach" in half["b200-buy@rail-1152-cpo"]
    world = options("quickstart", fabrics, rate, reach)
    assert "b200-buy@rail-1152-cpo" in world.offerings
    assert world.offerings["b200-buy@rail-1152-cpo"].tier == "assumed"


def test_a_wiring_waits_for_its_parts() -> None:
    """Boxes from July 2028 are wired into deliveries of 2028Q3, the first quarter that begins after."""
    fabrics = "offers.b200-buy.fabrics=[none, single-64-active-800g]"
    late = "assumptions.nvidia-sn5600.available={value: 2028-06, basis: our slot, quality: user}"
    world = options("quickstart", fabrics, late)
    offering = world.offerings[COPPER]
    assert world.timeline.periods[offering.first].label == "2028Q3"
    assert "every part" in offering.why_first
    assert world.timeline.periods[options("quickstart", fabrics).offerings[COPPER].first].label == "2027Q3"  # fmt: skip


def test_a_quote_displaces_the_catalog_and_an_assumption_does_not() -> None:
    """The box at 40,000: an eighth is 3,750 USD less; a mere assumption changes nothing."""
    figure = "assumptions.nvidia-sn5600.price={{value: 40 kUSD, basis: their letter, quality: {0}}}"
    quoted = options("quickstart", BOTH, figure.format("user"))
    assumed = options("quickstart", BOTH, figure.format("assumption"))
    assert quoted.offerings[COPPER].fabric_usd[0] == exactly(11_550.0 - 3_750.0)
    assert assumed.offerings[COPPER].fabric_usd[0] == exactly(11_550.0)


def test_the_wirings_of_an_offer_share_its_quantities() -> None:
    """At most 7 nodes in all; two offers of 7 each would be 14."""
    made = plan("quickstart", BOTH, "offers.b200-buy.max_total=7", "policy.service_level=0")
    bought = [row for row in made.tables["deliveries"] if row["offer"].startswith("b200-buy")]
    assert sum(row["systems"] for row in bought) == exactly(7.0)


def test_the_plan_takes_no_network_where_nothing_needs_one() -> None:
    """Every model fits a node, so a network only costs; forbidden, the copper is bought after all."""
    taken = {row["offer"] for row in plan("quickstart", BOTH).tables["deliveries"]}
    assert NOTHING in taken
    assert COPPER not in taken
    cap = "policy.limits.wired={group: {fabrics: [none]}, measure: systems, at_most: 0}"
    assert COPPER in {row["offer"] for row in plan("quickstart", BOTH, cap).tables["deliveries"]}


def test_a_replica_that_no_network_joins_is_refused() -> None:
    """A 70B model spans several CS-3, each a domain by itself."""
    sets = (
        "offers.h200-buy.system=cerebras-cs-3",
        "offers.h200-buy.fabrics=[none]",
        "offers.h200-buy.sites=[columbus]",
    )
    world = options("quickstart", *sets)
    alone = world.configurations.get("cerebras-cs-3@none")
    refused = alone.refusals["chat-70b"] if alone else {e.id: e.why for e in world.exclusions}["h200-buy@none"]  # fmt: skip
    assert "no scale-out joins domains" in refused


def test_a_replica_larger_than_its_pod_is_refused() -> None:
    """128 chips in a pod of 64; 64 fit, and without a named fabric nothing is asked."""
    wired = options("quickstart", BOTH).of(COPPER).wired
    some = next(iter(options("quickstart").configurations["nvidia-hgx-b200"].rates.values()))
    assert "128 chips does not fit the 64" in why_not(replace(some, chips_per_replica=128.0), wired)
    assert why_not(replace(some, chips_per_replica=64.0), wired) == ""
    assert why_not(replace(some, chips_per_replica=128.0), None) == ""


def test_a_wiring_tells_serving_what_it_joins_and_how_fast() -> None:
    """64 ports of 800 Gbit/s: 64 chips, 100 GB/s each between domains; no network: the eight of a node; unnamed: the system's own."""
    world = options("quickstart", BOTH)
    assert network_of(world.of(COPPER).wired) == Network(None, None, 100.0, pod_chips=64.0)
    assert network_of(world.of(NOTHING).wired) == Network(None, None, 0.0, pod_chips=8.0)
    assert network_of(None) == OWN


@pytest.mark.parametrize(
    ("right", "wrong", "code", "says"),
    [
        ("b200-on-demand: {", "b200-on-demand: {fabrics: [none], ", "SCN016", "who owns it"),
        ("b200-buy: {", "b200-buy: {fabrics: [none, none], ", "SCN016", "named twice"),
        ("b200-buy: {", "b200-buy: {fabrics: [nonee], ", "SCN001", "did you mean 'none'"),
        ("count: 40,", "count: 40, fabric: copper,", "SCN001", "no fabric called"),
    ],
)
def test_a_wiring_that_makes_no_sense_is_refused(
    right: str, wrong: str, code: str, says: str, tmp_path: Path
) -> None:
    from tests.plan.plans import SCENARIOS

    text = edited((SCENARIOS / "quickstart.yaml").read_text(encoding="utf-8"), (right, wrong))
    path = tmp_path / "quickstart.yaml"
    path.write_text(text, encoding="utf-8")
    (problem,) = problems(load, path)
    assert problem.code == code
    assert says in f"{problem.what} {problem.hint}"
