"""What kind of chip it is: which models it runs at all, and which law its speed follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.catalog.chip import Chip
from planner.catalog.fact import Figure
from planner.serving.etched import told
from planner.serving.machine import Machine
from planner.serving.rate import Refusal
from planner.serving.shape import Shape


def capability(chip: Chip, shape: Shape, as_of: date, respun: bool = False) -> float | Refusal:
    """The factor by which the chip runs this kind of model; a refusal where it cannot.

    respun: its silicon is etched anew for this model, so that which one it holds today is no bar.
    """
    runs = chip.runs
    if chip.coprocessor:
        return Refusal(f"a coprocessor never carries a workload alone: {chip.coprocessor}")
    if runs.only_models and shape.id not in runs.only_models and not respun:
        held = f"the silicon holds only {', '.join(runs.only_models)} (adapters at most)"
        return Refusal(f"{held}; for another model {told(chip, as_of)}")
    kinds: dict[str, Figure | None] = {
        {"T": "transformers", "H": "hybrid models", "X": "attention-free models"}[shape.state]: {
            "T": runs.transformer,
            "H": runs.hybrid,
            "X": runs.attention_free,
        }[shape.state]
    }
    if shape.experts and runs.moe is not None and not respun:
        kinds["mixtures of experts"] = runs.moe
    factor = 1.0
    for kind, figure in kinds.items():
        fact = figure.at(as_of) if figure else None
        if fact is None:
            return Refusal(f"whether {chip.id} runs {kind} is not disclosed")
        if fact.value == "no" or fact.value == 0:
            return Refusal(f"{chip.id} does not run {kind}")
        if not isinstance(fact.value, str):
            factor *= fact.value
    return factor


def streaming(machine: Machine) -> Machine | None:
    """The same chip with weights time-multiplexed from its second memory tier; None without one.

    Weights and cache then stand in the larger tier and are read at its bandwidth every step.
    """
    if not machine.second_bytes or not machine.second_bytes_per_s:
        return None
    return replace(
        machine,
        memory_kind="lpddr5x" if machine.on_chip_only else machine.memory_kind,
        memory_bytes=machine.second_bytes,
        bytes_per_s=machine.second_bytes_per_s,
        second_bytes=None,
        second_bytes_per_s=None,
    )
