"""Serving answers as tables, text and a picture; nothing is computed here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from planner.catalog.serving import HeldOut, Serving
from planner.report.charts.chart import Axis, Chart
from planner.serving.rate import Rate

MARK = "# ---- fitted: below this line `planner serve calibrate` writes ----"
_ROWS, _COLUMNS = 16, 64


def estimate_json(
    rate: Rate, chips: float, power_kw: float | None, saved: float = 0.0
) -> dict[str, Any]:
    """The answer's words, as the interface document spells them; low and high are per chip.

    saved: share of the energy that a coprocessor saves.
    """
    return {
        "tok_per_s_per_chip": rate.tok_per_s / chips,
        "tok_per_s_per_system": rate.tok_per_s,
        "tok_per_s_per_user": rate.tok_per_s_per_user,
        "ttft_ms": rate.ttft_ms,
        "batch": rate.batch,
        "chips_per_replica": rate.chips_per_replica,
        "bound_by": rate.bound_by,
        "joules_per_token": power_kw * 1e3 * (1 - saved) / rate.tok_per_s if power_kw else None,
        "evidence_tier": rate.tier,
        "regime": rate.regime,
        "low": rate.low / chips if rate.low is not None else None,
        "high": rate.high / chips if rate.high is not None else None,
        "low_90": rate.low_90 / chips if rate.low_90 is not None else None,
        "high_90": rate.high_90 / chips if rate.high_90 is not None else None,
        "precision": rate.precision,
        "layout": rate.layout or None,
        "why": rate.why,
    }


def curve_rows(rates: Sequence[Rate], chips: float) -> list[tuple[Any, ...]]:
    """(user speed, per chip, 80 % band, TTFT, batch, tier, layout), each point once."""
    return [
        (
            rate.tok_per_s_per_user,
            rate.tok_per_s / chips,
            f"{(rate.low or 0.0) / chips:,.0f}-{(rate.high or 0.0) / chips:,.0f}",
            rate.ttft_ms,
            rate.batch,
            rate.tier,
            rate.layout,
        )
        for rate in rates
    ]


CURVE_HEADS = ("tok/s/user", "tok/s/chip", "80 % band", "TTFT ms", "batch", "tier", "layout")


def held_out_rows(rows: Sequence[HeldOut]) -> list[tuple[str, ...]]:
    """(kept aside, rows, model, goal, verdict, clerk's rule, share inside the bands), errors as median / 90th percentile."""
    return [
        (
            row.group,
            str(row.rows),
            _pair(row.median, row.p90),
            _pair(row.goal_median, row.goal_p90),
            verdict(row),
            f"{_pair(row.rule_median, row.rule_p90)} ({row.rule_rows})" if row.rule_rows else "cannot",
            _covered(row),
        )
        for row in rows
    ]  # fmt: skip


HELD_OUT_HEADS = ("kept aside", "rows", "model", "goal", "", "clerk", "inside")


def _covered(row: HeldOut) -> str:
    if row.within_80 is None or row.within_90 is None:
        return ""
    return f"{100 * row.within_80:.0f}/{row.within_90:.0%}"


def verdict(row: HeldOut) -> str:
    """met, or which of the two figures misses its goal."""
    if row.goal_median is None or row.goal_p90 is None:
        return ""
    missed = [
        name
        for name, found, goal in (
            ("median", row.median, row.goal_median),
            ("90th percentile", row.p90, row.goal_p90),
        )
        if found > goal
    ]
    return f"MISSED: {' and '.join(missed)}" if missed else "met"


def _pair(median: float | None, p90: float | None) -> str:
    return "–" if median is None or p90 is None else f"{100 * median:.1f}/{100 * p90:.1f}%"


def calibration_json(serving: Serving) -> dict[str, Any]:
    """Parameters and held-out errors as plain data."""
    return {
        "fitted_parameters": len(serving.parameters),
        "rows": serving.rows,
        "newest_row": serving.newest_row,
        "parameters": [p.model_dump() for p in serving.parameters],
        "held_out": [{**h.model_dump(), "verdict": verdict(h)} for h in serving.held_out],
        "platforms": [p.model_dump() for p in serving.platforms],
    }


def calibration_text(old: str, serving: Serving) -> str:
    """serving.yaml with its fitted part replaced and its stated part as it was."""
    head = old.partition(MARK)[0].rstrip("\n")
    lines = [
        head,
        MARK,
        f"newest_row: {serving.newest_row}",
        f"rows: {serving.rows}",
        "parameters:",
    ]
    lines += [f"  - {_flow(p.model_dump())}" for p in serving.parameters]
    lines.append("held_out:")
    lines += [f"  - {_flow(h.model_dump(exclude_none=True))}" for h in serving.held_out]
    lines.append("platforms:")
    lines += [f"  - {_flow(p.model_dump())}" for p in serving.platforms]
    return "\n".join(lines) + "\n"


def _flow(data: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in data.items()) + "}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and any(mark in value for mark in ",:(){}[]#'\" "):
        return '"' + value.replace('"', '\\"') + '"'
    return f"{value:g}" if isinstance(value, float) else str(value)


def plot(rates: Sequence[Rate], chips: float) -> list[str]:
    """Tokens per second and chip over user speed, both on logarithmic axes, in letters.

    The letter is the first of the evidence tier.
    """
    xs = [math.log(rate.tok_per_s_per_user) for rate in rates]
    ys = [math.log(rate.tok_per_s / chips) for rate in rates]
    grid = [[" "] * _COLUMNS for _ in range(_ROWS)]
    for rate, x, y in zip(rates, xs, ys, strict=True):
        column = round(_share(x, xs) * (_COLUMNS - 1))
        row = round((1 - _share(y, ys)) * (_ROWS - 1))
        grid[row][column] = rate.tier[0]
    top, bottom = math.exp(max(ys)), math.exp(min(ys))
    lines = [f"{top if k == 0 else bottom:>9,.0f} |" if k in (0, _ROWS - 1) else " " * 10 + "|" for k in range(_ROWS)]  # fmt: skip
    drawn = [head + "".join(cells).rstrip() for head, cells in zip(lines, grid, strict=True)]
    ends = f"{math.exp(min(xs)):,.0f}{math.exp(max(xs)):>{_COLUMNS - 4},.0f}"
    return ["tok/s/chip", *drawn, " " * 11 + "-" * _COLUMNS, " " * 11 + ends + "  tok/s/user"]


def curve_chart(rates: Sequence[Rate], chips: float, title: str) -> Chart:
    """The same picture as data, with its 80 % band; points are coloured by evidence tier."""
    rows = tuple(
        {
            "user": rate.tok_per_s_per_user,
            "chip": rate.tok_per_s / chips,
            "low": (rate.low or rate.tok_per_s) / chips,
            "high": (rate.high or rate.tok_per_s) / chips,
            "tier": rate.tier,
        }
        for rate in rates
    )
    return Chart(
        id="curve",
        title=title,
        sentence="Throughput of a chip falls as each user is served faster.",
        mark="point",
        rows=rows,
        x=Axis("user", "tok/s to each user", log=True),
        y=Axis("chip", "tok/s per chip", log=True),
        colour=Axis("tier", "evidence", "names"),
        low="low",
        high="high",
    )


def _share(value: float, among: Sequence[float]) -> float:
    low, high = min(among), max(among)
    return (value - low) / (high - low) if high > low else 0.5
