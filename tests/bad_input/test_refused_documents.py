"""What a single scenario file can get wrong: keys, kinds, units, numbers, dates."""

from __future__ import annotations

import pytest

from planner.scenario.load import load
from tests.support import GOOD, Mistake, assert_refused, edited, loaded, problems, written

MISTAKES = [
    Mistake("unknown key at the top", "DOC003", "polcy", "policy:", "polcy:", says="did you mean 'policy'?"),
    Mistake("unknown key deep inside", "DOC003", "sites.home.racsk", "racks: 100", "racks: 100\n    racsk: 100", says="did you mean 'racks'?", mark="racsk"),
    Mistake("unknown key unlike any", "DOC003", "horizon.zzz", "periods: 4}", "periods: 4, zzz: 1}", says="accepted here: periods, start, unit", right="periods: 4, unit: quarter}"),
    Mistake("missing key", "DOC004", "workloads.chat.osl", "    osl: 512\n", "", mark="  chat:"),
    Mistake("site without what its kind needs", "DOC004", "sites.home.facility", "    facility: 20 USD/kW/month\n", "", mark="  home:"),
    Mistake("load block without tariff", "DOC004", "sites.home.tariff.off-peak", "tariff: {peak: 0.1 USD/kWh, off-peak: 0.06 USD/kWh}", "tariff: {peak: 0.1 USD/kWh}"),
    Mistake("word that is no choice", "DOC005", "sites.home.kind", "kind: owned", "kind: rented", right="kind: colocation"),
    Mistake("word for a boolean", "DOC005", "whole_units", "horizon:", "whole_units: maybe\nhorizon:", right="whole_units: true\nhorizon:"),
    Mistake("part of a period", "DOC005", "horizon.periods", "periods: 4", "periods: 4.5", right="periods: 5"),
    Mistake("name that is no kebab", "DOC005", "name", "name: small", "name: Small One", right="name: small-one"),
    Mistake("list for a quantity", "DOC005", "discount_rate", "discount_rate: 9 %/year", "discount_rate: [9 %/year]"),
    Mistake("unknown unit", "DOC006", "sites.home.rack_density", "rack_density: 60 kW", "rack_density: 60 kiloWhat", says="this key takes kW", right="rack_density: 60000 W"),
    Mistake("unit of another kind", "DOC006", "sites.home.liquid", "liquid: 1 MW", "liquid: 1 MWh", says="'MWh' is not a unit of the same kind as 'kW'"),
    Mistake("no unit", "DOC006", "sites.home.network_latency", "network_latency: 20 ms", "network_latency: 20", says="needs a unit"),
    Mistake("unit where none belongs", "DOC006", "sites.home.racks", "racks: 100", "racks: 100 kW", says="this key takes a pure number"),
    Mistake("wrong unit in one step", "DOC006", "sites.home.power", "2027Q3: 3 MW", "2027Q3: 3 MUSD"),
    Mistake("wrong unit of growth", "DOC006", "workloads.chat.demand", "growth: 40 %/year", "growth: 40 %"),
    Mistake("wrong unit of a pool", "DOC006", "pools.hbm3e.amount", "amount: 60 TB", "amount: 60 kW", right="amount: 60000 GB"),
    Mistake("negative quantity", "DOC007", "sites.home.rack_density", "rack_density: 60 kW", "rack_density: -60 kW"),
    Mistake("negative step", "DOC007", "sites.home.power", "2027Q3: 3 MW", "2027Q3: -3 MW"),
    Mistake("negative price", "DOC007", "offers.fast-buy.price", "price: 0.4 MUSD", "price: -0.4 MUSD"),
    Mistake("count of nothing", "DOC007", "installed.old.count", "count: 4", "count: 0"),
    Mistake("negative prompt", "DOC007", "workloads.chat.isl", "isl: 1024", "isl: -1024"),
    Mistake("NaN for a number", "DOC008", "installed.old.count", "count: 4", "count: .nan"),
    Mistake("NaN for a quantity", "DOC008", "policy.service_level", "service_level: 99 %", "service_level: .nan"),
    Mistake("infinity for a series", "DOC008", "sites.home.racks", "racks: 100", "racks: .inf"),
    Mistake("as-of date that is none", "DOC009", "as_of", "as_of: 2026-11-20", "as_of: today", says="'today' is not a date"),
    Mistake("period that is none", "DOC009", "sites.home.power", "2027Q3: 3 MW", "2027Q5: 3 MW", says="'2027Q5' is no period"),
    Mistake("horizon that starts at no period", "DOC009", "horizon", "start: 2027Q1", "start: 2027Q0"),
    Mistake("delivery date that is none", "DOC009", "offers.fast-buy.available_from", "price: 0.4 MUSD", "available_from: soon", right="available_from: 2027-Q2"),
    Mistake("service date that is none", "DOC009", "installed.old.in_service", "in_service: 2025-01", "in_service: 2025-13"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_named_with_its_code_its_line_and_its_key(tmp_path, mistake):
    path = written(tmp_path, edited(GOOD, (mistake.anchor, mistake.wrong)))
    (problem,) = problems(load, path)
    assert_refused(problem, mistake, path)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_the_same_file_without_the_mistake_loads(tmp_path, mistake):
    loaded(tmp_path, (mistake.anchor, mistake.twin))


def test_broken_yaml_is_refused_at_its_line(tmp_path):
    path = written(tmp_path, edited(GOOD, ("periods: 4}", "periods: 4")))
    (problem,) = problems(load, path)
    assert problem.code == "DOC001"
    assert problem.place.startswith(f"{path}:")
    assert problem.what.startswith("not YAML")


def test_two_documents_in_one_file_are_refused(tmp_path):
    (problem,) = problems(load, written(tmp_path, GOOD + "---\nname: second\n"))
    assert problem.code == "DOC001"


def test_a_file_that_is_not_utf8_is_refused_and_the_same_text_in_utf8_loads(tmp_path):
    text = GOOD + "title: Kapazität\n"
    path = tmp_path / "small.yaml"
    path.write_bytes(text.encode("latin-1"))
    (problem,) = problems(load, path)
    assert (problem.code, problem.what) == ("DOC001", "cannot be read: it is not UTF-8 text")
    assert str(path) in problem.place
    assert load(written(tmp_path, text)).scenario.title == "Kapazität"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    (problem,) = problems(load, tmp_path / "absent.yaml")
    assert problem.code == "DOC001"
    assert problem.place == str(tmp_path / "absent.yaml")


def test_a_key_written_twice_is_refused_at_the_second_and_names_the_first(tmp_path):
    path = written(tmp_path, GOOD + "name: again\n")
    (problem,) = problems(load, path)
    last = GOOD.count("\n") + 1
    assert (problem.code, problem.place, problem.key) == ("DOC002", f"{path}:{last}", "name")
    assert "line 1" in problem.hint


@pytest.mark.parametrize("text", ["- a\n- b\n", "just a word\n"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path, text):
    path = written(tmp_path, text)
    (problem,) = problems(load, path)
    assert (problem.code, problem.place) == ("DOC005", f"{path}:1")


def test_an_empty_file_misses_every_required_key_at_once(tmp_path):
    found = problems(load, written(tmp_path, ""))
    assert {problem.code for problem in found} == {"DOC004"}
    assert {"name", "as_of", "horizon", "sites", "workloads"} <= {p.key for p in found}


def test_all_mistakes_of_a_file_are_told_together(tmp_path):
    wrong = edited(
        GOOD,
        ("racks: 100", "rakcs: 100"),
        ("liquid: 1 MW", "liquid: 1 MUSD"),
        ("count: 4", "count: -4"),
        ("as_of: 2026-11-20", "as_of: never"),
        ("    osl: 512\n", ""),
    )
    found = problems(load, written(tmp_path, wrong))
    assert {(p.code, p.key) for p in found} == {
        ("DOC003", "sites.home.rakcs"),
        ("DOC006", "sites.home.liquid"),
        ("DOC007", "installed.old.count"),
        ("DOC009", "as_of"),
        ("DOC004", "workloads.chat.osl"),
    }
