"""A system as numbers: what serving needs to know of its chips, memory and scale-up domain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import inf

from planner.catalog.chip import Chip, MemoryKind, MemoryTier, Precision
from planner.catalog.fact import EvidenceTier, Figure, weakest
from planner.catalog.market import Practice
from planner.catalog.system import System
from planner.errors import MissingFigure
from planner.quantities import GIGA, TERA, factor
from planner.timeline import first_day

PRECISIONS: tuple[Precision, ...] = ("bf16", "fp8", "fp4", "int8", "int4")


@dataclass(frozen=True)
class Machine:
    """One system, read from the catalog on one as-of date. Rates are per chip.

    Missing figures are None: a roofline that needs one is refused, never given a zero.
    """

    id: str
    chip: str
    chips: float
    memory_kind: MemoryKind | None
    memory_bytes: float | None
    bytes_per_s: float | None
    flops_per_s: dict[Precision, float]
    domain_chips: float
    scale_up_bytes_per_s: float | None
    tier: EvidenceTier
    family: str = ""
    vendor: str = ""
    watts: float | None = None
    """Thermal design power of a chip (W)."""
    launched: date | None = None
    second_bytes: float | None = None
    """Capacity of the second memory tier, from which weights can be time-multiplexed."""
    second_bytes_per_s: float | None = None
    scale_out_bytes_per_s: float | None = None
    """To other scale-up domains, one direction; 0 or None without such a network."""
    alpha_s: float = 0.0
    """What one step of a collective between domains waits."""
    pod_chips: float = inf
    """Chips that its network joins in all."""

    @property
    def on_chip_only(self) -> bool:
        """Whether weights live in on-chip memory, so that a replica is a pipeline of many chips."""
        return self.memory_kind in ("sram", "mask-rom")


@dataclass(frozen=True)
class Efficiency:
    """Stated shares of peak that stock serving achieves (practice.yaml)."""

    compute: float
    bandwidth: float
    sram_bandwidth: float
    layer_s: float
    memory_usable: float
    mean_context: float
    kv_bytes: float
    haircut: float
    field_dense: float
    field_moe: float


def efficiency_of(practice: Practice, as_of: date) -> Efficiency:
    """Read the serving assumptions; MissingFigure names one that no fact covers yet."""

    def need(name: str) -> float:
        value = getattr(practice, name).value(as_of)
        if value is None:
            raise MissingFigure("practice", name, as_of)
        return float(value)

    return Efficiency(
        compute=need("compute_efficiency"),
        bandwidth=need("bandwidth_efficiency"),
        sram_bandwidth=need("sram_bandwidth_efficiency"),
        layer_s=need("layer_overhead") * factor("us", "s"),
        memory_usable=need("memory_usable_share"),
        mean_context=need("mean_context_share"),
        kv_bytes=need("kv_bytes"),
        haircut=need("claim_haircut"),
        field_dense=need("tuned_to_field_dense"),
        field_moe=need("tuned_to_field_moe"),
    )


def machine_of(system: System, chip: Chip, as_of: date) -> Machine:
    """Read a system and its chip; figures that are not public stay None."""
    tiers: list[EvidenceTier] = ["measured"]

    def have(figure: Figure | None, scale: float = 1.0) -> float | None:
        fact = figure.at(as_of) if figure else None
        if fact is None:
            return None
        tiers.append(fact.tier)
        return fact.number * scale

    main = chip.memory[0] if chip.memory else None
    second = _second_tier(chip)
    up = system.scale_up_bandwidth.at(as_of) if system.scale_up_bandwidth else None
    chips = have(system.chips) or 1.0
    watts = chip.tdp.value(as_of) if chip.tdp else None
    peaks = {p: value for p in PRECISIONS if (value := have(getattr(chip.peak, p), TERA))}
    return Machine(
        id=system.id,
        chip=chip.id,
        chips=chips,
        memory_kind=main.kind if main else None,
        memory_bytes=have(main.capacity, GIGA) if main else None,
        bytes_per_s=have(main.bandwidth, TERA) if main else None,
        flops_per_s=peaks,
        domain_chips=have(system.scale_up_domain) or chips,
        scale_up_bytes_per_s=up.number * factor(up.unit, "GB/s") * GIGA if up else None,
        tier=weakest(*tiers),
        family=chip.family,
        vendor=chip.vendor,
        watts=watts,
        launched=_launch(chip, as_of),
        second_bytes=have(second.capacity, GIGA) if second else None,
        second_bytes_per_s=have(second.bandwidth, TERA) if second else None,
    )


def _second_tier(chip: Chip) -> MemoryTier | None:
    """The next tier that is larger than the first: weights that do not fit stream from it."""
    for tier in chip.memory[1:]:
        if tier.capacity and tier.bandwidth and tier.kind != "sram":
            return tier
    return None


def _launch(chip: Chip, as_of: date) -> date | None:
    fact = chip.launched.at(as_of) if chip.launched else None
    return first_day(str(fact.value)) if fact else None
