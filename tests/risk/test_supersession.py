"""A model etched into silicon is superseded: its demand moves on, and respun silicon may follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.risk.functional import Functional
from planner.risk.modes import Answer, answer
from planner.risk.setting import planned, setting
from planner.scenario.load import Loaded
from tests.risk.risky import RISKY, risky

_QUIET = RISKY[RISKY.index("  beliefs:") : RISKY.index("assumptions:")]


def etched(folder: Path, life: str, respin: str = "") -> Loaded:
    """The small scenario, its chip etched for the only model asked for."""
    belief = f"  beliefs:\n    supersession:\n      life: {{{life}, basis: a test}}\n      takeover: 0 year\n{respin}      basis: a test\n"  # fmt: skip
    loaded = risky(folder, (_QUIET, belief), ("service_level: 99 %", "service_level: 0 %"))
    chip = loaded.catalog.chips["acme-fast-chip"]
    runs = chip.runs.model_copy(update={"only_models": ("small-8b",)})
    chips = {**loaded.catalog.chips, chip.id: chip.model_copy(update={"runs": runs})}
    return replace(loaded, catalog=replace(loaded.catalog, chips=chips))


def adapted(loaded: Loaded) -> Answer:
    return answer(setting(loaded, 2, 7), planned(loaded), "adapt", Functional())


def test_etched_silicon_serves_nothing_of_the_successor(tmp_path: Path) -> None:
    """Superseded on the first day without a respin everything is shed; never superseded nothing is."""
    gone = adapted(etched(tmp_path, "family: sure, after: 0 year"))
    stays = adapted(etched(tmp_path, "family: never"))
    assert [reading.served_share for reading in gone.readings] == pytest.approx([0, 0], abs=1e-9)
    assert stays.costs_usd == pytest.approx(np.full(2, planned(etched(tmp_path, "family: never")).solution.objective * 1e6))  # fmt: skip


def test_respun_silicon_is_recourse_once_it_can_be_had(tmp_path: Path) -> None:
    """Ready 26 weeks after a date of 0 years it serves from the third quarter of 2027 on; ready after
    90 weeks, past the horizon, it serves nothing.
    """
    soon = adapted(etched(tmp_path, "family: sure, after: 0 year", "      respin: 26 week\n"))
    late = adapted(etched(tmp_path, "family: sure, after: 0 year", "      respin: 90 week\n"))
    assert 0.2 < soon.readings[0].served_share < 0.8
    assert late.readings[0].served_share == pytest.approx(0.0, abs=1e-9)
    offers = dict(zip(soon.meter.offers, soon.readings[0].systems, strict=True))
    assert offers["fast-buy@respun"] + offers["fast-rent@respun"] > 0


def test_what_is_left_of_superseded_silicon_is_worth_nothing(tmp_path: Path) -> None:
    """Superseded before the horizon ends its remaining value is gone; not superseded it stays."""
    for life, share in (("family: sure, after: 0 year", 0.0), ("family: never", 1.0)):
        made = setting(etched(tmp_path, life), 2, 7)
        worlds = made.worlds(np.ones(len(made.base.program.space.columns), dtype=bool))
        kept = worlds._kept(0)[worlds.places.valued]
        assert kept == pytest.approx(np.full(len(kept), share))
