"""Views of a plan's money as tables and sentences for a terminal; the command prints them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.plan.money import Money
from planner.plan.scarcity import money as dollars

Table = tuple[str, tuple[str, ...], list[list[Any]]]


def tables(views: Money, show: str, by: str) -> list[Table]:
    """Title, heads and rows of every table of one view."""
    return [_tco(views, by)] if show == "tco" else _TABLES[show](views)


def sentences(views: Money, show: str) -> list[str]:
    """What must be said beside the tables of a view."""
    return _SENTENCES[show](views)


def regret_sentence(regret: dict[str, Any]) -> str:
    """What a longer horizon would have changed."""
    return (
        f"With {regret['periods_added']} periods more, keeping the {regret['systems']:,.1f} systems ordered until "
        f"{regret['orders_until']} costs {dollars(regret['regret_usd'])} more than choosing them again "
        f"({regret['regret_share']:.3%} of {dollars(regret['free_usd'])})"
    )


def _tco(views: Money, by: str) -> Table:
    heads = (by, "present value", "of it penalties", "share", "USD/Mtok", "USD/chip-hour")
    rows = [
        [
            row.name,
            dollars(row.usd_pv),
            dollars(row.penalty_usd_pv) if row.penalty_usd_pv else None,
            None if row.share is None else f"{row.share:.1%}",
            _fine(row.usd_per_mtok),
            _fine(row.usd_per_chip_hour),
        ]
        for row in views.tco[by]
    ]
    return f"Cost of ownership by {by}", heads, rows


def _fine(value: float | None) -> str | None:
    return None if value is None else f"{value:.4f}"


def _annuity(views: Money) -> list[Table]:
    heads = ("system", "site", "IT", "facility", "running", "USD/chip-hour", "USD/kW-month", "USD/Mtok", "USD/year")  # fmt: skip
    rows = [
        [
            line.system,
            line.site,
            _fine(line.it_usd_per_chip_hour),
            _fine(line.facility_usd_per_chip_hour),
            _fine(line.running_usd_per_chip_hour),
            _fine(line.usd_per_chip_hour),
            None if line.usd_per_kw_month is None else f"{line.usd_per_kw_month:,.1f}",
            _fine(line.usd_per_mtok),
            dollars(line.usd_per_year),
        ]
        for line in views.annuities
    ]
    return [("Annuity view: capital repaid over its own life (USD per chip-hour in service)", heads, rows)]  # fmt: skip


def _cash(views: Money) -> list[Table]:
    heads = ("period", "capital paid", "running paid", "received", "revenue", "net", "net so far", "worth today")  # fmt: skip
    dated = any(row.net_in_money_of_the_day_usd is not None for row in views.cash)
    rows = [
        [
            row.period,
            dollars(row.capital_paid_usd),
            dollars(row.running_paid_usd),
            dollars(row.received_usd),
            None if row.revenue_usd is None else dollars(row.revenue_usd),
            dollars(row.net_usd),
            dollars(row.cumulative_net_usd),
            dollars(row.pv_net_usd),
            *([dollars(row.net_in_money_of_the_day_usd or 0.0)] if dated else []),
        ]
        for row in views.cash
    ]
    return [("Cash", (*heads, *(["in money of the day"] if dated else [])), rows)]


def _book(views: Money) -> list[Table]:
    heads = ("period", "asset", "added", "depreciation", "gone", "book value")
    rows = [
        [row.period, row.asset, *map(dollars, (row.additions_usd, row.depreciation_usd, row.disposals_usd, row.book_value_usd))]
        for row in views.book
    ]  # fmt: skip
    owed = [[row.period, dollars(row.liability_usd)] for row in views.liabilities if row.liability_usd]  # fmt: skip
    lives = [
        [c.offer, c.site, c.delivered, c.systems, c.held_at_end, dollars(c.paid_usd), dollars(c.credited_usd), None if c.resale_usd is None else dollars(c.resale_usd)]
        for c in views.cohorts
    ]  # fmt: skip
    worth = ("offer", "site", "delivered", "systems", "held at end", "paid", "credited", "resale")
    found: list[Table] = [("Books", heads, rows)] if rows else []
    if owed:
        found.append((f"Owed under leases and reservations at {views.lease_rate:.2%}", ("period", "liability"), owed))  # fmt: skip
    if lives:
        found.append(("What each cohort is worth when the horizon ends", worth, lives))
    return found


def _returns(views: Money) -> list[Table]:
    if views.returns is None:
        return []
    heads = ("workload", "revenue", "cost", "margin", "revenue USD/Mtok", "cost USD/Mtok")
    rows = [
        [
            m.workload,
            None if m.revenue_usd_pv is None else dollars(m.revenue_usd_pv),
            dollars(m.cost_usd_pv),
            None if m.margin_usd_pv is None else dollars(m.margin_usd_pv),
            _fine(m.revenue_usd_per_mtok),
            _fine(m.cost_usd_per_mtok),
        ]
        for m in views.returns.margins
    ]
    return [("Margins (present values)", heads, rows)]


def _say_tco(views: Money) -> list[str]:
    b = views.bridge
    return [
        f"Cash {dollars(b.cash_cost_usd)}, penalties {dollars(b.penalty_usd)}, past the horizon {dollars(b.past_horizon_usd)}: "
        f"{dollars(b.objective_usd)} in all, as the objective"
    ]  # fmt: skip


def _say_annuity(views: Money) -> list[str]:
    whole = views.annuities[-1]
    return [
        f"Capital: systems and network {dollars(whole.it_capital_usd)}, shells and blocks of power and room {dollars(whole.facility_capital_usd)}; "
        f"{dollars(whole.usd_per_year)} a year in all"
    ]


def _say_book(views: Money) -> list[str]:
    said = ["What was installed before the horizon is not in the books: nothing states its value"]
    if any(row.asset == "shell" for row in views.book):
        said.append("Shells stand here as assets; cash and objective pay their annuity instead")
    return said


def _say_returns(views: Money) -> list[str]:
    found = views.returns
    said = [*_say_taxes(views)]
    if found is None:
        return ["No workload states revenue_usd_per_mtok, so there is no margin to show", *said]
    rate = "no single rate of return" if found.irr is None else f"internal rate of return {found.irr:.1%}"  # fmt: skip
    back = "never paid back" if found.payback_years is None else f"paid back after {found.payback_years:.1f} years"  # fmt: skip
    if found.unpriced:
        names = ", ".join(found.unpriced)
        said.insert(0, f"Margin of what is priced: {dollars(found.margin_usd_pv)}; no return of the whole, as {names} state no revenue_usd_per_mtok")  # fmt: skip
    else:
        said.insert(0, f"Margin {dollars(found.margin_usd_pv)}; {rate}; {back}")
    if found.break_even_share is not None and found.break_even_utilisation is not None:
        said.insert(1, f"Breaks even at {found.break_even_share:.0%} of the tokens served, {found.break_even_utilisation:.0%} of hours ready")  # fmt: skip
    said += [f"{m.workload} loses money: {m.revenue_usd_per_mtok:.4f} earned against {m.cost_usd_per_mtok:.4f} USD/Mtok" for m in found.margins if m.margin_usd_pv is not None and m.margin_usd_pv < 0 and m.revenue_usd_per_mtok is not None]  # fmt: skip
    return [*said, "Revenue is reported; it does not change what is ordered"]


def _say_taxes(views: Money) -> list[str]:
    t = views.taxes
    if t is None:
        return []
    return [
        f"At {t.rate:.0%} tax: NPV {dollars(t.npv_before_tax_usd)} before, {dollars(t.npv_after_tax_usd)} after; "
        f"depreciation shields {dollars(t.shield_usd_pv)}. Reported beside the plan, which is decided before tax"
    ]  # fmt: skip


_TABLES: dict[str, Callable[[Money], list[Table]]] = {
    "annuity": _annuity,
    "cash": _cash,
    "book": _book,
    "returns": _returns,
}
_SENTENCES: dict[str, Callable[[Money], list[str]]] = {
    "tco": _say_tco,
    "annuity": _say_annuity,
    "cash": _say_tco,
    "book": _say_book,
    "returns": _say_returns,
}
