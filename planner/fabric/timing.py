"""Any collective by its name: one load of figures, of which each kind reads its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from planner.errors import UnknownName
from planner.fabric import collectives
from planner.fabric.ask import flag, refusal
from planner.fabric.collectives import Experts, Stream, Transfer

Timed = Transfer | Experts | Stream


@dataclass(frozen=True)
class Load:
    """What a collective moves and over what; FAB001 for a size that is not above zero.

    gb_per_s: of one chip, one direction. chips: that take part. bytes: of the whole vector, or what
    one chip holds. alpha_us: latency of a step. tokens: of a chip in a step, or of a prompt.
    kv_bytes: of a token. value_bytes: of an activation. tb_per_s: memory bandwidth of a chip.
    """

    gb_per_s: float
    chips: int
    bytes: float
    tokens: float
    experts: float
    hidden: float
    layers: int
    micro_batches: int
    kv_bytes: float
    value_bytes: float
    weight_gb: float
    tb_per_s: float
    alpha_us: float = 0.0
    in_network: bool = False

    def __post_init__(self) -> None:
        for name in (field.name for field in fields(self)):
            value = getattr(self, name)
            if name not in ("alpha_us", "in_network") and not value > 0:
                what = f"{value:g} is no size"
                raise refusal("FAB001", name, what, f"nearest: --{flag(name)} 1")

    @property
    def plain(self) -> tuple[int, float, float, float]:
        """What a collective of one vector needs: chips, bytes, GB/s, latency of a step (µs)."""
        return self.chips, self.bytes, self.gb_per_s, self.alpha_us


def _all_reduce(load: Load) -> Transfer:
    inside = load.in_network
    return (collectives.in_network_all_reduce if inside else collectives.ring_all_reduce)(*load.plain)  # fmt: skip


KINDS: dict[str, Callable[[Load], Timed]] = {
    "all-reduce": _all_reduce,
    "all-gather": lambda load: collectives.all_gather(*load.plain),
    "reduce-scatter": lambda load: collectives.reduce_scatter(*load.plain),
    "all-to-all": lambda load: collectives.all_to_all(*load.plain),
    "expert-parallel": lambda load: collectives.expert_parallel(
        load.tokens, load.experts, load.hidden, load.gb_per_s, load.layers, load.micro_batches
    ),
    "kv-transfer": lambda load: collectives.kv_transfer(load.tokens, load.kv_bytes, load.gb_per_s),
    "tensor-parallel": lambda load: collectives.tensor_parallel(
        load.chips, load.tokens, load.hidden, load.gb_per_s, load.value_bytes, load.alpha_us, load.in_network
    ),
    "single-stream": lambda load: collectives.single_stream(
        load.weight_gb, load.chips * load.tb_per_s
    ),
}  # fmt: skip
"""Kind of collective -> what it makes of a load."""


def timed(kind: str, load: Load) -> Timed:
    """A collective by name; UnknownName (CLI002) for a kind there is none of."""
    if kind not in KINDS:
        raise UnknownName("collective", kind, KINDS)
    return KINDS[kind](load)
