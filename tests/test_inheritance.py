"""What a scenario takes from its parent, its overrides and --set, and what it may assume."""

from __future__ import annotations

from datetime import date

import pytest

from planner.scenario.inherit import resolve
from planner.scenario.load import load, variant
from tests.support import GOOD, edited, line_of, loaded, written

TODAY = date(2026, 11, 20)


def family(folder, child: str, parent: str = GOOD):
    """A parent file and the path of its child."""
    written(folder, parent, "parent")
    return written(folder, "extends: parent\n" + child, "child")


def test_a_child_that_changes_nothing_is_its_parent(tmp_path):
    child = load(family(tmp_path, ""))
    assert child.scenario == load(tmp_path / "parent.yaml").scenario


def test_mappings_are_merged_to_any_depth(tmp_path):
    child = load(family(tmp_path, "sites: {home: {pue: {air: 1.5}}}\n")).scenario
    home = child.sites["home"]
    assert (home.pue.air, home.pue.liquid, home.rack_density) == (1.5, 1.1, 60.0)
    assert set(child.sites) == {"home", "cloud"}


def test_a_child_may_add_to_a_mapping(tmp_path):
    line = "offers: {more: {system: acme-fast, contract: reserve, sites: [cloud], lead_time: 4 weeks}}\n"
    assert set(load(family(tmp_path, line)).scenario.offers) == {"fast-buy", "fast-rent", "more"}


def test_null_removes_what_the_parent_says(tmp_path):
    child = load(
        family(tmp_path, "installed: null\noffers: {fast-rent: null}\npools: {hbm3e: ~}\n")
    )
    assert (child.scenario.installed, child.scenario.pools) == ({}, {})
    assert set(child.scenario.offers) == {"fast-buy"}


def test_null_removes_nothing_that_is_not_there(tmp_path):
    assert load(family(tmp_path, "offers: {never: null}\n")).scenario.offers


def test_a_series_is_replaced_whole(tmp_path):
    power = load(family(tmp_path, "sites: {home: {power: {2027Q1: 9 MW}}}\n")).scenario.sites["home"].power  # fmt: skip
    assert power.steps == (("2027Q1", 9000.0),)


def test_a_growing_series_is_replaced_whole(tmp_path):
    child = load(family(tmp_path, "workloads: {chat: {demand: {start: 5 ktok/s}}}\n"))
    demand = child.scenario.workloads["chat"].demand
    assert (demand.steps, demand.growth_per_year) == ((("", 5000.0),), 0.0)


def test_steps_replace_a_growing_series(tmp_path):
    child = load(family(tmp_path, "workloads: {chat: {demand: {2027Q1: 5 ktok/s}}}\n"))
    assert child.scenario.workloads["chat"].demand.steps == (("2027Q1", 5000.0),)


def test_lists_are_replaced_whole(tmp_path):
    line = "offers: {fast-rent: {contract: own, sites: [home]}}\n"
    assert load(family(tmp_path, line)).scenario.offers["fast-rent"].sites == ("home",)


def test_a_grandchild_stands_on_both(tmp_path):
    family(tmp_path, "title: child\ndiscount_rate: 8 %/year\n")
    path = written(tmp_path, "extends: child.yaml\ntitle: grandchild\n", "grandchild")
    scenario = load(path).scenario
    assert (scenario.title, scenario.discount_rate, scenario.name) == ("grandchild", 0.08, "small")


def test_a_parent_may_live_in_another_folder(tmp_path):
    (tmp_path / "inner").mkdir()
    written(tmp_path, GOOD, "parent")
    path = written(tmp_path / "inner", "extends: ../parent\n", "child")
    assert load(path).scenario.name == "small"


def test_set_wins_over_override_over_child_over_parent(tmp_path):
    child = "sites: {home: {racks: 200}}\noverrides: {wide: {sites.home.racks: 300}}\n"
    path = family(tmp_path, child)

    def racks(*arguments) -> float:
        return load(*arguments).scenario.sites["home"].racks.steps[0][1]

    assert racks(tmp_path / "parent.yaml") == 100
    assert racks(path) == 200
    assert racks(path, ("wide",)) == 300
    assert racks(path, ("wide",), ("sites.home.racks=400",)) == 400


def test_of_two_overrides_the_later_wins(tmp_path):
    text = edited(GOOD, ("  crisis:", "  few: {sites.home.racks: 1}\n  many: {sites.home.racks: 9}\n  crisis:"))  # fmt: skip
    path = written(tmp_path, text)
    for names, racks in ((("few", "many"), 9), (("many", "few"), 1)):
        assert load(path, names).scenario.sites["home"].racks.steps[0][1] == racks


def test_overrides_do_nothing_until_switched_on(tmp_path):
    path = written(tmp_path)
    assert isinstance(load(path).scenario.sites["home"].tariff, dict)
    assert load(path, ("crisis",)).scenario.sites["home"].tariff.steps == (("", 0.3),)


def test_set_takes_whole_values_and_null(tmp_path):
    sets = ("sites.home.power={2027Q1: 1 MW, 2027Q2: 2 MW}", "installed=null", "whole_units=true")
    scenario = loaded(tmp_path, sets=sets).scenario
    assert scenario.sites["home"].power.steps == (("2027Q1", 1000.0), ("2027Q2", 2000.0))
    assert (scenario.installed, scenario.whole_units) == ({}, True)


def test_set_may_add_an_entry(tmp_path):
    sets = (
        "offers.extra={system: acme-fast, contract: reserve, sites: [cloud], lead_time: 4 weeks}",
    )
    assert loaded(tmp_path, sets=sets).scenario.offers["extra"].contract == "reserve"


def test_every_value_tells_the_file_and_line_that_set_it(tmp_path):
    text = "title: child\nsites:\n  home:\n    racks: 200\n"
    path, parent = family(tmp_path, text), tmp_path / "parent.yaml"
    document = resolve(path, ("crisis",), ("sites.home.liquid=2 MW",))
    places = {
        ("title",): f"{path}:2",
        ("sites", "home", "racks"): f"{path}:5",
        ("sites", "home", "rack_density"): f"{parent}:{line_of(parent, 'rack_density:')}",
        ("workloads", "chat", "isl"): f"{parent}:{line_of(parent, 'isl:')}",
        ("sites", "home", "tariff"): f"{parent}:{line_of(parent, 'sites.home.tariff')}",
        ("sites", "home", "liquid"): "--set",
    }
    assert {key: str(document.place(key)) for key in places} == places
    assert load(path).place(("sites", "home", "racks")) == f"{path}:5"


def test_places_of_a_replaced_series_do_not_linger(tmp_path):
    path = family(tmp_path, "sites: {home: {power: {2027Q1: 9 MW}}}\n")
    assert str(resolve(path).place(("sites", "home", "power", "2027Q3"))) == f"{path}:2"


def price_of(catalog, system: str) -> float | None:
    return catalog.systems[system].price.value(TODAY)


def test_an_assumption_fills_what_is_not_disclosed_and_carries_its_tier(tmp_path):
    fact = loaded(tmp_path).catalog.systems["acme-lean"].price.at(TODAY)
    assert (fact.value, fact.unit) == (500_000.0, "USD")
    assert (fact.quality, fact.tier, fact.source, fact.note) == ("assumption", "assumed", "scenario", "a guess")  # fmt: skip


def test_without_the_assumption_it_stays_not_disclosed(tmp_path):
    assert price_of(loaded(tmp_path, sets=("assumptions=null",)).catalog, "acme-lean") is None


def test_an_assumption_never_displaces_a_known_figure(tmp_path):
    catalog = loaded(tmp_path, ("  acme-lean:", "  acme-fast:")).catalog
    assert price_of(catalog, "acme-fast") == 400_000.0


def test_an_assumption_supplies_a_figure_the_catalog_does_not_mention(tmp_path):
    catalog = loaded(tmp_path, ("price: {value: 0.5 MUSD", "life: {value: 36 months")).catalog
    assert catalog.systems["acme-lean"].life.value(TODAY) == pytest.approx(3.0)


def test_another_assumption_takes_the_place_of_the_scenario_s_own(tmp_path):
    """As a sweep, a world or what-if tries it: 0.7 MUSD instead of 0.5, then none; known figures stay."""
    first = loaded(tmp_path)
    more = {"value": "0.7 MUSD", "basis": "another"}
    second = variant(first, {"assumptions.acme-lean.price": more})
    third = variant(second, {"assumptions": None})
    prices = [price_of(one.catalog, "acme-lean") for one in (first, second, third)]
    assert prices == [500_000.0, 700_000.0, None]
    assert price_of(third.catalog, "acme-fast") == price_of(first.catalog, "acme-fast") == 400_000.0


def test_an_assumption_reaches_a_posted_price_by_its_dotted_name(tmp_path):
    edit = ("price: {value: 0.5 MUSD", "rental.on_demand: {value: 3 USD/chip/h")
    rental = loaded(tmp_path, edit).catalog.systems["acme-lean"].rental
    assert rental.on_demand.value(TODAY) == 3.0


def test_assumptions_leave_the_catalog_on_disk_as_it_was(tmp_path):
    assert price_of(loaded(tmp_path).catalog, "acme-lean") == 500_000.0
    assert price_of(loaded(tmp_path, sets=("assumptions=null",)).catalog, "acme-lean") is None
