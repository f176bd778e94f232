"""What-if verbs change the scenario as they say, and the answer is the plan of the changed scenario."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.errors import UnknownName, Usage
from planner.plan.diff import Change
from planner.plan.what_if.question import asked as question
from planner.plan.what_if.question import changes_of, known_verbs
from planner.report.diff import block_rows
from tests.cli.command import Called, called
from tests.plan.plans import loaded, options

QUICK = options("quickstart")
ASKED = loaded("quickstart").scenario


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("pin b200-buy >= 40", {"policy.limits.what-if-b200-buy": {"group": {"offers": ["b200-buy"]}, "measure": "systems", "at_least": 40.0}}),
        ("pin b200-buy@columbus = 4", {"policy.limits.what-if-b200-buy-columbus": {"group": {"offers": ["b200-buy"]}, "measure": "systems", "at_sites": ["columbus"], "at_least": 4.0, "at_most": 4.0}}),
        ("pin amd-mi355x <= 2.5", {"policy.limits.what-if-amd-mi355x": {"group": {"offers": ["mi355x-buy"]}, "measure": "systems", "at_most": 2.5}}),
        ("ban b200-buy", {"offers.b200-buy": None}),
        ("ban nvidia-hgx-h200@columbus", {"offers.h200-buy": None}),
        ("price mi355x-buy = 0.3 MUSD", {"offers.mi355x-buy.price": "0.3 MUSD"}),
        ("price mi355x-buy = -50 %", {"offers.mi355x-buy.price_factor": 0.5}),
        ("price mi355x-buy = +10 %", {"offers.mi355x-buy.price_factor": 1.1}),
    ],
)  # fmt: skip
def test_a_verb_becomes_changes_of_the_scenario(text: str, changes: dict[str, object]) -> None:
    assert changes_of(text, QUICK, ASKED) == changes


def test_a_system_means_all_its_offers() -> None:
    assert set(changes_of("ban nvidia-hgx-b200", QUICK, ASKED)) == {"offers.b200-buy", "offers.b200-reserve-1y", "offers.b200-on-demand"}  # fmt: skip


def test_a_slip_of_two_quarters_is_half_a_year() -> None:
    """20 weeks and 26.09; the first delivery was due 2027Q3 for an order of 20 November and 20 weeks."""
    changes = changes_of("slip mi355x-buy by 2q", QUICK, ASKED)
    first = QUICK.timeline.periods[QUICK.offerings["mi355x-buy"].first].start
    assert float(changes["offers.mi355x-buy.lead_time"].split()[0]) == pytest.approx(20 + 26.09, abs=0.01)  # fmt: skip
    assert (date.fromisoformat(changes["offers.mi355x-buy.available_from"]) - first).days == 183


def test_a_freeze_moves_deliveries_by_its_lead_time_and_leaves_rentals() -> None:
    """Ordered on 1 July 2027 and 20 weeks later: 18 November."""
    changes = changes_of("freeze until 2027-Q3", QUICK, ASKED)
    assert changes["offers.mi355x-buy.available_from"] == "2027-11-18"
    assert "offers.b200-on-demand.available_from" not in changes


def test_a_change_of_a_price_comes_on_top_of_the_factor_it_has() -> None:
    """A fifth off, and half of that; a price in dollars takes the factor's place."""
    cheaper = loaded("quickstart", "offers.mi355x-buy.price_factor=0.8").scenario
    changes = changes_of("price mi355x-buy = -50 %", QUICK, cheaper)
    assert changes == {"offers.mi355x-buy.price_factor": 0.4}
    assert changes_of("price mi355x-buy = 0.3 MUSD", QUICK, cheaper)["offers.mi355x-buy.price_factor"] == 1  # fmt: skip


def test_two_pins_of_one_offer_both_hold() -> None:
    """At least 3 and at most 5 are one limit with both ends."""
    made = loaded("quickstart")
    both = question(made, QUICK, ("pin mi355x-buy >= 3", "pin mi355x-buy <= 5"))
    limit = both.scenario.policy.limits["what-if-mi355x-buy"]
    assert (limit.at_least, limit.at_most) == (3.0, 5.0)


def test_what_is_offered_on_paper_may_lapse_and_has_no_other_verb() -> None:
    """Twin: the system's own offer is left alone, as the paper has a name of its own."""
    papers, scenario = options("rights"), loaded("rights").scenario
    assert changes_of("ban h200-offered", papers, scenario) == {"signed.h200-offered": None}
    for text in ("price h200-offered = -5 %", "pin b200-locked-expand >= 2"):
        with pytest.raises(Usage):
            changes_of(text, papers, scenario)
    assert set(changes_of("ban nvidia-hgx-h200", papers, scenario)) == {"offers.h200-buy"}


@pytest.mark.parametrize("text", ["", "buy more", "pin b200-buy", "slip b200-buy by 2x", "freeze until soon", "pin b200-on-demand >= 3"])  # fmt: skip
def test_what_is_no_question_is_told_the_accepted_forms(text: str) -> None:
    with pytest.raises(Usage) as told:
        changes_of(text, QUICK, ASKED)
    assert told.value.exit_code == 2
    assert "CLI004" in str(told.value)
    if text in ("", "buy more"):
        assert all(verb.FORM in str(told.value) for verb in known_verbs())


@pytest.mark.parametrize("text", ["ban b2000-buy", "ban b200-buy@ohio"])
def test_unknown_offers_and_sites_are_named_with_the_nearest(text: str) -> None:
    with pytest.raises(UnknownName):
        changes_of(text, QUICK, ASKED)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one run of the quickstart."""
    folder = tmp_path_factory.mktemp("reports")
    assert called("run", "quickstart", "--out", folder).code == 0
    return folder


def asked(out: Path, *words: str) -> Called:
    return called("what-if", "latest", *words, "--out", out)


def test_a_ban_removes_its_deliveries_and_costs_money(out: Path) -> None:
    answer = asked(out, "ban b200-buy", "--json").json
    gone = [change for change in answer["decisions"] if change["what"].startswith("b200-buy@")]
    assert gone
    assert {change["sign"] for change in gone} == {"−"}
    assert answer["new"]["npv_usd"] < answer["old"]["npv_usd"]
    assert answer["run_dir"] is None


def test_a_pin_at_a_site_is_kept(out: Path) -> None:
    answer = asked(out, "pin mi355x-buy@columbus = 7", "--json").json
    ordered = sum(c["new"] for c in answer["decisions"] if c["what"].startswith("mi355x-buy@"))
    assert ordered == pytest.approx(7.0)


def test_a_ban_of_what_is_rented_shows_what_is_no_longer_rented(out: Path) -> None:
    """By the year and on the mean of its hours."""
    answer = asked(out, "ban b200-on-demand", "--json").json
    gone = {c["what"]: c for c in answer["decisions"] if c["what"].startswith("b200-on-demand@")}
    assert gone["b200-on-demand@cloud-east by the hour in 2027 (mean systems)"]["sign"] == "−"
    assert {change["new"] for change in gone.values()} == {None}


def test_nothing_changed_is_no_difference(out: Path) -> None:
    """The price it asks already: an input is written, no decision and no dollar moves."""
    usd = QUICK.offerings["mi355x-buy"].price_usd[0]
    answer = asked(out, f"price mi355x-buy = {usd} USD", "--json").json
    assert (answer["decisions"], answer["money"], answer["scarcities"]) == ([], [], [])


def test_a_saved_answer_is_a_run_that_verifies_and_diffs(out: Path) -> None:
    """Four blocks with their signs, and what is not covered."""
    before = next(out.glob("quickstart/*")).name
    kept = asked(out, "price b200-buy = -15 %", "--save", "--json").json["run_dir"]
    assert called("verify", kept).code == 0
    told = called("diff", before, Path(kept).name, "--out", out)
    assert told.code == 0
    for word in ("Inputs", "Decisions", "Money", "Scarcities", "Not covered", "offers.b200-buy.price_factor", "b200-buy@columbus", "purchase"):  # fmt: skip
        assert word in told.out
    back = called("diff", Path(kept).name, before, "--out", out, "--json").json
    forth = called("diff", before, Path(kept).name, "--out", out, "--json").json
    assert [c["amount"] for c in back["money"]] == [-c["amount"] for c in forth["money"]]
    total = sum(change["amount"] for change in forth["money"])
    assert total == pytest.approx(forth["old"]["npv_usd"] - forth["new"]["npv_usd"], rel=1e-6)


@pytest.mark.parametrize(
    ("old", "new", "told"), [(4.0, 5.0, "+25.0%"), (4.0, 3.0, "-25.0%"), (0.034, 16.0, "471 times")]
)
def test_a_change_is_told_as_a_share_of_what_was(old: float, new: float, told: str) -> None:
    """What was next to nothing has grown so many times, not by 46,959 %."""
    (row,) = block_rows("decisions", [Change("~", "x", old, new, new - old, new / old - 1)])
    assert row[-1] == told


def test_a_run_differs_from_itself_in_nothing(out: Path) -> None:
    name = next(out.glob("quickstart/*")).name
    same = called("diff", name, name, "--out", out, "--json").json
    assert [same[block] for block in ("inputs", "decisions", "money", "scarcities")] == [[], [], [], []]  # fmt: skip
