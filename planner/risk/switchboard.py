"""The switchboard: what to do instead of today's orders, and from when on, worked out beforehand.

A rule is a belief, a quote or a supply that moves until staying with today's orders costs more than
a stated share of the whole. Both sides of the point are re-solved, so a rule is never an
extrapolation; what could not be proven is not a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import log
from typing import Any

import numpy as np

from planner.options.units import MUSD
from planner.risk.chunks import Batch, Means, evaluate
from planner.risk.drivers import horizon_years
from planner.risk.due import due
from planner.risk.extensive import Decision
from planner.risk.frontier import Frontier
from planner.risk.functional import Functional
from planner.risk.lshaped import Search
from planner.risk.modes import two_stage
from planner.risk.orders import PLACED, named
from planner.risk.requote import quoted
from planner.risk.reweigh import at_hazard
from planner.risk.rule import (
    FARTHEST,
    LARGEST_HAZARD,
    MATERIAL,
    SLIPS,
    STEPS,
    Case,
    Move,
    Rule,
    Unproven,
)
from planner.risk.setting import Setting
from planner.risk.slipped import slipped
from planner.solver.arrays import Floats


class Switchboard:
    """Today's hedge, and the rules around it.

    Raises Unproven (RSK021) where a rule's two sides contradict it.
    """

    def __init__(
        self,
        made: Setting,
        functional: Functional,
        means: Means,
        say: Callable[[str], None],
        window_years: float | None = None,
    ) -> None:
        self.made, self.functional, self.say = made, functional, say
        self.means, self.window_years = means, window_years
        self.frontier = Frontier(made, functional, Search(means=means), window_years, say)
        self.own = made.draws.probabilities
        self.today: Decision = self.frontier.decide(self.own)
        say(f"today's orders cost {self.today.objective:,.3f} MUSD as weighed")
        self.material = MATERIAL * abs(self.today.objective)

    @property
    def cost_usd(self) -> float:
        """Today's orders, as weighed."""
        return self.today.objective * MUSD

    @property
    def material_usd(self) -> float:
        """What staying with them must cost over the best before a rule says otherwise."""
        return self.material * MUSD

    def orders(self) -> list[dict[str, Any]]:
        """What is decided now, with the last day for it."""
        nothing = np.zeros_like(self.today.x)
        return [
            {
                "decision": row["decision"],
                "of": row["of"],
                "amount": row["instead"],
                "due": row["due"],
            }
            for row in self._changes(nothing, self.today.x)
        ]

    def rules(self) -> Iterator[Rule]:
        """Every rule that exists within what is tried."""
        yield from self._hazard()
        for offer in self.offers():
            yield from self._quote(offer)
        yield from self._supply()

    def offers(self) -> list[str]:
        """Offers that the window may order."""
        columns, upper = self.made.base.program.space.columns, self.frontier.problem.base.upper
        now = [(j, columns[j]) for j in self.frontier.problem.first_columns]
        return sorted({c.key[0] for j, c in now if c.kind == "deliver" and upper[j] > 0})

    def _hazard(self) -> Iterator[Rule]:
        if self.made.beliefs.displacement is None:
            return
        believed = self._believed()
        for far, word in ((LARGEST_HAZARD, "rises over"), (0.0, "falls under")):

            def move(t: float, far: float = far) -> Case:
                return Case(self.frontier, at_hazard(self.made, believed + t * (far - believed)))

            yield from self._rule(f"the hazard of displacement {word}", "1/year", believed, far, move)  # fmt: skip

    def _believed(self) -> float:
        """The constant hazard with today's probability of displacement inside the horizon."""
        assert self.made.beliefs.displacement is not None
        years = horizon_years(self.made.options)
        return -log(self.made.beliefs.displacement.hybrid.survival(years)) / years

    def _quote(self, offer: str) -> Iterator[Rule]:
        offering = self.made.options.offerings[offer]
        what = quoted(self.made, self.frontier.problem, [offering])
        price = offering.price_usd[offering.first]
        unit = "USD" if offering.ownership == "own" else "USD/h"
        for far, word in ((1 - FARTHEST, "falls under"), (1 + FARTHEST, "rises over")):

            def move(t: float, far: float = far) -> Case:
                return Case(self.frontier.requoted(what, 1 + t * (far - 1)), self.own)

            yield from self._rule(f"the quote of {offer} {word}", unit, price, far * price, move)

    def _supply(self) -> Iterator[Rule]:
        """Pools slip by whole periods: the first slip that matters, no bisection."""
        if not self.made.options.supplies:
            return
        stays = 0.0
        for periods in SLIPS:
            case = self._slipped(periods)
            loss, other = self._loss(case)
            if loss > self.material:
                yield self._made("memory slips by", "periods", 0.0, periods - 1, periods, (stays, loss), other)  # fmt: skip
                return
            stays = loss

    def _slipped(self, periods: int) -> Case:
        other = Frontier(self.made, self.functional, Search(means=self.means), self.window_years, self.say)  # fmt: skip
        problem = two_stage(self.made, "hedge", self.window_years)
        other.worlds = slipped(self.made.worlds(problem.first), periods)
        other.problem = replace(problem, worlds=other.worlds)
        other.begin = self.today.x
        return Case(other, self.own)

    def _loss(self, case: Case) -> tuple[float, Decision]:
        """What today's orders cost there over the best (MUSD), and the best."""
        best = case.frontier.decide(case.probabilities)
        costs = self.today.costs
        if case.frontier is not self.frontier:  # the same worlds cost the same, however likely
            problem = case.frontier.problem_under(case.probabilities)
            found = evaluate(problem, self.today.x, Batch(self.means))
            costs = np.array([each.cost for each in found])
        return self.functional.value(costs, case.probabilities) - best.objective, best

    def _rule(
        self, trigger: str, unit: str, today: float, far: float, move: Move
    ) -> Iterator[Rule]:
        loss, other = self._loss(move(1.0))
        if loss <= self.material:
            self.say(f"{trigger}: nothing to switch up to {far:g} {unit}")
            return
        stays, gone, kept = 0.0, 1.0, 0.0
        for _ in range(STEPS):
            middle = (stays + gone) / 2
            there, best = self._loss(move(middle))
            if there > self.material:
                gone, loss, other = middle, there, best
            else:
                stays, kept = middle, there
        at = [today + t * (far - today) for t in (stays, gone)]
        self.say(f"{trigger} {at[1]:g} {unit}")
        yield self._made(trigger, unit, today, at[0], at[1], (kept, loss), other)

    def _made(
        self,
        trigger: str,
        unit: str,
        today: float,
        holds_to: float,
        threshold: float,
        losses: tuple[float, float],
        other: Decision,
    ) -> Rule:
        before, beyond = losses
        if not before <= self.material < beyond:
            raise Unproven(f"RSK021: '{trigger} {threshold:g} {unit}': staying costs {before:.6g} MUSD before and {beyond:.6g} beyond")  # fmt: skip
        found = evaluate(self.frontier.problem_under(self.own), other.x, Batch(self.means))
        wrong = self.functional.value(np.array([each.cost for each in found]), self.own)
        changes = self._changes(self.today.x, other.x)
        return Rule(
            trigger=trigger,
            unit=unit,
            today=today,
            holds_to=holds_to,
            threshold=threshold,
            before_usd=max(0.0, before) * MUSD,
            beyond_usd=beyond * MUSD,
            otherwise=changes,
            if_wrong_usd=(wrong - self.today.objective) * MUSD,
            last_day=min((row["due"] for row in changes), default=""),
        )

    def _changes(self, before: Floats, after: Floats) -> list[dict[str, Any]]:
        """Every decision of now that differs, with the last day to take it."""
        columns, options = self.made.base.program.space.columns, self.made.options
        rows = []
        for j, was, becomes in zip(self.frontier.problem.first_columns, before, after, strict=True):  # fmt: skip
            column, day = columns[j], due(options, columns[j])
            if abs(becomes - was) <= PLACED or day is None:
                continue
            rows.append({"decision": column.kind, "of": named(options, column.key), "today": float(was), "instead": float(becomes), "due": day.isoformat()})  # fmt: skip
        return rows
