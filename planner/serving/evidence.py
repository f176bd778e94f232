"""The measured rows as the calibration sees them: a case, a day, tokens per second and chip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planner.catalog.load import Catalog
from planner.catalog.throughput import Point, Scenario, ServiceLimit
from planner.serving.figures import Case
from planner.serving.machine import Machine, machine_of
from planner.serving.rate import Request
from planner.serving.shape import Shape, shape_of

TRUSTED = ("user", "measured", "third party")
_CURVES = ("offline", "curve")


@dataclass(frozen=True)
class Row:
    """One measured row."""

    case: Case
    day: date
    round: str
    scenario: Scenario
    tuned: bool
    user: bool
    chips: float
    """Chips that made the figure together; 1 where it was given per chip."""
    per_chip: float
    """Output tokens per second and chip."""
    per_user: float | None
    speculative: bool
    limit: ServiceLimit | None

    @property
    def system(self) -> str:
        return self.case.machine.id

    @property
    def family(self) -> str:
        return self.case.machine.family

    @property
    def model(self) -> str:
        return self.case.shape.id

    @property
    def box(self) -> str:
        """One model on one chip, over all rounds."""
        return f"{self.model} on {self.case.machine.chip}"


def rows_of(catalog: Catalog, as_of: date) -> list[Row]:
    """Every trusted row of output tokens at a known shape and precision, in order of name.

    Where users measured a box in stock serving, public stock-serving rows of it are left out.
    """
    found = [
        row
        for model_id, table in sorted(catalog.throughput.items())
        for row in _rows(
            catalog, model_id, table.points, {str(k): v for k, v in table.limits.items()}, as_of
        )
    ]
    own = {row.box for row in found if row.user}
    return [row for row in found if row.user or row.tuned or row.box not in own]


def _rows(
    catalog: Catalog,
    model_id: str,
    points: tuple[Point, ...],
    limits: Mapping[str, ServiceLimit],
    as_of: date,
) -> Iterator[Row]:
    shape: Shape = shape_of(catalog.models[model_id], as_of)
    machines: dict[str, Machine] = {}
    for point in points:
        system = catalog.systems[point.system]
        if point.system not in machines:
            machines[point.system] = machine_of(system, catalog.chips[system.chip], as_of)
        machine = machines[point.system]
        if usable(point, as_of) and is_modelled(machine, point):
            assert point.isl
            assert point.osl
            assert point.precision
            drafted = bool(point.speculative)
            request = Request(point.isl, point.osl, None, None, (point.precision,), drafted)
            yield Row(
                case=Case(machine, shape, request, point.precision),
                day=point.throughput.day,
                round=point.throughput.label,
                scenario=point.scenario,
                tuned=point.regime == "tuned",
                user=point.throughput.quality == "user",
                chips=point.chips or 1.0,
                per_chip=point.throughput.number / (point.chips or 1.0),
                per_user=point.tok_per_s_per_user,
                speculative=drafted,
                limit=limits.get(point.scenario),
            )


def usable(point: Point, as_of: date) -> bool:
    """Whether a row is trusted, known by then, counts output tokens, and says its shape."""
    fact = point.throughput
    return (
        bool(point.isl and point.osl and point.precision)
        and fact.disclosed
        and not fact.rejected
        and fact.day <= as_of
        and fact.quality in TRUSTED
        and fact.number > 0
        and point.accounting == "output"
        and (point.scenario in _CURVES or point.scenario in ("server", "interactive"))
    )


def is_modelled(machine: Machine, point: Point) -> bool:
    """Whether the roofline in HBM has a law for this row's machine and precision."""
    known = machine.memory_bytes and machine.bytes_per_s and point.precision in machine.flops_per_s
    return bool(known) and not machine.on_chip_only
