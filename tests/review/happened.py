"""Files of actuals as text, and the world they are held against."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from planner.review.actuals.kind import Fact, World
from tests.support import loaded

DAY = date(2027, 4, 2)
SIGNED = """\
signed:
  first:
    {system: acme-fast, contract: own, site: home, count: 8, state: locked, ordered: 2026-10-01,
     delivery: 2027-04, price: 0.4 MUSD, due: [{date: 2026-12, amount: 0.8 MUSD}, {date: 2027-04, amount: 2.4 MUSD}]}
pools:
"""
"""Eight systems at 400 kUSD: 800 kUSD due in December, the rest with the delivery in April."""

ORDER = {"cohort": "second", "offer": "fast-buy", "site": "home", "systems": 4, "ordered": "2027-01-15", "delivery": "2027-06", "price": 380000, "currency": "USD"}  # fmt: skip
DELIVERED = {"cohort": "first", "systems": 8, "delivered": "2027-03-20"}
SLIP = {"cohort": "first", "told on": "2027-02-10", "new delivery": "2027-07"}
INVOICE = {"InvoiceId": "R-77", "InvoiceIssuerName": "Acme", "BilledCost": 800000, "BillingCurrency": "USD", "ChargeCategory": "Purchase", "ChargePeriodStart": "2026-12-01T00:00:00Z", "ChargePeriodEnd": "2027-01-01T00:00:00Z", "ResourceId": "first"}  # fmt: skip
SERVED = {"workload": "chat", "period": "2027Q1", "demand": 110000, "served": 108000}
SPEED = {"system": "acme-fast", "workload": "chat", "chips": 8, "measured": 20000, "precision": "fp8", "measured on": "2027-03-01"}  # fmt: skip
PRICE = {"offer": "fast-buy", "asked": 390000, "currency": "USD", "per": "system", "seen on": "2027-03-15", "source": "vendor's list"}  # fmt: skip
MEMORY = {"pool": "hbm3e", "period": "2027Q2", "amount": 40, "unit": "TB", "told on": "2027-03-10"}
GOOD: dict[str, dict[str, Any]] = {
    "orders": ORDER,
    "delivered": DELIVERED,
    "slips": SLIP,
    "invoices": INVOICE,
    "served": SERVED,
    "throughput": SPEED,
    "prices": PRICE,
    "memory": MEMORY,
}
"""A good row of every kind."""


def world(folder: Path, *known: Fact, day: date = DAY) -> World:
    """The small scenario with eight systems signed for."""
    return World(loaded(folder, ("pools:\n", SIGNED)), known, day)


def table(folder: Path, *rows: dict[str, Any], name: str = "actuals.csv") -> Path:
    """A CSV file with a column for every key of its first row."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        heads = list(dict.fromkeys(key for row in rows for key in row))
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)
    return path


def book(folder: Path, sheets: dict[str, Sequence[dict[str, Any]]]) -> Path:
    """A workbook with a sheet for each kind."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        page.append(list(rows[0]))
        for row in rows:
            page.append(list(row.values()))
    path = folder / "actuals.xlsx"
    made.save(path)
    return path
