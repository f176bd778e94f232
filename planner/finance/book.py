"""Depreciation: assets written off in equal parts over a life the books or the tax code state.

It is no cash and changes nothing in the plan. What was installed before the horizon is not in it:
its book value is not stated anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from planner.finance.cohorts import Cohort
from planner.finance.ledger import ZERO
from planner.options.table import Options
from planner.program.build import Program
from planner.scenario.finance import BookLives
from planner.solver.arrays import Floats

SYSTEMS, NETWORK, SHELL, BLOCKS = "systems", "network", "shell", "blocks"
_CLASS_OF_ACCOUNT = {"network": NETWORK}
"""Capital accounts that are not the systems themselves."""


@dataclass(frozen=True)
class Asset:
    """Units of one kind of asset brought into service in one period.

    usd: cost of one unit. held: units in the books in each period. life_years: None: life in
    service. immediate: share written off at once.
    """

    kind: str
    period: int
    usd: float
    held: tuple[float, ...]
    life_years: float
    immediate: float = 0.0

    def unit_value_usd(self, after: int, years: float) -> float:
        """Book value of one unit when period ``after`` ends, periods being ``years`` long.

        cost · (1 − immediate) · max(0, 1 − age / life).
        """
        if after < self.period:
            return self.usd
        age = (after - self.period + 1) * years
        return self.usd * (1 - self.immediate) * max(0.0, 1 - age / self.life_years)


@dataclass(frozen=True)
class BookRow:
    """One kind of asset in one period: opening value + additions − depreciation − disposals."""

    period: str
    asset: str
    additions_usd: float
    depreciation_usd: float
    disposals_usd: float
    book_value_usd: float


def assets(
    options: Options, cohorts: list[Cohort], shells: Iterable[Asset], lives: BookLives
) -> list[Asset]:
    """What the books hold of a plan; lives not stated are the assets' own."""
    found = list(shells)
    for cohort in cohorts:
        life = options.offerings[cohort.offer].life_years
        for account, usd in cohort.capital.items():
            if not usd:
                continue
            kind = _CLASS_OF_ACCOUNT.get(account, SYSTEMS)
            stated = lives.network if kind == NETWORK else lives.systems
            found.append(Asset(kind, cohort.period, usd, cohort.held, stated or life))
    return found


def shell_assets(
    options: Options, kw_by_site: dict[str, list[float]], lives: BookLives
) -> list[Asset]:
    """Shells of our own: built as provisioned power first rises to a height, and kept."""
    found = []
    for site, by_period in kw_by_site.items():
        shell = options.places[site].shell
        most = 0.0
        for period, kw in enumerate(by_period):
            if shell is not None and kw > most:
                held = tuple(kw - most if t >= period else 0.0 for t in range(len(by_period)))
                life = lives.shell or shell.life_years
                found.append(Asset(SHELL, period, shell.capex_usd_per_kw, held, life))
                most = kw
    return found


def block_assets(program: Program, x: Floats) -> list[Asset]:
    """Blocks of power and room that were bought, each over its own life."""
    options = program.space.options
    found = []
    for column, count in zip(program.space.columns, map(float, x), strict=True):
        if column.kind == "expand" and count > ZERO:
            site, name, begins = column.key
            block = options.places[site].block(name)
            stays = range(begins, begins + block.life)
            held = tuple(count if t in stays else 0.0 for t in range(options.timeline.count))
            found.append(Asset(BLOCKS, begins, block.price_usd[begins], held, block.life_years))
    return found


def depreciation(options: Options, held: Iterable[Asset]) -> list[BookRow]:
    """Every kind of asset by period."""
    years = options.timeline.years
    sums: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for asset in held:
        for t in range(asset.period, options.timeline.count):
            before, now = asset.unit_value_usd(t - 1, years), asset.unit_value_usd(t, years)
            units = asset.held[t]
            gone = asset.held[t - 1] - units if t > asset.period else 0.0
            line = sums[t, asset.kind]
            line[0] += asset.usd * units if t == asset.period else 0.0
            line[1] += units * (before - now)
            line[2] += gone * before
            line[3] += units * now
    return [
        BookRow(options.timeline.periods[period].label, kind, *amounts)
        for (period, kind), amounts in sorted(sums.items())
    ]
