"""Parents, overrides and --set that cannot be followed, and offers that leave nothing to plan."""

from __future__ import annotations

import pytest

from planner.options.join import join
from planner.scenario.load import load
from tests.support import GOOD, edited, line_of, loaded, problems, written

CHILD = "extends: small\ntitle: The child\n"


def test_a_missing_parent_is_refused_and_the_nearest_name_offered(tmp_path):
    written(tmp_path)
    path = written(tmp_path, "title: The child\nextends: smal\n", "child")
    (problem,) = problems(load, path)
    assert (problem.code, problem.place, problem.key) == ("SCN002", f"{path}:2", "extends")
    assert problem.hint == "did you mean 'small'?"
    assert load(written(tmp_path, CHILD, "child")).scenario.title == "The child"


def test_a_circle_of_parents_is_refused_and_told_in_order(tmp_path):
    written(tmp_path, "extends: b\n", "a")
    last = written(tmp_path, "title: last\nextends: a\n", "b")
    (problem,) = problems(load, tmp_path / "a.yaml")
    assert (problem.code, problem.place, problem.key) == ("SCN003", f"{last}:2", "extends")
    assert "a -> b -> a" in problem.what


def test_a_scenario_that_extends_itself_is_a_circle(tmp_path):
    path = written(tmp_path, GOOD + "extends: small\n")
    (problem,) = problems(load, path)
    assert problem.code == "SCN003"
    load(written(tmp_path, GOOD))


def test_a_parent_that_cannot_be_read_is_named_itself(tmp_path):
    parent = written(tmp_path, "sites: [\n", "parent")
    (problem,) = problems(load, written(tmp_path, "extends: parent\n", "child"))
    assert problem.code == "DOC001"
    assert problem.place.startswith(str(parent))


def test_a_mistake_in_the_parent_is_placed_in_the_parent(tmp_path):
    parent = written(tmp_path, edited(GOOD, ("racks: 100", "racks: -100")))
    (problem,) = problems(load, written(tmp_path, CHILD, "child"))
    assert problem.place == f"{parent}:{line_of(parent, 'racks: -100')}"


def test_an_unknown_override_is_refused_and_the_nearest_name_offered(tmp_path):
    path = written(tmp_path)
    (problem,) = problems(load, path, ("crises",))
    assert (problem.code, problem.place, problem.key) == ("SCN011", "--override", "crises")
    assert problem.hint == "did you mean 'crisis'?"
    load(path, ("crisis",))


def test_an_override_of_a_scenario_that_has_none_says_so(tmp_path):
    path = written(tmp_path, GOOD[: GOOD.index("overrides:")])
    (problem,) = problems(load, path, ("crisis",))
    assert "none" in problem.hint


def test_a_mistake_in_an_override_is_placed_where_the_override_stands(tmp_path):
    text = edited(GOOD, ("sites.home.tariff: 0.3 USD/kWh", "sites.home.racks: -3"))
    path = written(tmp_path, text)
    (problem,) = problems(load, path, ("crisis",))
    assert (problem.code, problem.key) == ("DOC007", "sites.home.racks")
    assert problem.place == f"{path}:{line_of(path, 'sites.home.racks: -3')}"
    load(path)


@pytest.mark.parametrize("text", ["sites.home.racks", "=5", "  =5", ""])
def test_a_set_that_is_not_key_and_value_is_refused(tmp_path, text):
    (problem,) = problems(load, written(tmp_path), (), (text,))
    assert (problem.code, problem.place) == ("SCN012", "--set")
    load(written(tmp_path), (), ("sites.home.racks=5",))


@pytest.mark.parametrize("text", ["sites.home.racks.many=5", "offers.fast-buy.sites.0=home"])
def test_a_set_into_a_plain_value_is_refused(tmp_path, text):
    (problem,) = problems(load, written(tmp_path), (), (text,))
    assert (problem.code, problem.place) == ("SCN012", "--set")
    assert "nothing can stand inside it" in problem.what


def test_a_wrong_value_from_the_command_line_is_placed_there(tmp_path):
    (problem,) = problems(load, written(tmp_path), (), ("sites.home.racks=100 kW",))
    assert (problem.code, problem.place, problem.key) == ("DOC006", "--set", "sites.home.racks")


def test_a_workload_nobody_can_serve_is_refused_with_every_reason(tmp_path):
    hybrid = "  deep:\n    model: hybrid-8b\n    isl: 512\n    osl: 512\n    demand: 1 ktok/s\n    shed_penalty: 1 USD/Mtok\n"
    lean = GOOD.replace("acme-fast", "acme-lean")
    lean = edited(
        lean,
        ("price: 0.4 MUSD", "price: 0.4 MUSD\n    lead_time: 9 weeks"),
        ("in_service: 2025-01}", "in_service: 2025-01, price: 0.4 MUSD}"),
        ("offers:\n", f"{hybrid}offers:\n"),
    )
    path = written(tmp_path, lean)
    (problem,) = problems(join, load(path))
    assert (problem.code, problem.key) == ("SCN007", "workloads.deep")
    assert problem.place == f"{path}:{line_of(path, '  deep:')}"
    assert "acme-lean-chip does not run hybrid models" in problem.hint
    assert join(loaded(tmp_path, ("offers:\n", f"{hybrid}offers:\n"))).offerings


@pytest.mark.parametrize(
    ("anchor", "wrong"),
    [
        ("tpot: 50 ms", "tpot: 50 ms\n    max_network_latency: 10 ms"),
        ("tpot: 50 ms", "tpot: 50 ms\n    residency: [eu]"),
    ],
)
def test_a_workload_out_of_reach_of_every_site_is_refused(tmp_path, anchor, wrong):
    far = (
        "workloads:\n",
        "  far: {kind: hosted, region: eu, network_latency: 15 ms}\nworkloads:\n",
    )
    (problem,) = problems(join, loaded(tmp_path, (anchor, wrong), far))
    assert (problem.code, problem.key) == ("SCN007", "workloads.chat")
    assert "too far or outside its residency" in problem.hint
    near = wrong.replace("10 ms", "15 ms").replace("[eu]", "[us]")
    assert join(loaded(tmp_path, (anchor, near))).arcs


ALONE = GOOD[: GOOD.index("  fast-rent:")] + GOOD[GOOD.index("pools:") :]
"""One offer, nothing installed."""


@pytest.mark.parametrize(
    ("anchor", "wrong", "why"),
    [
        ("price: 0.4 MUSD", "lead_time: 90 weeks", "is after the last"),
        ("price: 0.4 MUSD", "available_until: 2027-01", "is after the last"),
        ("rack_density: 60 kW", "rack_density: 9 kW", "too dense for every site"),
        ("system: acme-fast", "system: acme-lean", "lead time not disclosed"),
        ("tpot: 50 ms", "tpot: 0.1 ms", "it can serve none of the workloads"),
    ],
)
def test_a_scenario_whose_every_offer_falls_away_is_refused_with_the_reasons(
    tmp_path, anchor, wrong, why
):
    path = written(tmp_path, edited(ALONE, (anchor, wrong)))
    (problem,) = problems(join, load(path))
    assert (problem.code, problem.key) == ("SCN008", "offers")
    assert problem.place == f"{path}:{line_of(path, 'offers:')}"
    assert problem.hint.startswith("fast-buy: ")
    assert why in problem.hint
    assert list(join(load(written(tmp_path, ALONE))).offerings) == ["fast-buy"]


def test_a_residency_in_a_region_without_a_site_is_a_name_nobody_bears(tmp_path):
    wrong = ("tpot: 50 ms", "tpot: 50 ms\n    residency: [mars]")
    (problem,) = problems(loaded, tmp_path, wrong)
    assert (problem.code, problem.key) == ("SCN001", "workloads.chat.residency.0")
    assert loaded(tmp_path, ("tpot: 50 ms", "tpot: 50 ms\n    residency: [us]"))


def test_planning_from_before_the_facts_names_the_figure_that_is_missing(tmp_path):
    paid = ("in_service: 2025-01}", "in_service: 2025-01, price: 0.4 MUSD}")
    (problem,) = problems(join, loaded(tmp_path, ("as_of: 2026-11-20", "as_of: 2025-12"), paid))
    assert (problem.code, problem.place) == ("CAT012", "practice")
    assert problem.key in problem.what
    assert join(loaded(tmp_path, ("as_of: 2026-11-20", "as_of: 2026-01")))
