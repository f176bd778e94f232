"""``reviews/*.yaml``: which scenario is reviewed when, what counts as a change, and who must sign."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

import planner.review.cadence  # noqa: F401  (importing the package registers every cadence)
from planner.catalog.fact import Strict
from planner.documents import Document, read, validate
from planner.errors import InvalidData, UnknownName
from planner.review.cadence.rhythm import Cadence
from planner.review.notices import AnyChannel
from planner.scenario.inherit import shown
from planner.scenario.load import find_scenario, roots
from planner.scenario.quantity import Dollars, Share

FOLDER = "reviews"
LAST_APPROVED = "last approved"


class Materiality(Strict):
    """How much must change before today's plan counts as another one than was approved."""

    npv: Share = 0.02
    """Change of NPV, its part from the passing of time aside, as a share of the approved plan's."""
    orders: Share = 0.1
    """Value of orders that differ in the periods both plans see, as a share of the approved ones."""


class Role(Strict):
    """Someone who must sign."""

    role: str = Field(pattern=r"^[^\s].*$")
    """Such as CFO."""
    above: Dollars = 0.0
    """Only where the orders to place now cost more than this together."""


class Watch(Strict):
    """Thresholds of the triggers."""

    price_move: Share = 0.05
    """Change of an offer's price against the approved plan."""
    hbm_short: Share = 0.05
    """Fall of a pool's amount against the approved plan."""
    late_days: float = Field(14, ge=0)
    """Days a delivery may slip behind what was signed."""
    claim_short: Share = 0.1
    """Shortfall of a measured speed against the one planned with."""
    quote_days: float = Field(30, ge=0)
    """Days before a quote or a held price ends."""
    frontier: bool = False
    """Whether to work out, with the risk beliefs of the scenario, the hazard at which each specialised chip leaves."""


class Risk(Strict):
    """How the beliefs of the scenario are asked where a trigger needs them."""

    draws: int = Field(32, ge=2)
    """Futures drawn from the beliefs; rounded up to a power of two."""
    seed: int = Field(1, ge=0)
    """Where the draws start."""
    omega: float = Field(0.0, ge=0, le=1)
    """Weight of the tail beside the mean."""
    alpha: float = Field(0.95, gt=0, lt=1)
    """Where the tail begins: 0.95 is the dearest 5 %."""


class Settings(Strict):
    """One review: a scenario looked at again and again."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    """Kebab case; its entries in the history bear it."""
    title: str = ""
    """What people call it."""
    scenario: str
    """Scenario, by name or by path relative to this file."""
    overrides: tuple[str, ...] = ()
    """Named overrides of the scenario that are switched on."""
    cadence: Cadence
    """When it is held."""
    horizon: Literal["fixed end", "rolling"] = "fixed end"
    """As time passes, plan to the same last period, or always as many periods."""
    targets: Literal["lost", "all", "none"] = "lost"
    """Offers to price for negotiation."""
    baseline: str = LAST_APPROVED
    """What changes are told against: the last approved review, or a run by its id."""
    materiality: Materiality = Materiality()
    """What counts as another plan."""
    roles: tuple[Role, ...] = Field(min_length=1)
    """Who must sign, by amount."""
    watch: Watch = Watch()
    """Thresholds of the triggers."""
    risk: Risk = Risk()
    """How the beliefs of the scenario are asked."""
    budget: Dollars | None = None
    """Most capital the plan may take over its horizon before a trigger says so."""
    notifications: tuple[AnyChannel, ...] = ()
    """Whom to tell, and through which channel."""


class Review(Strict):
    """A review as it stands in its file."""

    settings: Settings
    path: Path

    @property
    def scenario_file(self) -> Path:
        """The scenario's file; CLI002 where there is none."""
        near = self.path.parent / self.settings.scenario
        return near if near.is_file() else find_scenario(self.settings.scenario)


def load(path: Path) -> Review:
    """One review; raises InvalidData with every problem of its file."""
    document: Document = read(path, shown(path))
    settings = validate(Settings, document)
    problems = []
    names = [role.role for role in settings.roles]
    for at, name in enumerate(names):
        if name in names[:at]:
            problems.append(document.problem("REV021", ("roles", at, "role"), f"'{name}' is named twice"))  # fmt: skip
    if all(role.above > 0 for role in settings.roles):
        what = "nobody signs a review that orders nothing"
        hint = "give one role no 'above'"
        problems.append(document.problem("REV021", ("roles",), what, hint))
    if problems:
        raise InvalidData(problems)
    return Review(settings=settings, path=path)


def find(name: str) -> Review:
    """A review by path or by name in a ``reviews/`` folder; CLI002 when neither."""
    path = Path(name)
    if path.is_file():
        return load(path)
    known = {file.stem: file for file in reversed(files())}
    if name not in known:
        raise UnknownName("review", name, known)
    return load(known[name])


def files() -> list[Path]:
    """Every review's file, those of this folder first."""
    return [file for root in roots() for file in sorted((root / FOLDER).glob("*.yaml"))]


def chosen(names: list[str]) -> list[Review]:
    """The reviews named, or every one of the first ``reviews/`` folder that holds any."""
    if names:
        return [find(name) for name in names]
    found = files()
    return [load(file) for file in found if file.parent == found[0].parent]


def required(settings: Settings, amount_usd: float) -> list[str]:
    """Roles that must sign orders of this amount (USD)."""
    return [role.role for role in settings.roles if not role.above or amount_usd > role.above]
