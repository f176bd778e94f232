"""How fast draws are: hot-started on the arrays, against stating each again in PuLP, and bare HiGHS.

``python -m benchmarks.risk_speed [SCENARIO] [DRAWS]`` writes docs/quality/risk.md. Times are those
of the processor, this process and its solver together, so that what else the machine does counts
little; only the two workers are measured by the clock. Rebuilding is measured on a few draws,
because it is slow.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import highspy

from planner.risk.chunks import CHUNK, Batch, Means, evaluate
from planner.risk.compiled import compiled
from planner.risk.crew import Local
from planner.risk.functional import Functional
from planner.risk.lshaped import Search, solve_lshaped
from planner.risk.master import Cuts
from planner.risk.modes import Mode, base_basis, two_stage
from planner.risk.recourse import Recourse
from planner.risk.setting import Setting, orders_of, planned, setting
from planner.risk.stage import TwoStage
from planner.risk.worth import mean_decision
from planner.scenario.load import Loaded, find_scenario, load, variant
from planner.solver.arrays import Floats
from planner.solver.highs import Basis, Session

PAGE = Path(__file__).parents[1] / "docs" / "quality" / "risk.md"
REBUILT = 4
"""Draws that are stated again."""
PRICES = ("hardware_price", "rental_price", "energy_price", "memory_price")
HOLD, ADAPT, ADAPT_PRICES, BARE, SECOND, TWO = 80.0, 15.0, 5.0, 1.3, 0.5, 1.7
"""Goals: times faster than rebuilding at least; over bare HiGHS at most; a second hedge over the
first at most; two workers over one at least."""


@dataclass(frozen=True)
class Measured:
    """Seconds of processor a draw: hot-started, in a bare loop, and rebuilt."""

    hot_s: float
    bare_s: float
    rebuilt_s: float

    @property
    def over_bare(self) -> float:
        return self.hot_s / self.bare_s

    @property
    def faster(self) -> float:
        return self.rebuilt_s / self.hot_s


def main(scenario: str = "risk-small", draws: str = "64") -> None:
    """Measure and keep the page."""
    loaded = load(find_scenario(scenario))
    made = setting(loaded, int(draws), 1)
    quiet = setting(without_prices(loaded), int(draws), 1)
    rows = [
        ("Hold: ownership fixed, dispatch free", compared(made, "hold"), HOLD),
        ("Adapt: demand, supply, slip and speeds move", compared(quiet, "adapt"), ADAPT),
        ("Adapt: prices move too", compared(made, "adapt"), ADAPT_PRICES),
    ]
    columns = len(made.base.program.space.columns)
    again, two = second_over_first(made), two_over_one(made)
    text = page(scenario, int(draws), columns, rows, again, two)
    PAGE.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def without_prices(loaded: Loaded) -> Loaded:
    """The scenario with its prices certain, and nothing correlated with them."""
    still = {f"risk.beliefs.{name}": None for name in PRICES}
    return variant(loaded, {**still, "risk.beliefs.correlations": None})


def compared(made: Setting, mode: Mode) -> Measured:
    """One mode: hot draws, a bare loop on the same worlds, and stating again."""
    problem = two_stage(made, mode)
    decided = orders_of(planned(made.loaded), made.base.program.space, problem.first)
    start = base_basis(problem, decided)
    begun = process_time()
    evaluate(problem, decided, Batch(start=start))
    hot = process_time() - begun
    bare = bare_loop(problem, decided, start)
    begun = process_time()
    for number in range(REBUILT):
        compiled(made.options)
        Session(problem.worlds[number].applied(problem.base)).solve()
    count = len(problem.worlds)
    return Measured(hot / count, bare / count, (process_time() - begun) / REBUILT)


def bare_loop(problem: TwoStage, decided: Floats, start: Basis) -> float:
    """Seconds of a highspy loop that sets what differs in each world and runs; nothing is read."""
    recourse = Recourse(problem, start)
    spent = 0.0
    for world in problem.worlds:
        arrays = recourse.within(world, decided)
        begun = process_time()
        recourse.moving.to(arrays)
        recourse.session.start_from_basis(start)
        status = recourse.session.highs.run()
        spent += process_time() - begun
        assert status == highspy.HighsStatus.kOk
    return spent


def second_over_first(made: Setting) -> float:
    """A hedge with another weight on the tail that begins with the first one's cuts, over the first."""
    problem, cuts, seconds = two_stage(made, "hedge"), Cuts(), []
    begin = mean_decision(problem).x
    for functional in (Functional(0.0, 0.9), Functional(0.5, 0.9)):
        begun = process_time()
        solve_lshaped(problem, functional, begin, Search(), cuts)
        seconds.append(process_time() - begun)
    return seconds[1] / seconds[0]


def two_over_one(made: Setting) -> float:
    """How much faster two processes are than one, by the clock, once they are warm."""
    problem = two_stage(made, "hold")
    decided = orders_of(planned(made.loaded), made.base.program.space, problem.first)
    start, seconds = base_basis(problem, decided), []
    for workers in (1, 2):
        batch = Batch(Means(Local(workers)), start)
        evaluate(problem, decided, batch)
        begun = perf_counter()
        evaluate(problem, decided, batch)
        seconds.append(perf_counter() - begun)
    return seconds[0] / seconds[1]


def page(
    scenario: str,
    draws: int,
    columns: int,
    rows: list[tuple[str, Measured, float]],
    again: float,
    two: float,
) -> str:
    """The page, goals met or missed."""
    lines = [(f"{name}: times faster than rebuilding", f"{m.faster:.1f}", f"≥ {goal:g}", m.faster >= goal) for name, m, goal in rows]  # fmt: skip
    lines += [(f"{name}: over a bare loop", f"{m.over_bare:.2f}", f"≤ {BARE:g}", m.over_bare <= BARE) for name, m, _ in rows]  # fmt: skip
    lines.append(("A second weight from the kept cuts, over the first hedge", f"{again:.2f}", f"≤ {SECOND:g}", again <= SECOND))  # fmt: skip
    lines.append(("Two workers over one, by the clock", f"{two:.2f}", f"≥ {TWO:g}", two >= TWO))
    table = "\n".join(f"| {a} | {b} | {c} | {'met' if ok else '**missed**'} |" for a, b, c, ok in lines)  # fmt: skip
    times = "\n".join(f"| {n} | {m.hot_s * 1e3:.1f} | {m.bare_s * 1e3:.1f} | {m.rebuilt_s * 1e3:.1f} |" for n, m, _ in rows)  # fmt: skip
    return f"""\
# Draws

Generated by `make bench` (`benchmarks/risk_speed.py`) on {draws} draws of `{scenario}`, {columns:,} columns; quote the ratios, the times are this machine's on this day.

| Measure | Value | Goal |  |
| --- | --- | --- | --- |
{table}

| Milliseconds of processor a draw | hot | bare loop | rebuilt |
| --- | --- | --- | --- |
{times}

The bare loop sets what differs from the world before and runs HiGHS from the same basis; it neither makes the world nor reads its answer. Rebuilding states the program in PuLP, compiles it and solves it cold.
Two workers share {draws // CHUNK} chunks of about {CHUNK * rows[0][1].hot_s * 1e3:.0f} ms here; handing the program to a process counts beside that.
"""


if __name__ == "__main__":
    main(*sys.argv[1:])
