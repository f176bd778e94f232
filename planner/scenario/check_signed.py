"""The sense of what is signed: names, dates, units, payments, last days to change, and supply agreements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.catalog.load import Catalog
from planner.catalog.terms.cancel_window import CancelWindow
from planner.catalog.terms.extend import Extend
from planner.catalog.terms.give_back import GiveBack
from planner.documents import Document, KeyPath
from planner.errors import Problem, did_you_mean
from planner.quantities import WEEKS_PER_YEAR, UnitError
from planner.scenario.quantity import PRICE_UNITS, scaled
from planner.scenario.schema import Scenario
from planner.scenario.signed import BINDING, Signed
from planner.timeline import after, before, first_day, last_day

_PAID_TOLERANCE = 1e-9
"""Share of a price by which sums of payments may pass it."""


def signed_problems(scenario: Scenario, catalog: Catalog, document: Document) -> Iterator[Problem]:
    """Every problem of the scenario's signed contracts."""
    for name, signed in scenario.signed.items():
        key: KeyPath = ("signed", name)
        if name in scenario.offers or name in scenario.installed:
            what = f"'{name}' is the id of an offer or of installed systems too"
            yield document.problem("DOC002", key, what, "give each its own")
        if signed.state == "ended":
            continue
        yield from _dates(key, signed, scenario, document)
        yield from _money(key, signed, catalog, document)
        yield from _place(key, signed, scenario, catalog, document)
        yield from _windows(key, signed, scenario, catalog, document)


def agreement_problems(
    scenario: Scenario, catalog: Catalog, document: Document
) -> Iterator[Problem]:
    """Every problem of the scenario's supply agreements on pools."""
    for name, agreement in scenario.pool_agreements.items():
        key: KeyPath = ("pool_agreements", name)
        if agreement.pool not in scenario.pools:
            what = f"no pool of this scenario is called '{agreement.pool}'"
            hint = did_you_mean(agreement.pool, scenario.pools) or "add it under pools"
            yield document.problem("SCN001", (*key, "pool"), what, hint)
        elif agreement.pool in catalog.pools:
            unit = catalog.pools[agreement.pool].unit
            for field, why in agreement.wrong_units(unit):
                yield document.problem("DOC006", (*key, field), why)
        if agreement.flexible is not None and agreement.reduction_fee is None:
            what = "a flexible layer says what a reduction costs"
            yield document.problem("DOC004", (*key, "reduction_fee"), what, "write 0 % where it is free")  # fmt: skip


def _dates(
    key: KeyPath, signed: Signed, scenario: Scenario, document: Document
) -> Iterator[Problem]:
    timeline = scenario.timeline
    read = {}
    for field in ("ordered", "delivery", "change_by"):
        text = getattr(signed, field)
        try:
            read[field] = (last_day if field == "change_by" else first_day)(text) if text else None
        except ValueError as error:
            yield document.problem("DOC009", (*key, field), str(error))
    ordered, delivered = read.get("ordered"), read.get("delivery")
    if delivered and timeline.first_from(delivered) >= timeline.count:
        what = f"it is delivered in {signed.delivery}, after the last period has begun"
        yield document.problem("SCN004", (*key, "delivery"), what, "plan longer, or leave it out")
    if ordered and delivered and ordered > delivered:
        what = f"it is delivered ({signed.delivery}) before it is ordered ({signed.ordered})"
        yield document.problem("SCN004", (*key, "delivery"), what)
    if "change_by" in read and signed.state not in BINDING:
        changed = read["change_by"]
        if changed is None:
            what = f"what is {signed.state} may still be changed, and nobody says until when"
            yield document.problem("DOC004", (*key, "change_by"), what)
        elif changed < timeline.as_of:
            what = f"it could be changed until {signed.change_by}, before the as-of date {scenario.as_of}, and is still {signed.state}"
            hint = "say locked if it binds by now, ended if it lapsed, or give a later day"
            yield document.problem("RGT002", (*key, "change_by"), what, hint)


def _money(key: KeyPath, signed: Signed, catalog: Catalog, document: Document) -> Iterator[Problem]:
    contract = catalog.contracts.get(signed.contract)
    if contract is None or contract.terms is None:
        return
    own, unit = contract.terms.ownership == "own", PRICE_UNITS[contract.terms.ownership]
    try:
        price = scaled(signed.price, unit).steps[0][1]
    except UnitError as error:
        hint = f"under '{signed.contract}' a price is in {unit}"
        yield document.problem("DOC006", (*key, "price"), str(error), hint)
        return
    if own and signed.due is None:
        what = "a signed purchase says which payments are still due"
        yield document.problem("DOC004", (*key, "due"), what, "write due: [] where all is paid")
    if not own and signed.due:
        what = "a lease or hosted contract pays its rate; payments due belong to purchases"
        yield document.problem("RGT003", (*key, "due"), what, "remove it")
    total = sum(due.amount for due in signed.due or ())
    if own and total > price * signed.count * (1 + _PAID_TOLERANCE):
        what = (
            f"{total:,.0f} USD are still due of a price of {price * signed.count:,.0f} USD in all"
        )
        yield document.problem("RGT003", (*key, "due"), what, "price is of one system, due of all")


def _windows(
    key: KeyPath, signed: Signed, scenario: Scenario, catalog: Catalog, document: Document
) -> Iterator[Problem]:
    """Rights of a signed contract that can no longer be used on the as-of date."""
    contract, as_of = catalog.contracts.get(signed.contract), scenario.timeline.as_of
    if contract is None or contract.terms is None:
        return
    try:
        begun = first_day(signed.delivery)
    except ValueError:
        return  # told already
    term = contract.terms.term.value(as_of) if contract.terms.term else None
    extend, cancel, back = map(contract.terms.typed.get, ("extend", "cancel_window", "give_back"))
    last: dict[str, date] = {}
    if isinstance(extend, Extend) and term is not None:
        notice = (extend.notice.value(as_of) if extend.notice else None) or 0.0
        last["extend"] = before(after(begun, term * WEEKS_PER_YEAR), notice)
    for name, window in (("cancel_window", cancel), ("give_back", back)):
        closes = window.closes if isinstance(window, CancelWindow | GiveBack) else None
        years = closes.value(as_of) if closes else None
        if years is not None:
            last[name] = after(begun, years * WEEKS_PER_YEAR)
    for name, day in last.items():
        if day < as_of:
            what = f"its right '{name}' could be used until {day}, before the as-of date {as_of}"
            hint = "name a contract without that right; it has lapsed"
            yield document.problem("RGT002", (*key, "contract"), what, hint)


def _place(
    key: KeyPath, signed: Signed, scenario: Scenario, catalog: Catalog, document: Document
) -> Iterator[Problem]:
    contract = catalog.contracts.get(signed.contract)
    site = scenario.sites.get(signed.site)
    if contract is None or site is None:
        return
    if contract.terms is None:
        what = f"'{signed.contract}' is a record of a deal, no template"
        yield document.problem("SCN001", (*key, "contract"), what)
    elif contract.terms.ownership in ("rent", "meter"):
        what = "capacity by the hour or token is not signed for; the plan takes what it needs"
        yield document.problem("RGT003", (*key, "contract"), what, "make it an offer")
    elif (site.kind == "hosted") == contract.terms.at_our_site:
        what = f"'{signed.contract}' cannot be signed at '{signed.site}', which is {site.kind}"
        yield document.problem("SCN015", (*key, "site"), what)
    for index, due in enumerate(signed.due or ()):
        try:
            day = last_day(due.date)
        except ValueError as error:
            yield document.problem("DOC009", (*key, "due", index, "date"), str(error))
            continue
        if day < scenario.timeline.as_of:
            what = f"it fell due in {due.date}, before the as-of date {scenario.as_of}"
            yield document.problem("RGT003", (*key, "due", index, "date"), what, "what is paid is sunk: leave it out")  # fmt: skip
