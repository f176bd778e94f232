"""Volumes: least and most, the smallest order, discounts by quantity, and what parts of systems cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.deals import Outcome, contract, refused, run, under

PROVES = (
    "tiers",
    "minimum_order",
    "volume discount on tier",
    "remaining value on tier",
)

FREE = {"min_total": "", "max_total": ""}
WHOLE = ("--integer",)


def volume(words: str) -> tuple[str, str]:
    return contract(f"based_on: buy, terms: {{volume: {{{words}}}}}")


def wanting(demand: str) -> tuple[str, str]:
    return "demand: 1 Mtok/h", f"demand: {demand}"


def bought(made: Outcome) -> list[float]:
    return [round(float(row["systems"]), 6) for row in made.table("deliveries")]


@pytest.mark.parametrize(
    ("words", "systems"),
    [("minimum: 7", [7.0]), ("maximum: 3", [3.0]), ("minimum: 2, maximum: 9", [5.0])],
)
def test_a_contract_has_its_least_and_its_most(
    tmp_path: Path, words: str, systems: list[float]
) -> None:
    """5 Gtok/h need five boxes: 7 where seven are the least, 3 where three are the most."""
    made = run(tmp_path, volume(words), wanting("5 Gtok/h"), under(**FREE))
    assert bought(made) == systems


def test_without_volumes_what_is_needed_is_bought(tmp_path: Path) -> None:
    """The twin: five boxes."""
    assert bought(run(tmp_path, wanting("5 Gtok/h"), under("buy", **FREE))) == [5.0]


def test_the_tighter_of_contract_and_offer_holds(tmp_path: Path) -> None:
    """At most four by the offer, three by the contract; at least one by the offer, two by the contract."""
    made = run(tmp_path, volume("minimum: 2, maximum: 3"), wanting("5 Gtok/h"), under(min_total="1", max_total="4"))  # fmt: skip
    assert bought(made) == [3.0]
    made = run(tmp_path, volume("minimum: 2, maximum: 3"), wanting("1 Gtok/h"), under(min_total="1", max_total="4"))  # fmt: skip
    assert bought(made) == [2.0]


GROWING = wanting("{2027: 5 Gtok/h, 2028: 6 Gtok/h}")
ALL_YEARS = {**FREE, "available_until": ""}


def test_an_order_is_at_least_its_least_size_or_none(tmp_path: Path) -> None:
    """Five boxes now and one in 2028 would be six; orders of four or more make it six at once.

    At 1 MUSD each and no interest both cost 6, so the sixth is not worth four later ones. The twin at
    10 % a year buys it when it is needed.
    """
    rate = ("discount_rate: 0 %/year", "discount_rate: 10 %/year")
    made = run(tmp_path, rate, volume("minimum_order: 4, maximum: 20"), GROWING, under(**ALL_YEARS), flags=WHOLE)  # fmt: skip
    assert bought(made) == [6.0]
    twin = run(tmp_path, rate, GROWING, under("buy", **ALL_YEARS), flags=WHOLE)
    assert bought(twin) == [5.0, 1.0]


def test_a_least_order_too_large_is_not_placed(tmp_path: Path) -> None:
    """One box-year of demand is worth 4 · 87.66 MUSD; a least order of 400 boxes costs 400."""
    made = run(tmp_path, volume("minimum_order: 400, maximum: 500"), wanting("1 Gtok/h"), under(**FREE), flags=WHOLE)  # fmt: skip
    assert bought(made) == []


RISING = "maximum: 20, tiers: [{begins: 0, discount: 0 %}, {begins: 4, discount: 10 %}, {begins: 8, discount: 20 %}]"  # fmt: skip


@pytest.mark.parametrize(("boxes", "saved"), [(3, 0.0), (6, 0.2), (10, 0.8)])
def test_each_tier_has_its_own_discount(tmp_path: Path, boxes: int, saved: float) -> None:
    """Six: two of them at 10 % off save 0.2. Ten: four at 10 % and two at 20 % save 0.8."""
    fixed = {"min_total": str(boxes), "max_total": str(boxes)}
    made = run(tmp_path, volume(RISING), under(**fixed), flags=WHOLE)
    assert made.musd("volume discount") == pytest.approx(-saved, abs=1e-9)
    assert made.capex_musd == pytest.approx(boxes - saved)
    assert run(tmp_path, under("buy", **fixed), flags=WHOLE).capex_musd == pytest.approx(boxes)


@pytest.mark.parametrize(("boxes", "saved"), [(3, 0.0), (6, 0.6), (10, 2.0)])
def test_a_discount_on_all_units_is_of_every_box(tmp_path: Path, boxes: int, saved: float) -> None:
    """Six at 10 % off save 0.6, ten at 20 % off 2.0."""
    fixed = {"min_total": str(boxes), "max_total": str(boxes)}
    made = run(tmp_path, volume(f"{RISING}, counted: all units"), under(**fixed), flags=WHOLE)
    assert made.musd("volume discount") == pytest.approx(-saved, abs=1e-9)


def test_more_is_bought_where_it_costs_less_in_all(tmp_path: Path) -> None:
    """Seven needed: eight at 20 % off all cost 6.4, seven at 10 % off 6.3: seven. At 25 %, eight for 6.

    Without the discount seven are bought.
    """
    needed = wanting("7 Gtok/h")
    made = run(
        tmp_path, volume(f"{RISING}, counted: all units"), needed, under(**FREE), flags=WHOLE
    )
    assert bought(made) == [7.0]
    better = RISING.replace("20 %", "25 %")
    made = run(
        tmp_path, volume(f"{better}, counted: all units"), needed, under(**FREE), flags=WHOLE
    )
    assert bought(made) == [8.0]
    assert made.capex_musd == pytest.approx(6)


def test_a_discount_is_earned_by_what_was_bought_before(tmp_path: Path) -> None:
    """Prices rise by half a year: five boxes of 2027 at 1, one of 2028 at 1.5.

    The first four have no discount, so 10 % is off one box of 2027 and the one of 2028: 0.25.
    """
    made = run(tmp_path, volume(RISING), GROWING, under(price_change="50 %/year", **ALL_YEARS), flags=WHOLE)  # fmt: skip
    assert bought(made) == [6.0]
    dear = {**ALL_YEARS, "price_change": "50 %/year", "max_per_period": "{2027: 5, 2028: 1}"}
    made = run(tmp_path, volume(RISING), GROWING, under(**dear), flags=WHOLE)
    assert bought(made) == [5.0, 1.0]
    assert [made.musd("volume discount", t) for t in (0, 1)] == pytest.approx([-0.1, -0.15])


FALLING = "maximum: 20, tiers: [{begins: 0, ends: 4, discount: 20 %}, {begins: 4, discount: 0 %}]"


def test_discounts_that_fall_need_no_whole_units(tmp_path: Path) -> None:
    """The first four at 20 % off: of 5.5 boxes 0.8 is saved, relaxed."""
    made = run(tmp_path, volume(FALLING), wanting("5.5 Gtok/h"), under(**FREE))
    assert bought(made) == [5.5]
    assert made.musd("volume discount") == pytest.approx(-0.8)


def test_what_was_not_paid_does_not_remain(tmp_path: Path) -> None:
    """Four boxes of 2029 at 20 % off: half of 3.2 is left after two of four years."""
    late = {"min_total": "4", "max_total": "4", "available_from": "2029", "available_until": "2029"}
    made = run(tmp_path, volume(FALLING), under(**late))
    assert made.musd("remaining value") == pytest.approx(-1.6)
    assert run(tmp_path, under("buy", **late)).musd("remaining value") == pytest.approx(-2)


def test_discounts_follow_the_instalments(tmp_path: Path) -> None:
    """A quarter at order in 2027, the rest at service in 2028: 0.2 and 0.6 of the 0.8 saved."""
    text = f"based_on: buy, terms: {{volume: {{{FALLING}}}, instalments: {{payments: [{{share: 25 %, at: order}}, {{share: 75 %, at: acceptance}}]}}}}"  # fmt: skip
    in_2028 = {
        "min_total": "4",
        "max_total": "4",
        "available_from": "2028",
        "available_until": "2028",
    }
    made = run(tmp_path, contract(text), under(**in_2028))
    assert [made.musd("volume discount", t) for t in (0, 1)] == pytest.approx([-0.2, -0.6])


def test_a_budget_counts_the_price_less_its_discount(tmp_path: Path) -> None:
    """3.2 MUSD buy four boxes at 20 % off, and 3.2 without it."""
    budget = ("offers:\n", "policy: {budget: {2027: 3.2 MUSD}}\noffers:\n")
    made = run(tmp_path, budget, volume(FALLING), wanting("9 Gtok/h"), under(**FREE))
    assert bought(made) == [pytest.approx(4)]
    assert bought(run(tmp_path, budget, wanting("9 Gtok/h"), under("buy", **FREE))) == [pytest.approx(3.2)]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("minimum_order: 4, maximum: 20", "a smallest order is all or nothing"),
        (f"{FALLING}, counted: all units", "a discount on all units is a step"),
        (RISING, "discounts that rise with quantity"),
    ],
)
def test_what_parts_of_systems_would_walk_around_is_refused_without_whole_units(
    tmp_path: Path, words: str, why: str
) -> None:
    """Refused at the offer with the flag to give; accepted with it."""
    said = refused(tmp_path, volume(words), under(**FREE))
    assert "SCN017" in said
    assert f"offers.deal.contract: {why}" in said
    assert "--integer" in said
    run(tmp_path, volume(words), under(**FREE), flags=WHOLE)


@pytest.mark.parametrize(
    ("words", "place", "says"),
    [
        ("maximum: 9, tiers: [{begins: 0, ends: 5, discount: 9 %}, {begins: 4, discount: 5 %}]", "tiers.1", "overlaps"),
        ("maximum: 9, tiers: [{begins: 0, ends: 3, discount: 9 %}, {begins: 4, discount: 5 %}]", "tiers.1", "no tier holds the units from 3 to 4"),
        ("maximum: 9, tiers: [{begins: 4, discount: 9 %}, {begins: 0, discount: 5 %}]", "tiers.1", "overlaps"),
        ("maximum: 9, tiers: [{begins: 1, discount: 9 %}]", "tiers.0", "does not begin at 0"),
        ("maximum: 9, minimum: 10", "minimum", "at least 10 are asked for and at most 9"),
        ("maximum: 9, minimum_order: 10", "minimum_order", "at least 10"),
    ],
)  # fmt: skip
def test_tiers_that_overlap_and_minima_above_maxima_are_refused(
    tmp_path: Path, words: str, place: str, says: str
) -> None:
    """Each at its place in the contract."""
    said = refused(tmp_path, volume(words), under(**FREE))
    assert "CAT008" in said
    assert f"contracts.ours.terms.volume.{place}: " in said
    assert says in said


def test_combinations_that_make_no_sense_are_told_together(tmp_path: Path) -> None:
    """Discounted boxes sold on at the curve of the full price, and no largest volume."""
    text = "based_on: buy, terms: {resale: true, volume: {tiers: [{begins: 0, discount: 9 %}]}}"
    said = refused(tmp_path, contract(text), under(**FREE))
    assert "contracts.ours.terms.volume.tiers: what was bought at a discount" in said
    assert "contracts.ours.terms.volume.maximum: a smallest order or a discount" in said
