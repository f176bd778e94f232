"""Total cost of ownership: the ledger's present value by account, site, vendor or workload.

Every table adds up to the ledger. USD per Mtok and per chip-hour leave penalties out, as the
headline does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from planner.finance.allocate import NOBODY, PENALTY, vendor_of, workload_costs
from planner.finance.ledger import Entry
from planner.finance.usage import Usage
from planner.options.table import Options

VIEWS = ("account", "site", "vendor", "workload")


@dataclass(frozen=True)
class TcoRow:
    """One line of the table.

    usd_pv: present value, remaining value credited, penalties included. penalty_usd_pv: of it.
    share: of the total. usd_per_mtok, usd_per_chip_hour: present value without penalties over
    discounted tokens or chip-hours, of the row's own systems, or of all for an account; None
    where there are none, and per chip-hour for workloads, which own no chips.
    """

    name: str
    usd_pv: float
    penalty_usd_pv: float
    share: float | None
    usd_per_mtok: float | None
    usd_per_chip_hour: float | None


Sums = dict[str, float]


def tco(options: Options, entries: list[Entry], used: Usage, by: str) -> list[TcoRow]:
    """Rows of one view, the dearest first, and the total last; KeyError for an unknown view."""
    usd, penalty, mtok, chip_hours = _VIEW[by](options, entries, used)
    whole = sum(usd.values()) + sum(penalty.values())
    rows = [
        _row(name, usd.get(name, 0.0), penalty.get(name, 0.0), whole, mtok.get(name), chip_hours.get(name))
        for name in {**usd, **penalty}
        if usd.get(name) or penalty.get(name)
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row.usd_pv, row.name))
    every = (sum(used.pv_mtok.values()), sum(used.pv_chip_hours.values()))
    return [*rows, _row("total", sum(usd.values()), sum(penalty.values()), whole, *every)]


def _row(
    name: str, usd: float, penalty: float, whole: float, mtok: float | None, hours: float | None
) -> TcoRow:
    return TcoRow(
        name=name,
        usd_pv=usd + penalty,
        penalty_usd_pv=penalty,
        share=(usd + penalty) / whole if whole else None,
        usd_per_mtok=usd / mtok if mtok else None,
        usd_per_chip_hour=usd / hours if hours else None,
    )


_Sums4 = tuple[Sums, Sums, Sums, Sums]
"""Cost without penalties, penalties, Mtok and chip-hours by name, all discounted."""


def _grouped(entries: list[Entry], name_of: Callable[[Entry], str]) -> tuple[Sums, Sums]:
    usd: Sums = defaultdict(float)
    penalty: Sums = defaultdict(float)
    for entry in entries:
        (penalty if entry.account == PENALTY else usd)[name_of(entry)] += entry.pv_usd
    return usd, penalty


def _by_account(options: Options, entries: list[Entry], used: Usage) -> _Sums4:
    usd, penalty = _grouped(entries, lambda entry: entry.account)
    mtok, hours = sum(used.pv_mtok.values()), sum(used.pv_chip_hours.values())
    return usd, penalty, dict.fromkeys(usd, mtok), dict.fromkeys(usd, hours)


def _by_site(options: Options, entries: list[Entry], used: Usage) -> _Sums4:
    usd, penalty = _grouped(entries, lambda entry: entry.site or NOBODY)
    mtok: Sums = defaultdict(float)
    hours: Sums = defaultdict(float)
    for (_, site, _), amount in used.pv_mtok.items():
        mtok[site] += amount
    for (_, site), amount in used.pv_chip_hours.items():
        hours[site] += amount
    return usd, penalty, mtok, hours


def _by_vendor(options: Options, entries: list[Entry], used: Usage) -> _Sums4:
    usd, penalty = _grouped(entries, lambda entry: vendor_of(options, entry))
    mtok: Sums = defaultdict(float)
    hours: Sums = defaultdict(float)
    for (name, _, _), amount in used.pv_mtok.items():
        mtok[options.configurations[name].vendor] += amount
    for (name, _), amount in used.pv_chip_hours.items():
        hours[options.configurations[name].vendor] += amount
    return usd, penalty, mtok, hours


def _by_workload(options: Options, entries: list[Entry], used: Usage) -> _Sums4:
    usd, left = workload_costs(options, entries, used)
    _, penalty = _grouped(entries, lambda entry: entry.subject)
    mtok: Sums = defaultdict(float)
    for (_, _, workload), amount in used.pv_mtok.items():
        mtok[workload] += amount
    return {**usd, NOBODY: left} if left else usd, penalty, mtok, {}


_VIEW: dict[str, Callable[[Options, list[Entry], Usage], _Sums4]] = {
    "account": _by_account,
    "site": _by_site,
    "vendor": _by_vendor,
    "workload": _by_workload,
}
