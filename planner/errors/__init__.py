"""One tree of errors; each class builds its own message from typed arguments.

``Problem`` is one thing wrong with what the user gave; a stage gathers all its problems and
raises them together. ``Failure`` is any ending of a command other than success and carries the
exit code that scripts rely on.
"""

from planner.errors.tree import (
    CheckFailed,
    Failure,
    InfeasibleScenario,
    InvalidData,
    MissingFigure,
    NoProof,
    NotANumber,
    Problem,
    UnknownName,
    Unservable,
    Usage,
    did_you_mean,
)

__all__ = [
    "CheckFailed",
    "Failure",
    "InfeasibleScenario",
    "InvalidData",
    "MissingFigure",
    "NoProof",
    "NotANumber",
    "Problem",
    "UnknownName",
    "Unservable",
    "Usage",
    "did_you_mean",
]
