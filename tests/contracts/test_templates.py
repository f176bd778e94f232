"""The catalog's templates: real deals' shapes, used through the quickstart with a deal's own figures."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.command import called

CEREBRAS = (
    "{based_on: cerebras-openai, terms: {commitment: {size: {power: 1 MW}, price: 5 MUSD/MW/year,"
    " ramp: [{begins: 2027, share: 50 %}, {begins: 2028, share: 100 %}], option: {size: {power: 1 MW}, until: 2028}},"
    " loan: {back: cash, amount: 2 MUSD, lent: 2027-01, rate: 6 %/year, repaid: 2028-01},"
    " warrants: {shares: 10000, vests: 2028-06}}}"
)


def run(out: Path, *sets: str) -> Counter[tuple[str, str]]:
    """MUSD by contract and account of the quickstart with changes."""
    flags = [part for text in sets for part in ("--set", text)]
    told = called("run", "quickstart", "--json", "--out", out, *flags)
    assert told.code == 0, told.err
    assert called("verify", told.json["run_dir"]).code == 0
    musd: Counter[tuple[str, str]] = Counter()
    with (Path(told.json["run_dir"]) / "tables" / "ledger.csv").open(encoding="utf-8") as lines:
        for line in csv.DictReader(lines):
            musd[line["contract"], line["account"]] += float(line["usd"]) / 1e6
    return musd


def test_a_deal_shaped_like_cerebras_and_openai(tmp_path: Path) -> None:
    """1 MW at 5 MUSD a year, half of it in 2027: 2.5 + 5 MUSD, used or not; the loan earns 0.12.

    Without the deal none of it is paid.
    """
    musd = run(tmp_path, f"contracts.ours={CEREBRAS}", "offers.deal={system: nvidia-hgx-b200, contract: ours, sites: [cloud-east]}")  # fmt: skip
    assert musd["ours", "on-demand"] + musd["ours", "take-or-pay shortfall"] == pytest.approx(7.5)
    assert musd["ours", "loan"] == pytest.approx(-0.12)
    assert musd["ours", "warrants"] == 0
    assert not [key for key in run(tmp_path) if key[0] == "ours"]


def test_a_template_whose_figures_nobody_disclosed_leaves_its_offer_out(tmp_path: Path) -> None:
    """The repayment of the loan is not public: missing is not zero."""
    told = called("check", "quickstart", "--json", "--set", "offers.deal={system: nvidia-hgx-b200, contract: cerebras-openai, sites: [cloud-east]}")  # fmt: skip
    assert "day of repayment not disclosed" in told.json["excluded"]["deal"]


FORCED = "min_total: 2, max_total: 2, lead_time: 4 weeks, available_until: 2027Q1"


@pytest.mark.parametrize(
    ("contract", "price", "account", "musd"),
    [
        # two 8-GPU nodes, 4 years at 2 USD a GPU-hour, a fifth at the start
        ("coreweave", "2 USD/chip/h", "prepayment", 0.2 * 2 * 16 * 8766 * 4 / 1e6),
        # two quarters paid in full
        ("aws-capacity-block", "5 USD/chip/h", "prepayment", 5 * 16 * 8766 / 2 / 1e6),
        # two years of five inside the horizon
        ("hosted-reservation-5y", "2 USD/chip/h", "reservation", 2 * 16 * 8766 * 2 / 1e6),
    ],
)
def test_hosted_templates_pay_as_their_clouds_write(
    tmp_path: Path, contract: str, price: str, account: str, musd: float
) -> None:
    """Hand arithmetic in the parameters; ordered for the first quarter of 2027."""
    offer = f"offers.deal={{system: nvidia-hgx-b200, contract: {contract}, sites: [cloud-east], price: {price}, {FORCED.replace('2027Q1', '2027-03')}}}"  # fmt: skip
    assert run(tmp_path, offer)[contract, account] == pytest.approx(musd)


def test_a_utility_bills_its_minimum_take_of_what_was_asked_for(tmp_path: Path) -> None:
    """85 % of 100 MW through 24 months at 12 USD a kW: 24.48 MUSD, where the draw alone is a few MW.

    A share of the site's own stands before the contract's: half of it, 14.4 MUSD.
    """
    asked = ("sites.columbus.power=100 MW", "sites.columbus.demand_charge=12 USD/kW/month")

    def charged(*sets: str) -> float:
        return sum(usd for (_, account), usd in run(tmp_path, *asked, *sets).items() if account == "demand charge")  # fmt: skip

    large = "sites.columbus.large_load=utility-large-load"
    assert charged(large) == pytest.approx(24.48)
    assert charged(large, "sites.columbus.billed_share=50 %") == pytest.approx(14.4)
    assert charged() < 5


def test_a_prepayment_for_memory_is_credited_against_what_is_bought(tmp_path: Path) -> None:
    """2 MUSD paid in 2027-01 under a contract shaped like Micron's: two nodes of 0.3 MUSD are credited, the rest lapses.

    Without the credit nothing is lent and the nodes are paid in full.
    """
    ours = "contracts.ours={based_on: micron-hbm-prepayment, terms: {loan: {back: credit, amount: 2 MUSD, lent: 2027-01, rate: 0 %/year, repaid: 2028-12}}}"  # fmt: skip
    offer = f"offers.deal={{system: nvidia-hgx-h200, contract: ours, sites: [columbus], price: 0.3 MUSD, {FORCED.replace('2027Q1', '2027-03')}}}"  # fmt: skip
    musd = run(tmp_path, ours, offer)
    told = [musd["ours", account] for account in ("loan", "prepaid credit", "purchase")]
    assert told == pytest.approx([2, -0.6, 0.6])
    bare = run(tmp_path, "contracts.ours={terms: {ownership: own}}", offer)
    told = [bare["ours", account] for account in ("loan", "prepaid credit", "purchase")]
    assert told == pytest.approx([0, 0, 0.6])


def test_a_leased_node_pays_its_monthly_rate_at_our_site(tmp_path: Path) -> None:
    """Two nodes at 9 kUSD a month for the two years of the horizon: 0.432 MUSD."""
    offer = f"offers.deal={{system: nvidia-hgx-h200, contract: operating-lease-3y, sites: [columbus], price: 9 kUSD/system/month, {FORCED.replace('2027Q1', '2027-03')}}}"  # fmt: skip
    assert run(tmp_path, offer)["operating-lease-3y", "lease"] == pytest.approx(0.432)
