"""A supply agreement on a pool as plain numbers by period."""

from __future__ import annotations

from dataclasses import dataclass

from planner.scenario.agreement import PoolAgreement
from planner.scenario.quantity import Series, scaled
from planner.timeline import Timeline, before


@dataclass(frozen=True)
class Agreement:
    """Layers of a supply agreement by period, in the pool's unit.

    fixed: paid whatever is taken, with what can no longer be reduced in time. flexible: may still be
    reduced against reduction_fee, a share of the price. uncommitted: as far as it is expected to come.
    """

    id: str
    pool: str
    supplier: str
    price_usd: tuple[float, ...]
    fixed: tuple[float, ...]
    flexible: tuple[float, ...]
    uncommitted: tuple[float, ...]
    reduction_fee: float
    notice_weeks: float

    def owed(self, period: int) -> float:
        """Units that are taken, reduced or paid for nothing."""
        return self.fixed[period] + self.flexible[period]


def agreement_of(name: str, written: PoolAgreement, unit: str, timeline: Timeline) -> Agreement:
    """The agreement in numbers; a flexible amount whose day of notice has passed counts as fixed."""

    def over(series: Series | None, unit: str) -> tuple[float, ...]:
        return (0.0,) * timeline.count if series is None else scaled(series, unit).over(timeline)

    fixed, flexible = over(written.fixed, unit), over(written.flexible, unit)
    open_still = [before(p.start, written.notice) >= timeline.as_of for p in timeline.periods]
    return Agreement(
        id=name,
        pool=written.pool,
        supplier=written.supplier,
        price_usd=over(written.price, f"USD/({unit})"),
        fixed=tuple(
            a if is_open else a + b
            for a, b, is_open in zip(fixed, flexible, open_still, strict=True)
        ),
        flexible=tuple(
            b if is_open else 0.0 for b, is_open in zip(flexible, open_still, strict=True)
        ),
        uncommitted=tuple(written.expected * c for c in over(written.uncommitted, unit)),
        reduction_fee=written.reduction_fee or 0.0,
        notice_weeks=written.notice,
    )
