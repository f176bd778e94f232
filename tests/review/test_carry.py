"""From facts to the next scenario: each kind by hand arithmetic, each with its twin that changes nothing."""

from __future__ import annotations

import json
from datetime import date
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

import pytest

from planner.documents import Document, parse
from planner.options.join import join
from planner.review.actuals.kind import ENTRY, Fact
from planner.review.carry import Carried, carried, carry
from planner.review.entry import Entry
from planner.review.quotes.keep import KIND, Asked
from planner.review.quotes.quote import Quote
from planner.scenario.load import Loaded, load
from tests.review.happened import SIGNED
from tests.support import GOOD, edited, problems

DAY = date(2027, 4, 2)
LATER = (
    ("as_of: 2026-11-20", "as_of: 2027-04-02"),
    ("{start: 2027Q1, periods: 4}", "{start: 2027Q3, periods: 6}"),
)
"""The small scenario seen from April 2027: six quarters from 2027Q3."""


def document(*edits: tuple[str, str]) -> Document:
    return parse(edited(GOOD, *LATER, ("pools:\n", SIGNED), *edits), "small.yaml")


def told(kind: str, day: str, seq: int = 7, **values: Any) -> Fact:
    return Fact(kind, date.fromisoformat(day), values, seq)


def entries(*facts: Fact, quotes: tuple[tuple[Quote, dict[str, Asked]], ...] = ()) -> list[Entry]:
    """A history in memory; every fact in an entry of its own number."""

    def entry(seq: int, kind: str, body: dict[str, Any]) -> Entry:
        return Entry(seq, kind, DAY, "", body, (), "", "", "")

    found = [entry(fact.seq, ENTRY, {"facts": [fact.as_data()]}) for fact in facts]
    for quote, offers in quotes:
        row = {**quote.as_data(), "offers": {n: vars(asked) for n, asked in offers.items()}}
        found.append(entry(9, KIND, {"quotes": [row]}))
    return found


def after(*facts: Fact, edits: tuple[tuple[str, str], ...] = (), **more: Any) -> Carried:
    return carried(document(*edits), entries(*facts, **more), DAY)


def reloaded(found: Carried, folder: Path) -> Loaded:
    """The carried document read as any scenario is; JSON is YAML too."""
    path = folder / "small.yaml"
    path.write_text(json.dumps(found.document.data), encoding="utf-8")
    return load(path)


PAID = told("invoices", "2026-12-01", 5, cohort="first", category="Purchase", billed_usd=800_000.0)
CAME = told("delivered", "2027-03-20", 6, cohort="first", systems=8.0)


def test_without_a_fact_the_very_document_comes_back() -> None:
    before = parse(GOOD, "small.yaml")
    assert carry(before, [], date(2026, 11, 20)) is before


def test_what_happened_after_the_day_is_not_seen_however_early_it_was_told() -> None:
    late = told("delivered", "2027-04-03", cohort="first", systems=8.0)
    assert after(PAID, late).document.data == after(PAID).document.data
    assert after(PAID, CAME).document.data != after(PAID).document.data


def test_a_delivery_of_all_makes_a_contract_active_from_its_day(tmp_path: Path) -> None:
    """800 of 3,200 kUSD were due in December and billed; 2,400 are due in April, on a day to come."""
    found = after(PAID, CAME)
    signed = found.document.data["signed"]["first"]
    assert (signed["state"], signed["delivery"]) == ("active", "2027-03-20")
    assert signed["due"] == [{"date": "2027-04", "amount": "2400000 USD"}]
    assert {c.key: c.seq for c in found.changes} == {"signed.first.delivery": 6, "signed.first.state": 6, "signed.first.due": 6}  # fmt: skip
    assert found.open == ()
    offering = join(reloaded(found, tmp_path)).offerings["first"]
    assert (offering.fixed, offering.first) == (8, 0)


def test_a_delivery_in_parts_splits_the_contract_and_its_payments_by_count(tmp_path: Path) -> None:
    """Three of eight came: 3/8 of 2,400 kUSD, 900, are due for them, 1,500 for the five still to come."""
    found = after(PAID, told("delivered", "2027-03-20", 6, cohort="first", systems=3.0))
    came, rest = (found.document.data["signed"][n] for n in ("first-in-2027-03-20", "first"))
    assert (came["count"], came["state"], came["due"][0]["amount"]) == (3, "active", "900000 USD")
    assert (rest["count"], rest["state"], rest["due"][0]["amount"]) == (5, "locked", "1500000 USD")
    assert rest["delivery"] == "2027-04"
    options = join(reloaded(found, tmp_path))
    assert options.offerings["first"].fixed == 5
    assert options.offerings["first-in-2027-03-20"].fixed == 3


def test_parts_that_are_the_whole_leave_nothing_to_come() -> None:
    five = told("delivered", "2027-03-20", 6, cohort="first", systems=5.0)
    three = told("delivered", "2027-04-01", 7, cohort="first", systems=3.0)
    signed = after(PAID, five, three).document.data["signed"]
    assert {n: (s["count"], s["state"]) for n, s in signed.items()} == {"first-in-2027-03-20": (5, "active"), "first": (3, "active")}  # fmt: skip


def test_a_slip_moves_the_delivery_and_what_is_due_on_it(tmp_path: Path) -> None:
    found = after(PAID, told("slips", "2027-02-10", cohort="first", delivery="2027-10", reason=""))
    signed = found.document.data["signed"]["first"]
    assert (signed["delivery"], signed["due"]) == ("2027-10", [{"date": "2027-10", "amount": "2400000 USD"}])  # fmt: skip
    assert join(reloaded(found, tmp_path)).offerings["first"].first == 1, "2027Q4"


def test_of_two_slips_the_one_told_last_holds() -> None:
    early = told("slips", "2027-02-10", cohort="first", delivery="2027-10", reason="")
    late = told("slips", "2027-03-10", cohort="first", delivery="2027-07", reason="")
    assert after(PAID, late, early).document.data["signed"]["first"]["delivery"] == "2027-07"


def test_a_payment_that_no_invoice_shows_is_still_owed_today() -> None:
    """December's 800 kUSD were never billed: they are due on the day of the review, beside April's 2,400."""
    found = after(CAME)
    due = found.document.data["signed"]["first"]["due"]
    assert due == [{"date": "2027-04-02", "amount": "800000 USD"}, {"date": "2027-04", "amount": "2400000 USD"}]  # fmt: skip
    assert any("no invoice shows it" in text for text in found.open)


def test_invoices_pay_the_first_due_first_and_usage_and_tax_do_not_count() -> None:
    """1,000 kUSD billed: December's 800 and 200 of April's 2,400."""
    more = told("invoices", "2027-01-01", cohort="first", category="Purchase", billed_usd=200_000.0)
    tax = told("invoices", "2027-01-01", cohort="first", category="Tax", billed_usd=160_000.0)
    due = after(PAID, more, tax).document.data["signed"]["first"]["due"]
    assert due == [{"date": "2027-04", "amount": "2200000 USD"}]


def test_more_billed_than_due_is_left_open() -> None:
    much = told("invoices", "2027-01-01", cohort="first", category="Purchase", billed_usd=3e6)
    found = after(PAID, much)
    assert found.document.data["signed"]["first"]["due"] == []
    assert any("600,000 USD more were billed" in text for text in found.open)


def test_a_delivery_nobody_reported_is_expected_today_and_asked_about() -> None:
    edits = (("delivery: 2027-04,", "delivery: 2027-03,"),)
    found = after(PAID, edits=edits)
    assert found.document.data["signed"]["first"]["delivery"] == "2027-04-02"
    assert any("nobody reported that it came" in text for text in found.open)
    assert after(PAID).document.data["signed"]["first"]["delivery"] == "2027-04"


def test_an_offer_nobody_took_in_time_has_ended(tmp_path: Path) -> None:
    edits = (("state: locked,", "state: offered, change_by: 2026-12-18,"),)
    found = after(PAID, edits=edits)
    assert found.document.data["signed"]["first"]["state"] == "ended"
    assert "first" not in join(reloaded(found, tmp_path)).offerings
    open_still = (("state: locked,", "state: offered, change_by: 2027-06-18,"),)
    assert after(PAID, edits=open_still).document.data["signed"]["first"]["state"] == "offered"


ORDER = told("orders", "2027-01-15", 4, cohort="second", offer="fast-buy", system="acme-fast", contract="own", supplier="", fabric="", site="home", systems=4.0, delivery="2027-07", price_usd=380_000.0, unit="USD", paid_usd=520_000.0, note="")  # fmt: skip


def test_an_order_is_locked_and_owes_what_was_not_paid_at_once(tmp_path: Path) -> None:
    """Four at 380 kUSD are 1,520; 520 were paid, so 1,000 are due with the delivery."""
    found = after(PAID, ORDER)
    signed = found.document.data["signed"]["second"]
    assert signed["due"] == [{"date": "2027-07", "amount": "1000000 USD"}]
    assert (signed["state"], signed["count"], signed["price"]) == ("locked", 4, "380000 USD")
    offering = join(reloaded(found, tmp_path)).offerings["second"]
    assert (offering.fixed, offering.first) == (4, 0)
    assert [change.seq for change in found.changes if change.key == "signed.second"] == [4]


def test_an_order_that_came_is_active() -> None:
    came = told("delivered", "2027-03-30", cohort="second", systems=4.0)
    assert after(PAID, ORDER, came).document.data["signed"]["second"]["state"] == "active"


def memory(period: str, amount: float, day: str = "2027-03-10") -> Fact:
    return told("memory", day, 8, pool="hbm3e", period=period, amount=amount, expected=60_000.0, unit="GB", note="")  # fmt: skip


def test_memory_told_for_a_period_takes_the_place_of_what_was_expected(tmp_path: Path) -> None:
    """60 TB were expected each quarter; 40 are confirmed for 2027Q4 alone."""
    found = after(PAID, memory("2027Q4", 40_000))
    assert found.document.data["pools"]["hbm3e"]["amount"] == {"2027Q3": "60000 GB", "2027Q4": "40000 GB", "2028Q1": "60000 GB"}  # fmt: skip
    amounts = join(reloaded(found, tmp_path)).supplies["hbm3e"].amount
    assert [round(a) for a in amounts] == [60_000, 40_000, 60_000, 60_000, 60_000, 60_000]


def test_what_a_period_gone_by_lacked_is_missing_from_the_first(tmp_path: Path) -> None:
    """60 TB were expected in 2027Q1 and 40 came: 2027Q3 opens with 20 TB less, where the pool carries over."""
    found = after(PAID, memory("2027Q1", 40_000))
    assert found.document.data["pools"]["hbm3e"]["amount"] == {"2027Q3": "40000 GB", "2027Q4": "60000 GB"}  # fmt: skip
    edits = (("hbm3e: {amount: 60 TB}", "hbm3e: {amount: 60 TB, carry_over: false}"),)
    lost = after(PAID, memory("2027Q1", 40_000), edits=edits).document.data["pools"]
    assert lost == document(*edits).data["pools"]


def test_the_newest_word_for_a_period_holds_and_no_pool_falls_below_nothing() -> None:
    early, late = memory("2027Q4", 10_000, "2027-02-10"), memory("2027Q4", 60_000, "2027-03-10")
    assert after(PAID, late, early).document.data["pools"] == document().data["pools"]
    none = after(PAID, memory("2027Q1", 0), memory("2027Q2", 0))
    assert none.document.data["pools"]["hbm3e"]["amount"]["2027Q3"] == "0 GB"
    assert any("less came than the plan had drawn" in text for text in none.open)


def test_a_price_seen_is_the_price_from_now_on(tmp_path: Path) -> None:
    """390 kUSD seen, over the offer's factor of 1.3, so that the plan pays 390."""
    seen = told("prices", "2027-03-15", offer="fast-buy", price_usd=390_000.0, per="system", unit="USD", source="list")  # fmt: skip
    edits = (("    price: 0.4 MUSD\n", "    price: 0.4 MUSD\n    price_factor: 1.3\n"),)
    found = after(PAID, seen, edits=edits)
    assert found.document.data["offers"]["fast-buy"]["price"] == "300000 USD"
    prices = join(reloaded(found, tmp_path)).offerings["fast-buy"].price_usd
    assert prices == pytest.approx([390_000] * 6)


QUOTE = Quote("A-17", "acme", "acme-fast", "own", 361_000, "USD", "system", 1.0, date(2027, 3, 1), date(2027, 6, 1), lead_weeks=20)  # fmt: skip


def test_a_quote_holds_for_what_can_be_ordered_while_it_stands(tmp_path: Path) -> None:
    """Twenty weeks to deliver: 2027Q3 is ordered by February, so today; 2027Q4 by 14 May, in time; 2028Q1 by
    14 August, after the quote's end on 1 June, at the 400 kUSD of before. A fall of 8 % a year is taken out
    of the quote and left on what follows: 400 · 0.92^0.5 = 383.7 in 2028Q1."""
    edits = (("    price: 0.4 MUSD\n", "    price: 0.4 MUSD\n    price_change: -8 %/year\n"),)
    found = after(PAID, edits=edits, quotes=((QUOTE, {"fast-buy": Asked(400_000, 20)}),))
    prices = join(reloaded(found, tmp_path)).offerings["fast-buy"].price_usd
    assert prices[:2] == pytest.approx([361_000, 361_000], rel=1e-9)
    assert prices[2:4] == pytest.approx([400_000 * 0.92**0.5, 400_000 * 0.92**0.75])
    [change] = [change for change in found.changes if change.key == "offers.fast-buy.price"]
    assert (change.before, change.seq, "A-17" in change.why) == ("0.4 MUSD", 9, True)


def test_of_two_quotes_the_cheaper_holds_and_an_expired_one_does_not() -> None:
    for_it = {"fast-buy": Asked(400_000, 20)}
    dear = Quote("B-1", "acme", "acme-fast", "own", 390_000, "USD", "system", 1.0, date(2027, 3, 1), date(2027, 6, 1))  # fmt: skip
    gone = Quote("C-1", "acme", "acme-fast", "own", 100_000, "USD", "system", 1.0, date(2027, 1, 1), date(2027, 4, 1))  # fmt: skip
    found = after(PAID, quotes=((dear, for_it), (QUOTE, for_it), (gone, for_it)))
    assert found.document.data["offers"]["fast-buy"]["price"]["2027Q3"] == "361000 USD"


def test_a_quote_for_no_offer_is_left_open_and_changes_nothing() -> None:
    found = after(PAID, quotes=((QUOTE, {}),))
    assert found.document.data["offers"] == document().data["offers"]
    assert any("A-17" in text for text in found.open)


def served(
    period: str, asked: float, forecast: float, ahead: float, workload: str = "chat"
) -> Fact:
    return told("served", "2027-04-01", workload=workload, period=period, demand_tok_per_s=asked, served_tok_per_s=asked, forecast_tok_per_s=forecast, ahead_years=ahead, forecast_on="2026-11-20")  # fmt: skip


BELIEF = ("overrides:\n", "risk:\n  window: 90 days\n  beliefs:\n    demand: {spread: 20 %/year, basis: a guess}\n    shortfall: {spread: {claimed: 0.3, calibrated: 0.2}, basis: a guess}\noverrides:\n")  # fmt: skip


def test_demand_that_came_higher_moves_the_forecast_by_as_much_as_is_believed(
    tmp_path: Path,
) -> None:
    """10 % (log) more half a year ahead: g = 0.5 · 0.1 / (1 + 0.25) = 4 % a year. The middle of 2027Q3 is
    269 days after the forecast, so its 100 ktok/s become 100 · e^(0.04 · 269/365.25) = 102.99."""
    found = after(PAID, served("2027Q1", 100_000 * exp(0.1), 100_000, 0.5))
    loaded = reloaded(found, tmp_path)
    demand = loaded.scenario.workloads["chat"].demand.over(loaded.scenario.timeline)
    assert demand[0] == pytest.approx(100_000 * exp(0.04 * 269 / 365.25), rel=1e-6)
    before = document().data["workloads"]["chat"]["demand"]
    [change] = [c for c in found.changes if c.key == "workloads.chat.demand"]
    assert (change.before, change.seq) == (before, 7)


def test_a_forecast_that_held_leaves_demand_and_narrows_its_spread() -> None:
    """No error a year ahead against a prior of weight 1: s² = (0.04 + 0) / 2, so 14.14 % from 20 %."""
    found = after(PAID, served("2027Q1", 100_000, 100_000, 1.0), edits=(BELIEF,))
    spread = found.document.data["risk"]["beliefs"]["demand"]["spread"]
    assert float(spread.split()[0]) == pytest.approx(0.2 / sqrt(2), rel=1e-5)
    [change] = [c for c in found.changes if c.key == "risk.beliefs.demand.spread"]
    assert change.before == "20 %/year"


def test_the_spread_is_of_all_demand_together() -> None:
    """One workload 10 % over, another as much under: the sum was right, so the spread narrows as above."""
    up, down = served("2027Q1", 110_000, 100_000, 1.0), served("2027Q1", 90_000, 100_000, 1.0, "code")  # fmt: skip
    found = after(PAID, up, down, edits=(BELIEF,))
    spread = found.document.data["risk"]["beliefs"]["demand"]["spread"]
    assert float(spread.split()[0]) == pytest.approx(0.2 / sqrt(2), rel=1e-5)
    assert any(text.startswith("code:") for text in found.open)


def measured(share: float, tier: str = "claimed", system: str = "acme-fast") -> Fact:
    return told("throughput", "2027-03-01", system=system, vendor="acme", workload="chat", model="small-8b", isl=1024, osl=512, precision="fp8", chips=8.0, tok_per_s=20_000.0 * share, tok_per_s_per_chip=2_500.0 * share, tok_per_s_per_user=20.0, planned_tok_per_s_per_chip=2_500.0, planned_tier=tier, note="our own")  # fmt: skip


def test_a_measured_speed_is_what_the_next_plan_counts_on(tmp_path: Path) -> None:
    """2,500 tok/s a chip were measured at 20 tok/s to each user: eight chips give 20,000, as measured."""
    found = after(PAID, measured(1.0))
    rate = join(reloaded(found, tmp_path)).configurations["acme-fast"].rates["chat"]
    assert (rate.tier, rate.tok_per_s) == ("measured", pytest.approx(20_000, rel=1e-4))
    before = join(reloaded(after(PAID), tmp_path)).configurations["acme-fast"].rates["chat"]
    assert before.tier == "calibrated"


def test_a_claim_that_came_in_at_half_is_believed_by_its_weight() -> None:
    """One claim at half against a prior of weight 4: e^(ln ½ / 5) = 0.871; s² = (4 · 0.09 + ln² ½) / 5."""
    found = after(PAID, measured(0.5), edits=(BELIEF,))
    belief = found.document.data["risk"]["beliefs"]["shortfall"]
    assert belief["claims"] == {"acme": pytest.approx(0.5**0.2, rel=1e-5)}
    assert belief["spread"]["claimed"] == pytest.approx(
        sqrt((4 * 0.09 + log(2) ** 2) / 5), rel=1e-5
    )
    assert belief["spread"]["calibrated"] == 0.2


def test_a_calibrated_speed_says_nothing_of_claims() -> None:
    found = after(PAID, measured(0.5, "calibrated"), edits=(BELIEF,))
    belief = found.document.data["risk"]["beliefs"]["shortfall"]
    assert "claims" not in belief
    assert belief["spread"]["claimed"] == 0.3


def test_beliefs_are_updated_only_where_the_scenario_has_them() -> None:
    found = after(PAID, measured(0.5), served("2027Q1", 110_000, 100_000, 1.0))
    assert "risk" not in found.document.data


def test_everything_at_once_is_still_a_scenario(tmp_path: Path) -> None:
    found = after(PAID, CAME, ORDER, memory("2027Q4", 40_000), measured(0.5), served("2027Q1", 110_000, 100_000, 0.5), edits=(BELIEF,), quotes=((QUOTE, {"fast-buy": Asked(400_000, 20)}),))  # fmt: skip
    loaded = reloaded(found, tmp_path)
    assert set(loaded.scenario.signed) == {"first", "second"}
    assert loaded.scenario.risk is not None
    keys = [change.key for change in found.changes]
    assert len(keys) == len(set(keys)), "a key is told once"


def test_a_measurement_of_a_system_nobody_knows_is_refused(tmp_path: Path) -> None:
    found = after(PAID, measured(1.0, system="acme-fats"))
    (problem,) = problems(reloaded, found, tmp_path)
    assert (problem.code, problem.key) == ("SCN001", "measured.0.system")
