"""Contracts of a scenario's own: templates changed term by term, figures written as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.catalog.fact import SCENARIO
from planner.catalog.load import load as load_catalog
from planner.catalog.term import Reading
from planner.scenario.load import load
from tests.contracts.deals import contract, refused, run, scenario, under
from tests.support import problems, tiny_copy

PAID = "instalments: {payments: [{share: 20 %, at: order}, {share: 80 %, at: acceptance}]}"


def test_a_bare_figure_is_a_fact_the_scenario_assumes(tmp_path: Path) -> None:
    """20 % becomes 0.2, dated at the as-of date, quality assumption, source scenario."""
    path = scenario(tmp_path, contract(f"based_on: buy, terms: {{{PAID}}}"), under())
    terms = load(path).catalog.contracts["ours"].terms
    assert terms is not None
    (fact,) = terms.typed["instalments"].payments[0].share  # type: ignore[attr-defined]
    assert (fact.value, fact.as_of, fact.quality, fact.source) == (
        pytest.approx(0.2),
        "2026-12-01",
        "assumption",
        SCENARIO,
    )


def test_a_figure_may_bring_its_source_and_keeps_its_tier(tmp_path: Path) -> None:
    """Two measured facts leave that tier, two bare figures the tier assumed."""
    sourced = PAID
    for share in ("20 %", "80 %"):
        number = share.removesuffix(" %")
        fact = f'[{{value: {number}, unit: "%", as_of: 2026-01, quality: measured, source: bench}}]'
        sourced = sourced.replace(share, fact)
    for written, tier in ((sourced, "measured"), (PAID, "assumed")):
        path = scenario(tmp_path, contract(f"based_on: buy, terms: {{{written}}}"), under())
        found = load(path)
        terms = found.catalog.contracts["ours"].terms
        assert terms is not None
        reading = Reading(found.scenario.timeline)
        terms.agreed(reading)
        assert (reading.tiers, reading.missing) == ([tier, tier], [])


def test_terms_not_written_are_the_templates(tmp_path: Path) -> None:
    """Based on the reservation of two years, with nothing changed: the same money, its own name."""
    hosted = {"sites": "[cloud]", "price": "100 USD/chip/h"}
    same = run(tmp_path, contract("based_on: reserve"), under(**hosted))
    twin = run(tmp_path, under("reserve", **hosted))
    assert same.npv_musd == pytest.approx(twin.npv_musd)
    assert same.musd("reservation") == pytest.approx(10 * 100 * 8766 * 2 / 1e6)
    assert {line["contract"] for line in twin.ledger if line["subject"] == "deal"} == {"reserve"}
    assert {line["contract"] for line in same.ledger if line["subject"] == "deal"} == {"ours"}


def test_a_term_replaces_the_templates_term_of_its_name(tmp_path: Path) -> None:
    """The template lasts two years, ours one: half of it is paid."""
    hosted = {"sites": "[cloud]", "price": "100 USD/chip/h"}
    made = run(tmp_path, contract("based_on: reserve, terms: {term: 1 year}"), under(**hosted))
    assert made.musd("reservation") == pytest.approx(10 * 100 * 8766 / 1e6)


@pytest.mark.parametrize(
    ("text", "code", "place", "says"),
    [
        ("based_on: buyy", "SCN001", "contracts.ours.based_on", "did you mean 'buy'?"),
        ("terms: {resale: true}", "DOC004", "contracts.ours.terms.ownership", "based_on"),
        ("based_on: buy, terms: {instalment: {}}", "DOC003", "contracts.ours.terms.instalment", "did you mean 'instalments'?"),
        ("based_on: reserve, terms: {term: 20 %}", "DOC006", "contracts.ours.terms.term:", "kept in year"),
        ("based_on: reserve, terms: {term: soon}", "DOC005", "contracts.ours.terms.term:", "'soon' is not a number"),
        ("terms: {ownership: reserve}", "CAT006", "contracts.ours.terms.term", "needs its term"),
    ],
)  # fmt: skip
def test_what_a_contract_cannot_say_is_refused_at_its_line(
    tmp_path: Path, text: str, code: str, place: str, says: str
) -> None:
    """Each with code, file and line, key and hint; the contract stands on line 23 of the file."""
    said = refused(tmp_path, contract(text), under(sites="[cloud]"))
    assert f"{code} {tmp_path}/deal.yaml:23 {place}" in said
    assert says in said


def test_an_id_of_the_catalog_is_taken(tmp_path: Path) -> None:
    """A contract of ours called as a template is would hide it."""
    said = refused(tmp_path, ("contracts: {}", "contracts:\n  buy: {based_on: buy}"))
    assert "DOC002" in said
    assert "contracts.buy: 'buy' is a contract of the catalog" in said


def test_a_catalog_must_still_bring_facts(tmp_path: Path) -> None:
    """The same bare figure in a catalog file is refused."""
    folder = tiny_copy(tmp_path)
    path = folder / "contracts" / "own.yaml"
    path.write_text(f"id: own\nname: Purchase\nterms: {{ownership: own, {PAID}}}\n")
    found = problems(load_catalog, folder)
    assert {problem.code for problem in found} == {"DOC005"}
    assert found[0].key.startswith("terms.instalments.payments.0.share")


def test_money_without_an_offer_names_whose_terms_it_follows(tmp_path: Path) -> None:
    """Ten boxes that draw nothing, and demand far above them: only penalties, of the workload."""
    wanted = ("demand: 1 Mtok/h", "demand: 20 Gtok/h")
    made = run(tmp_path, wanted)
    assert {(line["account"], line["contract"]) for line in made.ledger if float(line["usd"])} == {
        ("purchase", "buy"),
        ("shed penalty", "workload work"),
    }
    assert all(line["contract"] for line in made.ledger)
