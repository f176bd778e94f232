"""A chip: one accelerator package."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import (
    Day,
    Dollars,
    Gigabytes,
    InUnit,
    Number,
    Percent,
    TerabytesPerSecond,
    Teraflops,
    Text,
    Watts,
    Weeks,
)

MemoryKind = Literal[
    "hbm2e",
    "hbm3",
    "hbm3e",
    "hbm4",
    "hibl",
    "sram",
    "ddr5",
    "lpddr5x",
    "gddr6",
    "gddr7",
    "mask-rom",
]
Precision = Literal["bf16", "fp8", "fp4", "int8", "int4"]


class MemoryTier(Strict):
    """One kind of memory on a chip; the first tier listed is the one weights are read from."""

    kind: MemoryKind
    """What the memory is made of."""
    capacity: Gigabytes | None = None
    """Usable capacity per chip (GB), not the marketed one."""
    capacity_marketed: Gigabytes | None = None
    """Capacity on the data sheet (GB), kept for the audit."""
    bandwidth: TerabytesPerSecond | None = None
    """Read bandwidth per chip (TB/s)."""
    stacks: Number | None = None
    """HBM stacks per chip."""


class Peak(Strict):
    """Dense peak rate per chip by precision (TFLOPS); sparse figures are rejected facts."""

    bf16: Teraflops | None = None
    """Dense BF16 or FP16."""
    fp8: Teraflops | None = None
    """Dense FP8."""
    fp4: Teraflops | None = None
    """Dense FP4."""
    int8: Teraflops | None = None
    """Dense INT8 (TOPS)."""
    int4: Teraflops | None = None
    """Dense INT4 (TOPS)."""


class Capabilities(Strict):
    """What the chip can run; each figure's value is yes, no, a factor of its speed, or not disclosed."""

    transformer: Figure
    """Attention-only models (displacement state T)."""
    hybrid: Figure
    """Hybrid attention models (state H)."""
    attention_free: Figure
    """Models without attention (state X)."""
    moe: Figure | None = None
    """Mixture of experts with dynamic routing."""
    ssm: Figure | None = None
    """State-space layers."""
    sparse_attention: Figure | None = None
    """Sparse attention."""
    training: Figure | None = None
    """Training as a second use."""
    only_models: tuple[str, ...] = ()
    """Ids of the only models the silicon holds; empty where any model of the right kind runs."""


class Etched(Strict):
    """Silicon that holds one model's weights in its masks; another model takes new ones."""

    weights_per_chip: Number
    """Weights one chip holds; a larger model is shared among several."""
    respin_lead_time: Weeks
    """From the order to first silicon of another model (weeks); delivery comes after it."""
    respin_fee: Dollars | None = None
    """Charged once for a model's masks (USD)."""


class Offload(Strict):
    """What a coprocessor takes over from the chips that serve."""

    offload_share: Percent
    """Share of a host's matrix products it can take over."""
    matmul_energy_share: Percent
    """Share of a host's serving energy that matrix products spend."""
    energy_gain: Number
    """Energy of a matrix product on the host over that on the coprocessor."""


class Chip(Strict):
    """One accelerator package and what is known about it."""

    id: str
    """Kebab case, ends in -chip."""
    name: str
    """As the vendor writes it."""
    aliases: tuple[str, ...] = ()
    """Other spellings in sources."""
    vendor: str
    """Id of the vendor."""
    gradient: int | None = Field(None, ge=1, le=7)
    """Place on the specialisation spectrum, 1 general GPU to 7 model-etched; absent for coprocessors and entries that are no offers."""
    family: str
    """Generation whose resale moves together, such as nvidia-blackwell."""
    memory: tuple[MemoryTier, ...] = ()
    """Memory tiers, the one weights are read from first."""
    peak: Peak = Peak()
    """Dense peak rates."""
    packages_per_wafer: Annotated[Figure, InUnit("chip/wafer")] | None = None
    """Packages cut from one wafer of advanced packaging, before yield."""
    tdp: Watts | None = None
    """Thermal design power of the package (W)."""
    price: Dollars | None = None
    """Price of one chip (USD)."""
    build_cost: Dollars | None = None
    """What it costs its vendor to build (USD); not a price."""
    process: Text | None = None
    """Process node."""
    launched: Day | None = None
    """Announcement or first availability."""
    runs: Capabilities
    """What it can run."""
    etched: Etched | None = None
    """For model-etched silicon: capacity and what another model takes."""
    offload: Offload | None = None
    """For coprocessors beside a host: what they take over."""
    coprocessor: str = ""
    """Why the chip may never carry an LLM workload alone; empty for all others."""
    notes: dict[str, Figure] = Field(default_factory=dict)
    """Further facts that no formula uses, by name, shown by ``catalog show``."""

    @property
    def stacked_memory(self) -> bool:
        """Whether it carries HBM of any kind."""
        return any(tier.kind.startswith("hbm") for tier in self.memory)
