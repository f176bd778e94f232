"""A small valid scenario on the tiny catalog, and ways to spoil it in one place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.documents import Document
from planner.errors import InvalidData, Problem
from planner.scenario.load import Loaded, load

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "catalogs" / "tiny"
CODES = ROOT / "planner" / "errors" / "codes.yaml"

GOOD = f"""\
name: small
catalog: {TINY}
as_of: 2026-11-20
horizon: {{start: 2027Q1, periods: 4}}
discount_rate: 9 %/year
load_blocks: {{peak: 0.3, off-peak: 0.7}}
sites:
  home:
    kind: owned
    region: us
    network_latency: 20 ms
    power: {{2027Q1: 2 MW, 2027Q3: 3 MW}}
    racks: 100
    rack_density: 60 kW
    liquid: 1 MW
    pue: {{air: 1.3, liquid: 1.1}}
    tariff: {{peak: 0.1 USD/kWh, off-peak: 0.06 USD/kWh}}
    facility: 20 USD/kW/month
  cloud:
    kind: hosted
    region: us
    network_latency: 15 ms
workloads:
  chat:
    model: small-8b
    isl: 1024
    osl: 512
    ttft: 2000 ms
    tpot: 50 ms
    demand: {{start: 100 ktok/s, growth: 40 %/year}}
    profile: {{peak: 1.7, off-peak: 0.7}}
    shed_penalty: 20 USD/Mtok
offers:
  fast-buy:
    system: acme-fast
    contract: own
    sites: [home]
    price: 0.4 MUSD
  fast-rent: {{system: acme-fast, contract: rent, sites: [cloud]}}
installed:
  old: {{system: acme-fast, site: home, count: 4, in_service: 2025-01}}
pools:
  hbm3e: {{amount: 60 TB}}
policy:
  service_level: 99 %
assumptions:
  acme-lean:
    price: {{value: 0.5 MUSD, basis: a guess}}
overrides:
  crisis: {{sites.home.tariff: 0.3 USD/kWh}}
"""
"""Loads and joins without a problem; every mistake below is made in one place of it."""


@dataclass(frozen=True)
class Mistake:
    """One spoilt place: ``anchor``, as it stands, becomes ``wrong``; ``right`` is its valid twin.

    key: the dotted key the problem names. says: words its message or hint must hold.
    mark: where the message points, when that is not the first line of ``wrong``.
    """

    about: str
    code: str
    key: str
    anchor: str
    wrong: str
    right: str = ""
    says: str = ""
    mark: str = ""

    @property
    def twin(self) -> str:
        return self.right or self.anchor

    def __str__(self) -> str:
        return self.about.replace(" ", "-")


def edited(text: str, *edits: tuple[str, str]) -> str:
    """The text with each anchor, which must stand in it once, replaced."""
    for anchor, other in edits:
        assert text.count(anchor) == 1, f"'{anchor}' stands {text.count(anchor)} times"
        text = text.replace(anchor, other)
    return text


def written(folder: Path, text: str = GOOD, name: str = "small") -> Path:
    """A scenario file."""
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, *edits: tuple[str, str], sets: tuple[str, ...] = ()) -> Loaded:
    """The good scenario, edited and loaded."""
    return load(written(folder, edited(GOOD, *edits)), (), sets)


def problems(call: object, *arguments: object) -> tuple[Problem, ...]:
    """The problems a call is refused for; it must end with the exit code of bad data."""
    assert callable(call)
    with pytest.raises(InvalidData) as refusal:
        call(*arguments)
    assert refusal.value.exit_code == 3
    return refusal.value.problems


def line_of(path: Path, text: str) -> int:
    """The line on which ``text`` begins in a file; it must stand there once."""
    whole = path.read_text(encoding="utf-8")
    assert whole.count(text) == 1, f"'{text}' stands {whole.count(text)} times"
    return whole[: whole.index(text)].count("\n") + 1


def shown(problem: Problem) -> str:
    """What a reader sees of a problem, code and place aside."""
    return f"{problem.what} {problem.hint}"


def assert_refused(problem: Problem, mistake: Mistake, path: Path) -> None:
    """The problem carries the mistake's code, file and line, key and words."""
    line = line_of(path, mistake.mark or mistake.wrong)
    assert (problem.code, problem.place, problem.key) == (
        mistake.code,
        f"{path}:{line}",
        mistake.key,
    )
    assert mistake.says in shown(problem)


def tiny_copy(folder: Path) -> Path:
    """A copy of the tiny catalog to spoil."""
    return shutil.copytree(TINY, folder / "catalog")


def document(text: str) -> Document:
    """A parsed document called ``test.yaml``."""
    from planner.documents import parse

    return parse(text, "test.yaml")
