"""Annuity views: what one chip-hour, kW-month and Mtok cost when capital is spread over its life.

Two clocks: hardware is repaid over its own life in service at the plan's discount rate, the
building over the life and at the rate its shell states. All else counts as paid, undiscounted.
These are the figures that published cost models print; the plan itself is decided on cash.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from planner.accounts.account import all_accounts
from planner.accounts.expansion import EXPANSION
from planner.annuity import capital_recovery_factor
from planner.finance.allocate import NOBODY, place_of
from planner.finance.cashflow import not_cash
from planner.finance.cohorts import Cohort
from planner.finance.ledger import Entry
from planner.finance.usage import Place, Usage
from planner.options.table import Options

RESALE = "resale"
"""Gives capital back; an annuity over the whole life has no use for it."""


@dataclass(frozen=True)
class Annuity:
    """One place, or all of them, over the horizon; what no system is behind has a line by site.

    it_capital_usd: paid for systems and network. facility_capital_usd: shell of the most power
    provisioned at once. it_usd, facility_usd, running_usd: charge over the horizon.
    usd_per_year: all three over the horizon's years. Per chip-hour and kW-month of systems in
    service; None where there is nothing to divide by. The total's kW-month is of our own sites,
    with all they cost. Systems installed before count as paid off.
    """

    system: str
    site: str
    it_capital_usd: float
    facility_capital_usd: float
    it_usd: float
    facility_usd: float
    running_usd: float
    usd_per_year: float
    it_usd_per_chip_hour: float | None
    facility_usd_per_chip_hour: float | None
    running_usd_per_chip_hour: float | None
    usd_per_chip_hour: float | None
    usd_per_kw_month: float | None
    usd_per_mtok: float | None


@dataclass
class _Sum:
    it_capital: float = 0.0
    facility_capital: float = 0.0
    it: float = 0.0
    facility: float = 0.0
    running: float = 0.0
    chip_hours: float = 0.0
    kw_months: float = 0.0
    at_our_sites: float = 0.0
    mtok: float = 0.0


def annuities(
    options: Options, entries: list[Entry], cohorts: list[Cohort], used: Usage
) -> list[Annuity]:
    """One line per place that stood in service, the dearest first, and the total last."""
    sums: dict[Place, _Sum] = defaultdict(_Sum)
    _hardware(options, cohorts, sums)
    _paid(options, entries, sums)
    for place, hours in used.chip_hours.items():
        sums[place].chip_hours = hours
        sums[place].kw_months = used.kw_months.get(place, 0.0)
        shell = options.places[place[1]].shell
        if shell is not None:
            sums[place].facility_capital = used.most_kw[place] * shell.capex_usd_per_kw
    for (name, site, _), mtok in used.mtok.items():
        sums[name, site].mtok += mtok
    for (_, site), total in sums.items():
        if site and not options.places[site].hosted:
            total.at_our_sites = total.it + total.facility + total.running
    years = options.timeline.count * options.timeline.years
    lines = [_line(place, total, years) for place, total in sums.items()]
    lines.sort(key=lambda line: (line.system == NOBODY, -line.usd_per_year, line.system, line.site))
    whole = _Sum(*(sum(getattr(s, name) for s in sums.values()) for name in _Sum.__annotations__))
    return [*lines, _line(("total", ""), whole, years)]


def _hardware(options: Options, cohorts: list[Cohort], sums: dict[Place, _Sum]) -> None:
    """capital · CRF(discount rate, life in service) for every year a cohort is held."""
    rate, years = options.timeline.discount_rate, options.timeline.years
    for cohort in cohorts:
        offering = options.offerings[cohort.offer]
        yearly = cohort.capital_usd * capital_recovery_factor(rate, offering.life_years)
        line = sums[offering.configuration, cohort.site]
        line.it_capital += cohort.systems * cohort.capital_usd
        line.it += yearly * years * sum(cohort.held)


def _paid(options: Options, entries: list[Entry], sums: dict[Place, _Sum]) -> None:
    capital = {account.name for account in all_accounts() if account.capital}
    facility = {account.name for account in all_accounts() if account.facility}
    left_out = capital | not_cash() | {RESALE}
    for entry in entries:
        if entry.account == EXPANSION:
            _block(options, entry, sums[_line_of(options, entry)])
        elif entry.account in facility:
            sums[_line_of(options, entry)].facility += entry.usd
        elif entry.account not in left_out and entry.usd:
            sums[_line_of(options, entry)].running += entry.usd


def _line_of(options: Options, entry: Entry) -> Place:
    """The place a payment belongs to; what no system is behind stands by its site, or by none."""
    place = place_of(options, entry)
    if place[0] in options.configurations:
        return place
    return NOBODY, entry.site if entry.site in options.places else ""


def _block(options: Options, entry: Entry, line: _Sum) -> None:
    """capital · CRF(discount rate, life) for every year a block of power or room is in service."""
    timeline = options.timeline
    block = options.places[entry.site].block(entry.subject)
    periods = min(block.life, timeline.count - entry.period)
    recovery = capital_recovery_factor(timeline.discount_rate, block.life_years)
    line.facility_capital += entry.usd
    line.facility += entry.usd * recovery * timeline.years * periods


def _line(place: Place, total: _Sum, years: float) -> Annuity:
    every = total.it + total.facility + total.running

    def over(usd: float, units: float) -> float | None:
        return usd / units if units else None

    return Annuity(
        system=place[0],
        site=place[1],
        it_capital_usd=total.it_capital,
        facility_capital_usd=total.facility_capital,
        it_usd=total.it,
        facility_usd=total.facility,
        running_usd=total.running,
        usd_per_year=every / years,
        it_usd_per_chip_hour=over(total.it, total.chip_hours),
        facility_usd_per_chip_hour=over(total.facility, total.chip_hours),
        running_usd_per_chip_hour=over(total.running, total.chip_hours),
        usd_per_chip_hour=over(every, total.chip_hours),
        usd_per_kw_month=over(total.at_our_sites, total.kw_months),
        usd_per_mtok=over(every, total.mtok),
    )
