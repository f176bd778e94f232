"""What a catalog folder can get wrong, in one file and between files."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from planner.catalog.load import load
from tests.support import TINY, edited, line_of, problems, shown, tiny_copy

FACT = "as_of: 2026-01, quality: measured, source: bench"
PRICE = f"price: [{{value: 400, unit: kUSD, {FACT}}}]"


@dataclass(frozen=True)
class Spoilt:
    """One place of one file: ``anchor`` becomes ``wrong``; ``right`` is its valid twin."""

    about: str
    file: str
    code: str
    key: str
    anchor: str
    wrong: str
    right: str = ""
    says: str = ""

    def __str__(self) -> str:
        return self.about.replace(" ", "-")


FAST = "systems/acme-fast.yaml"
SPOILT = [
    Spoilt("unknown key", FAST, "DOC003", "coling", "cooling: air", "coling: air", says="did you mean 'cooling'?"),
    Spoilt("unknown key inside a fact", FAST, "DOC003", "price.0.vaule", "price: [{value: 400,", "price: [{value: 400, vaule: 1,", says="did you mean 'value'?"),
    Spoilt("unknown key inside a tier", "chips/acme-fast-chip.yaml", "DOC003", "memory.0.speed", "    capacity:", "    speed: 3\n    capacity:", says="accepted here: bandwidth, capacity"),
    Spoilt("unknown quality", FAST, "DOC005", "price.0.quality", PRICE, PRICE.replace("measured", "guessed"), right=PRICE.replace("measured", "analyst")),
    Spoilt("word for a figure", FAST, "DOC005", "price", "value: 400, unit: kUSD", "value: a lot, unit: kUSD", says="write a number with its unit", right="value: not disclosed"),
    Spoilt("bare number for a figure", FAST, "DOC005", "price", PRICE, "price: 400"),
    Spoilt("unit of another kind", FAST, "DOC006", "price", "value: 400, unit: kUSD", "value: 400, unit: kW", says="this figure is kept in USD", right="value: 0.4, unit: MUSD"),
    Spoilt("unknown unit", FAST, "DOC006", "price", "value: 400, unit: kUSD", "value: 400, unit: quid", says="'quid' is not a unit"),
    Spoilt("no unit", FAST, "DOC006", "price", "value: 400, unit: kUSD", "value: 400"),
    Spoilt("unit on a pure number", FAST, "DOC006", "racks", "racks: [{value: 0.25,", "racks: [{value: 0.25, unit: kW,", says="this figure is kept in no unit"),
    Spoilt("negative figure", FAST, "DOC007", "price", "value: 400, unit: kUSD", "value: -400, unit: kUSD"),
    Spoilt("negative end of a range", FAST, "DOC007", "price", "value: 400, unit: kUSD", "value: 400, low: -1, unit: kUSD", right="value: 400, low: 300, unit: kUSD"),
    Spoilt("NaN figure", FAST, "DOC008", "price.0.value", "value: 400, unit: kUSD", "value: .nan, unit: kUSD"),
    Spoilt("infinite end of a range", FAST, "DOC008", "price.0.high", "value: 400, unit: kUSD", "value: 400, high: .inf, unit: kUSD", right="value: 400, high: 500, unit: kUSD"),
    Spoilt("fact of no date", FAST, "DOC009", "price.0.as_of", PRICE, PRICE.replace("2026-01", "recently"), right=PRICE.replace("2026-01", "2026-H1")),
    Spoilt("launch on no date", FAST, "DOC009", "available", "available: [{value: 2025-01", "available: [{value: someday", right="available: [{value: 2025-Q1"),
    Spoilt("unknown source", FAST, "CAT001", "price.0.source", PRICE, PRICE.replace("bench", "bnech"), says="did you mean 'bench'?", right=PRICE.replace("bench", "brochure")),
    Spoilt("unknown vendor", FAST, "CAT001", "vendor", "vendor: acme", "vendor: acne", says="did you mean 'acme'?"),
    Spoilt("unknown chip", FAST, "CAT001", "chip", "chip: acme-fast-chip", "chip: acme-chip", right="chip: acme-lean-chip"),
    Spoilt("unknown resale market", FAST, "CAT001", "resale", "resale: accelerator-resale", "resale: bazaar", says="add a file to markets/"),
    Spoilt("unknown market in practice", "practice.yaml", "CAT001", "resale", "resale: accelerator-resale", "resale: bazaar"),
    Spoilt("unknown vendor of a chip", "chips/acme-fast-chip.yaml", "CAT001", "vendor", "vendor: acme", "vendor: acne"),
    Spoilt("unknown model in silicon", "chips/acme-fast-chip.yaml", "CAT001", "runs.only_models.0", "runs:\n", "runs:\n  only_models: [big-8b]\n", right="runs:\n  only_models: [small-8b]\n", says="nothing in models is called 'big-8b'"),
    Spoilt("id unlike the file", FAST, "CAT003", "id", "id: acme-fast\n", "id: acme-swift\n", says="rename the file to acme-swift.yaml"),
]  # fmt: skip


@pytest.mark.parametrize("spoilt", SPOILT, ids=str)
def test_a_spoilt_catalog_is_refused_with_code_line_and_key(tmp_path, spoilt):
    catalog = tiny_copy(tmp_path)
    path = catalog / spoilt.file
    path.write_text(edited(path.read_text(), (spoilt.anchor, spoilt.wrong)))
    (problem,) = problems(load, catalog)
    changed = spoilt.wrong.removeprefix("runs:\n")
    place = f"{path}:{line_of(path, changed)}"
    assert (problem.code, problem.place) == (spoilt.code, place)
    assert problem.key in (spoilt.key, f"{spoilt.key}.0")
    assert spoilt.says in shown(problem)


@pytest.mark.parametrize("spoilt", [s for s in SPOILT if s.right], ids=str)
def test_its_valid_twin_loads(tmp_path, spoilt):
    catalog = tiny_copy(tmp_path)
    path = catalog / spoilt.file
    path.write_text(edited(path.read_text(), (spoilt.anchor, spoilt.right)))
    load(catalog)


def test_the_unspoilt_catalog_loads():
    catalog = load(TINY)
    assert sorted(catalog.systems) == ["acme-fast", "acme-lean"]
    assert sorted(catalog.contracts) == ["own", "rent", "reserve"]


def test_an_id_taken_by_another_file_is_refused_where_it_is_taken_again(tmp_path):
    catalog = tiny_copy(tmp_path)
    second = catalog / "systems" / "copy.yaml"
    second.write_text((catalog / FAST).read_text())
    found = problems(load, catalog)
    assert {(p.code, p.place, p.key) for p in found} == {
        ("CAT002", f"{second}:1", "id"),
        ("CAT003", f"{second}:1", "id"),
    }
    second.write_text(edited(second.read_text(), ("id: acme-fast\n", "id: copy\n")))
    assert "copy" in load(catalog).systems


def test_throughput_rows_name_a_model_and_systems_that_exist(tmp_path):
    catalog = tiny_copy(tmp_path)
    rows = catalog / "throughput" / "small-8b.yaml"
    rows.parent.mkdir()
    point = f"{{system: acme-fast, scenario: curve, regime: field, throughput: {{value: 9, unit: tok/s/chip, {FACT}}}}}"
    good = f"id: small-8b\npoints:\n  - {point}\n"
    rows.write_text(good)
    assert len(load(catalog).throughput["small-8b"].points) == 1
    rows.write_text(good.replace("acme-fast", "acme-past"))
    (problem,) = problems(load, catalog)
    assert (problem.code, problem.place, problem.key) == ("CAT001", f"{rows}:3", "points.0.system")
    rows.rename(rows.with_name("big-8b.yaml"))
    rows.with_name("big-8b.yaml").write_text(good.replace("small-8b", "big-8b"))
    (problem,) = problems(load, catalog)
    assert (problem.code, problem.key) == ("CAT001", "id")


def test_a_folder_without_sources_is_no_catalog(tmp_path):
    (problem,) = problems(load, tmp_path)
    assert (problem.code, problem.place) == ("CAT004", str(tmp_path))


def test_a_missing_practice_file_is_named(tmp_path):
    catalog = tiny_copy(tmp_path)
    (catalog / "practice.yaml").unlink()
    (problem,) = problems(load, catalog)
    assert (problem.code, problem.place) == ("DOC001", str(catalog / "practice.yaml"))


def test_problems_of_all_files_come_together(tmp_path):
    catalog = tiny_copy(tmp_path)
    wrong = {
        FAST: ("cooling: air", "coling: air"),
        "systems/acme-lean.yaml": ("value: 8, unit: kW", "value: 8, unit: kg"),
        "models/small-8b.yaml": ("state: T", "state: Q"),
        "vendors/acme.yaml": ("name: Acme\n", ""),
        "pools/hbm3e.yaml": ("unit: GB\n", "unit: GB\nunit: TB\n"),
    }
    for file, edit in wrong.items():
        path = catalog / file
        path.write_text(edited(path.read_text(), edit))
    found = problems(load, catalog)
    assert {(p.code, p.place.rsplit("/", 1)[1].split(":")[0]) for p in found} == {
        ("DOC003", "acme-fast.yaml"),
        ("DOC006", "acme-lean.yaml"),
        ("DOC005", "small-8b.yaml"),
        ("DOC004", "acme.yaml"),
        ("DOC002", "hbm3e.yaml"),
    }
