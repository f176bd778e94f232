"""The money as lines: decisions, quantity and price per unit of them, and the cash they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.accounts.account import Account
from planner.options.table import Options
from planner.plan.saved import SavedRun
from planner.report.workbook.grounds import ground
from planner.report.workbook.holds import Hold, Levers
from planner.report.workbook.levers import Lever
from planner.report.workbook.line import (
    Across,
    At,
    Constant,
    Formula,
    Here,
    Line,
    Reference,
)
from planner.report.workbook.series import Flow, Series, series_of
from planner.timeline import SHARE_OF_PERIOD

AS_ACCOUNTED = "as the account states it"
"""Note of a price that is its own input."""


@dataclass(frozen=True)
class Money:
    """Every line of the money, by the sheet it stands on.

    moments: name of each moment at which money falls, and its periods after the start of its own.
    """

    levers: tuple[Line, ...]
    decisions: tuple[Line, ...]
    quantities: tuple[Line, ...]
    prices: tuple[Line, ...]
    cash: tuple[Line, ...]
    moments: Mapping[str, float]


def money(run: SavedRun) -> Money:
    """The lines behind every dollar of a run."""
    options, levers = run.options, Levers(run)
    decisions, quantities, prices, cash = [], [], [], []
    used = set()
    moments = {str(moment): share for moment, share in SHARE_OF_PERIOD.items()}
    for series in series_of(run):
        decisions.append(_decision(options, series))
        for flow, hold in levers.holds(series):
            if any(flow.usd.values()):
                names = _flow_names(options, flow)
                quantities.append(_quantity(flow, names, options.timeline.count))
                prices += _prices(levers, flow, hold, names)
                cash.append(_cash(options, flow, names))
                used.add(hold.lever)
                moments[flow.when] = flow.share
    return Money(
        levers=tuple(_lever(run, lever) for lever in levers.by_id.values() if lever.id in used),
        decisions=tuple(decisions),
        quantities=tuple(sorted(quantities, key=lambda line: line.names)),
        prices=tuple(prices),
        cash=tuple(sorted(cash, key=lambda line: line.names)),
        moments=moments,
    )


def _decision(options: Options, series: Series) -> Line:
    when = tuple(series.values.get(t, 0.0) for t in range(options.timeline.count))
    return Line(
        id=f"decision|{series.id}",
        names=_names(options, series),
        unit=series.kind.unit,
        values=when if series.dated else (),
        constant=None if series.dated else series.values[None],
        note=series.kind.meaning,
    )


def _names(options: Options, series: Series) -> tuple[str, ...]:
    """Kind, subject, site, what else is in its index, and its load block."""
    letters = series.kind.index.split(",")
    key = series.column(next(iter(series.values)))
    placed = {series.kind.subject, series.kind.site}
    other, block = [], ""
    for at, (letter, part) in enumerate(zip(letters, key, strict=True)):
        if letter == "h":
            block = tuple(options.blocks)[part] if part >= 0 else "any"
        elif letter == "v" and "t" in letters:
            other.append(options.timeline.periods[part].label)
        elif at not in placed and letter not in ("t", "v"):
            other.append(str(part))
    return (series.kind.name, series.name("subject"), series.name("site"), " ".join(other), block)


def _lever(run: SavedRun, lever: Lever) -> Line:
    return Line(
        id=lever.id,
        names=(lever.what, lever.subject),
        unit=lever.unit,
        tone="input" if lever.key else "pasted",
        values=lever.values,
        note="" if lever.key else "of a contract that is held already",
        key=lever.key,
        ground=ground(run, lever).cells,
    )


def _quantity(flow: Flow, names: tuple[str, ...], count: int) -> Line:
    return Line(
        id=f"quantity|{flow.id}",
        names=names,
        unit=f"{flow.account.unit} per {flow.series.kind.unit}",
        values=_spread(flow.quantity, count),
        note=flow.account.driver,
    )


def _cash(options: Options, flow: Flow, names: tuple[str, ...]) -> Line:
    """Decision times quantity times price, and its present value."""
    decision = f"decision|{flow.series.id}"
    by: Reference = Here(decision)
    if not flow.series.dated:
        by = Constant(decision)
    elif flow.decided is not None:
        by = At(decision, flow.decided)
    paid = tuple(
        flow.usd.get(t, 0.0) * flow.series.values.get(flow.decides(t), 0.0)
        for t in range(options.timeline.count)
    )
    waited = options.timeline.waited(flow.later)
    worth = sum(usd * waited * options.timeline.discount(t, flow.moment) for t, usd in enumerate(paid))  # fmt: skip
    of = {"decision": by, "quantity": Here(f"quantity|{flow.id}"), "price": Here(f"unit|{flow.id}")}
    own = {"cash": Across(f"cash|{flow.id}"), "discount": Across(f"discount|{flow.when}")}
    return Line(
        id=f"cash|{flow.id}",
        names=names,
        unit="USD",
        tone="formula",
        style="usd",
        values=paid,
        formula=Formula("{decision}*{quantity}*{price}", of),
        constant=worth,
        constant_formula=Formula("SUMPRODUCT({cash},{discount})", own),
        constant_tone="formula",
    )


def _flow_names(options: Options, flow: Flow) -> tuple[str, ...]:
    _, subject, site, other, block = _names(options, flow.series)
    when = options.timeline.periods[flow.decided].label if flow.decided is not None else ""
    cohort = " ".join(part for part in (other, when) if part)
    return (flow.account.name, subject, site, cohort, flow.rate or block, _class(flow.account), flow.when)  # fmt: skip


def _class(account: Account) -> str:
    if account.capital:
        return "capital"
    return "operating" if account.cash else "reckoned"


def _prices(levers: Levers, flow: Flow, hold: Hold, names: tuple[str, ...]) -> list[Line]:
    """The unit price, after whatever it takes to follow its lever."""
    count, unit = levers.options.timeline.count, f"USD per {flow.account.unit}"
    name = f"unit|{flow.id}"
    if hold.lever is None:
        values = _spread(hold.fixed, count)
        return [Line(name, names, unit, "input", values=values, note=AS_ACCOUNTED)]
    lever = levers.by_id[hold.lever].values
    factor = [hold.factor.get(t, 0.0) for t in range(count)]
    fixed = [hold.fixed.get(t, 0.0) for t in range(count)]
    parts = [Line(f"factor|{flow.id}", names, "per unit of the input", values=tuple(factor))]
    text = "{factor}*{lever}"
    of: dict[str, Reference] = {
        "factor": Here(parts[0].id),
        "lever": Here(hold.lever) if hold.at is None else At(hold.lever, hold.at),
    }
    if any(fixed):
        parts.append(Line(f"fixed|{flow.id}", names, unit, values=tuple(fixed)))
        text, of["fixed"] = "{fixed}+{factor}*{lever}", Here(parts[1].id)
    values = tuple(
        fixed[t] + factor[t] * lever[t if hold.at is None else hold.at] for t in range(count)
    )
    return [*parts, Line(name, names, unit, "formula", values=values, formula=Formula(text, of))]


def _spread(by_period: dict[int, float], count: int) -> tuple[float, ...]:
    return tuple(by_period.get(t, 0.0) for t in range(count))
