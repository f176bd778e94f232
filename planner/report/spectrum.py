"""Places on the specialisation spectrum, as tables and pictures name them: one name and one colour each."""

from __future__ import annotations

KINDS = {
    1: "general GPU",
    2: "wafer-scale",
    3: "systolic array",
    4: "static dataflow",
    5: "digital in-memory",
    6: "Transformer ASIC",
    7: "model-etched",
}
NOWHERE = "hosted"
"""What has no place."""


def place(gradient: int | None) -> str:
    """A place with its number.

    >>> place(3), place(None)
    ('3 systolic array', 'hosted')
    """
    return f"{gradient} {KINDS[gradient]}" if gradient in KINDS else NOWHERE


PLACES = (*(place(gradient) for gradient in KINDS), NOWHERE)
"""Every name in order, so that colours agree between pictures."""
