"""What is promised: every cohort with its end, what it owes past the horizon, and how cohorts ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from planner.accounts.obligation import (
    Owed,
    charged_usd,
    owed_by_cohort,
    owed_by_extension,
)
from planner.accounts.paper import due_past_usd
from planner.catalog.terms.extend import Extension
from planner.finance.ledger import ZERO
from planner.options.table import Offering, Options
from planner.options.units import POOL_LOT
from planner.plan.solved import Answer
from planner.program.price import payments
from planner.program.rows.cohort import LEAVING

Table = list[dict[str, Any]]


def commitments(answer: Answer) -> Table:
    """Every cohort signed for or to be signed for: until when it runs and what it still owes.

    What is extended has a line of its own. paid_usd: inside the horizon, undiscounted.
    owed_past_horizon_usd: as it will be paid; its worth and what is charged for it are discounted to
    the horizon's end.
    """
    found = [*_delivered(answer), *_extended(answer)]
    return sorted(found, key=lambda row: (row["offer"], row["site"], row["cohort"], row["state"]))


def _delivered(answer: Answer) -> Iterator[dict[str, Any]]:
    options = answer.options
    paid, left, fees = _paid(answer), _left(answer), _fees(answer)
    for cohort, systems in _used(answer, "deliver"):
        offering, v = options.offerings[cohort[0]], cohort[2]
        if offering.installed:
            continue
        paper = offering.commitment
        due = due_past_usd(options.timeline, paper) if paper else 0.0
        owed, charged = owed_by_cohort(options, offering, v), charged_usd(options, offering, v)
        yield {
            **_head(options, cohort),
            "state": paper.state if paper else "to order",
            "systems": systems,
            "ended_early": left[cohort],
            "exit_fee_usd": fees[cohort],
            "ends": options.timeline.begins(v + offering.held).isoformat(),
            "paid_usd": paid[cohort],
            **_past(owed, due, charged, systems - left[cohort]),
        }


def _extended(answer: Answer) -> Iterator[dict[str, Any]]:
    options = answer.options
    for cohort, systems in _used(answer, "extend"):
        offering, v = options.offerings[cohort[0]], cohort[2]
        owed = owed_by_extension(options, offering, v)
        yield {
            **_head(options, cohort),
            "state": "extended",
            "systems": systems,
            "ended_early": 0.0,
            "exit_fee_usd": 0.0,
            "ends": options.timeline.begins(_extended_to(offering, v)).isoformat(),
            "paid_usd": _usd(answer, ("extend", *cohort), "extension") * systems,
            **_past(owed, 0.0, owed.over_usd if owed else 0.0, systems),
        }


def _head(options: Options, cohort: tuple[Any, ...]) -> dict[str, Any]:
    offer, site, v = cohort
    offering = options.offerings[offer]
    return {
        "offer": offer,
        "site": site,
        "cohort": options.timeline.periods[v].label,
        "contract": offering.contract,
        "supplier": offering.supplier,
    }


def _past(owed: Owed | None, due_usd: float, charged: float, systems: float) -> dict[str, float]:
    return {
        "owed_past_horizon_usd": (due_usd + (owed.nominal_usd if owed else 0.0)) * systems,
        "worth_past_horizon_usd": (owed.service_usd if owed else 0.0) * systems,
        "charged_past_horizon_usd": (due_usd + max(0.0, charged)) * systems,
    }


def _extended_to(offering: Offering, v: int) -> int:
    extension = offering.terms.get(Extension)
    return v + offering.held + (extension.periods if extension is not None else 0)


def agreements(answer: Answer) -> Table:
    """Supply agreements by period: what is owed, what is taken, and what is paid for nothing."""
    options = answer.options
    taken, left = dict(_used(answer, "take")), dict(_used(answer, "leave"))
    table = []
    for agreement in options.agreements.values():
        for period in options.timeline.periods:
            t = period.index
            table.append(
                {
                    "agreement": agreement.id,
                    "pool": agreement.pool,
                    "supplier": agreement.supplier,
                    "period": period.label,
                    "fixed": agreement.fixed[t],
                    "flexible": agreement.flexible[t],
                    "taken": taken.get((agreement.id, t), 0.0) * POOL_LOT,
                    "fixed_not_taken": left.get((agreement.id, t, "fixed"), 0.0) * POOL_LOT,
                    "reduced": left.get((agreement.id, t, "flexible"), 0.0) * POOL_LOT,
                    "price_usd": agreement.price_usd[t],
                }
            )
    return table


def ends(answer: Answer) -> Table:
    """How systems leave: sold, given back against a fee, or at the planned end of their term or life."""
    options = answer.options
    timeline = options.timeline
    left, extended = _left(answer), dict(_used(answer, "extend"))
    table = [
        _end(options, kind, key, systems, _usd(answer, (kind, *key)))
        for kind in LEAVING
        for key, systems in _used(answer, kind)
    ]
    for (offer, site, v), systems in _used(answer, "deliver"):
        period = v + options.offerings[offer].held
        further = extended.get((offer, site, v), 0.0)
        rest = systems - left[offer, site, v] - further
        if period < timeline.count and rest > ZERO:
            table.append(_end(options, "", (offer, site, v, period), rest, 0.0))
        period = _extended_to(options.offerings[offer], v)
        if period < timeline.count and further > ZERO:
            table.append(_end(options, "", (offer, site, v, period), further, 0.0))
    return sorted(table, key=lambda row: (row["period"], row["offer"], row["site"], row["cohort"]))


def _end(
    options: Options, kind: str, key: tuple[Any, ...], systems: float, usd: float
) -> dict[str, Any]:
    offer, site, v, period = key
    offering = options.offerings[offer]
    own = offering.ownership == "own"
    how = {
        "sell": "sold" if own else "ended early",
        "give_back": "returned",
        "swap": "swapped",
        "": "end of life" if own else "end of term",
    }
    return {
        "period": options.timeline.periods[period].label,
        "offer": offer,
        "site": site,
        "cohort": options.timeline.periods[v].label,
        "systems": systems,
        "how": how[kind],
        "exit_fee_usd": usd * systems if kind == "sell" and not own else None,
        "proceeds_usd": -usd * systems if kind in ("sell", "give_back") and own else None,
    }


def _used(answer: Answer, kind: str) -> Iterator[tuple[tuple[Any, ...], float]]:
    for position, column in enumerate(answer.program.space.columns):
        if column.kind == kind and answer.x[position] > ZERO:
            yield column.key, float(answer.x[position])


def _usd(answer: Answer, column: tuple[Any, ...], name: str = "") -> float:
    """Undiscounted payments of one unit of a column, of one account or of all."""
    kind, *key = column
    found = payments(answer.options, kind, tuple(key))
    return sum(payment.usd for account, payment in found if name in ("", account.name))


def _left(answer: Answer) -> dict[tuple[str, str, int], float]:
    left: dict[tuple[str, str, int], float] = defaultdict(float)
    for kind in LEAVING:
        for (offer, site, v, _), systems in _used(answer, kind):
            left[offer, site, v] += systems
    return left


def _fees(answer: Answer) -> dict[tuple[str, str, int], float]:
    """Exit fees by cohort (USD as paid)."""
    fees: dict[tuple[str, str, int], float] = defaultdict(float)
    for key, systems in _used(answer, "sell"):
        if answer.options.offerings[key[0]].exit_fee is not None:
            fees[key[0], key[1], key[2]] += _usd(answer, ("sell", *key)) * systems
    return fees


_PROMISED = {
    "purchase", "network", "signed payments", "instalments", "reservation", "lease", "prepayment",
}  # fmt: skip
"""Accounts that pay for the promise itself, not for running what it brings."""


def _paid(answer: Answer) -> dict[tuple[str, str, int], float]:
    options = answer.options
    paid: dict[tuple[str, str, int], float] = defaultdict(float)
    for kind in ("deliver", "own"):
        for key, systems in _used(answer, kind):
            for account, payment in payments(options, kind, key):
                if account.name in _PROMISED:
                    paid[key[0], key[1], key[2]] += payment.usd * systems
    return paid
