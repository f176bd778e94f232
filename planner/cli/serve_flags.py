"""Options of ``planner serve``, and what is read from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from planner.catalog.load import Catalog
    from planner.serving.network import Network
    from planner.serving.rate import Request

Name = Annotated[str, typer.Option("--catalog", help="A folder under catalogs/, or a path.")]
System = Annotated[str, typer.Option("--system", help="Id or alias of a system.")]
Model = Annotated[str, typer.Option("--model", help="Id or alias of a model.")]
Isl = Annotated[float, typer.Option("--isl", help="Mean prompt tokens.")]
Osl = Annotated[float, typer.Option("--osl", help="Mean output tokens.")]
PrecisionOption = Annotated[str | None, typer.Option("--precision", help="bf16, fp8, fp4, int8 or int4; the best the chip has by default.")]  # fmt: skip
RegimeOption = Annotated[str, typer.Option("--regime", help="field (stock serving) or tuned (benchmark submissions).")]  # fmt: skip
TierOption = Annotated[str | None, typer.Option("--tier", help="Evidence to rest on: measured, interpolated, roofline, claimed or assumed.")]  # fmt: skip
Domain = Annotated[float | None, typer.Option("--domain", help="Chips of the scale-up domain, if not the system's own.")]  # fmt: skip
ScaleUp = Annotated[float | None, typer.Option("--scale-up", help="GB/s of one chip into its domain, one way, if not the system's own.")]  # fmt: skip
ScaleOut = Annotated[float | None, typer.Option("--scale-out", help="GB/s of one chip to other domains, one way; none by default.")]  # fmt: skip
AlphaUs = Annotated[float | None, typer.Option("--alpha-us", help="Microseconds that one step of a collective between domains waits.")]  # fmt: skip
Speculative = Annotated[bool, typer.Option("--speculative", help="With speculative decoding or multi-token prediction.")]  # fmt: skip
AsOf = Annotated[str | None, typer.Option("--as-of", help="See no fact after this day.")]
AnchorsFile = Annotated[Path | None, typer.Option("--anchors", help="Your own measurements; anchors.yaml here by default.")]  # fmt: skip

REGIMES = ("field", "tuned")
TIERS = ("measured", "interpolated", "roofline", "claimed", "assumed")
PRECISIONS = ("bf16", "fp8", "fp4", "int8", "int4")


def loaded_on(catalog: str, anchors: Path | None, as_of: str | None) -> tuple[Catalog, date]:
    """The catalog with the user's measurements, and the day it is seen on: its newest where none is said."""
    from planner.catalog.load import load
    from planner.errors import Usage
    from planner.report.catalog import newest_day
    from planner.scenario.load import find_anchors, find_catalog
    from planner.timeline import first_day

    loaded = load(find_catalog(catalog), anchors or find_anchors(Path.cwd()))
    try:
        return loaded, first_day(as_of) if as_of else newest_day(loaded)
    except ValueError as error:
        raise Usage(f"CLI003: --as-of: {error}") from error


def chosen(option: str, value: str, known: tuple[str, ...]) -> None:
    """UnknownName (CLI002) for a word that the option does not take."""
    from planner.errors import UnknownName

    if value not in known:
        raise UnknownName(f"{option} choice", value, known)


def network_of(
    domain: float | None, scale_up: float | None, scale_out: float | None, alpha_us: float | None
) -> Network:
    """What of a system's network is said otherwise; scale-up and scale-out in GB/s."""
    from planner.quantities import MEGA
    from planner.serving.network import Network

    if domain is not None and domain < 1:
        raise typer.BadParameter("CLI003: --domain is at least one chip")
    if scale_up is not None and scale_up <= 0:
        raise typer.BadParameter("CLI003: --scale-up is positive")
    if min(scale_out or 0.0, alpha_us or 0.0) < 0:
        raise typer.BadParameter("CLI003: --scale-out and --alpha-us are not negative")
    alpha_s = alpha_us / MEGA if alpha_us is not None else None
    return Network(domain, scale_up, scale_out, alpha_s)


def request_of(
    isl: float,
    osl: float,
    ttft: float | None,
    tpot: float | None,
    precision: str | None,
    speculative: bool,
) -> Request:
    """Shape, limits (ms) and precisions of a request."""
    from planner.serving.rate import Request

    if precision is not None:
        chosen("--precision", precision, PRECISIONS)
    if any(limit is not None and limit <= 0 for limit in (ttft, tpot)):
        raise typer.BadParameter("CLI003: --tpot and --ttft are positive")
    precisions = (precision,) if precision else PRECISIONS
    return Request(isl, osl, ttft, tpot, precisions, speculative)  # type: ignore[arg-type]
