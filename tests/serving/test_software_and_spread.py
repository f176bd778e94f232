"""Beliefs about software move a plan's speeds by period, and bands reach tables and draws."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import pytest

from planner.accounts.energy import activity_kwh
from planner.options.join import join
from planner.options.spread import spread
from planner.options.table import Options
from planner.scenario.load import load
from tests.support import GOOD, ROOT
from tests.world import GTOK_PER_HOUR, exactly, purchase, site, solve, system, world

BELIEF = """\
software_gain:
  young: {group: {systems: [acme-fast]}, per_year: 20 %/year, low: 0 %/year, high: 60 %/year, until: 0.5 year, basis: "our own releases"}
  rest: {per_year: 5 %/year, until: 3 year, basis: "a guess"}
"""


def options(folder: Path, text: str) -> Options:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return join(load(path))


def test_a_belief_gains_by_period_and_ends_where_it_says(tmp_path) -> None:
    """From 2026-11-20: 42 days before 2027Q1, 0.5 years reached between Q2 (132 days) and Q3 (223)."""
    before, after = options(tmp_path, GOOD), options(tmp_path, GOOD + BELIEF)
    gained = [after.speed("acme-fast", "chat", t) / before.speed("acme-fast", "chat", t) for t in range(4)]  # fmt: skip
    assert gained[0] == pytest.approx(1.2 ** (42 / 365.25), rel=1e-3)
    assert gained[1] == pytest.approx(1.2 ** (132 / 365.25), rel=1e-3)
    assert gained[2] == gained[3] == pytest.approx(1.2**0.5)


def test_without_a_belief_a_speed_stays_what_it_is_today(tmp_path) -> None:
    today = options(tmp_path, GOOD)
    rate = today.configurations["acme-fast"].rates["chat"].tok_per_s
    assert [today.speed("acme-fast", "chat", t) for t in range(4)] == [rate] * 4


def test_a_system_held_by_several_beliefs_follows_the_first(tmp_path) -> None:
    only = GOOD + "software_gain:\n" + BELIEF.splitlines(keepends=True)[1]
    (tmp_path / "one").mkdir()
    both, alone = options(tmp_path, GOOD + BELIEF), options(tmp_path / "one", only)
    assert both.configurations["acme-fast"].software == alone.configurations["acme-fast"].software


def test_faster_software_spends_less_energy_on_a_token() -> None:
    """1 MW of serving draw at 1 Gtok/h over a year's 8,766 hours; half of it once the rate doubles."""
    made = system(idle_kw=0.0, serving_kw=1000.0, software=(1.0, 2.0))
    options = world(systems=[made], offerings=[purchase()], places=[site()], periods=2)
    kwh = [activity_kwh(options, ("gpu", "campus", "chat", t, 0)) for t in range(2)]
    assert kwh == [exactly(1000 * 8766), exactly(1000 * 8766 / 2)]


def test_a_whole_replica_carries_more_as_software_improves() -> None:
    """A replica of 2 systems at rate 1 serves 2; with doubled software 4, so one does, not two."""
    spanning = system(span=2.0)
    whole = {"demand": 4.0, "whole_units": True}
    assert solve(world(systems=[spanning], **whole)).musd == exactly(4.0)
    assert solve(world(systems=[replace(spanning, software=(2.0,))], **whole)).musd == exactly(2.0)


def test_the_spread_of_a_speed_is_the_wider_of_its_two_bands() -> None:
    """x/÷ 1.2 holds 80 %: ln 1.2 / 1.2816 = 0.1423; x/÷ 2 holds 90 %: ln 2 / 1.6449 = 0.4214."""
    rate = replace(system().rates["chat"], low=GTOK_PER_HOUR / 1.2, high=GTOK_PER_HOUR * 1.2, tier="calibrated")  # fmt: skip
    near = world(systems=[replace(system(), rates={"chat": rate})])
    assert spread(near, "gpu", "chat").log_sigma == pytest.approx(math.log(1.2) / 1.2816, rel=1e-4)
    assert spread(near, "gpu", "chat").tier == "calibrated"
    wide = replace(rate, low_90=GTOK_PER_HOUR / 2, high_90=GTOK_PER_HOUR * 2)
    far = world(systems=[replace(system(), rates={"chat": wide})])
    assert spread(far, "gpu", "chat").log_sigma == pytest.approx(math.log(2) / 1.6449, rel=1e-4)
    assert spread(world(), "gpu", "chat").log_sigma is None


def test_no_row_account_or_ledger_reads_a_speed_but_through_its_period() -> None:
    """Whoever takes a rate as it stands would miss what software adds."""
    read = re.compile(r"rates?\[[^\]]*\]\.tok_per_s\b")
    rooms = ("accounts", "program", "finance", "plan", "risk")
    found = [
        f"{path.name}: {hit}"
        for room in rooms
        for path in sorted((ROOT / "planner" / room).rglob("*.py"))
        for hit in read.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert read.search("options.configurations[c].rates[w].tok_per_s")
