"""Edits that put a signed contract, a second offer or a demand into the deal of ``deals.py``."""

from __future__ import annotations

from tests.contracts.deals import under

_SIGNED = {
    "system": "box",
    "contract": "buy",
    "site": "home",
    "count": "4",
    "state": "locked",
    "ordered": "2026-09",
    "delivery": "2028",
    "price": "1 MUSD",
    "due": "[]",
}


def paper(**changes: str) -> tuple[str, str]:
    """An edit that adds the signed contract ``paper``: four boxes paid for, in service in 2028."""
    keys = {key: text for key, text in {**_SIGNED, **changes}.items() if text}
    text = ", ".join(f"{key}: {value}" for key, value in keys.items())
    return "offers:\n", f"signed:\n  paper: {{{text}}}\noffers:\n"


def demand(gtok_per_hour: float) -> tuple[str, str]:
    """An edit that asks for so many Gtok/h, as many as boxes of one."""
    return "demand: 1 Mtok/h", f"demand: {gtok_per_hour:g} Gtok/h"


def discounted(rate: str = "10 %/year") -> tuple[str, str]:
    """An edit that discounts money."""
    return "discount_rate: 0 %/year", f"discount_rate: {rate}"


def dear() -> tuple[str, str]:
    """An edit that leaves nothing worth buying: the offer costs more than it could ever save."""
    return under("buy", price="1 BUSD", min_total="", max_total="")


def free(contract_id: str = "ours", **changes: str) -> tuple[str, str]:
    """An edit that puts the deal under a contract and lets the plan choose how many, and when."""
    return under(
        contract_id, **{"min_total": "", "max_total": "", "available_until": "", **changes}
    )
