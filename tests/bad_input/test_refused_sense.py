"""Well-formed scenarios that make no sense: references, dates, shares, demand, minima, sites."""

from __future__ import annotations

import pytest

from planner.scenario.load import load
from tests.support import (
    GOOD,
    TINY,
    Mistake,
    assert_refused,
    edited,
    line_of,
    loaded,
    problems,
    tiny_copy,
    written,
)

REFERENCES = [
    Mistake("unknown model", "SCN001", "workloads.chat.model", "model: small-8b", "model: smal-8b", says="did you mean 'small-8b'?"),
    Mistake("unknown load block", "SCN001", "workloads.chat.profile.peek", "profile: {peak: 1.7", "profile: {peek: 1.7", says="did you mean 'peak'?"),
    Mistake("unknown system", "SCN001", "offers.fast-buy.system", "    system: acme-fast\n", "    system: acme-fats\n", says="did you mean 'acme-fast'?"),
    Mistake("unknown contract", "SCN001", "offers.fast-buy.contract", "contract: own", "contract: lease", says="known: own, rent, reserve"),
    Mistake("unknown site", "SCN001", "offers.fast-buy.sites.0", "sites: [home]", "sites: [hone]", says="did you mean 'home'?"),
    Mistake("unknown installed system", "SCN001", "installed.old.system", "old: {system: acme-fast", "old: {system: acme-first"),
    Mistake("unknown installed site", "SCN001", "installed.old.site", "site: home", "site: attic", right="site: cloud"),
    Mistake("unknown pool", "SCN001", "pools.hbm9", "hbm3e: {amount: 60 TB}", "hbm9: {amount: 60 TB}", says="did you mean 'hbm3e'?"),
    Mistake("assumption on an unknown system", "SCN001", "assumptions.acme-leen", "  acme-lean:", "  acme-leen:"),
    Mistake("counterfactual on an unknown workload", "SCN001", "counterfactuals.a.forbid_workloads.0", "policy:", "counterfactuals: {a: {title: why, forbid_workloads: [chit]}}\npolicy:", right="counterfactuals: {a: {title: why, forbid_workloads: [chat]}}\npolicy:", mark="counterfactuals:"),
    Mistake("counterfactual at an unknown site", "SCN001", "counterfactuals.a.at_sites.0", "policy:", "counterfactuals: {a: {title: why, at_sites: [hone]}}\npolicy:", right="counterfactuals: {a: {title: why, at_sites: [home]}}\npolicy:", mark="counterfactuals:"),
    Mistake("cap on an unknown vendor", "SCN001", "policy.share_caps.one.group.vendors.0", "  service_level: 99 %", "  share_caps: {one: {group: {vendors: [acne]}, at_most: 50 %}}", right="  share_caps: {one: {group: {vendors: [acme]}, at_most: 50 %}}"),
    Mistake("cap on an unknown system", "SCN001", "policy.share_caps.one.group.systems.0", "  service_level: 99 %", "  share_caps: {one: {group: {systems: [acme]}, at_most: 50 %}}", right="  share_caps: {one: {group: {systems: [acme-lean]}, at_most: 50 %}}"),
    Mistake("limit on an unknown offer", "SCN001", "policy.limits.one.group.offers.0", "  service_level: 99 %", "  limits: {one: {group: {offers: [buy]}, measure: systems, at_most: 5}}", right="  limits: {one: {group: {offers: [fast-buy]}, measure: systems, at_most: 5}}"),
]  # fmt: skip

DATES = [
    Mistake("offer that ends before it begins", "SCN004", "offers.fast-buy.available_until", "price: 0.4 MUSD", "available_from: 2027-06\n    available_until: 2027-05", right="available_from: 2027-06\n    available_until: 2027-06", mark="available_until"),
    Mistake("steps out of order", "SCN004", "sites.home.power", "power: {2027Q1: 2 MW, 2027Q3: 3 MW}", "power: {2027Q3: 3 MW, 2027Q1: 2 MW}"),
    Mistake("horizon over before the plan is made", "SCN004", "horizon", "as_of: 2026-11-20", "as_of: 2028-01-02", right="as_of: 2027-10-01", mark="horizon:"),
    Mistake("installed in the future", "SCN004", "installed.old.in_service", "in_service: 2025-01", "in_service: 2027-02", right="in_service: 2027-01", says="an offer"),
    Mistake("empty horizon", "SCN005", "horizon", "periods: 4", "periods: 0", right="periods: 1"),
    Mistake("series that begins too late", "SCN013", "sites.home.power", "power: {2027Q1: 2 MW, 2027Q3: 3 MW}", "power: {2027Q2: 2 MW, 2027Q3: 3 MW}", right="power: {2026Q4: 2 MW, 2027Q3: 3 MW}", says="add a step for 2027Q1"),
    Mistake("tariff of a block that begins too late", "SCN013", "sites.home.tariff.peak", "{peak: 0.1 USD/kWh,", "{peak: {2027Q2: 0.1 USD/kWh},", right="{peak: {2027Q1: 0.1 USD/kWh},"),
]  # fmt: skip

SUMS = [
    Mistake("load blocks that do not sum to 1", "SCN010", "load_blocks", "load_blocks: {peak: 0.3, off-peak: 0.7}", "load_blocks: {peak: 0.37, off-peak: 0.53}", says="sum to 0.9, not 1", right="load_blocks: {peak: 30 %, off-peak: 70 %}"),
    Mistake("profile that does not average 1", "SCN010", "workloads.chat.profile", "profile: {peak: 1.7", "profile: {peak: 2", says="averages 1.09"),
    Mistake("no demand at all", "SCN006", "workloads.chat.demand", "demand: {start: 100 ktok/s, growth: 40 %/year}", "demand: {2027Q1: 0 tok/s, 2027Q3: 0 tok/s}", right="demand: {2027Q1: 0 tok/s, 2027Q3: 1 tok/s}"),
    Mistake("minimum above the maximum", "SCN009", "offers.fast-buy.min_total", "price: 0.4 MUSD", "min_total: 50\n    max_total: 40", right="min_total: 40\n    max_total: 40"),
    Mistake("minimum above what arrives", "SCN009", "offers.fast-buy.min_total", "price: 0.4 MUSD", "min_total: 41\n    max_per_period: 10", right="min_total: 40\n    max_per_period: 10", says="40 can be had in all"),
    Mistake("limits that leave nothing", "SCN009", "policy.limits.few", "  service_level: 99 %", "  limits: {few: {measure: systems, at_least: 9, at_most: 8}}", right="  limits: {few: {measure: systems, at_least: 8, at_most: 8}}"),
    Mistake("purchase at a hosted site", "SCN015", "offers.fast-buy.sites.0", "sites: [home]", "sites: [cloud]", says="which is hosted", mark="sites: [cloud]\n"),
    Mistake("rental at our own site", "SCN015", "offers.fast-rent.sites.0", "contract: rent, sites: [cloud]", "contract: rent, sites: [home]", says="which is owned"),
    Mistake("reservation at our own site", "SCN015", "offers.fast-rent.sites.0", "contract: rent, sites: [cloud]", "contract: reserve, lead_time: 4 weeks, sites: [home]", right="contract: reserve, lead_time: 4 weeks, sites: [cloud]"),
    Mistake("assumption on a field that is none", "SCN014", "assumptions.acme-lean.prise", "    price: {value: 0.5 MUSD", "    prise: {value: 0.5 MUSD", says="price, power_provisioned"),
    Mistake("assumption on a word", "SCN014", "assumptions.acme-lean.cooling", "    price: {value: 0.5 MUSD", "    cooling: {value: 0.5 MUSD"),
]  # fmt: skip

MISTAKES = [*REFERENCES, *DATES, *SUMS]


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_nonsense_is_named_with_its_code_its_line_and_its_key(tmp_path, mistake):
    path = written(tmp_path, edited(GOOD, (mistake.anchor, mistake.wrong)))
    (problem,) = problems(load, path)
    assert_refused(problem, mistake, path)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_its_sensible_twin_loads(tmp_path, mistake):
    loaded(tmp_path, (mistake.anchor, mistake.twin))


def test_a_scenario_without_workloads_is_refused(tmp_path):
    start, end = GOOD.index("workloads:"), GOOD.index("offers:")
    path = written(tmp_path, GOOD[:start] + "workloads: {}\n" + GOOD[end:])
    (problem,) = problems(load, path)
    assert (problem.code, problem.key) == ("SCN006", "workloads")
    assert problem.place == f"{path}:{line_of(path, 'workloads: {}')}"


def test_a_scenario_without_offers_needs_an_installed_fleet(tmp_path):
    start, end = GOOD.index("offers:"), GOOD.index("installed:")
    fleet_only = GOOD[:start] + "offers: {}\n" + GOOD[end:]
    assert load(written(tmp_path, fleet_only)).scenario.offers == {}
    neither = fleet_only[: fleet_only.index("installed:")] + GOOD[GOOD.index("pools:") :]
    path = written(tmp_path, neither)
    (problem,) = problems(load, path)
    assert (problem.code, problem.key) == ("SCN008", "offers")
    assert problem.place == f"{path}:{line_of(path, 'offers: {}')}"


def test_a_record_of_a_deal_is_no_template_for_offers(tmp_path):
    catalog = tiny_copy(tmp_path)
    (catalog / "contracts" / "big-deal.yaml").write_text("id: big-deal\nname: A big deal\n")
    text = edited(GOOD, (f"catalog: {TINY}", f"catalog: {catalog}"))
    path = written(tmp_path, edited(text, ("contract: own", "contract: big-deal")))
    (problem,) = problems(load, path)
    assert (problem.code, problem.key) == ("SCN001", "offers.fast-buy.contract")
    assert "no template" in problem.what
    load(written(tmp_path, text))


def test_all_nonsense_is_told_together(tmp_path):
    wrong = edited(
        GOOD,
        ("model: small-8b", "model: big-8b"),
        ("load_blocks: {peak: 0.3", "load_blocks: {peak: 0.2"),
        ("in_service: 2025-01", "in_service: 2029-01"),
        ("contract: rent, sites: [cloud]", "contract: rent, sites: [home]"),
        ("price: 0.4 MUSD", "min_total: 9\n    max_total: 8"),
    )
    found = problems(load, written(tmp_path, wrong))
    assert {problem.code for problem in found} == {"SCN001", "SCN004", "SCN009", "SCN010", "SCN015"}
    assert all(":" in problem.place and problem.key for problem in found)


MISSING = (
    ("a price on carbon without intensity", "DOC004", "sites.home.carbon", "service_level: 99 %", "carbon_price: 100 USD/tCO2e"),
    ("power of ours at a hosted site", "DOC003", "sites.cloud.power", "    network_latency: 15 ms", "    network_latency: 15 ms\n    power: 2 MW"),
    ("a reservation without lead time", "DOC004", "offers.fast-rent.lead_time", "contract: rent, sites: [cloud]", "contract: reserve, sites: [cloud]"),
    ("growth counted twice", "SCN016", "offers.fast-buy.price_change", "    price: 0.4 MUSD", "    price: {start: 0.4 MUSD, growth: -5 %/year}\n    price_change: -5 %/year"),
    ("a budget outside the horizon", "SCN004", "policy.budget.1999", "service_level: 99 %", "budget: {1999: 1 MUSD}"),
    ("a share of nobody", "SCN016", "policy.share_caps.g.group", "service_level: 99 %", "share_caps: {g: {group: {}, at_most: 20 %}}"),
    ("a pool amount without unit", "DOC006", "pools.hbm3e.amount", "amount: 60 TB", "amount: 60"),
    ("rack positions in bytes", "DOC006", "sites.home.racks", "racks: 100", "racks: 100 GB"),
    ("no time at all per token", "DOC007", "workloads.chat.tpot", "tpot: 50 ms", "tpot: 0 ms"),
    ("money that shrinks past nothing", "DOC007", "discount_rate", "discount_rate: 9 %/year", "discount_rate: -120 %/year"),
    ("more periods than anybody plans", "SCN005", "horizon", "periods: 4", "periods: 400"),
)  # fmt: skip


@pytest.mark.parametrize(("code", "key", "right", "wrong"), [case[1:] for case in MISSING], ids=[case[0] for case in MISSING])  # fmt: skip
def test_what_is_missing_or_absurd_is_never_taken_for_nothing(tmp_path, code, key, right, wrong):
    assert (code, key) in [(p.code, p.key) for p in problems(loaded, tmp_path, (right, wrong))]
    assert loaded(tmp_path)
