"""Tables of what contracts give beside systems: tokens bought, and commitments with what of them is used."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from planner.catalog.terms.commitment import Committed
from planner.finance.ledger import ZERO
from planner.options.metered import PricedTokens
from planner.options.table import Offering, Options
from planner.options.units import MEGAWATT, gtok_per_hour
from planner.plan.solved import Answer
from planner.program.columns.take_or_pay import in_row_units
from planner.quantities import MEGA

Table = list[dict[str, Any]]


def tokens_bought(answer: Answer) -> Table:
    """Tokens bought by the million, with who keeps the latency limits and where the price is from."""
    options, blocks = answer.options, tuple(answer.options.blocks)
    table = []
    for column, value in zip(answer.program.space.columns, answer.x, strict=True):
        if column.kind != "buy" or value <= ZERO:
            continue
        offer, site, workload, period, block = column.key
        offering = options.offerings[offer]
        priced = offering.terms.get(PricedTokens)
        assert priced is not None
        table.append(
            {
                "period": options.timeline.periods[period].label,
                "block": blocks[block],
                "offer": offer,
                "supplier": offering.supplier,
                "site": site,
                "workload": workload,
                "tok_per_s": float(value) / gtok_per_hour(1.0),
                "usd_per_mtok": priced.usd_per_tok[workload][period] * MEGA,
                "meets_slo": priced.meets_slo[workload],
                "price_source": priced.sources[workload],
                "evidence_tier": options.configurations[offering.configuration].rates[workload].tier,
            }
        )  # fmt: skip
    return table


def take_or_pay(answer: Answer) -> Table:
    """Commitments by period (MW or Gtok/h): in force, of it added by the option, used, paid for unused."""
    options, space = answer.options, answer.program.space
    used = _used(answer)

    def value(*key: Any) -> float:
        position = space.find(*key)
        found = 0.0 if position is None else float(answer.x[position])
        return found if abs(found) > ZERO else 0.0

    table = []
    for offering in options.offerings.values():
        committed = offering.terms.get(Committed)
        if committed is None:
            continue
        o, added = offering.id, 0.0
        for period in options.timeline.periods:
            t, share = period.index, committed.share(period.index)
            added += value("enlarge", o, t)
            table.append(
                {
                    "period": period.label,
                    "offer": o,
                    "contract": offering.contract,
                    "unit": "MW" if committed.by_power else "Gtok/h",
                    "committed": share * (value("commit", o) + added),
                    "of_it_by_option": share * added,
                    "option_left": in_row_units(committed, committed.option) - added if t <= committed.option_until else 0.0,
                    "mean_used": used[o, t],
                    "paid_unused": value("shortfall", o, t),
                }
            )  # fmt: skip
    return table


def _used(answer: Answer) -> dict[tuple[str, int], float]:
    """Mean MW or Gtok/h used of every offer by the hour or the token, by period."""
    options = answer.options
    shares = tuple(options.blocks.values())
    found: dict[tuple[str, int], float] = defaultdict(float)
    for column, value in zip(answer.program.space.columns, answer.x, strict=True):
        if value <= ZERO:
            continue
        if column.kind == "rent":
            offer, _, period, block = column.key
            found[offer, period] += float(value) * shares[block] * _megawatts(options, offer)
        elif column.kind == "buy":
            offer, _, _, period, block = column.key
            found[offer, period] += float(value) * shares[block]
    return found


def _megawatts(options: Options, offer: str) -> float:
    offering: Offering = options.offerings[offer]
    return options.configurations[offering.configuration].provisioned_kw / MEGAWATT
