"""``planner serve``: estimate, curve, calibrate, anchor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.output import Json, emit_json, line, table
from planner.cli.serve_flags import (
    PRECISIONS,
    REGIMES,
    TIERS,
    AlphaUs,
    AnchorsFile,
    AsOf,
    Domain,
    Isl,
    Model,
    Name,
    Osl,
    PrecisionOption,
    RegimeOption,
    ScaleOut,
    ScaleUp,
    Speculative,
    System,
    TierOption,
    chosen,
    loaded_on,
    network_of,
    request_of,
)
from planner.serving.named import ids

if TYPE_CHECKING:
    from planner.serving.estimate import Estimator

app = typer.Typer(help="How fast a system serves a model, and who says so.", no_args_is_help=True)


@app.command()
def estimate(
    system: System,
    model: Model,
    isl: Isl,
    osl: Osl,
    tpot: Annotated[float | None, typer.Option("--tpot", help="Limit on time per output token (ms).")] = None,
    ttft: Annotated[float | None, typer.Option("--ttft", help="Limit on time to first token (ms).")] = None,
    precision: PrecisionOption = None,
    regime: RegimeOption = "field",
    tier: TierOption = None,
    domain: Domain = None,
    scale_up: ScaleUp = None,
    scale_out: ScaleOut = None,
    alpha_us: AlphaUs = None,
    speculative: Speculative = False,
    respun: Annotated[bool, typer.Option("--respun", help="Model-etched silicon made anew for this model.")] = False,
    coprocessor: Annotated[str | None, typer.Option("--coprocessor", help="System whose chip takes over matrix products beside it.")] = None,
    as_of: AsOf = None,
    anchors: AnchorsFile = None,
    catalog: Name = "default",
    json: Json = False,
) -> None:  # fmt: skip
    """Estimate one system's throughput; without --tpot and --ttft it is the offline case.

    Example: planner serve estimate --system nvidia-hgx-b200 --model llama-3.1-70b --isl 1024 --osl 1024 --tpot 25
    """
    from dataclasses import replace

    from planner.errors import Unservable
    from planner.report.serving import estimate_json
    from planner.serving.rate import Refusal

    estimator = _estimator(catalog, anchors, as_of, regime, tier)
    system_id, model_id = ids(estimator.catalog, system, model)
    network = network_of(domain, scale_up, scale_out, alpha_us)
    request = replace(request_of(isl, osl, ttft, tpot, precision, speculative), respun=respun)
    saved = _saved(estimator, coprocessor)
    answer = estimator.rate(system_id, model_id, request, network)
    if isinstance(answer, Refusal):
        raise Unservable(answer.code, answer.why)
    chips = estimator.machine(system_id).chips
    data = estimate_json(answer, chips, estimator.power_kw(system_id), saved)
    if json:
        emit_json({"system": system_id, "model": model_id, **data})
        return
    table(f"{model_id} on {system_id}, {isl:g} in / {osl:g} out", ("figure", "value"), data.items())


@app.command()
def curve(
    system: System,
    model: Model,
    isl: Isl,
    osl: Osl,
    precision: PrecisionOption = None,
    regime: RegimeOption = "field",
    tier: TierOption = None,
    domain: Domain = None,
    scale_up: ScaleUp = None,
    scale_out: ScaleOut = None,
    alpha_us: AlphaUs = None,
    speculative: Speculative = False,
    as_of: AsOf = None,
    anchors: AnchorsFile = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Also write the picture to this .svg or .png file.")] = None,
    catalog: Name = "default",
    json: Json = False,
) -> None:  # fmt: skip
    """Draw tokens per chip against user speed. Example: planner serve curve --system nvidia-hgx-h200 --model llama-3.1-70b --isl 1024 --osl 1024"""
    from planner.errors import Unservable
    from planner.report.charts.draw import write
    from planner.report.serving import CURVE_HEADS, curve_chart, curve_rows, estimate_json, plot
    from planner.serving.rate import Refusal
    from planner.serving.sweep import sweep

    estimator = _estimator(catalog, anchors, as_of, regime, tier)
    system_id, model_id = ids(estimator.catalog, system, model)
    network = network_of(domain, scale_up, scale_out, alpha_us)
    request = request_of(isl, osl, None, None, precision, speculative)
    rates = sweep(estimator, system_id, model_id, request, network)
    if isinstance(rates, Refusal):
        raise Unservable(rates.code, rates.why)
    chips = estimator.machine(system_id).chips
    title = f"{model_id} on {system_id}, {isl:g} in / {osl:g} out, {regime}"
    if svg is not None:
        write(curve_chart(rates, chips, title), svg)
    if json:
        power_kw = estimator.power_kw(system_id)
        points = [estimate_json(rate, chips, power_kw) for rate in rates]
        emit_json({"system": system_id, "model": model_id, "points": points})
        return
    table(title, CURVE_HEADS, curve_rows(rates, chips))
    for text in plot(rates, chips):
        line(text)


@app.command()
def calibrate(
    report: Annotated[bool, typer.Option("--report", help="Also print errors on rows kept aside.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_of: AsOf = None,
    anchors: AnchorsFile = None,
    catalog: Name = "default",
    json: Json = False,
) -> None:  # fmt: skip
    """Fit the serving model on the catalog's measured rows and write serving.yaml. Example: planner serve calibrate --report"""
    from planner.report.serving import (
        HELD_OUT_HEADS,
        calibration_json,
        calibration_text,
        held_out_rows,
    )
    from planner.serving.calibrate import calibrate as fitted

    loaded, day = loaded_on(catalog, anchors, as_of)
    serving = fitted(loaded, day)
    if not dry_run:
        path = loaded.root / "serving.yaml"
        path.write_text(calibration_text(path.read_text(encoding="utf-8"), serving), encoding="utf-8")  # fmt: skip
    if json:
        emit_json(calibration_json(serving))
        return
    heads = ("parameter", "prior", "spread", "value", "error", "meaning")
    rows = [(p.name, p.prior, p.prior_spread, p.value, p.standard_error, p.meaning) for p in serving.parameters]  # fmt: skip
    table(f"{len(rows)} fitted parameters, {serving.rows} offline rows up to {serving.newest_row}", heads, rows)  # fmt: skip
    if report:
        title = "|predicted / measured - 1| on rows kept aside, median/90th percentile; the clerk's rule (rows it answers); rows inside the 80/90 % bands"
        table(title, HELD_OUT_HEADS, held_out_rows(serving.held_out))
        families = [(p.family, p.rows, f"{p.median:.1%}", f"{p.worst:.1%}") for p in serving.platforms]  # fmt: skip
        table("By chip family, each box kept aside", ("family", "rows", "median", "worst"), families)  # fmt: skip


@app.command()
def anchor(
    system: System,
    model: Model,
    isl: Isl,
    osl: Osl,
    precision: Annotated[str, typer.Option("--precision", help="Precision of the weights.")],
    tok_per_s: Annotated[float, typer.Option("--tok-per-s", help="Output tokens per second of all chips together.")],
    chips: Annotated[float, typer.Option("--chips", help="Chips that made it.")],
    per_user: Annotated[float | None, typer.Option("--tok-per-s-per-user", help="Mean user speed at which it held.")] = None,
    note: Annotated[str, typer.Option("--note", help="How it was measured.")] = "",
    on: Annotated[str | None, typer.Option("--on", help="Day of the measurement; today by default.")] = None,
    file: Annotated[Path, typer.Option("--file", help="Where your measurements live.")] = Path("anchors.yaml"),
    catalog: Name = "default",
) -> None:  # fmt: skip
    """Add a measurement of your own; it outranks public rows. Example: planner serve anchor --system nvidia-hgx-h100 --model llama-3.1-70b --isl 1024 --osl 1024 --precision fp8 --chips 8 --tok-per-s 9000"""
    from datetime import date

    from planner.catalog.load import load
    from planner.scenario.load import find_catalog
    from planner.serving.anchor import Anchor, add

    chosen("--precision", precision, PRECISIONS)
    if min(isl, osl, tok_per_s, chips) <= 0 or (per_user is not None and per_user <= 0):
        raise typer.BadParameter("CLI003: every figure of a measurement is positive")
    folder = find_catalog(catalog)
    system_id, model_id = ids(load(folder), system, model)
    day = on or date.today().isoformat()
    add(Anchor(system_id, model_id, isl, osl, precision, tok_per_s, chips, per_user, day, note), file, folder)  # fmt: skip
    line(f"{file}: {tok_per_s / chips:,.0f} tok/s per chip of {model_id} on {system_id}")


def _estimator(
    catalog: str, anchors: Path | None, as_of: str | None, regime: str, tier: str | None
) -> Estimator:
    from planner.serving.estimate import Estimator

    chosen("--regime", regime, REGIMES)
    if tier is not None:
        chosen("--tier", tier, TIERS)
    loaded, day = loaded_on(catalog, anchors, as_of)
    return Estimator(loaded, day, regime=regime, tier=tier)  # type: ignore[arg-type]


def _saved(estimator: Estimator, coprocessor: str | None) -> float:
    """Share of a host's energy that a coprocessor beside it saves; 0 without one."""
    from planner.errors import Unservable
    from planner.serving.named import one
    from planner.serving.offload import energy_saved_share
    from planner.serving.rate import Refusal

    if coprocessor is None:
        return 0.0
    system = estimator.catalog.systems[one(estimator.catalog, "systems", coprocessor)]
    saved = energy_saved_share(estimator.catalog.chips[system.chip], estimator.as_of)
    if isinstance(saved, Refusal):
        raise Unservable(saved.code, saved.why)
    return saved
