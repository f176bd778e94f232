"""Where in the compiled arrays stands what draws move: found once, by the names of rows and columns."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.program.kind import kinds
from planner.risk.compiled import Compiled
from planner.risk.exposure import LEFT
from planner.risk.twins import FREE, HYBRID, RESPUN, SUCCESSOR, Twinned
from planner.scenario.beliefs import Beliefs
from planner.solver.arrays import Floats

_STATES = {"": 0, HYBRID: 1, FREE: 2, SUCCESSOR: 3}
_Z80 = 1.2815515655446004
"""Normal quantile of 0.9: four fifths lie between minus and plus this."""
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Moved:
    """Positions and figures, each group of arrays of one length.

    demand_*: rows of demand with what the base asks of their workload. pools: rows of each pool,
    what arrives by period, whether it carries over. minima: rows with a least amount.
    bought_*: columns of acquisitions by cohort and vendor (-1 where none is feared for).
    held_*: entries of held systems in fleet rows, by age and supplier. running_*: entries of
    running systems in throughput rows. valued_*: columns in whose cost something is left of a
    system, the period it is valued in, what is kept under hybrids and without attention, and the
    model it is etched for.
    respun*: deliveries and rentals that open with a model's successor.
    """

    demand_row: Ints
    demand_asked: Floats
    demand_workload: Ints
    demand_state: Ints
    demand_period: Ints
    pools: list[tuple[Ints, Floats, bool]]
    minima: Ints
    vendors: tuple[str, ...]
    bought: Ints
    bought_cohort: Ints
    bought_vendor: Ints
    suppliers: tuple[str, ...]
    held_row: Ints
    held_column: Ints
    held_value: Floats
    held_age: Ints
    held_supplier: Ints
    spreads: tuple[tuple[str, float], ...]
    running_row: Ints
    running_column: Ints
    running_value: Floats
    running_configuration: Ints
    valued: Ints
    valued_at: Ints
    valued_keep: Floats
    valued_model: tuple[str, ...]
    respun: Ints
    respun_period: Ints
    respun_model: tuple[str, ...]


def moved(base: Compiled, twins: Twinned, beliefs: Beliefs) -> Moved:
    """Read every position off the labels of a compiled program."""
    found: dict[str, Any] = {}
    for part in (_demand, _pools, _bought, _held, _running, _valued, _respun):
        found |= part(base, twins, beliefs)
    return Moved(**found)


def _ints(values: Any) -> Ints:
    return np.array(list(values), dtype=np.int32)


def _demand(base: Compiled, twins: Twinned, beliefs: Beliefs) -> dict[str, Any]:
    rows = [(j, key) for j, (family, key) in enumerate(base.labels) if family == "demand"]
    asked = {key: base.arrays.row_upper[j] for j, key in rows}
    names = list(twins.models)
    parts = [(j, *key[0].partition("@")[::2], key[1], key[2]) for j, key in rows]
    return {
        "demand_row": _ints(j for j, *_ in parts),
        "demand_asked": np.array([asked[w, t, h] for _, w, _, t, h in parts]),
        "demand_workload": _ints(names.index(w) for _, w, *_ in parts),
        "demand_state": _ints(_STATES[state] for _, _, state, *_ in parts),
        "demand_period": _ints(t for *_, t, _ in parts),
    }


def _pools(base: Compiled, twins: Twinned, beliefs: Beliefs) -> dict[str, Any]:
    by_pool: dict[str, list[int]] = {}
    for j, (family, key) in enumerate(base.labels):
        if family == "supply":
            by_pool.setdefault(key[0], []).append(j)
    pools = []
    for name, rows in by_pool.items():
        limits = base.arrays.row_upper[rows]
        carried = base.options.supplies[name].carry_over
        pools.append((_ints(rows), np.diff(limits, prepend=0.0) if carried else limits, carried))
    minima = _ints(
        j
        for j, (family, key) in enumerate(base.labels)
        if family in ("volume", "limit") and key[-1] == "least"
    )
    return {"pools": pools, "minima": minima}


def _bought(base: Compiled, twins: Twinned, beliefs: Beliefs) -> dict[str, Any]:
    """Every column with a cohort, and of rented capacity its period."""
    vendors = tuple(beliefs.vendor_failure.of) if beliefs.vendor_failure else ()
    cards, options = kinds(), base.options
    columns, cohorts, whose = [], [], []
    for j, column in enumerate(base.program.space.columns):
        at = cards[column.kind].cohort
        at = 2 if column.kind == "rent" else at
        offering = options.offerings.get(column.key[0]) if at is not None else None
        if offering is None or offering.fixed is not None or at is None:
            continue
        maker = offering.supplier if offering.supplier in vendors else options.of(offering.id).vendor  # fmt: skip
        made = offering.ownership == "own" or maker == offering.supplier
        columns.append(j)
        cohorts.append(column.key[at])
        whose.append(vendors.index(maker) if maker in vendors and made else -1)
    return {
        "vendors": vendors,
        "bought": _ints(columns),
        "bought_cohort": _ints(cohorts),
        "bought_vendor": _ints(whose),
    }


def entries(base: Compiled, family: str) -> list[tuple[int, int, float, Any]]:
    """(row, column, coefficient, column of the program) of every entry of a family's rows."""
    columns, arrays = base.program.space.columns, base.arrays
    return [
        (j, int(arrays.index[k]), float(arrays.value[k]), columns[arrays.index[k]])
        for j, (name, _) in enumerate(base.labels)
        if name == family
        for k in range(arrays.start[j], arrays.start[j + 1])
    ]


def _held(base: Compiled, twins: Twinned, beliefs: Beliefs) -> dict[str, Any]:
    suppliers = tuple(sorted({o.supplier for o in base.options.offerings.values()})) if beliefs.slip else ()  # fmt: skip
    found = []
    for j, at, value, column in entries(base, "fleet") if suppliers else ():
        offering = base.options.offerings.get(column.key[0]) if column.kind in ("deliver", "own") else None  # fmt: skip
        if offering is not None and offering.fixed is None:
            age = base.labels[j][1][2] - column.key[2]
            found.append((j, at, value, age, suppliers.index(offering.supplier)))
    return {
        "suppliers": suppliers,
        "held_row": _ints(row[0] for row in found),
        "held_column": _ints(row[1] for row in found),
        "held_value": np.array([row[2] for row in found]),
        "held_age": _ints(row[3] for row in found),
        "held_supplier": _ints(row[4] for row in found),
    }


def _running(base: Compiled, twins: Twinned, beliefs: Beliefs) -> dict[str, Any]:
    names = list(base.options.configurations) if beliefs.shortfall else []
    spreads = tuple((name, _spread(base, beliefs, name)) for name in names)
    found = [
        (j, at, value, names.index(base.labels[j][1][0]))
        for j, at, value, column in (entries(base, "throughput") if names else ())
        if column.kind in ("fleet", "rent")
    ]
    return {
        "spreads": spreads,
        "running_row": _ints(row[0] for row in found),
        "running_column": _ints(row[1] for row in found),
        "running_value": np.array([row[2] for row in found]),
        "running_configuration": _ints(row[3] for row in found),
    }


def _spread(base: Compiled, beliefs: Beliefs, name: str) -> float:
    """Standard deviation of log speed: the estimates' widest band, else the weakest tier's spread."""
    assert beliefs.shortfall is not None
    rates = [r for w, r in base.options.configurations[name].rates.items() if "@" not in w]
    bands = [log(r.high / r.low) / (2 * _Z80) for r in rates if r.low and r.high]
    stated = [beliefs.shortfall.spread.get(r.tier, 0.0) for r in rates if not (r.low and r.high)]
    return max([*bands, *stated], default=0.0)


def _valued(base: Compiled, twins: Twinned, beliefs: Beliefs) -> dict[str, Any]:
    from planner.accounts.account import registered

    last = base.options.timeline.count - 1
    by_kind = {c.kind for c in base.program.space.columns}
    valued_kinds = {k: {a.name for a in registered(k)} & set(LEFT) for k in by_kind}
    columns, at, keep, models = [], [], [], []
    for j, column in enumerate(base.program.space.columns):
        accounts = valued_kinds[column.kind]
        if not accounts or column.key[0] not in base.options.offerings:
            continue
        configuration = base.options.offerings[column.key[0]].configuration
        kept = twins.worth[configuration]
        columns.append(j)
        at.append(column.key[3] if accounts == {"resale"} else last)
        models.append(next(iter(twins.etched.get(configuration, ())), ""))
        keep.append((kept.get(HYBRID, 1.0), kept.get(FREE, 1.0)))
    return {
        "valued": _ints(columns),
        "valued_at": _ints(at),
        "valued_keep": np.array(keep).reshape(len(keep), 2),
        "valued_model": tuple(models),
    }


def _respun(base: Compiled, twins: Twinned, beliefs: Beliefs) -> dict[str, Any]:
    found = [
        (j, column.key[2], twins.etched[base.options.offerings[column.key[0]].configuration][0])
        for j, column in enumerate(base.program.space.columns)
        if column.kind in ("deliver", "rent") and column.key[0].endswith(f"@{RESPUN}")
    ]
    return {
        "respun": _ints(j for j, *_ in found),
        "respun_period": _ints(t for _, t, _ in found),
        "respun_model": tuple(model for *_, model in found),
    }
