"""What must be decided: orders to place and to hold, rights to use, prices to ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from planner.plan.rights import LAPSE
from planner.plan.scarcity import money
from planner.review.held import Held, Order

ORDER, BUILD, HOLD, ASK = "order", "build", "hold", "renegotiate"


@dataclass(frozen=True)
class Decision:
    """One thing to decide.

    decision: order, build, hold, renegotiate, or what to do with a right. decide_by: last day, empty
    where none is stated. systems: how many, None where it is no number of systems. usd: cash over
    the horizon, or for a price to ask for, that price; None where nothing is paid.
    """

    decision: str
    subject: str
    site: str
    decide_by: str
    systems: float | None
    usd: float | None
    sentence: str

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def decisions(held: Held) -> list[Decision]:
    """Everything to decide, orders to place now first; within a kind the first due first."""
    last = held.window_ends.isoformat()
    free = held.to_order()
    now = [_order(order) for order in free if order.order_by <= last]
    found = [*now, *_built(held, last), *_held(order for order in free if order.order_by > last)]
    return [*found, *_rights(held), *_asked(held)]


def amount_usd(found: list[Decision]) -> float:
    """What is to be signed for now (USD): orders to place and ground to build."""
    return sum(one.usd or 0.0 for one in found if one.decision in (ORDER, BUILD))


def _order(order: Order) -> Decision:
    says = f"order {order.systems:,.1f} of {order.offer} for {order.site} by {order.order_by}, in service {order.period}: {money(order.usd)}"
    return Decision(ORDER, order.offer, order.site, order.order_by, order.systems, order.usd, says)


def _built(held: Held, last: str) -> Iterator[Decision]:
    for row in held.run.rows("expansions"):
        if row["order_by"] and str(row["order_by"]) <= last:
            usd = float(row["blocks"]) * float(row["price_usd"])
            says = f"build {row['blocks']:,.1f} of {row['block']} at {row['site']} by {row['order_by']}: {money(usd)}"
            yield Decision(BUILD, row["block"], row["site"], str(row["order_by"]), None, usd, says)


def _held(later: Iterator[Order]) -> Iterator[Decision]:
    """Orders that can wait, one line for each offer and site, with the day it must be looked at again."""
    found: dict[tuple[str, str], list[Order]] = {}
    for order in later:
        found.setdefault((order.offer, order.site), []).append(order)
    for (offer, site), orders in found.items():
        systems, usd = sum(o.systems for o in orders), sum(o.usd for o in orders)
        first = orders[0].order_by
        says = f"hold {systems:,.1f} of {offer} for {site}: nothing is due before {first}"
        yield Decision(HOLD, offer, site, first, systems, usd, says)


def _rights(held: Held) -> Iterator[Decision]:
    for row in held.run.rows("rights"):
        by = str(row["decide_by"] or "")
        systems = 0.0 if row["advice"] == LAPSE else float(row["used"])
        subject = str(row["held_under"])
        says = f"{row['advice']}: {row['right']} under {subject}" + (f", by {by}" if by else "")
        yield Decision(row["advice"], subject, str(row["site"] or ""), by, systems, None, says)


def _asked(held: Held) -> Iterator[Decision]:
    """Offers that lost, with the price at which they would win, the nearest first."""
    lost = [row for row in held.plan["options"] if row["target_price_usd"] is not None]
    for row in sorted(lost, key=lambda row: (-row["target_share"], row["id"])):
        by = row["target_order_by"] or ""
        says = f"ask {money(row['target_price_usd'])} of {row['id']}, {row['target_share'] - 1:+.1%} on its price, for delivery in {row['target_delivery']}"
        yield Decision(ASK, row["id"], "", by, None, row["target_price_usd"], says)
