"""Arithmetic of a model's shape: bytes of weights, bytes of cache, operations per token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.catalog.chip import Precision
from planner.catalog.fact import Figure
from planner.catalog.model import Attention, Model, State
from planner.errors import MissingFigure

WEIGHT_BYTES: dict[Precision, float] = {
    "bf16": 2.0,
    "fp8": 1.0,
    "int8": 1.0,
    "fp4": 0.5625,
    "int4": 0.5625,
}
"""Bytes per weight; four-bit formats carry an eight-bit scale for every sixteen weights."""


@dataclass(frozen=True)
class Shape:
    """A model as numbers, read from the catalog on one as-of date."""

    id: str
    state: State
    attention: Attention
    parameters: float
    active_parameters: float
    layers: float
    hidden: float
    attention_layers: float
    query_heads: float
    head_dim: float
    cached_elements_per_token: float
    state_bytes: float
    experts: float
    experts_per_token: float
    expert_parameters: float
    context: float
    cached_width: float = 0.0
    """Width that a decoded token's scores and values run over, per query head and layer."""
    kv_heads: float = 1.0
    """Key-value heads, so many ways a cache can be split among chips; 1 for a latent."""
    moe_layers: float = 0.0
    released: date | None = None

    def weight_bytes(self, precision: Precision) -> float:
        """Bytes of all weights: parameters · bytes per weight."""
        return self.parameters * WEIGHT_BYTES[precision]

    def touched_bytes(self, precision: Precision, tokens: float) -> float:
        """Weight bytes read in one step of ``tokens`` tokens.

        Dense weights once; routed experts E · (1 − (1 − k/E)^tokens) of E.
        """
        touched = self.parameters
        if self.experts:
            share = 1 - (1 - self.experts_per_token / self.experts) ** tokens
            touched = self.parameters - self.expert_parameters * (1 - share)
        return touched * WEIGHT_BYTES[precision]

    def cache_bytes(self, context_tokens: float, bytes_per_element: float) -> float:
        """KV cache and recurrent state of one sequence at a context length (bytes)."""
        return (
            self.cached_elements_per_token * bytes_per_element * context_tokens + self.state_bytes
        )

    def flops_per_token(self, context_tokens: float) -> float:
        """2 · active parameters, plus 4 · context · heads · head width in every attention layer."""
        attention = 4 * context_tokens * self.query_heads * self.head_dim * self.attention_layers
        return 2 * self.active_parameters + attention

    def decode_attention_flops(self, context_tokens: float) -> float:
        """4 · context · heads · width · attention layers: scores and values of one decoded token.

        With latent attention the heads work on the latent itself (absorbed): its width counts.
        """
        return 4 * context_tokens * self.query_heads * self.cached_width * self.attention_layers

    def prefill_attention_flops(self, prompt_tokens: float) -> float:
        """4 · n²/2 · heads · head width · attention layers: causal attention over a whole prompt."""
        pairs = prompt_tokens**2 / 2
        return 4 * pairs * self.query_heads * self.head_dim * self.attention_layers


def shape_of(model: Model, as_of: date) -> Shape:
    """Read a model's figures; MissingFigure names one the catalog lacks."""

    def need(name: str) -> float:
        figure: Figure | None = getattr(model, name)
        value = figure.value(as_of) if figure else None
        if value is None:
            raise MissingFigure(model.id, name, as_of)
        return value

    def have(name: str) -> float:
        figure: Figure | None = getattr(model, name)
        return (figure.value(as_of) or 0.0) if figure else 0.0

    if model.attention == "none":
        per_token = 0.0
    elif model.attention == "mla":
        per_token = need("kv_latent") * need("attention_layers")
    else:
        per_token = 2 * need("kv_heads") * need("head_dim") * need("attention_layers")
    return Shape(
        id=model.id,
        state=model.state,
        attention=model.attention,
        parameters=need("parameters"),
        active_parameters=need("active_parameters"),
        layers=need("layers"),
        hidden=need("hidden"),
        attention_layers=have("attention_layers"),
        query_heads=have("query_heads"),
        head_dim=have("head_dim"),
        cached_elements_per_token=per_token,
        state_bytes=have("state_bytes"),
        experts=have("experts"),
        experts_per_token=have("experts_per_token"),
        expert_parameters=have("expert_parameters"),
        context=need("context"),
        cached_width=need("kv_latent") if model.attention == "mla" else have("head_dim"),
        kv_heads=have("kv_heads") or 1.0,
        moe_layers=have("moe_layers"),
        released=_day(model.parameters),
    )


def _day(figure: Figure) -> date:
    """The day of the oldest fact, on which the model was public at the latest."""
    return min(fact.day for fact in figure)
