"""The options with one part of their fabrics changed: another price or power, or without it."""

from __future__ import annotations

from dataclasses import replace

from planner.fabric.wire import Share
from planner.options.table import Configuration, Offering, Options


def photonic_parts(options: Options) -> dict[str, Share]:
    """Every priced part that light leaves, of any wiring we could still buy."""
    return {
        part.id: part
        for offering in options.offerings.values()
        if offering.fixed is None and (wired := options.of(offering.id).wired)
        for part in wired.parts
        if part.photonic and part.price_usd > 0
    }


def share_of(options: Options, offering: Offering, part: str) -> Share | None:
    """One system's share of a part; None where it does without, or stands already."""
    wired = options.of(offering.id).wired
    return wired.share_of(part) if wired and offering.fixed is None else None


def without(options: Options, part: str) -> Options:
    """The options without the wirings that need a part."""
    kept = {n: o for n, o in options.offerings.items() if share_of(options, o, part) is None}
    return replace(options, offerings=kept)


def priced(options: Options, part: str, usd: float) -> Options:
    """The options with a unit of the part at another price (USD), spares included."""
    return _changed(options, part, usd, None)


def powered(options: Options, part: str, kw: float) -> Options:
    """The options with a unit of the part at another draw (kW)."""
    return _changed(options, part, None, kw)


def _changed(options: Options, part: str, usd: float | None, kw: float | None) -> Options:
    made: dict[str, Configuration] = {}
    offerings = dict(options.offerings)
    for name, offering in options.offerings.items():
        old = options.of(name)
        if old.wired is None or share_of(options, offering, part) is None:
            continue
        wired = old.wired.with_part(part, usd, kw)
        more_kw = wired.kw - old.fabric_kw
        made[old.id] = replace(
            old,
            wired=wired,
            provisioned_kw=old.provisioned_kw + more_kw,
            serving_kw=old.serving_kw + more_kw,
            idle_kw=old.idle_kw + more_kw,
        )
        more_usd = wired.capex_usd - old.wired.capex_usd
        offerings[name] = replace(
            offering,
            fabric_usd=tuple(each + more_usd for each in offering.fabric_usd),
            link_spares_usd_per_year=wired.spares_usd_per_year,
        )
    return replace(options, configurations={**options.configurations, **made}, offerings=offerings)
