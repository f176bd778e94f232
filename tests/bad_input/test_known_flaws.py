"""What bad input should do and does not do yet: each test fails until its fix lands.

When one is mended the suite says so (XPASS, strict); move the test to the file it belongs to.
"""

from __future__ import annotations

import pytest

from planner.catalog.load import load as load_catalog
from planner.documents import parse
from planner.options.join import join
from planner.scenario.inherit import resolve
from planner.scenario.load import load
from planner.timeline import first_day, start_of
from tests.support import GOOD, edited, line_of, loaded, problems, tiny_copy, written

TARIFF = "tariff: {peak: 0.1 USD/kWh, off-peak: 0.06 USD/kWh}"
FORBID = ("policy:", "counterfactuals: {a: {title: why, forbid: {vendors: [acne]}}}\npolicy:")
SPOILT = [
    ("tariff: 5 kW", "DOC006", "sites.home.tariff", (TARIFF, "tariff: 5 kW")),
    ("one block's tariff: 5 kW", "DOC006", "sites.home.tariff.peak", ("peak: 0.1 USD/kWh", "peak: 5 kW")),
    ("tariff steps out of order", "SCN004", "sites.home.tariff", (TARIFF, "tariff: {2028: 1 USD/kWh, 2027: 1 USD/kWh}")),
    ("tariff of a block that is none", "SCN001", "sites.home.tariff.night", ("off-peak: 0.06 USD/kWh", "off-peak: 0.06 USD/kWh, night: 0 USD/kWh")),
    ("price of an offer in kW", "DOC006", "offers.fast-buy.price", ("price: 0.4 MUSD", "price: 4 kW")),
    ("price of an offer without unit", "DOC006", "offers.fast-buy.price", ("price: 0.4 MUSD", "price: 400000")),
    ("NaN for a pool", "DOC008", "pools.hbm3e.amount", ("amount: 60 TB", "amount: .nan")),
    ("assumption in kW", "DOC006", "assumptions.acme-lean.price", ("value: 0.5 MUSD", "value: 5 kW")),
    ("negative assumption", "DOC007", "assumptions.acme-lean.price", ("value: 0.5 MUSD", "value: -5 USD")),
    ("software gain outside its range", "SCN033", "software_gain.x.per_year", ("policy:\n", "software_gain: {x: {per_year: 20 %/year, low: 30 %/year, until: 1 year, basis: b}}\npolicy:\n")),
    ("software gain of an unknown vendor", "SCN001", "software_gain.x.group.vendors.0", ("policy:\n", "software_gain: {x: {group: {vendors: [nobody]}, per_year: 20 %/year, until: 1 year, basis: b}}\npolicy:\n")),
    ("unknown catalog", "CAT004", "catalog", (GOOD.splitlines()[1], "catalog: nowhere")),
    ("counterfactual forbids an unknown vendor", "SCN001", "counterfactuals.a.forbid.vendors.0", FORBID),
    ("override that is no mapping", "DOC005", "overrides.crisis", ("crisis: {sites.home.tariff: 0.3 USD/kWh}", "crisis: nothing")),
]  # fmt: skip


@pytest.mark.parametrize(("about", "code", "key", "edit"), SPOILT, ids=[s[0] for s in SPOILT])
def test_bad_input_is_refused_with_one_problem_in_its_place(tmp_path, about, code, key, edit):
    path = written(tmp_path, edited(GOOD, edit))
    overrides = ("crisis",) if key.startswith("overrides") else ()
    (problem,) = problems(load, path, overrides)
    place = f"{path}:{line_of(path, edit[1].splitlines()[0])}"
    assert (problem.code, problem.key, problem.place) == (code, key, place)


@pytest.mark.parametrize(
    "edit",
    [
        ("horizon: {start: 2027Q1, periods: 4}", "horizon: {start: 2027, periods: 2, unit: year}"),
        ("in_service: 2025-01", "in_service: 2025"),
        ("price: 0.4 MUSD", "available_until: 2027"),
        ("amount: 60 TB", "amount: {growth: 3 %/year, start: 60 TB}"),
        ("price: {value: 0.5 MUSD", "racks: {value: 0.5"),
    ],
    ids=["start", "in-service", "until", "growth-first", "pure-assumption"],
)
def test_what_the_schema_documents_loads(tmp_path, edit):
    loaded(tmp_path, edit)


@pytest.mark.parametrize(
    ("edit", "code", "says"),
    [
        (("growth: 40 %/year", "growth: 40 %/year, until: 2030"), "DOC003", "accepted"),
        (("{2027Q1: 2 MW, 2027Q3: 3 MW}", "{}"), "DOC004", "at least one step"),
    ],
)
def test_a_malformed_series_says_what_is_wrong_with_it(tmp_path, edit, code, says):
    (problem,) = problems(load, written(tmp_path, edited(GOOD, edit)))
    assert problem.code == code
    assert "did you mean 'demand'" not in problem.hint
    assert says in f"{problem.what} {problem.hint}" or "alone" in problem.hint


def test_a_year_is_a_date_in_a_catalog_too(tmp_path):
    catalog = tiny_copy(tmp_path)
    path = catalog / "systems" / "acme-lean.yaml"
    path.write_text(edited(path.read_text(), ("available: [{value: 2026-01", "available: [{value: 2026")))  # fmt: skip
    load_catalog(catalog)


def test_a_child_may_move_the_horizon_and_keep_its_length(tmp_path):
    written(tmp_path, GOOD, "parent")
    child = written(tmp_path, "extends: parent\nhorizon: {start: 2027Q2}\n", "child")
    assert resolve(child).data["horizon"] == {"start": "2027Q2", "periods": 4}


def test_a_tariff_by_block_replaces_one_by_period(tmp_path):
    written(tmp_path, edited(GOOD, (TARIFF, "tariff: {2027Q1: 0.1 USD/kWh}")), "parent")
    child = written(tmp_path, f"extends: parent\nsites:\n  home:\n    {TARIFF}\n", "child")
    assert set(resolve(child).data["sites"]["home"]["tariff"]) == {"peak", "off-peak"}


def test_an_id_that_begins_with_a_digit_is_no_step_of_a_series(tmp_path):
    written(tmp_path, "sites: {home: {racks: 1}, 1st: {racks: 2, pue: 1}}\n", "parent")
    child = written(tmp_path, "extends: parent\nsites: {1st: {racks: 3}}\n", "child")
    assert resolve(child).data["sites"] == {"home": {"racks": 1}, "1st": {"racks": 3, "pue": 1}}


def test_an_offer_and_an_installed_fleet_of_one_id_are_refused(tmp_path):
    path = written(tmp_path, edited(GOOD, ("  old: {", "  fast-buy: {")))
    assert "installed.fast-buy" in {p.key for p in problems(lambda: join(load(path)))}


def test_a_typo_on_the_command_line_is_placed_there(tmp_path):
    (problem,) = problems(load, written(tmp_path), (), ("sties.home.racks=3",))
    assert (problem.code, problem.place) == ("DOC003", "--set")


def test_all_unknown_overrides_and_malformed_sets_come_together(tmp_path):
    found = problems(load, written(tmp_path), ("a", "b"), ("c", "d"))
    assert [p.code for p in found] == ["SCN011", "SCN011", "SCN012", "SCN012"]


def test_an_alias_that_contains_itself_is_not_yaml():
    (problem,) = problems(parse, "a: &a [*a]\n", "loop.yaml")
    assert (problem.code, problem.place) == ("DOC001", "loop.yaml:1")


def test_text_that_is_not_utf8_is_placed_at_its_line(tmp_path):
    path = tmp_path / "small.yaml"
    path.write_bytes(b"name: small\ntitle: Kapazit\xe4t\n")
    (problem,) = problems(load, path)
    assert problem.place == f"{path}:2"


@pytest.mark.parametrize("call", [lambda: first_day("2026-00"), lambda: start_of("2027-00")])
def test_month_zero_is_no_month(call):
    with pytest.raises(ValueError, match="write 2"):
        call()


def test_a_problem_of_a_figure_names_the_fact(tmp_path):
    catalog = tiny_copy(tmp_path)
    path = catalog / "systems" / "acme-fast.yaml"
    fact = "as_of: 2026-01, quality: measured, source: bench"
    old = f"price: [{{value: 400, unit: kUSD, {fact}}}]"
    new = f"price:\n  - {{value: 4, unit: USD, {fact}}}\n  - {{value: 5, unit: kW, {fact}}}"
    path.write_text(edited(path.read_text(), (old, new)))
    (problem,) = problems(load_catalog, catalog)
    assert (problem.place, problem.key) == (f"{path}:{line_of(path, 'value: 5')}", "price.1")


def test_shares_above_one_are_refused(tmp_path):
    path = written(tmp_path, edited(GOOD, ("service_level: 99 %", "service_level: 99")))
    (problem,) = problems(load, path)
    assert problem.key == "policy.service_level"


def test_a_carbon_price_may_be_per_tonne(tmp_path):
    edit = ("service_level: 99 %", "carbon_price: 100 USD/tCO2e")
    said = ("facility: 20 USD/kW/month", "facility: 20 USD/kW/month\n    carbon: 300 gCO2e/kWh")
    ((_, price),) = loaded(tmp_path, edit, said).scenario.policy.carbon_price.steps
    assert price == pytest.approx(1e-4)


def test_two_steps_of_one_period_are_refused(tmp_path):
    text = edited(GOOD, ("2027Q3: 3 MW", "2027-01: 3 MW"))
    (problem,) = problems(load, written(tmp_path, text))
    assert (problem.code, problem.key) == ("SCN004", "sites.home.power")


ROW = "{{system: acme-fast, scenario: curve, regime: field, throughput: {{value: 9, unit: {unit}, as_of: 2026-01, quality: measured, source: bench}}}}"


def rows(folder, unit: str):
    """A copy of the tiny catalog with one throughput row in a unit."""
    catalog = tiny_copy(folder)
    (catalog / "throughput").mkdir()
    text = f"id: small-8b\npoints:\n  - {ROW.format(unit=unit)}\n"
    (catalog / "throughput" / "small-8b.yaml").write_text(text)
    return catalog


def test_the_unit_of_a_throughput_row_is_checked(tmp_path):
    (problem,) = problems(load_catalog, rows(tmp_path, "kW"))
    assert problem.code == "DOC006"


def test_a_throughput_row_is_read_in_its_unit(tmp_path):
    (point,) = load_catalog(rows(tmp_path, "ktok/s/chip")).throughput["small-8b"].points
    assert point.throughput.number == 9000.0


def test_the_unit_of_a_scale_up_bandwidth_is_checked(tmp_path):
    catalog = tiny_copy(tmp_path)
    path = catalog / "systems" / "acme-fast.yaml"
    path.write_text(edited(path.read_text(), ("value: 450, unit: GB/s", "value: 450")))
    (problem,) = problems(load_catalog, catalog)
    assert problem.code == "DOC006"
