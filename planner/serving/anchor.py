"""A measurement of the user's own as a row of ``anchors.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planner.catalog.load import load

_HEAD = "# Your own measurements: they outrank public rows.\nid: anchors\npoints:\n"


@dataclass(frozen=True)
class Anchor:
    """One measurement: output tok/s of all chips together, at a mean user speed where stated."""

    system: str
    model: str
    isl: float
    osl: float
    precision: str
    tok_per_s: float
    chips: float
    per_user: float | None
    day: str
    note: str

    @property
    def row(self) -> str:
        """The measurement as YAML: a point of a curve where a user speed is stated."""
        shape = f"isl: {self.isl:g}, osl: {self.osl:g}"
        source = f"as_of: {self.day}, quality: user, source: user-measurement, note: {_quoted(self.note)}"  # fmt: skip
        if self.per_user:
            who = f"model: {self.model}, system: {self.system}, precision: {self.precision}"
            how = f"scenario: curve, regime: field, {shape}, tok_per_s_per_user: {self.per_user:g}"
            value = f"value: {self.tok_per_s / self.chips:.10g}, unit: tok/s/chip"
        else:
            who = f"model: {self.model}, system: {self.system}, chips: {self.chips:g}, precision: {self.precision}"  # fmt: skip
            how = f"scenario: offline, regime: field, {shape}"
            value = f"value: {self.tok_per_s:.10g}, unit: tok/s"
        return f"  - {{{who}, {how},\n     throughput: {{{value}, {source}}}}}\n"


def add(anchor: Anchor, file: Path, catalog: Path) -> None:
    """Append a measurement to the file, unless the catalog would not load with it."""
    old = file.read_text(encoding="utf-8") if file.is_file() else _HEAD
    trial = file.with_suffix(".trial.yaml")
    trial.write_text(old + anchor.row, encoding="utf-8")
    try:
        load(catalog, trial)
        trial.replace(file)
    finally:
        trial.unlink(missing_ok=True)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
