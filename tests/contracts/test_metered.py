"""Metered tokens: a model served by others, paid by the million tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import called
from tests.contracts.deals import contract, refused, run, under

PROVES = ("metered", "metered tokens on buy")

SOLD = "terms: {ownership: meter, metered: {prices: [{model: llm, output: 1 USD/Mtok, meets_slo: true}]}}"
"""1 Gtok/h through a year of 8,766 hours is 8.766 MUSD."""
TOKENS = {
    "sites": "[cloud]", "min_total": "", "max_total": "", "available_until": "", "system": "", "lead_time": "",
}  # fmt: skip
WANTED = ("demand: 1 Mtok/h", "demand: 2 Gtok/h")


def test_tokens_served_by_others_are_paid_by_the_million(tmp_path: Path) -> None:
    """2 Gtok/h for four years at 1 USD per Mtok: 70.128 MUSD, which is 1 USD per Mtok served."""
    made = run(tmp_path, contract(SOLD), WANTED, under(**TOKENS))
    assert made.musd("metered tokens") == pytest.approx(4 * 2 * 8.766)
    assert made.answer["usd_per_mtok"] == pytest.approx(1)
    assert made.answer["served_share"] == pytest.approx(1)
    assert made.answer["peak_mw"] == 0
    (line,) = [line for line in made.ledger if line["period"] == "0"]
    assert (line["contract"], line["unit"], float(line["quantity"])) == ("ours", "Mtok", pytest.approx(2 * 8.766e6))  # fmt: skip


def test_without_them_the_boxes_serve(tmp_path: Path) -> None:
    """The twin buys its ten boxes for 10 MUSD and no token."""
    made = run(tmp_path, WANTED)
    assert (made.musd("metered tokens"), made.musd("purchase")) == (0, 10)


def test_prompts_are_paid_by_isl_over_osl(tmp_path: Path) -> None:
    """100 prompt tokens for one generated at 0.02 USD per Mtok: 1 + 2 = 3 USD per Mtok."""
    dear = SOLD.replace("output: 1 USD/Mtok", "output: 1 USD/Mtok, input: 0.02 USD/Mtok")
    made = run(tmp_path, contract(dear), WANTED, under(**TOKENS))
    assert made.answer["usd_per_mtok"] == pytest.approx(3)


def test_no_headroom_is_kept_on_what_others_serve(tmp_path: Path) -> None:
    """A policy of 10 % headroom makes boxes serve 0.9 each and leaves bought tokens as they are."""
    policy = ("offers:\n", "policy: {headroom: 10 %}\noffers:\n")
    made = run(tmp_path, policy, contract(SOLD), WANTED, under(**TOKENS))
    assert made.answer["usd_per_mtok"] == pytest.approx(1)


def test_a_seller_gives_no_more_than_its_capacity(tmp_path: Path) -> None:
    """1.5 of 2 Gtok/h; half a Gtok/h is shed for 87.66 / 2 MUSD a year."""
    limited = SOLD.replace("metered: {", "metered: {capacity: 1.5 Gtok/h, ")
    made = run(tmp_path, contract(limited), WANTED, under(**TOKENS))
    assert made.musd("metered tokens", 0) == pytest.approx(1.5 * 8.766)
    assert made.musd("shed penalty", 0) == pytest.approx(43.83)


def test_interactive_work_goes_only_to_sellers_that_keep_its_limits(tmp_path: Path) -> None:
    """Deferrable work may be sent to a seller without limits; interactive work has then no offer."""
    slow = contract(SOLD.replace("meets_slo: true", "meets_slo: false"))
    made = run(tmp_path, slow, WANTED, under(**TOKENS))
    assert made.answer["served_share"] == pytest.approx(1)
    interactive = (
        "deferrable: true, demand: 1 Mtok/h",
        "ttft: 2000 ms, tpot: 50 ms, demand: 2 Gtok/h",
    )
    said = refused(tmp_path, slow, interactive, under(**TOKENS))
    assert "the seller does not keep its latency limits" in said
    made = run(tmp_path, contract(SOLD), interactive, under(**TOKENS))
    assert made.answer["served_share"] == pytest.approx(1)


def test_the_offers_own_price_stands_for_prompt_and_answer(tmp_path: Path) -> None:
    """A quote of 0.5 USD per Mtok, 10 % less each year: 0.5, 0.45 …"""
    made = run(tmp_path, contract(SOLD), WANTED, under(price="0.5 USD/Mtok", price_change="-10 %/year", **TOKENS))  # fmt: skip
    assert [made.musd("metered tokens", t) for t in (0, 1)] == pytest.approx([8.766, 7.8894])


def test_tokens_and_boxes_share_the_work_by_cost(tmp_path: Path) -> None:
    """Three boxes stand free of charge; of 5 Gtok/h two are bought as tokens, the rest is theirs."""
    standing = ("offers:\n", "installed: {old: {system: box, site: home, count: 3, in_service: 2027, life: 9 year}}\noffers:\n")  # fmt: skip
    made = run(tmp_path, standing, contract(SOLD), ("demand: 1 Mtok/h", "demand: 5 Gtok/h"), under(**TOKENS))  # fmt: skip
    assert made.musd("metered tokens") == pytest.approx(4 * 2 * 8.766)


def test_the_table_of_tokens_says_whose_they_are_and_what_their_price_rests_on(
    tmp_path: Path,
) -> None:
    """A bare price is the scenario's assumption; a fact keeps its source and tier."""
    rows = run(tmp_path, contract(SOLD), WANTED, under(supplier="cloud-b", **TOKENS)).table("tokens_bought")  # fmt: skip
    first = {name: rows[0][name] for name in ("supplier", "workload", "usd_per_mtok", "meets_slo", "price_source", "evidence_tier")}  # fmt: skip
    assert first == {
        "supplier": "cloud-b",
        "workload": "work",
        "usd_per_mtok": "1.0",
        "meets_slo": "True",
        "price_source": "scenario",
        "evidence_tier": "assumed",
    }
    fact = "[{value: 1, unit: USD/Mtok, as_of: 2026-01, quality: vendor, source: bench}]"
    rows = run(tmp_path, contract(SOLD.replace("1 USD/Mtok", fact)), WANTED, under(**TOKENS)).table("tokens_bought")  # fmt: skip
    assert (rows[0]["price_source"], rows[0]["evidence_tier"]) == ("bench", "claimed")


def test_a_run_that_buys_tokens_is_told_and_reported(tmp_path: Path) -> None:
    """The terminal names the seller's price; the report renders services without a system."""
    sold = "{terms: {ownership: meter, metered: {prices: [{model: llama-3.1-70b, output: 0.15 USD/Mtok, meets_slo: true}]}}}"  # fmt: skip
    sets = ("--set", f"contracts.ours={sold}", "--set", "offers.api={contract: ours, sites: [cloud-east]}")  # fmt: skip
    told = called("run", "quickstart", "--out", tmp_path, *sets)
    assert told.code == 0, told.err
    assert "Tokens bought" in told.out
    assert "not kept" not in told.out
    reported = called("report", "latest", "--out", tmp_path)
    assert reported.code == 0, reported.err


def test_what_an_offer_of_tokens_cannot_say_is_refused_at_once(tmp_path: Path) -> None:
    """A system, a count of systems, a model nobody knows, two prices of one model."""
    twice = SOLD.replace(
        "{model: llm,", "{model: lllm, output: 1 USD/Mtok, meets_slo: true}, {model: lllm,"
    )
    said = refused(
        tmp_path, contract(twice), under(**{**TOKENS, "system": "box"}, max_per_period="3")
    )
    assert "offers.deal.system: tokens are served by others" in said
    assert "offers.deal.max_per_period: tokens are not counted in systems" in said
    assert "contracts.ours.terms.metered.prices.0.model: no model called 'lllm'" in said
    assert (
        "contracts.ours.terms.metered.prices.1.model: the model 'lllm' has more than one price"
        in said
    )
    bare = refused(tmp_path, under("buy", system=""))
    assert "offers.deal.system: the key 'system' is missing" in bare
    assert "CAT006" in refused(tmp_path, contract("terms: {ownership: meter}"), under(**TOKENS))
