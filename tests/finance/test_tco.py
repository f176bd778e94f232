"""Ownership by account, site, vendor and workload: each cut adds up to the ledger."""

from __future__ import annotations

from typing import Any

import pytest

from planner.finance.tco import VIEWS, TcoRow
from planner.options.table import Options
from tests.finance.plans import MTOK, answered, moneyed
from tests.world import exactly, pool, purchase, rental, site, system, workload, world


def rows(options: Options, by: str) -> dict[str, TcoRow]:
    return {row.name: row for row in moneyed(options).tco[by]}


def shared(**given: Any) -> Options:
    """A system serves 1 Gtok/h of chat or 2 of code; 2 and 4 are asked for, so two systems each."""
    return world(
        systems=[system(rate={"chat": 1.0, "code": 2.0})],
        demands=[workload(2.0), workload(4.0, "code")],
        **given,
    )


def test_what_systems_cost_is_split_by_the_hours_each_workload_used() -> None:
    """4 systems at 1 MUSD, two for each: 2 MUSD each, 1 per thousand Mtok-hours against half."""
    by = rows(shared(), "workload")
    assert (by["chat"].usd_pv, by["code"].usd_pv) == (exactly(2e6), exactly(2e6))
    assert by["chat"].usd_per_mtok == exactly(2e6 / (2 * MTOK))
    assert by["code"].usd_per_mtok == exactly(2e6 / (4 * MTOK))
    assert by["total"].usd_pv == exactly(4e6)
    assert by["chat"].usd_per_chip_hour is None


def test_alone_a_workload_bears_everything() -> None:
    """The twin: without code, two systems and all of their 2 MUSD are chat's."""
    by = rows(world(demand=2.0), "workload")
    assert set(by) == {"chat", "total"}
    assert by["chat"].usd_pv == exactly(2e6)


def test_cost_that_no_workload_caused_is_spread_in_proportion() -> None:
    """Spot memory of 4 · 250 units at 1,000: 1 MUSD on top of 2 and 2, so 2.5 each."""
    given = {"offerings": [purchase(draws={"hbm": 250.0})], "supplies": [pool(0.0, spot=1000.0)]}
    by = rows(shared(**given), "workload")
    assert (by["chat"].usd_pv, by["code"].usd_pv) == (exactly(2.5e6), exactly(2.5e6))


def test_a_penalty_is_its_workloads_own_and_no_part_of_its_price() -> None:
    """Power for 2 systems, 4 asked for: 2 MUSD bought, 20 MUSD of penalty, 1 MUSD per Gtok/h served."""
    options = world(power_mw=2.0)
    by = rows(options, "workload")
    assert by["chat"].usd_pv == exactly(22e6)
    assert by["chat"].penalty_usd_pv == exactly(20e6)
    assert by["chat"].usd_per_mtok == exactly(2e6 / (2 * MTOK))
    by = rows(options, "account")
    assert by["shed penalty"].usd_per_mtok is None
    assert by["purchase"].share == exactly(2 / 22)


def test_where_nothing_is_served_nobody_is_given_a_cost() -> None:
    """No power at all: only the penalty of 4 · 10 MUSD, and no price per token."""
    (chat, total) = moneyed(world(power_mw=0.0)).tco["workload"]
    assert (chat.name, chat.usd_pv, chat.usd_per_mtok) == ("chat", exactly(40e6), None)
    assert (total.usd_pv, total.usd_per_mtok) == (exactly(40e6), None)


def test_a_site_and_a_vendor_bear_what_stands_there_and_what_they_made() -> None:
    """Power for 3 of 4: 3 MUSD bought at the campus of acme's, 1 rented in the cloud of zenith's for 2."""
    options = world(
        power_mw=3.0,
        systems=[system(), system("other", vendor="zenith")],
        offerings=[purchase(), rental(system="other", price=2e6 / 8766)],
    )
    sites, vendors = rows(options, "site"), rows(options, "vendor")
    assert (sites["campus"].usd_pv, sites["cloud"].usd_pv) == (exactly(3e6), exactly(2e6))
    assert (vendors["acme"].usd_pv, vendors["zenith"].usd_pv) == (exactly(3e6), exactly(2e6))
    assert sites["cloud"].usd_per_mtok == exactly(2e6 / MTOK)
    assert vendors["acme"].usd_per_chip_hour == exactly(3e6 / (3 * 8 * 8766))


@pytest.mark.parametrize("by", VIEWS)
def test_every_cut_adds_up_to_the_ledger_and_the_objective(by: str) -> None:
    """Two years at 10 %, spot memory, energy, a shortage of power, two workloads."""
    options = world(
        periods=2, discount_rate=0.1, systems=[system(rate={"chat": 1.0, "code": 2.0}, idle_kw=500.0)],
        demands=[workload(2.0), workload(4.0, "code")],
        offerings=[purchase(draws={"hbm": 250.0}, life_years=5.0), rental(price=900.0)],
        supplies=[pool(100.0, spot=1000.0)], places=[site(power_mw=3.0, tariff=0.1)],
    )  # fmt: skip
    answer, entries = answered(options)
    listed = moneyed(options).tco[by]
    whole = sum(entry.pv_usd for entry in entries)
    assert sum(row.usd_pv for row in listed[:-1]) == exactly(whole)
    assert listed[-1].usd_pv == exactly(whole)
    assert sum(row.share or 0.0 for row in listed[:-1]) == exactly(1.0)
    cost = sum(c * v for c, v in zip(answer.program.cost, answer.x, strict=True))
    assert whole == pytest.approx(cost * 1e6, rel=1e-9)
