"""Two years of quarterly reviews through the command line, with what really happens in between.

After each review the orders due are signed as planned and everybody approves; before the next the
world moves: a delivery slips, a price jumps, memory is cut, displacement is believed likelier.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from planner.timeline import start_of
from tests.cli.command import called
from tests.support import ROOT

QUARTERS = (
    date(2026, 12, 15),
    *(date(2027, month, 15) for month in (3, 6, 9, 12)),
    *(date(2028, month, 15) for month in (3, 6, 9)),
)
REVIEW = """\
name: play
scenario: play.yaml
cadence: {{every: quarter, first: 2026-12-15, roll: following}}
horizon: {horizon}
targets: none
roles: [{{role: lead}}, {{role: board, above: 100 MUSD}}]
"""
_LATE_QUARTERS = 1
Happening = Callable[["Play"], None]


@dataclass
class Held:
    """One review as its JSON tells it, and the money block of the diff against its baseline."""

    review: dict[str, Any]
    money_usd: float | None

    @property
    def steps_usd(self) -> float | None:
        why = self.review["attribution"]
        return None if why is None else sum(step["npv_usd"] for step in why["steps"])


@dataclass
class Play:
    """A scenario that lives: what was signed is in it, and what changed.

    horizon: whether its end stays or moves on with each review.
    """

    folder: Path
    parent: str
    horizon: str = "rolling"
    scenario: dict[str, Any] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    day: date = QUARTERS[0]

    @property
    def out(self) -> Path:
        return self.folder / "reports"

    def begin(self) -> None:
        self.scenario |= {
            "name": "play",
            "extends": str(ROOT / "scenarios" / f"{self.parent}.yaml"),
            "signed": {},
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "review.yaml").write_text(REVIEW.format(horizon=self.horizon), encoding="utf-8")  # fmt: skip

    def quarter(self, day: date, happening: Happening | None = None) -> Held:
        """What happens, the review, its signatures, and the orders it says are due."""
        self.day = day
        if happening is not None:
            happening(self)
        self._settle(day)
        (self.folder / "play.yaml").write_text(json.dumps(self.scenario), encoding="utf-8")
        self._run("review", "tick", self.folder / "review.yaml", "--today", day)
        review = self._run("review", "show", "latest")
        held = Held(review, self._money_usd(review))
        self.held.append(held)
        for role in review["required"]:
            words = ("--role", role, "--by", "Ann", "--decision", "approve", "--today", day)
            self._run("review", "approve", "latest", *words)
        self._sign(review, day)
        return held

    def slip(self) -> None:
        """The first contract that is still to come comes a quarter late."""
        coming = (
            c for c in self.scenario["signed"].values() if c["delivery"] > self.day.isoformat()
        )
        contract = next(coming)
        late = date.fromisoformat(contract["delivery"])
        month = late.month + 3 * _LATE_QUARTERS
        moved = date(late.year + (month - 1) // 12, (month - 1) % 12 + 1, 1).isoformat()
        contract["delivery"] = moved
        for payment in contract.get("due", []):
            payment["date"] = moved

    def _settle(self, day: date) -> None:
        """What was delivered by now is paid."""
        for contract in self.scenario["signed"].values():
            if "due" in contract and contract["delivery"] <= day.isoformat():
                contract["due"] = []

    def _sign(self, review: dict[str, Any], day: date) -> None:
        """Sign every order that the review says is due, as planned."""
        due = {(one["subject"], one["site"], one["decide_by"]) for one in review["decisions"] if one["decision"] == "order"}  # fmt: skip
        run = self.out / review["runs"][0]["path"]
        with (run / "tables/deliveries.csv").open() as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if (row["offer"].partition("@")[0], row["site"], row["order_by"]) in due:
                name = f"{row['offer']}-{row['site']}-{row['in_service']}".lower().replace("@", "-")
                self.scenario["signed"][f"{name}-of-{day:%Y-%m}"] = self._contract(row, day)

    def _contract(self, row: dict[str, str], day: date) -> dict[str, Any]:
        count, price_usd = float(row["systems"]), float(row["price_usd"])
        delivery = start_of(row["in_service"]).isoformat()
        system, _, fabric = row["system"].partition("@")
        contract: dict[str, Any] = {
            "system": system,
            "contract": row["contract"],
            "supplier": row["supplier"],
            "site": row["site"],
            "count": count,
            "state": "active",
            "ordered": day.isoformat(),
            "delivery": delivery,
        }
        if fabric:
            contract["fabric"] = fabric
        if row["price_per"] == "system":
            contract["price"] = f"{price_usd!r} USD"
            contract["due"] = [{"date": delivery, "amount": f"{price_usd * count!r} USD"}]
        else:
            chips = float(row["chips"]) / count
            contract["price"] = f"{price_usd / chips!r} USD/chip/h"
        return contract

    def _money_usd(self, review: dict[str, Any]) -> float | None:
        """What the diff against the baseline says cost changed by."""
        if review["baseline_run"] is None:
            return None
        diff = self._run("diff", review["baseline_run"], review["run_id"])
        return sum(change["amount"] for change in diff["money"])

    def _run(self, *words: object) -> dict[str, Any]:
        told = called(*map(str, words), "--out", self.out, "--json")
        assert told.code == 0, told.err
        return told.json


def price_jump(offer: str, factor: float) -> Happening:
    """One supplier asks more."""

    def happen(play: Play) -> None:
        play.scenario.setdefault("offers", {}).setdefault(offer, {})["price_factor"] = factor

    return happen


def memory_cut(pool: str, amount: dict[str, str]) -> Happening:
    """The allocation shrinks from some period on; what came before came."""

    def happen(play: Play) -> None:
        play.scenario.setdefault("pools", {})[pool] = {"amount": amount}

    return happen


def hazard(per_year: str) -> Happening:
    """Displacement is believed likelier."""

    def happen(play: Play) -> None:
        hybrid = {"family": "exponential", "hazard": per_year, "basis": "the committee's vote"}
        displacement = {"hybrid": hybrid, "takeover": "2 years", "basis": "the committee's vote"}
        play.scenario["risk"] = {"window": "0.5 years", "beliefs": {"displacement": displacement}}

    return happen


def more_demand(workload: str, start: str, growth: str) -> Happening:
    """The forecast is raised, as seen from the first period."""

    def happen(play: Play) -> None:
        forecast = {"start": start, "growth": growth}
        play.scenario.setdefault("workloads", {})[workload] = {"demand": forecast}

    return happen


def slip(play: Play) -> None:
    """A delivery slips."""
    play.slip()
