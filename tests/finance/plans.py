"""Solved worlds with every view of their money."""

from __future__ import annotations

from planner.finance.ledger import Entry, ledger
from planner.options.table import Options
from planner.plan.money import Money, money
from planner.plan.solved import Answer, solve
from planner.scenario.finance import Finance

MTOK = 8766e3
"""Mtok of 1 Gtok/h over a year."""


def answered(options: Options) -> tuple[Answer, list[Entry]]:
    """The solution of a world and its ledger."""
    answer = solve(options).answer
    return answer, ledger(answer.program, answer.x)


def moneyed(options: Options, **finance: object) -> Money:
    """Every view of a world's money; finance as a scenario writes it."""
    return money(*answered(options), Finance.model_validate(finance))
