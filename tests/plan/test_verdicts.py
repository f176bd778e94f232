"""Every system and offer has its verdict, and every order its date."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.plan.make import Plan
from planner.timeline import start_of
from tests.plan.plans import loaded, plan, small

PLANS = {"as shipped": (), "whole": ("whole_units=true",), "no demand for old": ("installed=null",)}


@pytest.fixture(params=PLANS.values(), ids=PLANS.keys())
def made(request: pytest.FixtureRequest) -> Plan:
    return plan("quickstart", *request.param)


def test_every_offer_and_installed_fleet_has_one_verdict(made: Plan) -> None:
    world = loaded("quickstart")
    asked = {*world.scenario.offers, *made.solved.options.offerings}
    counts = Counter(line.id for line in made.verdicts)
    assert {name: counts[name] for name in asked} == dict.fromkeys(asked, 1)


def test_every_system_of_the_catalog_appears(made: Plan) -> None:
    """Through its offers, or by itself with the reason why nobody offers it."""
    catalog = loaded("quickstart").catalog
    lines = Counter(line.system for line in made.verdicts)
    assert set(lines) == set(catalog.systems)
    offered = {offer.system for offer in loaded("quickstart").scenario.offers.values()}
    offered |= {o.configuration for o in made.solved.options.offerings.values()}
    assert {name: lines[name] for name in set(catalog.systems) - offered} == dict.fromkeys(
        set(catalog.systems) - offered, 1
    )


def test_every_verdict_gives_a_reason(made: Plan) -> None:
    for line in made.verdicts:
        assert line.verdict in ("chosen", "lost", "excluded")
        assert len(line.why) > 8, line


def test_the_table_counts_what_is_delivered_or_rented(made: Plan) -> None:
    delivered: Counter[str] = Counter()
    for row in made.tables["deliveries"]:
        delivered[row["offer"]] += row["systems"]
    for row in made.tables["rentals"]:
        delivered[row["offer"]] = max(delivered[row["offer"]], row["systems"])
    for line in made.verdicts:
        assert line.systems == pytest.approx(delivered[line.id], rel=1e-9)
        assert (line.verdict == "chosen") == (delivered[line.id] > 0)


def test_a_lost_offer_says_by_how_much_and_the_others_do_not(made: Plan) -> None:
    for line in made.verdicts:
        if line.verdict == "lost" and line.missed_share is not None:
            assert line.missed_share >= 0
            assert line.missed_by_usd is not None
        if line.verdict != "lost":
            assert (line.missed_share, line.missed_by_usd) == (None, None)


def test_a_lost_offer_still_loses_at_half_the_miss_and_wins_when_nearly_free() -> None:
    """The miss is no target price (remaining value falls with the price), but a bound on it."""
    free = ("policy.service_level=0",)
    made = plan("quickstart", *free)
    line = next(
        line
        for line in made.verdicts
        if line.verdict == "lost" and line.id.endswith("-buy") and (line.missed_share or 0) > 1e-3
    )
    assert line.missed_share is not None
    usd = made.solved.options.offerings[line.id].price_usd[0]
    for factor, verdict in ((1 - line.missed_share / 2, "lost"), (0.05, "chosen")):
        again = plan("quickstart", *free, f"offers.{line.id}.price={usd * factor} USD")
        assert next(v.verdict for v in again.verdicts if v.id == line.id) == verdict


def test_order_by_plus_lead_time_is_the_start_of_service(made: Plan) -> None:
    """To the day; lead times are whole days here."""
    options = made.solved.options
    assert made.tables["deliveries"]
    for row in made.tables["deliveries"]:
        offering = options.offerings[row["offer"]]
        if offering.fixed is not None:
            assert row["order_by"] == ""
            continue
        order = date.fromisoformat(row["order_by"])
        begins = order + timedelta(days=round(offering.lead_weeks * 7))
        assert begins == start_of(row["in_service"])
        assert order >= options.timeline.as_of


def test_a_longer_lead_time_moves_the_order_and_not_before_today() -> None:
    late = plan(
        "quickstart", "offers.b200-buy.lead_time=50 weeks", "offers.h200-buy.lead_time=50 weeks"
    )
    for row in late.tables["deliveries"]:
        if row["offer"] in ("b200-buy", "h200-buy"):
            assert date.fromisoformat(row["order_by"]) >= date(2026, 11, 20)
            assert row["in_service"] >= "2027Q4"


def test_an_offer_that_arrives_after_the_horizon_is_excluded_with_the_date(tmp_path: Path) -> None:
    made = small(tmp_path, ("price: 0.4 MUSD", "lead_time: 80 weeks"))
    (line,) = [v for v in made.verdicts if v.id == "fast-buy"]
    assert line.verdict == "excluded"
    assert "2028-06-02" in line.why


def test_installed_systems_are_chosen_without_an_order(tmp_path: Path) -> None:
    made = small(tmp_path)
    (line,) = [v for v in made.verdicts if v.id == "old"]
    assert (line.verdict, line.systems, line.why) == ("chosen", 4.0, "installed")
    (row,) = [r for r in made.tables["deliveries"] if r["offer"] == "old"]
    assert (row["order_by"], row["price_usd"]) == ("", None)
