"""Signed contracts: fixed deliveries, payments still due, states, and sites that cannot hold them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import called
from tests.contracts.deals import SHED_MUSD, refused, run, scenario
from tests.contracts.papers import dear, demand, discounted, free, paper

PROVES = ("signed payments on deliver", "due past horizon on deliver")
HALF_DUE = "[{date: 2027-07-01, amount: 1 MUSD}, {date: 2028-01-01, amount: 1 MUSD}]"


def test_a_locked_contract_is_delivered_and_pays_what_is_still_due(tmp_path: Path) -> None:
    """Four boxes for 4 MUSD, half paid long ago; in service from 2028: 2027 is shed, 4 · 87.66.

    1 MUSD falls due in 2027 and 1 in 2028. At the horizon's end a quarter of the life is left, and
    of that the unpaid half counts: 4 · 0.25 · 0.5 = 0.5.
    """
    made = run(tmp_path, demand(4), dear(), paper(due=HALF_DUE))
    assert [made.musd("signed payments", year) for year in range(4)] == pytest.approx([1, 1, 0, 0])
    assert made.musd("remaining value") == pytest.approx(-0.5)
    assert made.npv_musd == pytest.approx(-(4 * SHED_MUSD + 2 - 0.5))
    assert made.capex_musd == pytest.approx(2)
    (row,) = made.table("deliveries")
    assert (row["state"], row["in_service"], row["order_by"]) == ("locked", "2028", "")


def test_without_it_everything_is_shed(tmp_path: Path) -> None:
    """The twin: four years of 4 · 87.66."""
    made = run(tmp_path, demand(4), dear())
    assert made.npv_musd == pytest.approx(-16 * SHED_MUSD)


def test_it_is_delivered_even_where_nothing_is_asked_for(tmp_path: Path) -> None:
    """It binds: 2 MUSD are paid for boxes that serve next to nothing."""
    made = run(tmp_path, dear(), paper(due=HALF_DUE))
    assert made.musd("signed payments") == pytest.approx(2)


@pytest.mark.parametrize("state", ["asked", "offered", "approved"])
def test_what_does_not_bind_is_a_choice_until_its_last_day(tmp_path: Path, state: str) -> None:
    """Two boxes of four are worth their price and are taken; at 1 BUSD each it lapses."""
    given = paper(state=state, change_by="2027-03-31", due="[{date: 2027-07-01, amount: 4 MUSD}]")
    absurd = paper(state=state, change_by="2027-03-31", price="1 BUSD", due="[{date: 2028, amount: 4 BUSD}]")  # fmt: skip
    (right,) = run(tmp_path, demand(2), dear(), absurd).table("rights")
    assert (right["advice"], right["decide_by"]) == ("let lapse", "2027-03-31")
    made = run(tmp_path, demand(2), dear(), given)
    (right,) = made.table("rights")
    assert (right["advice"], float(right["used"])) == ("exercise in part", pytest.approx(2))
    assert made.musd("signed payments") == pytest.approx(2)
    (row,) = made.table("deliveries")
    assert (row["state"], row["change_by"], row["order_by"]) == (state, "2027-03-31", "2027-03-31")


def offered(price_musd: float) -> tuple[str, str]:
    """Four boxes offered for 2028 at a price each, all of it still due."""
    due = f"[{{date: 2028, amount: {4 * price_musd!r} MUSD}}]"
    return paper(state="offered", change_by="2027-03-31", price=f"{price_musd!r} MUSD", due=due)


def test_what_is_offered_too_dear_has_the_price_at_which_it_would_be_taken(tmp_path: Path) -> None:
    """A box serves for three years of its four and saves 3 · 87.66; a quarter of its price is left.

    p − p / 4 = 262.98, so p = 350.64 MUSD of the 1,000 asked: at 1 % below two of four are taken, at
    1 % above none, each planned from nothing.
    """
    made = run(tmp_path, demand(2), dear(), offered(1000.0))
    (line,) = [row for row in made.table("options") if row["id"] == "paper"]
    price = 3 * SHED_MUSD / 0.75
    assert (line["verdict"], line["target_proven"]) == ("lost", "True")
    assert float(line["target_price_usd"]) == pytest.approx(price * 1e6)
    assert (line["target_delivery"], line["target_order_by"]) == ("2028", "2027-03-31")
    for share, taken in ((0.99, 2.0), (1.01, 0.0)):
        (right,) = run(tmp_path, demand(2), dear(), offered(price * share)).table("rights")
        assert float(right["used"]) == pytest.approx(taken)


def test_what_binds_has_no_price_left_to_negotiate(tmp_path: Path) -> None:
    """Twin: locked, it is taken whatever it costs."""
    made = run(tmp_path, demand(2), dear(), paper(due=HALF_DUE))
    (line,) = [row for row in made.table("options") if row["id"] == "paper"]
    assert (line["verdict"], line["target_price_usd"]) == ("chosen", "")


def test_an_ended_contract_is_nothing(tmp_path: Path) -> None:
    """Shown as excluded with its reason, and costs nothing."""
    made = run(tmp_path, demand(4), dear(), paper(state="ended", due=HALF_DUE))
    assert made.npv_musd == pytest.approx(-16 * SHED_MUSD)
    (line,) = [row for row in made.table("options") if row["id"] == "paper"]
    assert (line["verdict"], line["why"]) == ("excluded", "ended")


def test_a_hosted_term_begun_before_the_horizon_has_only_its_rest(tmp_path: Path) -> None:
    """Two years from 2026 at 100 USD/h: one is left, four boxes at 0.8766 MUSD a year."""
    given = paper(contract="reserve", site="cloud", delivery="2026", ordered="2025-10", price="100 USD/chip/h", due="", state="active")  # fmt: skip
    made = run(tmp_path, demand(4), dear(), given)
    assert [made.musd("reservation", year) for year in range(4)] == pytest.approx([3.5064, 0, 0, 0])
    assert made.npv_musd == pytest.approx(-(12 * SHED_MUSD + 3.5064))


def test_a_payment_past_the_horizon_is_charged_at_its_discounted_amount(tmp_path: Path) -> None:
    """4 MUSD due on 2033-01-01, two years after the end: at 10 % worth 4 · 1.1^-2 = 3.3058 then.

    It is no cash of the horizon; the commitment table shows it.
    """
    given = paper(due="[{date: 2033-01-01, amount: 4 MUSD}]")
    made = run(tmp_path, discounted(), dear(), given)
    assert made.musd("due past horizon") == pytest.approx(4 * 1.1**-2, rel=1e-3)
    assert all(row["account"] != "due past horizon" for row in made.table("cash"))
    row = next(row for row in made.table("commitments") if row["offer"] == "paper")
    assert float(row["charged_past_horizon_usd"]) == pytest.approx(4e6 * 1.1**-2, rel=1e-3)


def test_it_draws_its_pool_in_the_period_it_was_ordered_in(tmp_path: Path) -> None:
    """A box holds 1,000 GB and 5,000 arrive in all: four are drawn, one box more can be bought.

    Without the signed four, all five go to the boxes the plan wants.
    """
    pools = ("contracts: {}", "pools: {hbm3e: {amount: {2027: 5000 GB, 2028: 0 GB}, draw_at: order}}\ncontracts: {}")  # fmt: skip
    made = run(tmp_path, demand(8), pools, free("buy"), paper())
    bought = {row["offer"]: float(row["systems"]) for row in made.table("deliveries")}
    assert bought == pytest.approx({"deal": 1.0, "paper": 4.0})


def test_commitments_above_the_sites_power_are_refused_with_site_period_and_amount(
    tmp_path: Path,
) -> None:
    """Four boxes of 1 MW in 2028 where 3 MW are: 1 MW too much. At 4 MW it fits."""
    said = refused(tmp_path, dear(), paper(), ("power: 1 GW", "power: 3 MW"))
    assert "RGT001" in said
    assert "sites.home.power: commitments take 4 MW in 2028, 1 MW more than the site has" in said
    assert "paper" in said
    run(tmp_path, dear(), paper(), ("power: 1 GW", "power: 4 MW"))


def test_what_stands_makes_room_for_what_is_signed(tmp_path: Path) -> None:
    """Two boxes stand and four are signed where 4 MW are: the standing ones are switched off, 4 serve."""
    standing = ("contracts: {}", "installed: {old: {system: box, site: home, count: 2, in_service: 2026-01, life: 9 year}}\ncontracts: {}")  # fmt: skip
    made = run(tmp_path, demand(8), dear(), standing, paper(), ("power: 1 GW", "power: 4 MW"))
    fleet = {row["period"]: float(row["systems"]) for row in made.table("fleet")}
    assert fleet["2028"] == pytest.approx(4.0)


def test_commitments_above_the_sites_racks_are_refused(tmp_path: Path) -> None:
    """Four positions where three are."""
    said = refused(tmp_path, dear(), paper(), ("racks: 1000", "racks: 3"))
    assert "commitments take 4 positions in 2028, 1 positions more" in said


@pytest.mark.parametrize(
    ("changes", "code", "key", "words"),
    [
        ({"due": ""}, "DOC004", "signed.paper.due", "which payments are still due"),
        ({"due": "[{date: 2027, amount: 5 MUSD}]"}, "RGT003", "signed.paper.due", "5,000,000 USD are still due"),
        ({"due": "[{date: 2026-01, amount: 1 MUSD}]"}, "RGT003", "signed.paper.due.0.date", "before the as-of date"),
        ({"state": "offered"}, "DOC004", "signed.paper.change_by", "nobody says until when"),
        ({"state": "offered", "change_by": "2026-10-01"}, "RGT002", "signed.paper.change_by", "could be changed until 2026-10-01"),
        ({"delivery": "2031"}, "SCN004", "signed.paper.delivery", "after the last period"),
        ({"ordered": "2028-06"}, "SCN004", "signed.paper.delivery", "before it is ordered"),
        ({"site": "cloud"}, "SCN015", "signed.paper.site", "cannot be signed at 'cloud'"),
        ({"contract": "hour", "site": "cloud", "price": "1 USD/chip/h", "due": ""}, "RGT003", "signed.paper.contract", "by the hour"),
        ({"price": "1 USD/chip/h"}, "DOC006", "signed.paper.price", "USD"),
        ({"system": "bax"}, "SCN001", "signed.paper.system", "did you mean 'box'?"),
        ({"contract": "reserve", "site": "cloud", "price": "1 USD/chip/h", "due": HALF_DUE}, "RGT003", "signed.paper.due", "pays its rate"),
    ],
)  # fmt: skip
def test_a_signed_contract_that_makes_no_sense_is_named(
    tmp_path: Path, changes: dict[str, str], code: str, key: str, words: str
) -> None:
    """Each with its code, its key and what is wrong."""
    said = refused(tmp_path, dear(), paper(**changes))
    assert f"{code} " in said
    assert f"{key}: " in said
    assert words in said


def test_people_are_told_what_to_decide_and_what_is_owed(tmp_path: Path) -> None:
    """The run ends with the rights by their last day, and with exit fees and what lies past the horizon."""
    given = paper(state="offered", change_by="2027-03-31", due="[{date: 2031-07, amount: 4 MUSD}]")
    told = called("run", scenario(tmp_path, demand(2), dear(), given), "--out", tmp_path / "out")
    assert told.code == 0
    assert "Rights to exercise or let lapse" in told.out
    row = next(line for line in told.out.splitlines() if "take what is offered" in line)
    assert row.split() == ["2027-03-31", "take", "what", "is", "offered", "paper", "of", "2028", "2", "of", "4", "exercise", "in", "part"]  # fmt: skip
    assert "Owed past the horizon: 2 MUSD, of which 2 MUSD is above" in told.out
