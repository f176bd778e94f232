"""What to exercise and what to let lapse, and by which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from math import inf, isfinite
from typing import Any

from planner.catalog.terms.cancel_window import MayCancel
from planner.catalog.terms.extend import Extension
from planner.catalog.terms.give_back import MayReturn
from planner.catalog.terms.layers import InLayers
from planner.finance.ledger import ZERO
from planner.options.table import Offering, Options
from planner.options.units import POOL_LOT
from planner.plan.solved import Answer
from planner.program.columns.rights import extension_open, layered_periods, layers_in
from planner.timeline import before

Table = list[dict[str, Any]]
EXERCISE, LAPSE, PART = "exercise", "let lapse", "exercise in part"


@dataclass(frozen=True)
class RightToUse:
    """One right: how much of it there is, how much the plan uses, and the last day to decide.

    right: what it is; held_under: the offer whose contract gives it; cohort: whose, where it has one.
    available: systems (of a supply, its units), None where nothing bounds it. decide_by: empty where no day is stated.
    """

    right: str
    held_under: str
    site: str
    cohort: str
    available: float | None
    used: float
    decide_by: str
    advice: str


def rights(answer: Answer) -> Table:
    """Every right that contracts give, the first to decide first."""
    found = [right for part in _PARTS for right in part(answer)]
    order = sorted(found, key=lambda r: (r.decide_by or "9999", r.right, r.held_under, r.cohort))
    return [asdict(right) for right in order]


def _right(
    right: str, held_under: str, site: str, cohort: str, available: float | None, used: float, by: date | None,
) -> RightToUse:  # fmt: skip
    whole = available is not None and used >= available - ZERO * max(1.0, available)
    advice = LAPSE if used <= ZERO else EXERCISE if whole or available is None else PART
    day = by.isoformat() if by else ""
    return RightToUse(right, held_under, site, cohort, available, used, day, advice)


def _choices(answer: Answer) -> Iterator[RightToUse]:
    """What is asked, offered or approved and does not bind yet."""
    sums = _delivered(answer)
    for offering in answer.options.offerings.values():
        paper = offering.commitment
        if paper is not None and not paper.binding:
            label = answer.options.timeline.periods[offering.first].label
            yield _right(f"take what is {paper.state}", offering.id, offering.sites[0], label, offering.max_total, sums[offering.id], paper.change_by)  # fmt: skip


def _orders(answer: Answer) -> Iterator[RightToUse]:
    """Options on more systems, on a shorter lead time and on a swap."""
    sums, options = _delivered(answer), answer.options
    slots = {key[0]: value for key, value in _used(answer, "reserve_slot")}
    words = {"expand": "order more at the agreed price", "swap": "swap for a later system"}
    for o, wirings in options.wirings().items():
        offering, right, used = wirings[0], wirings[0].right, sums[o]
        if right is None:
            continue
        if right.kind == "fast":
            kept = slots.get(offering.id, 0.0)
            today = options.timeline.as_of
            yield _right("keep slots open for the fee", right.of, "", "", None, kept, today)
            if kept > ZERO:
                yield _right("use open slots", right.of, "", "", kept, used, right.until)
        else:
            share = right.share * sums[right.of] if isfinite(right.share) else inf
            most = min(right.most, share) if right.kind == "expand" else None
            by = right.until or _first_order(answer, offering)
            yield _right(words[right.kind], right.of, "", "", most, used, by)


def _extensions(answer: Answer) -> Iterator[RightToUse]:
    """Terms that end inside the horizon and may go on."""
    options, space = answer.options, answer.program.space
    extended = dict(_used(answer, "extend"))
    for (offer, site, v), systems in _used(answer, "deliver"):
        offering = options.offerings[offer]
        agreed = offering.terms.get(Extension)
        if agreed is not None and extension_open(space, offering, v):
            ends = options.timeline.periods[v + offering.held].start
            by = before(ends, agreed.notice_weeks)
            label = options.timeline.periods[v].label
            used = extended.get((offer, site, v), 0.0)
            yield _right("extend the term", offer, site, label, systems, used, by)


def _exits(answer: Answer) -> Iterator[RightToUse]:
    """Terms that may be cancelled and systems that may be returned, by the last day to say so."""
    options = answer.options
    left: dict[tuple[str, Any], list[tuple[int, float]]] = defaultdict(list)
    for kind in ("sell", "give_back"):
        for (offer, site, v, t), systems in _used(answer, kind):
            left[kind, (offer, site, v)].append((t, systems))
    for (offer, site, v), systems in _used(answer, "deliver"):
        offering = options.offerings[offer]
        notice = 0.0
        window, back = offering.terms.get(MayCancel), offering.terms.get(MayReturn)
        if window is not None:
            notice = window.notice_weeks
        for kind, words, is_open in (
            ("sell", "cancel the term", offering.exit_fee is not None),
            ("give_back", "return the system", back is not None),
        ):
            if not is_open:
                continue
            last = _last_open(options, offering, v, kind)
            used = left[kind, (offer, site, v)]
            if kind == "sell" and window is None and not used:
                continue  # a right that is always open needs no decision until it is used
            when = min((t for t, _ in used), default=last)
            if when is not None:
                by = before(options.timeline.periods[when].start, notice)
                label = options.timeline.periods[v].label
                yield _right(words, offer, site, label, systems, sum(n for _, n in used), by)


def _last_open(options: Options, offering: Offering, v: int, kind: str) -> int | None:
    back = offering.terms.get(MayReturn)
    periods = range(v + 1, min(v + offering.held, options.timeline.count))
    open_in = [
        t
        for t in periods
        if (offering.may_cancel(offering.age + t - v) if kind == "sell" else back is not None and back.open_at(offering.age + t - v))
    ]  # fmt: skip
    return max(open_in, default=None)


def _reductions(answer: Answer) -> Iterator[RightToUse]:
    """Flexible volumes and supplies that may still be reduced."""
    options, space = answer.options, answer.program.space
    untaken = dict(_used(answer, "untaken"))
    for wirings in options.wirings().values():
        offering, layers = wirings[0], wirings[0].terms.get(InLayers)
        for t in layered_periods(offering) if layers is not None else ():
            assert layers is not None
            flexible = layers_in(space, layers, t)[1]
            if flexible:
                period = options.timeline.periods[t]
                by = before(period.start, layers.notice_weeks)
                used = untaken.get((offering.id, t, "flexible"), 0.0)
                yield _right("reduce the flexible volume", offering.id, "", period.label, flexible, used, by)  # fmt: skip
    left = dict(_used(answer, "leave"))
    for agreement in options.agreements.values():
        for period in options.timeline.periods:
            flexible = agreement.flexible[period.index]
            if flexible:
                used = left.get((agreement.id, period.index, "flexible"), 0.0) * POOL_LOT
                by = before(period.start, agreement.notice_weeks)
                yield _right("reduce the flexible supply", agreement.id, "", period.label, flexible, used, by)  # fmt: skip


def _first_order(answer: Answer, offering: Offering) -> date | None:
    wired = answer.options.offerings
    first = [v for (o, _, v), _ in _used(answer, "deliver") if wired[o].offer == offering.offer]
    periods = answer.options.timeline.periods
    return before(periods[min(first)].start, offering.lead_weeks) if first else None


def _delivered(answer: Answer) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for (offer, _, _), systems in _used(answer, "deliver"):
        sums[answer.options.offerings[offer].offer] += systems
    return sums


def _used(answer: Answer, kind: str) -> Iterator[tuple[tuple[Any, ...], float]]:
    for position, column in enumerate(answer.program.space.columns):
        if column.kind == kind and answer.x[position] > ZERO:
            yield column.key, float(answer.x[position])


_PARTS = (_choices, _orders, _extensions, _exits, _reductions)
