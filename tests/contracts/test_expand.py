"""Option to expand: more systems at a price agreed today, until a date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import SHED_MUSD, contract, refused, run, under
from tests.contracts.papers import dear, demand, paper

PROVES = ("right",)
GROWS = ("demand: 1 Mtok/h", "demand: {2027: 2 Gtok/h, 2028: 6 Gtok/h}")
TWO = {"min_total": "", "max_total": "2"}
"""Two boxes in 2027 at most."""


def expand(text: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{expand: {{{text}}}}}")


def sums(table: list[dict[str, str]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for row in table:
        found[row["offer"]] = found.get(row["offer"], 0.0) + float(row["systems"])
    return found


def test_more_is_ordered_at_the_agreed_price_up_to_its_share(tmp_path: Path) -> None:
    """Two boxes in 2027 at 1, as many more in 2028 at the agreed 1.5 though six are asked for.

    Two of six are shed for three years; a quarter of what came in 2028 is left: 2 + 3 − 0.75.
    """
    text = "share: 1, until: 2028-12, price: 1.5 MUSD"
    made = run(tmp_path, GROWS, expand(text), under(**TWO))
    assert [made.musd("purchase", year) for year in range(4)] == pytest.approx([2, 3, 0, 0])
    assert made.npv_musd == pytest.approx(-(2 + 3 - 0.75 + 6 * SHED_MUSD))
    (right,) = made.table("rights")
    assert (right["held_under"], right["advice"], right["decide_by"]) == ("deal", "exercise", "2028-12-31")  # fmt: skip


def test_without_the_option_there_are_two(tmp_path: Path) -> None:
    """The twin: four of six are shed for three years."""
    made = run(tmp_path, GROWS, under("buy", **TWO))
    assert made.npv_musd == pytest.approx(-(2 + 12 * SHED_MUSD))


def test_a_signed_contract_brings_its_option_without_another_box(tmp_path: Path) -> None:
    """Four signed boxes; at most three more for 2 MUSD each: 2028 needs eight, one is shed."""
    given = paper(contract="ours", delivery="2027")
    wanted = ("demand: 1 Mtok/h", "demand: {2027: 4 Gtok/h, 2028: 8 Gtok/h}")
    text = "most: 3, until: 2029-12-31, price: 2 MUSD, lead_time: 10 weeks"
    made = run(tmp_path, wanted, dear(), expand(text), given)
    assert sums(made.table("deliveries")) == pytest.approx({"paper": 4.0, "paper-expand": 3.0})
    assert made.musd("purchase", 1) == pytest.approx(6.0)
    assert made.musd("shed penalty") == pytest.approx(3 * SHED_MUSD)
    right = next(row for row in made.table("rights") if row["held_under"] == "paper")
    assert (right["advice"], right["decide_by"]) == ("exercise", "2029-12-31")
    assert float(right["used"]) == pytest.approx(3)
    twin = run(tmp_path, wanted, dear(), paper(delivery="2027"))
    assert twin.musd("shed penalty") == pytest.approx(12 * SHED_MUSD)


def test_what_could_not_come_in_time_is_excluded_and_says_so(tmp_path: Path) -> None:
    """The right ends in December 2026; ten weeks' delivery is ordered by then, thirty's is for 2027."""
    given = paper(contract="ours", delivery="2027")
    wanted = demand(8)
    for weeks, bought in (("3 weeks", True), ("1 year", False)):
        text = f"most: 3, until: 2026-12-15, price: 2 MUSD, lead_time: {weeks}"
        made = run(tmp_path, wanted, dear(), expand(text), given)
        assert ("paper-expand" in sums(made.table("deliveries"))) is bought


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("share: 1, until: 2026-10, price: 1 MUSD", "RGT002", "the right ended on 2026-10-31"),
        ("until: 2028, price: 1 MUSD", "CAT006", "says by how much"),
        ("share: 1, until: 2028, rate: 1 USD/chip/h", "CAT006", "has a 'price'"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(
    tmp_path: Path, text: str, code: str, words: str
) -> None:
    """A window in the past, no size, or the price of another kind of contract."""
    said = refused(tmp_path, expand(text), under(**TWO))
    assert code in said
    assert "contracts.ours.terms.expand" in said
    assert words in said


def test_an_id_that_the_right_needs_is_refused(tmp_path: Path) -> None:
    """What is ordered under the right of 'paper' is called 'paper-expand'."""
    text = expand("most: 3, until: 2028, price: 1 MUSD")
    second = ("offers:\n", "installed:\n  deal-expand: {system: box, site: home, count: 1, in_service: 2026, price: 1 MUSD}\noffers:\n")  # fmt: skip
    said = refused(tmp_path, text, under(**TWO), second)
    assert "DOC002" in said
    assert "installed.deal-expand" in said


def test_a_limit_on_the_offer_counts_what_comes_under_its_right(tmp_path: Path) -> None:
    """At most three of 'deal': two and one under its option instead of two and two."""
    text = "share: 1, until: 2028-12, price: 1.5 MUSD"
    limit = ("offers:\n", "policy: {limits: {few: {group: {offers: [deal]}, measure: systems, at_most: 3}}}\noffers:\n")  # fmt: skip
    made = run(tmp_path, GROWS, expand(text), under(**TWO), limit)
    assert sums(made.table("deliveries")) == pytest.approx({"deal": 2.0, "deal-expand": 1.0})
