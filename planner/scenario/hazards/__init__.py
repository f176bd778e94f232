"""How long a spell lasts: one family of distributions per file, each with its survival and its dates."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.scenario.hazards.exponential import Exponential
from planner.scenario.hazards.gamma_mixed import GammaMixed
from planner.scenario.hazards.lognormal import Lognormal
from planner.scenario.hazards.never import Never
from planner.scenario.hazards.piecewise import Piecewise
from planner.scenario.hazards.quantiles import Quantiles
from planner.scenario.hazards.sure import Sure

Hazard = Annotated[
    Exponential | GammaMixed | Lognormal | Never | Piecewise | Quantiles | Sure,
    Field(discriminator="family"),
]
"""Any of them, told apart by ``family``."""
