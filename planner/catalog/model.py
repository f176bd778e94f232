"""A model: what is served."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planner.catalog.fact import Figure, Strict
from planner.catalog.figures import Number, Text

Attention = Literal["mha", "gqa", "mla", "hybrid", "none"]
State = Literal["T", "H", "X"]


class Model(Strict):
    """A network's shape, as far as serving it depends on it."""

    id: str
    """Kebab case, as the interface document spells it."""
    name: str
    """As its maker writes it."""
    aliases: tuple[str, ...] = ()
    """Other spellings in sources."""
    state: State
    """Displacement state it belongs to: T attention only, H hybrid, X no attention."""
    attention: Attention
    """Which law its KV cache follows."""
    parameters: Number
    """Total parameters (pure number)."""
    active_parameters: Number
    """Parameters that one token passes through; the total for dense models."""
    layers: Number
    """Blocks in sequence."""
    hidden: Number
    """Width of the residual stream."""
    attention_layers: Number
    """Layers whose KV cache grows with context."""
    kv_heads: Number | None = None
    """Key-value heads per attention layer (mha, gqa, hybrid)."""
    head_dim: Number | None = None
    """Width of one head."""
    kv_latent: Number | None = None
    """Width of the cached latent per token and layer, rotary part included (mla)."""
    query_heads: Number | None = None
    """Query heads per attention layer."""
    state_bytes: Number | None = None
    """Fixed recurrent state per sequence (bytes), for hybrid and attention-free models."""
    experts: Number | None = None
    """Routed experts per MoE layer."""
    experts_per_token: Number | None = None
    """Routed experts a token visits."""
    moe_layers: Number | None = None
    """Layers that hold experts."""
    expert_parameters: Number | None = None
    """Parameters held in routed experts, all layers together."""
    context: Number
    """Longest context (tokens)."""
    native_precision: Text
    """Precision the weights are released in."""
    notes: dict[str, Figure] = Field(default_factory=dict)
    """Further facts."""
