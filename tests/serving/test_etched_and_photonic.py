"""Model-etched silicon for another model, as estimate and as offer; a photonic coprocessor beside a host."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cli.app import app
from planner.errors import InvalidData
from planner.options.join import join
from planner.options.respin import Masks
from planner.options.table import Options
from planner.scenario.load import load
from planner.serving.estimate import Estimator
from planner.serving.offload import energy_saved_share
from planner.serving.rate import Rate, Refusal, Request
from tests.serving.worlds import AS_OF, catalog, estimator
from tests.support import ROOT

RUNNER = CliRunner()
HC1, SMALL, LARGE, R1 = "taalas-hc1", "llama-3.1-8b", "llama-3.1-70b", "deepseek-r1"
SHAPE = Request(1024, 1024, precisions=("int4",))
ANEW = replace(SHAPE, respun=True)


def respun(model: str, request: Request = ANEW) -> Rate:
    rate = estimator().rate(HC1, model, request)
    assert isinstance(rate, Rate), rate
    return rate


def test_a_larger_model_is_shared_among_as_many_chips_as_hold_its_weights() -> None:
    """22.4 G weights a chip: 8 G take one, 70.6 G take four, 671 G the thirty that were said."""
    assert [respun(model).chips_per_replica for model in (SMALL, LARGE, R1)] == [1, 4, 30]


def test_a_token_passes_the_layers_in_series_at_the_claimed_time_each() -> None:
    """17,000 tok/s over 32 layers is 1.838 us a layer; 80 layers and 3 hops of 1 us: 150.06 us."""
    rate = respun(LARGE)
    assert rate.tok_per_s_per_user == pytest.approx(1 / (80 / 17000 / 32 + 3e-6))
    assert rate.tok_per_s == pytest.approx(10 * 0.316 * rate.tok_per_s_per_user)
    replica = rate.tok_per_s * rate.systems_per_replica
    assert rate.tok_per_s_per_user * rate.batch == pytest.approx(replica)
    assert rate.tier == "claimed"


def test_new_masks_for_the_model_it_holds_change_nothing() -> None:
    held = estimator().rate(HC1, SMALL, SHAPE)
    assert isinstance(held, Rate)
    assert respun(SMALL).tok_per_s == pytest.approx(held.tok_per_s)


def test_believed_at_its_word_the_claim_counts_whole() -> None:
    believed = Estimator(catalog(), AS_OF, "at their word").rate(HC1, LARGE, ANEW)
    assert isinstance(believed, Rate)
    assert believed.tok_per_s == pytest.approx(respun(LARGE).tok_per_s / 0.316)


@pytest.mark.parametrize(
    ("system", "model", "request_", "code"),
    [
        (HC1, LARGE, SHAPE, "SRV006"),
        (HC1, "falcon-mamba-7b", ANEW, "SRV006"),
        ("nvidia-hgx-h100", LARGE, replace(ANEW, precisions=("fp8",)), "SRV006"),
        (HC1, LARGE, replace(ANEW, tpot_ms=0.1), "SRV003"),
        (HC1, LARGE, replace(ANEW, precisions=("fp8",)), "SRV004"),
        (HC1, LARGE, replace(ANEW, isl=200_000), "SRV002"),
        ("nvidia-hgx-h100", LARGE, replace(SHAPE, osl=float("nan")), "SRV005"),
    ],
)
def test_what_silicon_cannot_be_etched_for_is_refused_by_name(system, model, request_, code) -> None:  # fmt: skip
    refused = estimator().rate(system, model, request_)
    assert isinstance(refused, Refusal)
    assert refused.code == code


ETCHED = "  hc1-70b: {system: taalas-hc1, contract: purchase-hold, sites: [columbus], lead_time: 12 weeks, price: 0.2 MUSD, model: llama-3.1-70b, respin_fee: 3 MUSD, systems_per_mask_set: 100}\n"  # fmt: skip


def options(folder: Path, offer: str, old: str = "tpot: 50 ms", new: str = "tpot: 50 ms\n    precisions: [fp8, fp4, int4]") -> Options:  # fmt: skip
    """The quickstart with one more offer, chat accepting four bits."""
    text = (ROOT / "scenarios" / "quickstart.yaml").read_text(encoding="utf-8")
    path = folder / "etched.yaml"
    text = text.replace("\ninstalled:", offer + "\ninstalled:", 1).replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return join(load(path))


def test_an_offer_to_etch_a_model_adds_masks_and_their_weeks(tmp_path) -> None:
    """8.7 + 12 weeks; a set of masks costs 3 MUSD and makes 100 systems, each at the quoted price."""
    made = options(tmp_path, ETCHED)
    offer = made.offerings["hc1-70b"]
    assert offer.lead_weeks == pytest.approx(20.7)
    assert offer.price_usd[0] == 200_000
    assert offer.masks == Masks(3e6, 100)
    configuration = made.of("hc1-70b")
    assert configuration.id == "taalas-hc1:llama-3.1-70b"
    assert set(configuration.rates) == {"chat-70b"}
    assert "etched for llama-3.1-70b" in configuration.refusals["batch-8b"]


def test_the_model_it_holds_takes_no_masks(tmp_path) -> None:
    small = ETCHED.replace("llama-3.1-70b", SMALL)
    made = options(tmp_path, small, "deferrable: true", "deferrable: true\n    precisions: [fp8, int4]")  # fmt: skip
    assert made.offerings["hc1-70b"].lead_weeks == 12
    assert made.offerings["hc1-70b"].masks is None
    assert set(made.of("hc1-70b").rates) == {"batch-8b"}


@pytest.mark.parametrize(
    ("without", "why"),
    [(", respin_fee: 3 MUSD", "fee of new masks not disclosed"), (", systems_per_mask_set: 100", "systems_per_mask_set")],
)  # fmt: skip
def test_a_fee_or_a_yield_nobody_states_keeps_the_offer_out(tmp_path, without, why) -> None:  # fmt: skip
    made = options(tmp_path, ETCHED.replace(without, ""))
    (left_out,) = [e for e in made.exclusions if e.id == "hc1-70b"]
    assert why in left_out.why


@pytest.mark.parametrize(
    ("spoilt", "key"),
    [
        (ETCHED.replace("taalas-hc1", "nvidia-hgx-h200"), "offers.hc1-70b.model"),
        (
            ETCHED.replace("model: llama-3.1-70b, ", "").replace(
                "systems_per_mask_set: 100", "max_total: 9"
            ),
            "offers.hc1-70b.respin_fee",
        ),
        (
            ETCHED.replace("model: llama-3.1-70b, respin_fee: 3 MUSD, ", ""),
            "offers.hc1-70b.systems_per_mask_set",
        ),
        (ETCHED.replace("llama-3.1-70b", "llama-9"), "offers.hc1-70b.model"),
    ],
)
def test_an_etching_that_makes_no_sense_is_refused_in_its_place(tmp_path, spoilt, key) -> None:
    with pytest.raises(InvalidData) as refused:
        options(tmp_path, spoilt)
    (problem,) = refused.value.problems
    assert problem.key == key


def told(*more: str) -> dict[str, float]:
    asked = f"serve estimate --system nvidia-hgx-h100 --model {LARGE} --isl 1024 --osl 1024 --json"
    result = RUNNER.invoke(app, [*asked.split(), *more], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    answer: dict[str, float] = json.loads(result.stdout)
    return answer


def test_a_photonic_coprocessor_saves_its_share_of_a_host_s_energy_and_makes_nothing_faster() -> None:  # fmt: skip
    """A tenth of the matrix products, which spend half: 0.1 · 0.5 · (1 − 1/6) = 4.17 % less."""
    alone, beside = told(), told("--coprocessor", "qant-npu-2")
    assert beside["joules_per_token"] == pytest.approx(alone["joules_per_token"] * (1 - 0.05 * 5 / 6))  # fmt: skip
    assert beside["tok_per_s_per_chip"] == alone["tok_per_s_per_chip"]


def test_what_is_no_coprocessor_takes_nothing_over_and_a_coprocessor_serves_nothing_alone() -> None:
    chips = catalog().chips
    assert isinstance(energy_saved_share(chips["nvidia-h200-chip"], AS_OF), Refusal)
    assert isinstance(estimator().rate("qant-npu-2", LARGE, Request(100, 100)), Refusal)


def test_masks_are_not_ordered_with_rented_systems(tmp_path) -> None:
    rented = ETCHED.replace("contract: purchase-hold, sites: [columbus]", "contract: hosted-reservation-1y, sites: [cloud-east]")  # fmt: skip
    made = options(tmp_path, rented.replace("price: 0.2 MUSD", "price: 5 USD/chip/h"))
    (left_out,) = [e for e in made.exclusions if e.id == "hc1-70b"]
    assert "new masks come with a purchase" in left_out.why
