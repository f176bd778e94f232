"""One box, one site, one workload: a scenario in text whose money is nothing but its contract's.

A box costs 1 MUSD, serves 1 Gtok/h and draws 1 MW; energy, buildings, upkeep and networks are free,
nothing is worth anything at the horizon of four years, and money is not discounted unless a test
says so. Not serving 1 Gtok/h for a year costs 87.66 MUSD.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.command import Called, called
from tests.support import ROOT, edited

CATALOG = ROOT / "tests" / "catalogs" / "deal"
SHED_MUSD = 87.66
"""Of 1 Gtok/h through a year of 8,766 hours at 10 USD per Mtok."""
HOURS = 8766.0

DEAL = f"""\
name: deal
catalog: {CATALOG}
as_of: 2026-12-01
horizon: {{start: 2027, periods: 4, unit: year}}
discount_rate: 0 %/year
load_blocks: {{all: 1}}
sites:
  home:
    kind: owned
    region: us
    network_latency: 1 ms
    power: 1 GW
    racks: 1000
    rack_density: 1 MW
    liquid: 1 GW
    pue: {{air: 1, liquid: 1}}
    tariff: 0 USD/kWh
    facility: 0 USD/kW/year
  cloud: {{kind: hosted, region: us, network_latency: 1 ms}}
workloads:
  work: {{model: llm, isl: 100, osl: 1, deferrable: true, demand: 1 Mtok/h, shed_penalty: 10 USD/Mtok}}
contracts: {{}}
offers:
  deal: {{system: box, contract: buy, sites: [home], lead_time: 4 weeks, min_total: 10, max_total: 10, available_until: 2027}}
"""
"""Ten boxes bought in 2027 whatever they are worth, for 10 MUSD."""
OFFER = "deal: {system: box, contract: buy, sites: [home], lead_time: 4 weeks, min_total: 10, max_total: 10, available_until: 2027}"  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A run: what it answered and its ledger."""

    called: Called
    answer: dict[str, Any]
    ledger: list[dict[str, str]]
    folder: Path

    @property
    def npv_musd(self) -> float:
        return float(self.answer["npv_usd"]) / 1e6

    @property
    def capex_musd(self) -> float:
        return float(self.answer["capex_usd"]) / 1e6

    def musd(self, account: str, period: int | None = None) -> float:
        """What an account comes to (MUSD as paid), over all periods or in one."""
        return sum(
            float(line["usd"]) / 1e6
            for line in self.ledger
            if line["account"] == account and period in (None, int(line["period"]))
        )

    def table(self, name: str) -> list[dict[str, str]]:
        """A table of the run."""
        with (self.folder / "tables" / f"{name}.csv").open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines))


def scenario(folder: Path, *edits: tuple[str, str]) -> Path:
    """The deal, edited, as a file."""
    path = folder / "deal.yaml"
    path.write_text(edited(DEAL, *edits), encoding="utf-8")
    return path


def run(folder: Path, *edits: tuple[str, str], flags: tuple[str, ...] = ()) -> Outcome:
    """``planner run`` on the edited deal, verified: its ledger sums to its objective."""
    told = called("run", scenario(folder, *edits), "--json", "--out", folder / "reports", *flags)
    assert told.code == 0, told.err
    answer = told.json
    home = Path(answer["run_dir"])
    checked = called("verify", str(home))
    assert checked.code == 0, checked.out + checked.err
    with (home / "tables" / "ledger.csv").open(encoding="utf-8") as lines:
        return Outcome(told, answer, list(csv.DictReader(lines)), home)


def refused(folder: Path, *edits: tuple[str, str], flags: tuple[str, ...] = ()) -> str:
    """What ``planner check`` says of the edited deal, which it must refuse as bad data."""
    told = called("check", scenario(folder, *edits), *flags)
    assert told.code == 3, told.out + told.err
    return told.err


def contract(text: str) -> tuple[str, str]:
    """An edit that gives the scenario a contract called ``ours``; ``text`` is its terms."""
    return "contracts: {}", f"contracts:\n  ours: {{{text}}}"


def under(contract_id: str = "ours", **changes: str) -> tuple[str, str]:
    """An edit that puts the deal under a contract; keywords replace or, when empty, remove its keys."""
    keys = {"system": "box", "sites": "[home]", "lead_time": "4 weeks", "min_total": "10", "max_total": "10", "available_until": "2027"}  # fmt: skip
    keys = {"contract": contract_id, **keys, **changes}
    return OFFER, "deal: {" + ", ".join(f"{k}: {v}" for k, v in keys.items() if v) + "}"


__all__ = ["Outcome", "contract", "refused", "run", "scenario", "under"]
