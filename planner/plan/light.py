"""Photonic parts: which won, what losing them costs; which lost, and where they would win.

Every figure comes from re-solving the whole program, so that nothing of a part's price is left out:
capital, spares, remaining value, and what a scarce budget or site adds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log

from planner.errors import InfeasibleScenario
from planner.options.rewire import photonic_parts, powered, priced, share_of, without
from planner.options.table import Options
from planner.options.units import MUSD
from planner.plan.late import late_parts, wins_by
from planner.plan.parts import NOTHING, fabrics_bought, highest, units_of
from planner.plan.scarcity import money
from planner.plan.solved import Settings, Solved, solve
from planner.program.build import Program, build
from planner.quantities import KILO
from planner.scenario.load import Loaded

WON, LOST, LEFT_OUT = "won", "lost", "left out"
_STEPS = 40
_TIE = 1e-9
"""Share of the cost by which a plan must be cheaper to be better."""
SEARCHED = 5_000
"""Columns up to which powers and rewirings are searched; in larger programs each step takes seconds."""
_SAME = 0.99
"""Share of a break-even from which on another price is not worth saying beside it."""
_PRICE_STEPS = 14
"""Halvings of a price's logarithm: a factor of a thousand to less than a thousandth."""
_POWER_STEPS = 10
"""Halvings of the power searched: to a thousandth of it."""


@dataclass(frozen=True)
class Light:
    """One photonic part and its place in the plan.

    units: bought over the horizon. price_usd, power_w: of a unit. break_even_usd: below it the part
    is in the plan, above it is not; None where no price does it. rewires_usd: above it a plan that
    bought the part is wired otherwise, if not yet without it. break_even_w: power below which a
    lost part would win at its price. wins_by: the last delivery period from which on it could be
    had and would still win, for a part that cannot be had when the horizon begins. losing_costs_usd:
    what the plan without a part that won costs more (present value), None where there is no such
    plan, or where it lost.
    """

    part: str
    verdict: str
    fabrics: tuple[str, ...]
    units: float
    price_usd: float | None
    power_w: float | None
    break_even_usd: float | None = None
    rewires_usd: float | None = None
    break_even_w: float | None = None
    wins_by: str | None = None
    losing_costs_usd: float | None = None
    sentence: str = ""


def lights(solved: Solved, settings: Settings, loaded: Loaded | None = None) -> list[Light]:
    """Every photonic part of the wirings on offer, those that won first.

    loaded: where the options come from; with it parts that cannot be had in time are asked their date.
    """
    options = solved.options
    parts = photonic_parts(options)
    if parts and options.whole_units:
        options = replace(options, whole_units=False)
        solved = solve(options, settings)
    found = {part: _light(solved, part, settings) for part in sorted(parts)}
    for part, fabrics in (late_parts(loaded) if loaded else {}).items():
        light = found.get(part) or Light(part, LEFT_OUT, fabrics, 0.0, None, None)
        if light.verdict != WON and loaded:
            found[part] = replace(light, wins_by=wins_by(loaded, part, settings))
    told = [replace(light, sentence=_sentence(light)) for _, light in sorted(found.items())]
    return sorted(told, key=lambda light: (WON, LOST, LEFT_OUT).index(light.verdict))


def _light(solved: Solved, part: str, settings: Settings) -> Light:
    options, share = solved.options, photonic_parts(solved.options)[part]
    units, watts = units_of(solved.answer, part), share.kw * KILO / share.units
    fabrics = {options.of(n).fabric for n, o in options.offerings.items() if share_of(options, o, part)}  # fmt: skip
    won = units > NOTHING
    bare = Light(part, WON if won else LOST, tuple(sorted(fabrics)), units, share.price_usd, watts)
    cost = solved.solution.objective
    if not won:
        price = leaves_at(options, part, 0.0, cost, settings)
        power = _power(options, part, watts, settings) if _small(solved) else None
        return replace(bare, break_even_usd=price, break_even_w=power)
    other = _solved(without(options, part), settings)
    if other is None:
        return bare
    price = leaves_at(options, part, share.price_usd, other.solution.objective, settings)
    losing = (other.solution.objective - cost) * MUSD
    rewires = None
    if price is not None and _small(solved):
        rewires = _rewires(solved, part, share.price_usd, price, settings)
    return replace(bare, break_even_usd=price, rewires_usd=rewires, losing_costs_usd=losing)


def _small(solved: Solved) -> bool:
    return solved.arrays.columns <= SEARCHED


def leaves_at(
    options: Options, part: str, start_usd: float, target_musd: float, settings: Settings
) -> float | None:
    """The price (USD) at which the best plan costs as much as the plan without the part.

    start_usd: a price at which the part is in the plan. Equation: Z(p) is the cost of the best plan,
    concave in p with the slope of the plan found; p ← p + (Z₀ − Z(p)) / Z′(p) climbs to Z(p) = Z₀
    and never past it. None where the part is not in the plan even at the start.
    """
    usd: float | None = None
    ahead = start_usd
    for _ in range(_STEPS):
        solved = solve(priced(options, part, ahead), settings)
        gain = target_musd - solved.solution.objective
        if gain <= _TIE * max(1.0, abs(target_musd)) or units_of(solved.answer, part) <= NOTHING:
            return usd
        slope = _slope(solved, part, ahead)
        usd = ahead = ahead + gain / slope
    return usd


def _slope(solved: Solved, part: str, usd: float) -> float:
    """Rise of the best cost (MUSD) per dollar on the part: of costs, and of rows by their price.

    Equation: ∂/∂p [c·x + Σ y·(b − A·x)], taken between two prices a dollar apart.
    """
    dearer = build(priced(solved.options, part, usd + 1.0))
    return _lagrangian(dearer, solved) - _lagrangian(solved.program, solved)


def _lagrangian(program: Program, solved: Solved) -> float:
    x, dual = solved.x, solved.solution.dual
    cost = sum(each * float(value) for each, value in zip(program.cost, x, strict=True) if value)
    for j, row in enumerate(program.rows()):
        if dual[j]:
            used = sum(coefficient * float(x[at]) for at, coefficient in row.terms)
            cost += float(dual[j]) * (row.rhs - used)
    return cost


def _rewires(
    solved: Solved, part: str, usd: float, leaves_usd: float, settings: Settings
) -> float | None:
    """The price (USD), up to which the plan buys the same fabrics, found by halving its logarithm."""
    bought = fabrics_bought(solved.answer)

    def same(power: float) -> bool:
        dearer = solve(priced(solved.options, part, exp(power)), settings)
        return fabrics_bought(dearer.answer) == bought

    found = highest(same, log(usd), log(leaves_usd), _PRICE_STEPS)
    return None if found is None else exp(found)


def _power(options: Options, part: str, watts: float, settings: Settings) -> float | None:
    """The power of a unit (W) below which a lost part wins; None where none does."""

    def wins(at_w: float) -> bool:
        solved = solve(powered(options, part, at_w / KILO), settings)
        return units_of(solved.answer, part) > NOTHING

    return highest(wins, 0.0, watts, _POWER_STEPS)


def _solved(options: Options, settings: Settings) -> Solved | None:
    """The plan, or None where there is none."""
    try:
        return solve(options, settings)
    except InfeasibleScenario:
        return None


def _sentence(light: Light) -> str:
    at = light.break_even_usd
    price = "" if light.price_usd is None else f" at {light.price_usd:,.0f} USD a unit"
    if light.verdict == WON:
        lose = "there is no plan without it" if light.losing_costs_usd is None else f"losing it costs {money(light.losing_costs_usd)}"  # fmt: skip
        stays = f", and above {at:,.0f} USD the plan is without it" if at is not None else ""
        if at is not None and light.rewires_usd is not None and light.rewires_usd < _SAME * at:
            stays = f", above {light.rewires_usd:,.0f} USD the plan is wired otherwise" + stays
        return f"{light.part} won{price}: {lose}{stays}"
    ways = [f"below {at:,.0f} USD"] if at is not None else []
    if light.break_even_w is not None:
        ways.append(f"below {light.break_even_w:,.4g} of its {light.power_w:,.4g} W")
    if light.wins_by is not None:
        ways.append(f"if it could be had by {light.wins_by}")
    never = (
        "it would not win as a gift" if light.verdict == LOST else "no date alone would bring it in"
    )
    wins = f"it would win {' or '.join(ways)}" if ways else never
    return f"{light.part} {light.verdict}{price}: {wins}"
