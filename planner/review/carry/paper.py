"""Contracts on paper: orders begin them, deliveries make them active, slips move them, bills pay them.

What is promised and not reported is not taken as done: a delivery whose day has passed is expected
today, and a payment that no invoice shows is still owed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from planner.quantities import convert
from planner.review.actuals.kind import Fact
from planner.review.carry.draft import Draft
from planner.scenario.signed import BINDING
from planner.timeline import last_day

SIGNED = "signed"
_OWN = "USD"
"""Unit of the price of what is bought; only that has payments due."""
_PAYS = ("Purchase", "Credit", "Adjustment")
"""Categories of charge that count towards a price; usage and tax are beside it."""
_PENNY = 0.005
"""USD below which nothing is owed."""


@dataclass(frozen=True)
class Due:
    """A payment still to be made for all systems of a contract (USD), and its day as written."""

    written: str
    usd: float


@dataclass(frozen=True)
class Paper:
    """One contract: its keys as written, and what facts changed of it. why: of the last change; seq: its entry."""

    name: str
    keys: Mapping[str, Any]
    count: float
    delivery: str
    state: str
    due: tuple[Due, ...] | None
    why: str = ""
    seq: int = 0

    def written(self) -> dict[str, Any]:
        """As the scenario writes it."""
        due = {} if self.due is None else {"due": [{"date": one.written, "amount": f"{one.usd:.12g} USD"} for one in self.due]}  # fmt: skip
        counted = {"count": float(f"{self.count:.12g}"), "delivery": self.delivery}
        return {**self.keys, **counted, "state": self.state, **due}


def carry_paper(draft: Draft, facts: Sequence[Fact]) -> None:
    """Write every contract as the facts left it."""
    by_kind: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact.kind, str(fact.values.get("cohort"))].append(fact)
    begun = [_written(draft, name) for name in draft.section(SIGNED)]
    begun += [_ordered(fact) for fact in facts if fact.kind == "orders"]
    for paper in begun:
        moved = _slipped(paper, by_kind["slips", paper.name])
        paid = _billed(moved, by_kind["invoices", paper.name], draft)
        lapsed = _lapsed(paid, draft.day)
        for piece in _arrived(lapsed, by_kind["delivered", paper.name]):
            _put(draft, _in_time(piece, draft))


def _put(draft: Draft, paper: Paper) -> None:
    """Write what changed, key by key; what nothing was told of stays as it was written."""
    known = draft.section(SIGNED, paper.name)
    if not known:
        draft.put((SIGNED, paper.name), paper.written(), paper.why, paper.seq)
    elif paper.why:
        was, now = _written(draft, paper.name), paper.written()
        for key in ("count", "delivery", "state", "due"):
            if getattr(was, key) != getattr(paper, key):
                draft.put((SIGNED, paper.name, key), now[key], paper.why, paper.seq)


def _written(draft: Draft, name: str) -> Paper:
    """A contract of the scenario."""
    keys = draft.in_usd[SIGNED][name]
    due = keys.get("due")
    owed = None if due is None else tuple(Due(str(one["date"]), convert(one["amount"], "USD")) for one in due)  # fmt: skip
    plain = {key: value for key, value in keys.items() if key not in ("due", "count", "delivery", "state")}  # fmt: skip
    return Paper(name, plain, float(keys["count"]), str(keys["delivery"]), keys["state"], owed)


def _ordered(fact: Fact) -> Paper:
    """A contract that an order began: what was not paid at once is due on delivery."""
    told = fact.values
    keys = {name: told[name] for name in ("system", "contract", "supplier", "site", "fabric", "note") if told[name]}  # fmt: skip
    keys |= {"ordered": fact.day.isoformat(), "price": f"{told['price_usd']:.12g} {told['unit']}"}
    due: tuple[Due, ...] | None = None
    if told["unit"] == _OWN:
        rest = told["price_usd"] * told["systems"] - told["paid_usd"]
        due = (Due(told["delivery"], rest),) if rest > _PENNY else ()
    why = f"ordered under {told['offer']} on {fact.day}"
    return Paper(told["cohort"], keys, told["systems"], told["delivery"], "locked", due, why, fact.seq)  # fmt: skip


def _slipped(paper: Paper, slips: list[Fact]) -> Paper:
    """The newest day that was told; what is due on delivery moves with it."""
    for slip in sorted(slips, key=lambda fact: fact.day):
        told = slip.values
        due = None if paper.due is None else tuple(
            replace(one, written=told["delivery"]) if one.written == paper.delivery else one
            for one in paper.due
        )  # fmt: skip
        why = f"moved from {paper.delivery} to {told['delivery']}, told on {slip.day}"
        paper = replace(paper, delivery=told["delivery"], due=due, why=why, seq=slip.seq)
    return paper


def _billed(paper: Paper, invoices: list[Fact], draft: Draft) -> Paper:
    """Payments less what invoices show, the first due first; what none shows by its day is owed today."""
    counted = [fact for fact in invoices if fact.values["category"] in _PAYS]
    paid = sum(fact.values["billed_usd"] for fact in counted)
    if paper.due is None:
        return paper
    left, rest, overdue = paid, [], False
    for one in sorted(paper.due, key=lambda due: last_day(due.written)):
        settled = min(max(left, 0.0), one.usd)
        left -= settled
        if one.usd - settled > _PENNY:
            late = last_day(one.written) < draft.day
            overdue |= late
            rest.append(Due(draft.day.isoformat() if late else one.written, one.usd - settled))
    if left > _PENNY:
        draft.open.append(f"{paper.name}: {left:,.0f} USD more were billed than were due")
    if overdue:
        draft.open.append(f"{paper.name}: a payment fell due and no invoice shows it; it is counted as owed today")  # fmt: skip
    if tuple(rest) == paper.due:
        return paper
    why = f"{paid:,.0f} USD billed" if counted else "a payment is overdue"
    seq = counted[-1].seq if counted else 0
    return replace(paper, due=tuple(rest), why=_joined(paper.why, why), seq=seq or paper.seq)


def _lapsed(paper: Paper, day: date) -> Paper:
    """A choice that nobody made in time has ended."""
    by = str(paper.keys.get("change_by") or "")
    if paper.state in (*BINDING, "ended") or not by or last_day(by) >= day:
        return paper
    return replace(paper, state="ended", why=f"it could be changed until {by}, and lapsed")


def _arrived(paper: Paper, deliveries: list[Fact]) -> list[Paper]:
    """The parts of a contract that came, each from its own day, and the part still to come.

    The part still to come keeps the name, or else the last that came. Payments are shared by count.
    """
    came: dict[date, list[Fact]] = defaultdict(list)
    for fact in deliveries:
        came[fact.day].append(fact)
    if not came or paper.state == "ended":
        return [paper]
    pieces = []
    for day, facts in sorted(came.items()):
        count = sum(fact.values["systems"] for fact in facts)
        why = f"{count:g} of {paper.count:g} came on {day}"
        pieces.append(_part(paper, f"{paper.name}-in-{day}", count, day.isoformat(), "active", why, facts[-1].seq))  # fmt: skip
    rest = paper.count - sum(piece.count for piece in pieces)
    if rest > _PENNY * paper.count:
        why = f"{rest:g} of {paper.count:g} are still to come"
        seq = pieces[-1].seq
        return [*pieces, _part(paper, paper.name, rest, paper.delivery, paper.state, _joined(paper.why, why), seq)]  # fmt: skip
    return [*pieces[:-1], replace(pieces[-1], name=paper.name)]


def _part(
    paper: Paper, name: str, count: float, delivery: str, state: str, why: str, seq: int
) -> Paper:
    share = count / paper.count
    due = None if paper.due is None else tuple(replace(one, usd=one.usd * share) for one in paper.due)  # fmt: skip
    return replace(paper, name=name, count=count, delivery=delivery, state=state, due=due, why=why, seq=seq)  # fmt: skip


def _in_time(paper: Paper, draft: Draft) -> Paper:
    """A delivery that binds, whose last day has passed and that nobody reported, is expected today."""
    if paper.state != "locked" or last_day(paper.delivery) >= draft.day:
        return paper
    draft.open.append(f"{paper.name}: due {paper.delivery}, and nobody reported that it came; it is expected today")  # fmt: skip
    why = _joined(paper.why, f"due {paper.delivery} and not reported")
    return replace(paper, delivery=draft.day.isoformat(), why=why)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
