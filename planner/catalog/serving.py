"""The serving calibration: what is stated, what is fitted on measured rows, and how well it predicts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import InUnit, Number, Percent
from planner.catalog.throughput import Point

Microseconds = Annotated[Figure, InUnit("us")]


class Parameter(Strict):
    """One fitted number with what was believed before."""

    name: str
    """What the fit calls it."""
    meaning: str
    """What it stands for, with its unit."""
    logarithmic: bool
    """Whether spreads and errors are of its logarithm (a factor) or of the number itself."""
    prior: float
    """Belief before the rows."""
    prior_spread: float = Field(gt=0)
    """Standard deviation of that belief."""
    value: float
    """Fitted value; the prior until a fit is made."""
    standard_error: float = Field(ge=0)
    """What the rows and the prior leave open."""


class HeldOut(Strict):
    """How far predictions lie from rows that were kept aside: |predicted / measured − 1|."""

    group: str
    """What was kept aside at a time."""
    rows: int
    """Rows predicted."""
    median: float
    """Half of the rows are nearer."""
    p90: float
    """Nine tenths of the rows are nearer."""
    goal_median: float | None = None
    """Goal for the median."""
    goal_p90: float | None = None
    """Goal for the 90th percentile."""
    rule_rows: int = 0
    """Rows the clerk's rule can answer: nearest measured row of the same model × √(bandwidth × FLOPS)."""
    rule_median: float | None = None
    """The rule's median on those rows; absent where it cannot answer."""
    rule_p90: float | None = None
    """The rule's 90th percentile on those rows."""
    band: str = ""
    """The band that an estimate bears whose nearest evidence is as far as this."""
    within_80: float | None = None
    """Share of rows inside its 80 % band; 0.8 where the band is right."""
    within_90: float | None = None
    """Share of rows inside its 90 % band; 0.9 where the band is right."""


class Platform(Strict):
    """Held-out errors of one chip family, each box predicted without its own rows."""

    family: str
    """Chip family."""
    rows: int
    """Rows predicted."""
    median: float
    """Half of the rows are nearer."""
    worst: float
    """The farthest row."""


class Band(Strict):
    """Multiply and divide an estimate by these."""

    b80: float = Field(ge=1)
    """Holds four fifths of outcomes."""
    b90: float = Field(ge=1)
    """Holds nine tenths of outcomes."""


class Serving(Strict):
    """Everything the serving model assumes, has fitted, and is known to miss by."""

    id: str
    """Always serving."""
    norm_exponent: Number
    """Exponent of the norm that combines compute, memory and communication; 1 is their sum."""
    tuned_layer_overhead: Microseconds
    """Fixed time per layer and step in benchmark submissions; stock serving: practice.layer_overhead."""
    collective_overhead: Microseconds
    """Fixed time of one collective inside a scale-up domain."""
    hop_overhead: Microseconds
    """Fixed time of passing an activation from one chip of an on-chip-memory pipeline to the next."""
    scale_out_overhead: Microseconds
    """What one step of a collective between scale-up domains waits, where a network states nothing."""
    watts_reference: Annotated[Figure, InUnit("W/TFLOPS")]
    """Watts per dense BF16-equivalent peak at which the watts exponent changes nothing."""
    maturing: Annotated[Figure, InUnit("year")]
    """Time constant with which software catches up on a new chip."""
    software_gain: Annotated[Figure, InUnit("1/year", signed=True)]
    """Believed speed-up of the same box by software after the newest benchmark round, a year."""
    drafted_tokens: Number
    """Tokens computed per sequence and step under speculative decoding or multi-token prediction."""
    kept_tokens: Number
    """Tokens gained per sequence and step under the same."""
    spreads: dict[str, Percent]
    """Standard deviations of the log residual that alike rows share, and of one row's noise."""
    bands: dict[str, Band]
    """Bands by evidence."""
    parameters: tuple[Parameter, ...]
    """Fitted numbers; written by ``planner serve calibrate``."""
    newest_row: str = ""
    """Day of the newest row the fit saw."""
    rows: int = 0
    """Offline rows the fit saw."""
    held_out: tuple[HeldOut, ...] = ()
    """Errors on rows kept aside; written by ``planner serve calibrate``."""
    platforms: tuple[Platform, ...] = ()
    """The same by chip family."""


class UserPoint(Point):
    """A measurement of your own."""

    model: str
    """Id of the model."""


class Anchors(Strict):
    """A user's own measurements: laid over a catalog, they outrank public rows."""

    id: str
    """Always anchors."""
    points: tuple[UserPoint, ...] = ()
    """The rows."""


__all__ = ["Anchors", "Band", "HeldOut", "Parameter", "Platform", "Serving", "UserPoint"]
