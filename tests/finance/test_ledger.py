"""One ledger: on every shipped scenario it is the objective, and no dollar in it is nameless."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from planner.finance.ledger import Entry
from planner.plan.solved import Answer
from planner.program.price import payments
from tests.finance.plans import answered
from tests.plan.plans import SCENARIOS, options
from tests.world import exactly, purchase, rental, site, system, workload, world

SHIPPED = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


@cache
def solved(name: str) -> tuple[Answer, list[Entry]]:
    """A shipped scenario, relaxed."""
    return answered(options(name))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_ledger_is_worth_the_objective(name: str) -> None:
    """NPV of the ledger and the objective agree to 1e-6."""
    answer, entries = solved(name)
    musd = sum(cost * x for cost, x in zip(answer.program.cost, answer.x, strict=True))
    assert sum(entry.pv_usd for entry in entries) == pytest.approx(musd * 1e6, rel=1e-6)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_dollar_lacks_an_account_a_driver_or_a_contract(name: str) -> None:
    _, entries = solved(name)
    assert entries
    assert [e for e in entries if e.usd and not (e.account and e.driver and e.contract and e.unit)] == []  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_every_line_is_a_quantity_at_one_price(name: str) -> None:
    """usd = quantity · usd_per_unit, and every payment behind the line has that price.

    A workbook can then write the line as a formula on its price. What is paid on several days after
    the horizon is one line, at the mean worth of its payments.
    """
    answer, entries = solved(name)
    assert [e for e in entries if e.usd != pytest.approx(e.quantity * e.usd_per_unit, rel=1e-9)] == []  # fmt: skip
    prices, later = defaultdict(set), set()
    for column, value in zip(answer.program.space.columns, answer.x, strict=True):
        if abs(value) > 1e-9:
            for account, paid in payments(answer.options, column.kind, column.key):
                if paid.usd:
                    assert paid.quantity, (account.name, column.name)
                    line = account.name, paid.rate, paid.period
                    waited = answer.options.timeline.waited(paid.later)
                    prices[line].add(paid.usd * waited / paid.quantity)
                    if paid.later:
                        later.add(line)
    for entry in entries:
        if entry.usd:
            line = entry.account, entry.rate, entry.period
            same = any(entry.usd_per_unit == exactly(price) for price in prices[line])
            between = min(prices[line]) <= entry.usd_per_unit <= max(prices[line])
            assert same or (between and line in later), entry


def test_energy_has_a_line_for_each_tariff() -> None:
    """1 MW idle at 0.1 and 0.3 USD/kWh, half the hours each: two lines at two prices, not one at 0.2."""
    options = world(
        blocks=(0.5, 0.5), systems=[system(idle_kw=1000.0)], places=[site(tariff=(0.1, 0.3))],
        demands=[workload(4.0)],
    )  # fmt: skip
    _, entries = answered(options)
    lines = {e.rate: e.usd_per_unit for e in entries if e.account == "energy idle"}
    assert lines == {"h0": exactly(0.1), "h1": exactly(0.3)}


def test_a_line_says_when_in_its_period_it_is_paid() -> None:
    """A purchase at the start, rent in the middle, what remains at the end: each discounted from there."""
    offers = [purchase(life_years=5.0, max_total=2.0), rental(price=100.0)]
    _, entries = answered(world(discount_rate=0.1, offerings=offers))
    worth = {e.account: (e.moment, e.pv_usd / e.usd) for e in entries if e.usd}
    assert worth == {
        "purchase": ("start", exactly(1.0)),
        "on-demand": ("middle", exactly(1.1**-0.5)),
        "remaining value": ("end", exactly(1 / 1.1)),
    }
