"""From one run to another: how much of the change in NPV each cause brings; the parts add up to it.

The inputs of the old run are turned into those of the new one cause by cause, and each step is
solved. Steps that have no plan of their own are told together with the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from planner.catalog.load import Catalog
from planner.catalog.snapshot import to_data
from planner.documents import Document
from planner.errors import Failure, InvalidData
from planner.options.join import join
from planner.options.units import MUSD
from planner.plan.solved import Settings, solve
from planner.review.causes import CAUSES, Cause, mixed, same
from planner.review.held import Held
from planner.review.roll import rolled
from planner.scenario.check import problems_of
from planner.scenario.load import Loaded, checked
from planner.timeline import first_day

Say = Callable[[str], None]
_Made = Callable[[], Loaded]
_BEFORE_TODAY: tuple[Cause, ...] = ("code", "time")
"""Causes that turn the old plan into the same plan made today."""


@dataclass(frozen=True)
class Step:
    """What a cause brings (USD of NPV; more is better); several only where the first alone has no plan."""

    causes: tuple[Cause, ...]
    npv_usd: float

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Attribution:
    """The whole change in NPV and its parts, which sum to it.

    rolled_usd: NPV of the old inputs under today's code and seen from today, which is what today's
    plan is held against, for the passing of time decides nothing; None where that has no plan.
    """

    old_usd: float
    new_usd: float
    rolled_usd: float | None
    steps: tuple[Step, ...]

    @property
    def change_usd(self) -> float:
        return self.new_usd - self.old_usd

    @property
    def drift_share(self) -> float | None:
        """What is not time and code, as a share of the old plan seen from today."""
        if self.rolled_usd is None or not self.rolled_usd:
            return None
        return (self.new_usd - self.rolled_usd) / abs(self.rolled_usd)

    def as_data(self) -> dict[str, Any]:
        return {**asdict(self), "change_usd": self.change_usd, "drift_share": self.drift_share}


def attribute(old: Held, new: Held, horizon: str, say: Say = lambda text: None) -> Attribution:
    """Why the NPV of two runs differs.

    horizon: how the review lets time pass; see ``rolled``. Every step but the last is solved; the
    last is the new run itself, so the parts add up whatever lies between.
    """
    steps: list[Step] = []
    waiting: list[Cause] = []
    last_usd = old.npv_usd
    rolled_usd: float | None = old.npv_usd
    stages = list(_stages(old, new, horizon))
    for at, (cause, made) in enumerate(stages):
        waiting.append(cause)
        usd = new.npv_usd if at == len(stages) - 1 else _npv_usd(made, new)
        if cause in _BEFORE_TODAY:
            rolled_usd = usd
        if usd is None:
            say(f"no plan with only {' and '.join(waiting)} changed")
            continue
        steps.append(Step(tuple(waiting), usd - last_usd))
        say(f"{' and '.join(waiting)}: {(usd - last_usd) / MUSD:+,.2f} MUSD")
        waiting, last_usd = [], usd
    return Attribution(old.npv_usd, new.npv_usd, rolled_usd, tuple(steps))


def _stages(old: Held, new: Held, horizon: str) -> Iterator[tuple[Cause, _Made]]:
    """The old inputs with one cause after the other as the new run has it, unchanged ones left out."""
    if any(old.run.manifest[key] != new.run.manifest[key] for key in ("code", "solver")):
        yield "code", lambda: old.loaded
    catalog, data = old.loaded.catalog, old.loaded.document.data
    wanted = new.loaded.document.data
    if not same(_when(data), _when(wanted)):
        data = _seen_from(old.loaded.document, wanted, horizon)
        yield "time", _maker(data, catalog)
    base = data
    for position, cause in enumerate(CAUSES):
        if cause in _BEFORE_TODAY:
            continue
        changed = mixed(base, wanted, CAUSES[: position + 1])
        other = cause == "catalog" and _facts(old.loaded) != _facts(new.loaded)
        if other:
            catalog = new.loaded.catalog
        if other or not same(data, changed):
            yield cause, _maker(changed, catalog)
        data = changed


def _facts(loaded: Loaded) -> Any:
    """The catalog as data, facts of the scenario's own, which bear its as-of date, without a date."""
    as_of = str(loaded.document.data["as_of"])

    def undated(data: Any) -> Any:
        if isinstance(data, dict):
            return {k: "" if (k, v) == ("as_of", as_of) else undated(v) for k, v in data.items()}
        return [undated(item) for item in data] if isinstance(data, list) else data

    return undated(to_data(loaded.catalog))


def _when(data: dict[str, Any]) -> dict[str, Any]:
    return {"as_of": str(data["as_of"]), "horizon": data["horizon"]}


def _seen_from(document: Document, wanted: dict[str, Any], horizon: str) -> dict[str, Any]:
    """The old scenario at the new as-of date, over the new horizon."""
    later = rolled(document, first_day(str(wanted["as_of"])), horizon).data
    return {**later, "as_of": wanted["as_of"], "horizon": wanted["horizon"]}


def _maker(data: dict[str, Any], catalog: Catalog) -> _Made:
    """Check a mixed scenario when it is asked for: a mixture may make no sense on its own."""

    def made() -> Loaded:
        document = Document("the approved plan, partly as today", data, {})
        scenario = checked(document)
        problems = list(problems_of(scenario, catalog, document))
        if problems:
            raise InvalidData(problems)
        return Loaded(scenario, catalog, document)

    return made


def _npv_usd(made: _Made, new: Held) -> float | None:
    """NPV of the plan of a scenario, solved as the new run was; None where it has none."""
    try:
        solved = solve(join(made()), Settings(**new.run.manifest["settings"]))
    except Failure:
        return None
    return -solved.solution.objective * MUSD
