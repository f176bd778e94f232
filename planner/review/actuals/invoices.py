"""Invoices, under the column names of FOCUS 1.x (FinOps Open Cost and Usage Specification).

A file may hold every column of the specification; the ones below are read. One invoice has as many
rows as it has charges, and an invoice of one issuer comes in once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.errors import Problem
from planner.review.actuals.kind import Kind, Rows, World, cohorts, other_money, past, register
from planner.review.columns import Column, Misread, day, number, text, word
from planner.scenario.currency import OTHERS

CATEGORIES = ("Usage", "Purchase", "Tax", "Credit", "Adjustment")
_BELOW_ZERO = ("Credit", "Adjustment")
_CORRECTION = "Correction"
"""ChargeClass of a row that corrects an earlier invoice; it may be below zero."""


def _instant(value: Any) -> date:
    """FOCUS writes days as instants in UTC, such as 2027-01-01T00:00:00Z."""
    try:
        return day(value)
    except Misread:
        return day(str(value).strip().removesuffix("Z"))


def columns(world: World) -> tuple[Column, ...]:
    return (
        Column("InvoiceId", "number of the invoice", text),
        Column("InvoiceIssuerName", "who issued it", text),
        Column("BilledCost", "the charge as invoiced", number()),
        Column("BillingCurrency", "ISO code of its money", word(("USD", *OTHERS), "REV049", "currency")),
        Column("ChargeCategory", "what the charge is", word(CATEGORIES, "REV049", "category of charge")),
        Column("ChargePeriodStart", "first day the charge is for", _instant),
        Column("ChargePeriodEnd", "first day after it", _instant),
        Column("ResourceId", "the cohort it pays for; empty where it is for none", text, needed=False),
        Column("ChargeClass", "Correction where it corrects an earlier invoice", text, needed=False),
        Column("ChargeDescription", "in words", text, needed=False),
    )  # fmt: skip


def check(world: World, rows: Rows) -> Iterator[Problem]:
    """No invoice twice (REV062), no charge below zero but credits (REV047), no unknown cohort (REV061)."""
    yield from past(world, rows, "ChargePeriodStart")
    yield from other_money(world, rows, "BillingCurrency")
    known = {(f.values["issuer"], f.values["invoice"]): f for f in world.of("invoices")}
    named = {*cohorts(world), *world.loaded.scenario.offers, *world.loaded.scenario.installed}
    lines: set[tuple[Any, ...]] = set()
    for row, values in rows:
        invoice = values["InvoiceIssuerName"], values["InvoiceId"]
        if invoice in known:
            what = f"invoice {invoice[1]} of {invoice[0]} came in as entry #{known[invoice].seq}"
            hint = "leave it out; a correction bears a number of its own"
            yield row.problem("REV062", "InvoiceId", what, hint)
        line = tuple(values.values())
        if line in lines:
            what = f"this charge of invoice {invoice[1]} of {invoice[0]} stands in the file twice"
            yield row.problem("REV062", "InvoiceId", what, "keep one of them")
        lines.add(line)
        if values["ResourceId"] and values["ResourceId"] not in named:
            what = f"no cohort, offer or fleet is called '{values['ResourceId']}'"
            yield row.problem("REV061", "ResourceId", what, "record its order first, or leave the cell empty")  # fmt: skip
        yield from _sign(row, values)


def _sign(row: Any, values: dict[str, Any]) -> Iterator[Problem]:
    lowers = values["ChargeCategory"] in _BELOW_ZERO or values["ChargeClass"] == _CORRECTION
    if values["BilledCost"] < 0 and not lowers:
        what = f"a charge of the category {values['ChargeCategory']} is {values['BilledCost']:,g}"
        hint = "a credit has the category Credit, a correction the class Correction"
        yield row.problem("REV047", "BilledCost", what, hint)
    if values["ChargePeriodEnd"] < values["ChargePeriodStart"]:
        yield row.problem("REV066", "ChargePeriodEnd", "it ends before it begins")


def fact(world: World, values: dict[str, Any]) -> tuple[date, dict[str, Any]]:
    rate = world.rate(values["BillingCurrency"])
    assert rate is not None, "checked"
    return values["ChargePeriodStart"], {
        "invoice": values["InvoiceId"],
        "issuer": values["InvoiceIssuerName"],
        "cohort": values["ResourceId"] or "",
        "billed_usd": values["BilledCost"] * rate,
        "billed": values["BilledCost"],
        "currency": values["BillingCurrency"],
        "category": values["ChargeCategory"],
        "until": values["ChargePeriodEnd"].isoformat(),
        "description": values["ChargeDescription"] or "",
    }


register(Kind("invoices", "bills, in FOCUS columns", columns, fact, check, others=True))
