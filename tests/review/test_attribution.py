"""Why the NPV changed: the parts are solved one cause at a time and add up to the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest import mock

import pytest

from planner.plan.make import make_plan
from planner.plan.solved import Settings
from planner.plan.store import run_inputs, save
from planner.review.attribution import Attribution, attribute
from planner.review.causes import CAUSES, mixed
from planner.review.drift import drift, orders_share
from planner.review.held import Held
from planner.review.roll import rolled
from planner.review.settings import Materiality
from planner.scenario.load import Loaded, load, of_document
from tests.support import GOOD, edited, written

BUSY = ("start: 100 ktok/s", "start: 800 ktok/s")
SETTINGS = Settings(targets="none")


def busy(folder: Path, *edits: tuple[str, str]) -> Loaded:
    """The small scenario with demand enough to order systems for, edited."""
    return load(written(folder, edited(edited(GOOD, BUSY), *edits)))


def held(folder: Path, *edits: tuple[str, str], day: date | None = None) -> Held:
    """A saved plan of the busy scenario, edited, seen from a day."""
    found = busy(folder, *edits)
    if day is not None:
        found = of_document(rolled(found.document, day, "fixed end"), folder)
    return saved(found, folder)


def saved(found: Loaded, folder: Path) -> Held:
    plan = make_plan(found, SETTINGS)
    return Held(save(plan, run_inputs(found, SETTINGS), folder / "reports"))


def by_cause(why: Attribution) -> dict[str, float]:
    return {" + ".join(step.causes): step.npv_usd for step in why.steps}


def test_nothing_changed_nothing_is_told(tmp_path: Path) -> None:
    one = held(tmp_path)
    why = attribute(one, one, "fixed end")
    assert (why.steps, why.change_usd, why.drift_share) == ((), 0.0, 0.0)
    assert orders_share(one, one) == 0.0


SINGLE = {
    "prices": ("price: 0.4 MUSD", "price: 0.5 MUSD"),
    "supply": ("2027Q3: 3 MW", "2027Q3: 0.08 MW"),
    "delivery": ("count: 4", "count: 2"),
    "demand": ("start: 800 ktok/s", "start: 1200 ktok/s"),
    "rules": ("discount_rate: 9 %/year", "discount_rate: 12 %/year"),
}


@pytest.mark.parametrize("cause", SINGLE)
def test_a_single_change_is_told_as_its_own_cause(cause: str, tmp_path: Path) -> None:
    """One edit, one cause: its part is the whole change, to the cent."""
    old, new = held(tmp_path), held(tmp_path, SINGLE[cause])
    why = attribute(old, new, "fixed end")
    assert by_cause(why) == {cause: new.npv_usd - old.npv_usd}
    assert abs(why.change_usd) > 1


def test_everything_at_once_adds_up_and_each_part_is_a_solved_difference(tmp_path: Path) -> None:
    """Prices are applied before demand: their part is what the price alone changes, seen from the new day."""
    day = date(2027, 2, 1)
    old = held(tmp_path)
    new = held(tmp_path, *SINGLE.values(), day=day)
    why = attribute(old, new, "fixed end")
    parts = by_cause(why)
    assert list(parts) == ["time", "prices", "supply", "delivery", "demand", "rules"]
    assert sum(parts.values()) == pytest.approx(new.npv_usd - old.npv_usd, rel=1e-12)
    later, dearer = held(tmp_path, day=day), held(tmp_path, SINGLE["prices"], day=day)
    assert parts["time"] == pytest.approx(later.npv_usd - old.npv_usd)
    assert parts["prices"] == pytest.approx(dearer.npv_usd - later.npv_usd)
    assert why.rolled_usd == pytest.approx(later.npv_usd)


def test_time_alone_is_no_drift(tmp_path: Path) -> None:
    """Both plans see 2027Q2 to Q4; seen from February the same orders are best, so nothing drifts."""
    old, new = held(tmp_path), held(tmp_path, day=date(2027, 2, 1))
    why = attribute(old, new, "fixed end")
    assert list(by_cause(why)) == ["time"]
    assert why.drift_share == 0.0
    assert drift(old, new, why, Materiality()).npv_share == 0.0


def test_a_fact_of_the_catalog_is_told_apart(tmp_path: Path) -> None:
    """A figure we supply where the catalog has none stands in the catalog that the run carries."""
    assumed = ("price: {value: 0.5 MUSD, basis: a guess}", "price: {value: 0.1 MUSD, basis: a better guess}")  # fmt: skip
    offer = ("  fast-rent:", "  lean-buy: {system: acme-lean, contract: own, sites: [home]}\n  fast-rent:")  # fmt: skip
    old = held(tmp_path, offer)
    new = held(tmp_path, offer, assumed)
    why = attribute(old, new, "fixed end")
    assert by_cause(why) == {"catalog": new.npv_usd - old.npv_usd}


def test_a_cause_without_a_plan_of_its_own_is_told_with_the_next(tmp_path: Path) -> None:
    """Thirty systems must be bought, which need more racks than there are until the sites grow with
    the rules: a limit of 40 systems. Prices change too, and are told alone."""
    few = "policy:\n  limits: {few: {measure: systems, at_most: 10}}"
    many = "policy:\n  limits: {few: {measure: systems, at_most: 40}}"
    insisting = ("price: 0.4 MUSD", "price: 0.5 MUSD\n    min_total: 30")
    old = held(tmp_path, ("policy:", few))
    new = held(tmp_path, ("policy:", many), insisting)
    why = attribute(old, new, "fixed end")
    assert list(by_cause(why)) == ["prices", "supply + rules"]
    assert sum(by_cause(why).values()) == pytest.approx(new.npv_usd - old.npv_usd, rel=1e-12)


def test_other_code_is_told_first(tmp_path: Path) -> None:
    old = held(tmp_path)
    new = held(tmp_path, SINGLE["prices"])
    manifest = {**old.run.manifest, "code": "0.0.1+older"}
    old.__dict__["run"] = replace(old.run, manifest=manifest)
    why = attribute(old, new, "fixed end")
    assert list(by_cause(why)) == ["code", "prices"]
    assert by_cause(why)["code"] == pytest.approx(0.0, abs=1e-3)


def test_mixing_every_cause_is_the_new_scenario_and_none_the_old(tmp_path: Path) -> None:
    one = busy(tmp_path).document.data
    other = busy(tmp_path, *SINGLE.values(), ("fast-rent:", "rented:")).document.data
    assert mixed(one, other, ()) == one
    assert mixed(one, other, CAUSES) == other
    assert set(mixed(one, other, ("supply",))["offers"]) == {"fast-buy", "rented"}


def test_orders_that_differ_are_weighed_by_what_they_cost(tmp_path: Path) -> None:
    """Half as much again of demand: more of the same system; the share is the value of the difference."""
    old, new = held(tmp_path), held(tmp_path, SINGLE["demand"])
    share = orders_share(old, new)
    then = {o.period: o for o in old.orders}
    now = {o.period: o for o in new.orders}
    each = {period: o.usd / o.systems for period, o in {**now, **then}.items()}
    moved = sum(each[p] * abs(getattr(now.get(p), "systems", 0.0) - getattr(then.get(p), "systems", 0.0)) for p in each)  # fmt: skip
    assert share == pytest.approx(moved / sum(o.usd for o in old.orders))
    assert drift(old, new, attribute(old, new, "fixed end"), Materiality()).material
    assert not drift(old, new, attribute(old, new, "fixed end"), Materiality(npv=1.0, orders=1.0)).material  # fmt: skip


def test_no_step_is_solved_where_nothing_changed(tmp_path: Path) -> None:
    """A price alone: the last step is the new run itself, so nothing is solved again."""
    old, new = held(tmp_path), held(tmp_path, SINGLE["prices"])
    with mock.patch("planner.review.attribution.solve") as solve:
        attribute(old, new, "fixed end")
    solve.assert_not_called()
