"""How long serving estimates take: one question, and a plan's whole throughput table.

Run: python -m benchmarks.serving_speed
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from time import perf_counter

from planner.catalog.load import load
from planner.serving.estimate import Ask, Estimator
from planner.serving.rate import Request

OPTIONS, WORKLOADS, PERIODS, REPEATS = 60, 30, 20, 50


def asks(estimator: Estimator) -> list[Ask]:
    """Sixty systems (the catalog's, over again) by thirty workloads of as many shapes."""
    systems = sorted(estimator.catalog.systems)
    models = ("llama-3.1-8b", "llama-3.1-70b", "llama-3.1-405b", "deepseek-r1", "gpt-oss-120b")
    return [
        (
            systems[k % len(systems)],
            models[w % len(models)],
            Request(400 + 50 * w, 200 + 20 * k, 3000, 15 + 3 * w),
        )
        for k in range(OPTIONS)
        for w in range(WORKLOADS)
    ]


def main() -> None:
    """Print milliseconds of one estimate and seconds of the table over all periods."""
    root = Path(__file__).resolve().parents[1]
    estimator = Estimator(load(root / "catalogs" / "default"), date(2026, 11, 20))
    table = asks(estimator)
    begun = perf_counter()
    estimator.rate(*table[0])
    estimator.rates(table[:WORKLOADS])
    warm_s = perf_counter() - begun
    question: Ask = ("nvidia-hgx-b200", "llama-3.1-70b", Request(1300, 500, 2000, 40))
    estimator.rate(*question)
    begun = perf_counter()
    for _ in range(REPEATS):
        estimator.rate(*question)
    one_ms = (perf_counter() - begun) / REPEATS * 1e3
    begun = perf_counter()
    rates = estimator.rates(table)
    gain = 1 + estimator.calibration.software_gain
    speeds = [[getattr(rate, "tok_per_s", 0.0) * gain ** (t / 4) for t in range(PERIODS)] for rate in rates]  # fmt: skip
    table_s = perf_counter() - begun
    count = sum(map(len, speeds))
    sys.stdout.write(f"warm-up {warm_s:.2f} s; one estimate {one_ms:.1f} ms; {count:,} rates of the table {table_s:.2f} s\n")  # fmt: skip


if __name__ == "__main__":
    main()
