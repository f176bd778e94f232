"""The four blocks of a diff as tables; content only, the commands print it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from planner.plan.diff import NOT_COVERED, Change, Diff
from planner.plan.scarcity import money

SHOWN = 15
"""Lines of a block on a terminal; --json has them all."""
BLOCKS = ("inputs", "decisions", "money", "scarcities")
_MANY_TIMES = 10.0
"""Changes beyond this are no longer read in percent."""
HEADS = ("", "what", "from", "to", "change", "share")


def headline_rows(found: Diff) -> list[list[Any]]:
    """The five figures on both sides."""
    rows = []
    for key, old in found.old.headline.items():
        new = found.new.headline[key]
        change = None if old is None or new is None else new - old
        shown = [_figure(key, value) for value in (old, new, change)]
        rows.append([key, *shown])
    return rows


def block_rows(block: str, changes: list[Change]) -> list[list[Any]]:
    """One block's lines; dollars as people say them where the block is money."""
    show = _dollars if block in ("money", "scarcities") else _plain
    return [
        [
            change.sign,
            change.what,
            show(change.old),
            show(change.new),
            None if change.amount is None else show(change.amount, signed=True),
            None if change.share is None else _relative(change.share),
        ]
        for change in changes[:SHOWN]
    ]


def as_json(found: Diff) -> dict[str, Any]:
    """Everything, with what is not covered."""
    blocks = {block: [asdict(change) for change in getattr(found, block)] for block in BLOCKS}
    return {
        "old": {"run": found.old.name, **found.old.headline},
        "new": {"run": found.new.name, **found.new.headline},
        **blocks,
        "not_covered": NOT_COVERED,
    }


def _figure(key: str, value: float | None) -> str | None:
    if value is None:
        return None
    if key == "served_share":
        return f"{value:z.2%}"
    if key == "usd_per_mtok":
        return f"{value:.4f}"
    return f"{value:.2f} MW" if key == "peak_mw" else money(value)


def _relative(share: float) -> str:
    """A change as a share of what was; what grew many times over is told as so many times."""
    return f"{share:+z.1%}" if share < _MANY_TIMES else f"{1 + share:,.0f} times"


def _dollars(value: Any, signed: bool = False) -> Any:
    if not isinstance(value, int | float):
        return value
    return ("+" if signed and value > 0 else "") + money(value)


def _plain(value: Any, signed: bool = False) -> Any:
    if isinstance(value, float):
        return f"{value:+,.4g}" if signed else f"{value:,.4g}"
    return value if value is None else str(value)
