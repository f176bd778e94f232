"""Machines and models as plain numbers, so that a law can vary one figure at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from planner.catalog.load import Catalog, load
from planner.catalog.throughput import Point
from planner.serving.estimate import Estimator
from planner.serving.machine import Efficiency, Machine
from planner.serving.rate import Request
from planner.serving.shape import Shape
from tests.support import ROOT

AS_OF = date(2026, 11, 20)
FEW = settings(derandomize=True, deadline=None, max_examples=40)

STOCK = Efficiency(
    compute=0.45, bandwidth=0.6, sram_bandwidth=0.6, layer_s=15e-6, memory_usable=0.9, mean_context=1.0,
    kv_bytes=1.0, haircut=0.3, field_dense=0.65, field_moe=0.5,
)  # fmt: skip

GPU = Machine(
    id="gpu", chip="gpu-chip", chips=8.0, memory_kind="hbm3e", memory_bytes=100e9, bytes_per_s=4e12,
    flops_per_s={"fp8": 2e15}, domain_chips=8.0, scale_up_bytes_per_s=450e9, tier="measured",
)  # fmt: skip
PIPELINE = replace(GPU, id="sram", memory_kind="sram", memory_bytes=0.25e9, bytes_per_s=80e12)

DENSE = Shape(
    id="dense-70b", state="T", attention="gqa", parameters=70e9, active_parameters=70e9, layers=80.0, hidden=8192.0,
    attention_layers=80.0, query_heads=64.0, head_dim=128.0, cached_elements_per_token=2 * 8 * 128 * 80.0,
    state_bytes=0.0, experts=0.0, experts_per_token=0.0, expert_parameters=0.0, context=131072.0,
)  # fmt: skip
MIXTURE = replace(
    DENSE, id="mixture", parameters=120e9, active_parameters=6e9, experts=128.0, experts_per_token=4.0,
    expert_parameters=114e9, layers=36.0, hidden=2880.0,
)  # fmt: skip

machines = st.builds(
    replace,
    st.sampled_from([GPU, PIPELINE]),
    bytes_per_s=st.floats(1e12, 1e14),
    memory_bytes=st.floats(40e9, 300e9),
    flops_per_s=st.floats(1e14, 2e16).map(lambda flops: {"fp8": flops}),
)
shapes = st.sampled_from([DENSE, MIXTURE])
requests = st.builds(
    Request,
    isl=st.floats(16, 20000),
    osl=st.floats(1, 4000),
    ttft_ms=st.none() | st.floats(100, 10000),
    tpot_ms=st.none() | st.floats(2, 500),
    precisions=st.just(("fp8",)),
)


def claim_of(tok_per_s: float, *, by: str = "vendor", **row: Any) -> Point:
    """A row in which somebody states a throughput of the ``gpu`` system."""
    fact = {"value": tok_per_s, "unit": row.pop("unit", "tok/s"), "as_of": "2026-01", "quality": by, "source": "x"}  # fmt: skip
    given = {"system": "gpu", "precision": "fp8", "scenario": "aggregate", "regime": "field", "throughput": fact}  # fmt: skip
    return Point.model_validate({**given, **row})


@cache
def catalog() -> Catalog:
    """The default catalog."""
    return load(ROOT / "catalogs" / "default")


@cache
def estimator(claims: Any = "haircut") -> Estimator:
    """Estimates from the default catalog."""
    return Estimator(catalog(), AS_OF, claims)
