"""The photonic scenarios: what wires each, why, and that it flips where the plan says it would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.plan.fabrics import fabric_lines
from planner.plan.light import Light
from planner.plan.make import Plan
from planner.plan.parts import fabrics_bought
from planner.plan.verify import verify
from planner.report.decision import decision
from planner.timeline import start_of
from tests.plan.plans import loaded, plan, saved, tried
from tests.world import exactly

WINNERS = {
    "photonic-copper": "single-64-active-800g",
    "photonic-pluggable": "clos-1k-800g-pluggable",
    "photonic-cpo": "rail-9k-cpo",
    "photonic-ocs": "torus-ocs-512",
}
"""Scenario and the one fabric its plan buys."""
SCALE_UP = "photonic-scale-up"
PART = "assumptions.{0}.price={{value: {1} USD, basis: a quote, quality: user}}"


def wirings(made: Plan) -> set[str]:
    """Fabrics of what the plan buys."""
    return {row["fabric"] for row in made.tables["fabric"] if row["network_usd"] > 0}


def light(made: Plan, part: str) -> Light:
    return next(found for found in made.lights if found.part == part)


@pytest.mark.parametrize(("name", "fabric"), WINNERS.items())
def test_each_scenario_is_wired_as_it_says(name: str, fabric: str) -> None:
    assert wirings(plan(name)) == {fabric}


@pytest.mark.parametrize("name", [*WINNERS, SCALE_UP])
def test_each_scenario_says_why(name: str) -> None:
    assert " win" in loaded(name).scenario.description


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("photonic-copper", "pluggable-800g-dsp"),
        ("photonic-pluggable", "nvidia-q3450"),
        ("photonic-cpo", "nvidia-q3450"),
        ("photonic-ocs", "lumentum-r300"),
        (SCALE_UP, "celestial-photonic-fabric"),
    ],
)
def test_a_hundredth_below_the_break_even_a_part_is_in_and_a_hundredth_above_it_is_out(
    name: str, part: str
) -> None:
    """The price of the plan's own report, as a quote, a hundredth to each side and solved again."""
    at = light(plan(name), part).break_even_usd
    assert at is not None
    below = tried(name, PART.format(part, 0.99 * at))
    above = tried(name, PART.format(part, 1.01 * at))
    assert light(below, part).verdict == "won"
    assert light(above, part).verdict == "lost"
    assert wirings(below) != wirings(above)


def test_copper_wins_as_long_as_it_reaches() -> None:
    """Active copper reaches 7 m: at 6.9 m in the rack it stays, at 7.1 light has to do."""
    metres = "assumptions.practice.link_length_in_rack={{value: {0} m, basis: our plan, quality: user}}"  # fmt: skip
    assert wirings(tried("photonic-copper", metres.format(6.9))) == {"single-64-active-800g"}
    assert wirings(tried("photonic-copper", metres.format(7.1))) == {"single-64-pluggable-800g"}


def test_pluggables_win_where_a_row_is_too_long_for_copper() -> None:
    metres = "assumptions.practice.link_length_row={{value: {0} m, basis: our plan, quality: user}}"
    assert wirings(tried("photonic-pluggable", metres.format(7.1))) == {"clos-1k-800g-pluggable"}
    assert wirings(tried("photonic-pluggable", metres.format(6.9))) == {"clos-1k-800g-copper"}


def test_pluggables_win_up_to_the_price_at_which_the_plan_says_it_is_wired_otherwise() -> None:
    """Co-packaged boxes keep a pluggable at each node, so the part stays and the wiring flips."""
    found = light(plan("photonic-pluggable"), "pluggable-800g-dsp")
    assert found.rewires_usd is not None
    quote = "assumptions.pluggable-800g-dsp.price={{value: {0} USD, basis: a quote, quality: user}}"
    below = tried("photonic-pluggable", quote.format(0.99 * found.rewires_usd))
    above = tried("photonic-pluggable", quote.format(1.01 * found.rewires_usd))
    assert wirings(below) == {"clos-1k-800g-pluggable"}
    assert wirings(above) == {"rail-1152-cpo"}


def test_circuit_switches_win_while_replicas_stay_in_their_node() -> None:
    """At 20 ms a token every network serves the same; at 10 ms experts cross nodes, and packets win."""
    relaxed, tight = (tried("photonic-ocs", f"workloads.reason-r1.tpot={ms} ms") for ms in (20, 10))
    assert wirings(relaxed) == {"torus-ocs-512"}
    assert wirings(tight) == {"rail-9k-pluggable"}
    rates = {name: one.rates["reason-r1"].tok_per_s for name, one in relaxed.solved.options.configurations.items()}  # fmt: skip
    assert len(set(rates.values())) == 1


def test_a_photonic_domain_wins_where_tokens_must_come_fast() -> None:
    """At 8 ms a token 128 chips share the experts; at 40 ms a node serves nearly as much alone."""
    fast, slow = plan(SCALE_UP), tried(SCALE_UP, "workloads.agent-r1.tpot=40 ms")
    assert "scale-up-128-photonic" in wirings(fast)
    assert "scale-up-128-photonic" not in wirings(slow)
    rate = {name: one.rates["agent-r1"].tok_per_s for name, one in fast.solved.options.configurations.items()}  # fmt: skip
    by_fabric = {fast.solved.options.configurations[name].fabric: rate[name] for name in rate}
    assert by_fabric["none"] < by_fabric["clos-1k-800g-pluggable"] < by_fabric["scale-up-128-photonic"]  # fmt: skip


def test_until_a_part_can_be_had_the_plan_is_wired_without_it() -> None:
    """Engines and switches come by the end of 2027: none of them in 2027Q4, all growth from 2028Q1."""
    rows = [row for row in plan(SCALE_UP).tables["fabric"] if row["network_usd"] > 0]
    assert {row["period"] for row in rows if row["fabric"] == "clos-1k-800g-pluggable"} == {
        "2027Q4"
    }
    assert (
        min(row["period"] for row in rows if row["fabric"] == "scale-up-128-photonic") == "2028Q1"
    )


def test_a_part_that_comes_too_late_says_by_when_it_would_win() -> None:
    """From the last period that it says the engines win; a quarter later they are left out."""
    date = "assumptions.celestial-photonic-fabric.available={{value: {0}, basis: a letter, quality: user}}"  # fmt: skip
    never = light(tried(SCALE_UP, date.format("2031")), "celestial-photonic-fabric")
    assert never.verdict == "left out"
    assert never.wins_by is not None
    assert never.wins_by in never.sentence
    labels = [period.label for period in plan(SCALE_UP).solved.options.timeline.periods]
    last, after = never.wins_by, [*labels, "2029Q4"][labels.index(never.wins_by) + 1]
    for label, verdict in ((last, "won"), (after, "left out")):
        begins = start_of(label).isoformat()
        assert light(tried(SCALE_UP, date.format(begins)), never.part).verdict == verdict


def test_co_packaged_optics_win_where_power_is_short() -> None:
    """24 MW and 400 kUSD a box; with 80 MW the box would have to cost less than that."""
    ample = tried("photonic-cpo", "sites.hall.power=80 MW")
    assert wirings(ample) == {"rail-9k-pluggable"}
    at_short = light(plan("photonic-cpo"), "nvidia-q3450").break_even_usd
    at_ample = light(ample, "nvidia-q3450").break_even_usd
    assert at_short is not None
    assert at_ample is not None
    assert at_ample < 400_000 < at_short


LENGTH = (
    "assumptions.practice.link_length_{0}={{{{value: {{0}} m, basis: our plan, quality: user}}}}"
)
DECIDING = [
    ("photonic-copper", LENGTH.format("in_rack"), True),
    ("photonic-pluggable", LENGTH.format("row"), False),
    ("photonic-cpo", "sites.hall.power={0} MW", True),
    ("photonic-ocs", "workloads.reason-r1.tpot={0} ms", False),
    (SCALE_UP, "workloads.agent-r1.tpot={0} ms", True),
]
"""Scenario, the figure that decides it, and whether more of it flips the wiring."""


@pytest.mark.parametrize(("name", "figure", "up"), DECIDING)
def test_each_scenario_flips_where_its_deciding_figure_is_said_to(
    name: str, figure: str, up: bool
) -> None:
    """Distance, power or time per token a hundredth to each side of what the run reports, solved again."""
    key = figure.partition("=")[0]
    (flip,) = [f for f in plan(name).flips if f.figure == key and (f.flips_at > f.value) == up]
    assert flip.sentence.startswith(f"{key} {'above' if up else 'below'}")
    inside, beyond = (1 / 1.01, 1.01) if up else (1.01, 1 / 1.01)
    near, far = (tried(name, figure.format(share * flip.flips_at)) for share in (inside, beyond))
    assert fabrics_bought(near.solved.answer) == set(flip.fabrics) == fabrics_bought(plan(name).solved.answer)  # fmt: skip
    assert fabrics_bought(far.solved.answer) == set(flip.instead) != set(flip.fabrics)


def test_flips_are_asked_where_light_is_on_offer_and_prices_are_asked() -> None:
    assert plan("photonic-ocs").flips
    assert tried("photonic-ocs").flips == []
    assert plan("quickstart").flips == []


def test_losing_a_part_costs_what_the_plan_without_its_wirings_costs_more() -> None:
    """The OCS torus taken off the offer by hand, solved again."""
    made = plan("photonic-ocs")
    without = tried("photonic-ocs", "offers.b300-buy.fabrics=[clos-8k-800g-pluggable, rail-9k-pluggable]")  # fmt: skip
    more = made.headline.npv_usd - without.headline.npv_usd
    assert light(made, "lumentum-r300").losing_costs_usd == pytest.approx(more, rel=1e-6)


def test_the_table_adds_up_to_the_ledger_and_to_the_peak() -> None:
    """Network capital is the network account's; shares are of what stands beside them."""
    made = plan("photonic-cpo")
    rows = made.tables["fabric"]
    accounted = sum(entry.usd for entry in made.entries if entry.account == "network")
    assert sum(row["network_usd"] for row in rows) == pytest.approx(accounted, rel=1e-9)
    assert sum(row["capex_usd"] for row in rows) == pytest.approx(made.headline.capex_usd, rel=1e-9)
    last = rows[-1]
    assert last["network_share_of_power"] == exactly(last["network_mw"] / made.headline.peak_mw)
    assert last["pods"] == exactly(last["systems"] * 8 / 9216)
    assert "nvidia-q3450" in last["parts"]
    assert last["network_share_of_capex"] is None or 0.05 < last["network_share_of_capex"] < 0.25


def test_a_plan_that_names_no_fabric_shows_the_figure_per_system() -> None:
    rows = plan("quickstart").tables["fabric"]
    assert {row["fabric"] for row in rows} == {"per system"}
    assert all(row["network_mw"] is None for row in rows)


def test_a_photonic_run_recomputes_and_explains_every_wiring(tmp_path: Path) -> None:
    """The saved run verifies, its table and break-evens are in it, and an offer's name finds its wirings."""
    folder = saved("photonic-ocs", tmp_path)
    assert all(check.passed for check in verify(folder))
    written = json.loads((folder / "plan.json").read_bytes())
    assert {row["part"] for row in written["photonics"]} == {"lumentum-r300", "pluggable-800g-dsp"}
    assert (folder / "tables" / "fabric.csv").read_text(encoding="utf-8").count("torus-ocs-512") > 1
    found = decision(folder, "b300-buy")
    assert len(found["options"]) == 3
    assert {row["system"] for row in found["rates"]} == {
        f"nvidia-hgx-b300@{fabric}"
        for fabric in ("torus-ocs-512", "clos-8k-800g-pluggable", "rail-9k-pluggable")
    }


def test_the_run_says_what_wires_it() -> None:
    """Pods are of eight nodes; a network of 11,550 USD a node, and 277.5 W of 14.2775 kW."""
    rows = plan("photonic-copper").tables["fabric"]
    (text,) = fabric_lines(rows)
    most = max(row["systems"] for row in rows)
    assert text.startswith(f"single-64-active-800g: {most:,.1f} nvidia-hgx-b300 at hall")
    assert f"in {most / 8:,.1f} pods" in text
    assert "1.9% of their power" in text


def test_what_stands_is_sunk() -> None:
    """The installed fleet of the quickstart: no capital, and its network's draw is in the systems'."""
    texts = fabric_lines(plan("quickstart").tables["fabric"])
    assert any("nvidia-hgx-h100" in text and "sunk" in text for text in texts)
