"""Where a plan is wired otherwise: the service level, site power or length of links at which it flips.

Prices, powers of a part and dates are asked in ``light``; here one figure of the scenario at a time
is moved up and down until the fabrics bought change, each step a re-solve of the whole program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import sqrt

from planner.errors import Failure
from planner.fabric.counts import LENGTHS
from planner.fabric.shelf import Shelf
from planner.fabric.wire import NONE, counts_of
from planner.options.join import join
from planner.options.rewire import photonic_parts
from planner.options.table import Options
from planner.options.units import MEGAWATT
from planner.plan.light import SEARCHED
from planner.plan.parts import fabrics_bought
from planner.plan.price.offers import NONE as NONE_ASKED
from planner.plan.solved import Settings, Solved, solve
from planner.scenario.load import Loaded, variant
from planner.serving.estimate import Estimator

_STEPS = (2.0, 4.0, 8.0)
"""Factors tried in turn, up and down; a figure farther off is not asked."""
_HALVINGS = 10
"""Of the logarithm between two steps: a factor of two to less than a thousandth."""
_CLEAR = 1.01
"""How far beyond a flip what is then bought is read: right at it, it may be a passing mix."""


@dataclass(frozen=True)
class Flip:
    """One figure of the scenario and the value beyond which other fabrics are bought.

    value: as it stands, the highest over time; flips_at: in the same unit, above ``value`` where more
    of it flips the wiring, below where less does. fabrics: bought now; instead: bought a hundredth
    beyond, none where no fabric on offer serves. A figure that varies over time is moved as a whole.
    """

    figure: str
    unit: str
    value: float
    flips_at: float
    fabrics: tuple[str, ...]
    instead: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Lever:
    """A figure that can be moved: its key, unit, value, and the options with another."""

    key: str
    unit: str
    value: float
    at: Callable[[float], Options]


def flips(solved: Solved, loaded: Loaded, settings: Settings) -> list[Flip]:
    """Every flip of a plan that may buy light; none in programs too large to search, or unasked.

    It is asked with the prices to negotiate, for it takes as long.
    """
    options, large = solved.options, solved.arrays.columns > SEARCHED
    if not photonic_parts(options) or large or settings.targets == NONE_ASKED:
        return []
    if options.whole_units:
        solved = solve(replace(options, whole_units=False), settings)
    if not fabrics_bought(solved.answer):
        return []
    found = [
        _flip(lever, up, solved, settings)
        for lever in (*_levels(loaded), *_powers(solved.options), *_lengths(loaded))
        for up in (False, True)
    ]
    return [flip for flip in found if flip is not None]


def _flip(lever: Lever, up: bool, solved: Solved, settings: Settings) -> Flip | None:
    """The first change of fabrics in one direction: two steps around it, then halvings between them."""
    bought = fabrics_bought(solved.answer)

    def value(factor: float) -> float:
        return lever.value * factor if up else lever.value / factor

    low = 1.0
    for step in _STEPS:
        beyond = _bought(lever, value(step), settings)
        if beyond == bought:
            low = step
            continue
        high = step
        for _ in range(_HALVINGS):
            middle = sqrt(low * high)
            got = _bought(lever, value(middle), settings)
            low, high, beyond = (middle, high, beyond) if got == bought else (low, middle, got)
        clear = _bought(lever, value(low * _CLEAR), settings)
        return _told(lever, value(low), up, bought, beyond if clear == bought else clear)
    return None


def _bought(lever: Lever, value: float, settings: Settings) -> frozenset[str]:
    """Fabrics that the plan buys at another value; none where there is no plan."""
    try:
        options = replace(lever.at(value), whole_units=False)
        return fabrics_bought(solve(options, settings).answer)
    except Failure:
        return frozenset()


def _levels(loaded: Loaded) -> Iterator[Lever]:
    """Limits of interactive workloads; estimates are remembered from one value to the next."""
    scenario = loaded.scenario
    asked = Estimator(loaded.catalog, scenario.timeline.as_of, scenario.claims)
    for name, workload in scenario.workloads.items():
        for limit in ("tpot", "ttft"):
            ms = getattr(workload, limit)
            if ms is None or workload.deferrable:
                continue
            key = f"workloads.{name}.{limit}"

            def at(value: float, key: str = key) -> Options:
                return join(variant(loaded, {key: f"{value!r} ms"}), asked)

            yield Lever(key, "ms", ms, at)


def _powers(options: Options) -> Iterator[Lever]:
    """Power of our own sites, contracted and usable alike."""
    for name, place in options.places.items():
        most_mw = max(place.contracted_kw, default=0.0) / MEGAWATT
        if place.hosted or not most_mw:
            continue

        def at(mw: float, name: str = name, most_mw: float = most_mw) -> Options:
            old, factor = options.places[name], mw / most_mw
            moved = replace(
                old,
                power_kw=tuple(kw * factor for kw in old.power_kw),
                contracted_kw=tuple(kw * factor for kw in old.contracted_kw),
            )
            return replace(options, places={**options.places, name: moved})

        yield Lever(f"sites.{name}.power", "MW", most_mw, at)


def _lengths(loaded: Loaded) -> Iterator[Lever]:
    """The longest link of every length class that a fabric on offer has."""
    scenario, catalog = loaded.scenario, loaded.catalog
    shelf = Shelf.of(catalog, scenario.timeline.as_of)
    named = {fabric for offer in scenario.offers.values() for fabric in offer.fabrics}
    fabrics = [catalog.fabrics[name] for name in sorted(named) if catalog.fabrics[name].network != NONE]  # fmt: skip
    used = {bundle.length for fabric in fabrics for bundle in counts_of(fabric, shelf).bundles}
    asked = Estimator(catalog, scenario.timeline.as_of, scenario.claims)
    for length in (each for each in LENGTHS if each in used):
        key = f"assumptions.practice.link_length_{length}"

        def at(metres: float, key: str = key) -> Options:
            told = {"value": f"{metres!r} m", "basis": "tried", "quality": "user"}
            return join(variant(loaded, {key: told}), asked)

        yield Lever(key, "m", shelf.metres(length), at)


def _told(
    lever: Lever, at: float, up: bool, bought: frozenset[str], beyond: frozenset[str]
) -> Flip:
    now, instead = tuple(sorted(bought)), tuple(sorted(beyond))
    told = ["no network" if name == NONE else name for name in instead]
    where = (
        f"{lever.key} {'above' if up else 'below'} {at:,.4g} {lever.unit} ({lever.value:,.4g} now)"
    )
    takes = f"{' and '.join(told)} would wire it" if instead else "no fabric on offer would serve"
    sentence = f"{where}: {takes} instead of {' and '.join(now)}"
    return Flip(lever.key, lever.unit, lever.value, at, now, instead, sentence)
