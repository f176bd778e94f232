"""How long answers take: a plan asks thousands of questions, a person one. CPU time of the best of a few tries."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

from planner.serving.network import OWN, Network
from planner.serving.rate import Rate, Request
from tests.serving.worlds import catalog, estimator


def cpu_s(run: Callable[[], object], tries: int = 5) -> float:
    spent = []
    for _ in range(tries):
        begun = process_time()
        run()
        spent.append(process_time() - begun)
    return min(spent)


def test_an_estimate_answers_in_under_five_milliseconds_after_warm_up() -> None:
    request = Request(1000, 900, 2000, 30)

    def ask() -> None:
        for network in (OWN, Network(scale_out_gb_s_per_chip=100)):
            assert isinstance(estimator().rate("nvidia-hgx-b200", "deepseek-r1", request, network), Rate)  # fmt: skip

    ask()
    assert cpu_s(ask) < 2 * 0.005


def test_a_plan_s_whole_table_takes_under_a_second() -> None:
    """60 configurations by 30 workloads, half of them wired; periods multiply them by what software gains."""
    systems, models = sorted(catalog().systems), sorted(catalog().models)
    wirings = [(s, n) for n in (OWN, Network(scale_out_gb_s_per_chip=50)) for s in systems][:60]
    shapes = [(models[n % len(models)], Request(300.0 * (n + 1), 400, 2000, 40)) for n in range(30)]
    asks = [(s, model, request, n) for s, n in wirings for model, request in shapes]
    assert len(asks) == 1800
    assert sum(isinstance(answer, Rate) for answer in estimator().rates(asks)) > 900
    assert cpu_s(lambda: estimator().rates(asks), tries=3) < 1.0
