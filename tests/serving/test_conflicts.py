"""Every conflict of the facts is settled: its bound computed, and what stands instead in the catalog."""

from __future__ import annotations

from datetime import date

import pytest

from planner.catalog.load import Catalog, load
from planner.scenario.load import find_catalog
from planner.serving.conflicts import Settled, settle

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(find_catalog("default"))


@pytest.fixture(scope="module")
def settled(catalog: Catalog) -> dict[str, Settled]:
    return {conflict.id: conflict for conflict in settle(catalog, DAY)}


def test_all_seventeen_conflicts_are_settled_in_order(settled: dict[str, Settled]) -> None:
    assert [conflict.number for conflict in settled.values()] == list(range(1, 18))
    assert all(c.verdict and c.explanation and c.resolution for c in settled.values())


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("sohu-single-stream", 549),
        ("corsair-per-card", 469),
        ("wse-3-70b", 4),
        ("gpu-electricity", 0.026),
        ("token-accounting", 114_000),
    ],
)
def test_the_published_bounds_come_out(
    settled: dict[str, Settled], name: str, bound: float
) -> None:
    assert settled[name].bound == pytest.approx(bound, rel=0.02)


def test_the_single_stream_bound_is_549_to_the_token(settled: dict[str, Settled]) -> None:
    assert round(settled["sohu-single-stream"].bound or 0) == 549


def test_the_claims_themselves_are_above_their_bounds(settled: dict[str, Settled]) -> None:
    """60,000 a user against 549; 500,000 against 114,000: the bound is what refuses them."""
    assert (settled["sohu-single-stream"].bound or 0) * 100 < 60_000
    assert (settled["token-accounting"].bound or 0) * 4 < 500_000


def test_what_the_resolution_uses_stands_in_the_catalog(catalog: Catalog) -> None:
    etched, cerebras = catalog.vendors["etched"], catalog.vendors["cerebras"]
    deal = catalog.contracts["cerebras-openai"]
    assert etched.valuation
    assert etched.valuation.value(DAY) == 5e9
    assert etched.raised
    assert etched.raised.value(DAY) == pytest.approx(0.8e9)
    assert cerebras.valuation
    assert cerebras.valuation.value(DAY) == pytest.approx(39.8e9)
    assert deal.facts["value"].value(DAY) == 20
    assert catalog.systems["huawei-atlas-950"].chip == "huawei-ascend-950dt-chip"


def test_no_rejected_row_is_used_for_serving(catalog: Catalog) -> None:
    """150 tok/s stays with v6e; 30,000 per card and 60,000 per user answer nothing."""
    used = {
        (point.system, point.throughput.number)
        for rows in catalog.throughput.values()
        for point in rows.points
        if not point.throughput.rejected
    }
    assert ("google-tpu-v6e", 150) in used
    assert ("google-tpu-v7", 150) not in used
    assert ("etched-sohu", 60_000) not in used
    assert ("nvidia-hgx-b200", 45_000) not in used
